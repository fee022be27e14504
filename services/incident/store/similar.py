"""What a call may be about: the open incidents near it, as they stand and as their newest reports told of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.geo import degrees_around
from services.incident.policy.duplicates import Known
from shared.database import UnitOfWork
from shared.statements import Statement

MOST_INCIDENTS, MOST_REPORTS = 1000, 3
"""The newest of each: who calls about an incident tells of it as those who called just before."""
TURN = 8421
_OPEN = "status IN ('reported', 'responding', 'controlled')"
_NEAR = f"""
SELECT incident_id FROM incident
WHERE {_OPEN} AND lon BETWEEN %(west)s AND %(east)s AND lat BETWEEN %(south)s AND %(north)s
ORDER BY incident_id DESC LIMIT %(most)s
"""  # noqa: S608 - constants
_CALLED = f"""
SELECT r.incident_id FROM caller c JOIN report r USING (report_id) JOIN incident i USING (incident_id)
WHERE c.phone = %(phone)s AND %(phone)s <> '' AND i.{_OPEN} LIMIT 20
"""  # noqa: S608 - constants
_KNOWN = Statement(f"""
WITH near AS (({_NEAR}) UNION ({_CALLED}))
SELECT i.incident_id, i.lon, i.lat, i.address, i.sector, i.event_type, i.title, i.description, i.hazard_source_id,
  i.reported_at, r.body, r.reported_at, c.phone
FROM near JOIN incident i USING (incident_id)
LEFT JOIN LATERAL (
  SELECT report_id, body, reported_at FROM report
  WHERE incident_id = i.incident_id AND status = 'attached' ORDER BY report_id DESC LIMIT {MOST_REPORTS}
) r ON TRUE
LEFT JOIN caller c ON c.report_id = r.report_id
""")  # noqa: S608 - constants
_TURN = Statement("SELECT pg_advisory_xact_lock(%(turn)s)::text")


@dataclass(frozen=True)
class Near:
    """Where a call comes from and how far around it may be meant; ``phone``: who calls, empty if unknown."""

    lon: float
    lat: float
    metres: float
    phone: str = ""


async def take_turn(unit: UnitOfWork) -> None:
    """One report of those that join what is like them is looked at after the other, else none would see another."""
    await _TURN.run(unit.connection, {"turn": TURN})


async def known_near(connection: AsyncConnection, near: Near) -> list[Known]:
    """Each open incident within reach as it stands, and once for each of its newest reports."""
    west, south, east, north = degrees_around(near.lon, near.lat, near.metres)
    box = {"west": west, "south": south, "east": east, "north": north}
    rows = await _KNOWN.run(connection, {**box, "most": MOST_INCIDENTS, "phone": near.phone})
    return [one for row in rows for one in _known(row)]


def _known(row: Sequence[Any]) -> Iterator[Known]:
    incident_id, lon, lat, address, sector, event_type, title, description, source, reported_at = row[:10]
    body, last_at, phone = row[10:]
    phones = frozenset([phone] if phone else [])
    at: datetime = last_at or reported_at
    stands = Known(
        lon,
        lat,
        at,
        sector,
        event_type,
        f"{title} {description}",
        address,
        False,
        source,
        phones,
        incident_id,
    )
    if body is None:
        yield stands
        return
    location = body["location"]
    told = replace(
        stands,
        lon=location["lon"],
        lat=location["lat"],
        address=location.get("address", ""),
        sector=body["sector"],
        event_type=body["event_type"],
        words=f"{body['title']} {body['description']}",
        approximate=body.get("approximate", False),
    )
    yield told
    moved = (stands.lon, stands.lat) != (told.lon, told.lat)
    yield stands if moved else replace(stands, approximate=told.approximate)
