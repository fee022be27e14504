"""What a call may be about: the open incidents near it, as they stand and as their newest reports told of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.geo import degrees_around
from services.incident.policy.duplicates import Known
from shared.database import UnitOfWork
from shared.statements import Statement, rows

MOST_INCIDENTS, MOST_REPORTS = 1000, 3
"""The newest of each: who calls about an incident tells of it as those who called just before."""
TURN = 8421
"""The upper bits of the advisory locks, above those of the cells."""
_OPEN = "status IN ('reported', 'responding', 'controlled')"
_BOX = "i.lon BETWEEN %({0}west)s AND %({0}east)s AND i.lat BETWEEN %({0}south)s AND %({0}north)s"
_NEAR = f"""
SELECT i.incident_id FROM incident i
WHERE {_OPEN} AND {_BOX.format("far_")} AND (({_BOX.format("")}) OR EXISTS (
  SELECT FROM report a WHERE a.incident_id = i.incident_id AND a.status = 'attached' AND a.body ->> 'approximate' = 'true'
))
ORDER BY i.incident_id DESC LIMIT %(most)s
"""  # noqa: S608 - constants
_CALLED = f"""
SELECT r.incident_id FROM caller c JOIN report r USING (report_id) JOIN incident i USING (incident_id)
WHERE c.phone = %(phone)s AND %(phone)s <> '' AND i.{_OPEN} LIMIT 20
"""  # noqa: S608 - constants
# IS TRUE: else a table that has just grown is asked for all that is attached, once for every incident
_KNOWN = Statement(f"""
WITH near AS (({_NEAR}) UNION ({_CALLED}))
SELECT i.incident_id, i.lon, i.lat, i.address, i.sector, i.event_type, i.title, i.description, i.hazard_source_id,
  i.reported_at, r.body, r.reported_at, c.phone
FROM near JOIN incident i USING (incident_id)
LEFT JOIN LATERAL (
  SELECT report_id, body, reported_at FROM report
  WHERE incident_id = i.incident_id AND (status = 'attached') IS TRUE ORDER BY report_id DESC LIMIT {MOST_REPORTS}
) r ON TRUE
LEFT JOIN caller c ON c.report_id = r.report_id
ORDER BY i.incident_id, r.report_id DESC
""")  # noqa: S608 - constants
_TURN = Statement("""
SELECT pg_advisory_xact_lock(%(turn)s + cell)::text
FROM (SELECT value::bigint AS cell FROM jsonb_array_elements_text(CAST(%(cells)s AS jsonb)) ORDER BY 1) c
""")


@dataclass(frozen=True)
class Near:
    """Where a call comes from and how far around it may be meant; ``phone``: who calls, empty if unknown.

    ``about_metres``: how far what was told of only about there may lie.
    """

    lon: float
    lat: float
    metres: float
    about_metres: float
    phone: str = ""


async def take_turn(unit: UnitOfWork, cells: Sequence[int]) -> None:
    """Of reports in the same cells that join what is like them one is looked at after the other, else none would see another."""
    await _TURN.run(unit.connection, {"turn": TURN << 44, "cells": rows(list(cells))})


async def known_near(connection: AsyncConnection, near: Near) -> list[Known]:
    """Each open incident within reach as it stands, and once for each of its newest reports."""
    box = dict(
        zip(("west", "south", "east", "north"), degrees_around(near.lon, near.lat, near.metres), strict=True)
    )
    far = degrees_around(near.lon, near.lat, near.about_metres)
    box |= dict(zip(("far_west", "far_south", "far_east", "far_north"), far, strict=True))
    found = await _KNOWN.run(connection, {**box, "most": MOST_INCIDENTS, "phone": near.phone})
    return list(_known(found))


def _known(found: Sequence[Sequence[Any]]) -> Iterator[Known]:
    """As the newest reports told of it, and once as it stands, where that says anything else."""
    last = ""
    for row in found:
        first, last = row[0] != last, row[0]
        told = _as_told(row)
        if told is not None:
            yield told
        stands = _as_it_stands(row, told) if first else None
        if stands is not None and stands != told:
            yield stands


def _as_told(row: Sequence[Any]) -> Known | None:
    """An incident as a report told of it; None where no report is on file here."""
    body, told_at, phone = row[10:]
    if body is None:
        return None
    place = body["location"]
    return Known(
        place["lon"],
        place["lat"],
        told_at,
        body["sector"],
        body["event_type"],
        f"{body['title']} {body['description']}",
        place.get("address", ""),
        body.get("approximate", False),
        row[8],
        frozenset((phone,)) if phone else _NOBODY,
        row[0],
    )


def _as_it_stands(row: Sequence[Any], told: Known | None) -> Known:
    """An incident by its particulars; where it has not been moved its place is as rough as it was told."""
    incident_id, lon, lat, address, sector, event_type, title, description, source, at = row[:10]
    rough = told is not None and told.approximate and (told.lon, told.lat) == (lon, lat)
    return Known(
        lon,
        lat,
        told.at if told else at,
        sector,
        event_type,
        f"{title} {description}",
        address,
        rough,
        source,
        told.phones if told else _NOBODY,
        incident_id,
    )


_NOBODY: frozenset[str] = frozenset()
