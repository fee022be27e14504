"""The board: which incidents there are, as short rows, and who reads which of them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Select,
    Text,
    cast,
    false,
    func,
    literal_column,
    or_,
    select,
    union,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from contracts.refusals import NotFound
from services.incident.domain.filed_report import ReportStatus
from services.incident.domain.incident import OPEN, Incident, IncidentStatus
from services.incident.store.incidents import require
from services.incident.store.tables import ConsultationRow, IncidentRow, ReportRow, TaskRow
from shared.statements import Statement

_OPEN: list[ColumnElement[str]] = [
    literal_column(f"'{status.value}'") for status in IncidentStatus if status in OPEN
]
"""As literals, as the partial index has them."""
_key = col(IncidentRow.incident_id)


class ShortRow(NamedTuple):
    """An incident as far as a line of the board goes."""

    incident_id: str
    version: int
    status: str
    origin: str
    sector: str
    event_type: str
    title: str
    lon: float
    lat: float
    address: str
    place: str | None
    occurred_at: datetime
    reported_at: datetime
    facts: dict[str, Any]
    grade: str
    basis: str | None
    computed_grade: str | None
    alarm_level: int | None
    commanded_by: str
    commander: str | None
    commanded_since: datetime | None
    escalated_to: str | None
    number: int
    reports: int


_REPORTS = (
    select(func.count())
    .where(
        col(ReportRow.incident_id) == col(IncidentRow.incident_id),
        (col(ReportRow.status) == ReportStatus.ATTACHED.value).is_(True),
    )
    .scalar_subquery()
    .label("reports")
)
"""Those that count, by the index of the incident: ``IS TRUE`` keeps a table that has just grown from being sought through."""
_COLUMNS = [*(col(getattr(IncidentRow, name)) for name in ShortRow._fields[:-1]), _REPORTS]
_SHORT_ROWS = Statement("""
SELECT incident_id, version, status, origin, sector, event_type, title, lon, lat, address, place, occurred_at,
  reported_at, facts, grade, basis, computed_grade, alarm_level, commanded_by, commander, commanded_since, escalated_to,
  number,
  (SELECT count(*) FROM report r WHERE r.incident_id = incident.incident_id AND (r.status = 'attached') IS TRUE)
FROM incident WHERE incident_id = ANY(%(incidents)s)
""")
_OWED = Statement("""
SELECT incident_id, min(due_at) FILTER (WHERE status = 'running'), count(*) FILTER (WHERE status IN ('overdue', 'unconfirmed'))
FROM due_report WHERE incident_id = ANY(%(incidents)s) GROUP BY incident_id
""")


@dataclass(frozen=True)
class Audience:
    """Who reads only a part of the incidents: a department with the sectors it is competent for, a reporter."""

    department: str | None = None
    sectors: tuple[str, ...] = ()
    reporter: str | None = None

    def conditions(self) -> Iterator[ColumnElement[bool]]:
        """Each of them alone suffices to read an incident."""
        if self.sectors:
            yield col(IncidentRow.sector).in_(self.sectors)
        if self.department:
            held = ConsultationRow
            invited = col(held.departments).op("@>")(cast([self.department], ARRAY(Text)))
            yield _key.in_(select(col(held.incident_id)).where(invited))
            tasked = select(col(held.incident_id)).join(TaskRow)
            yield _key.in_(tasked.where(col(TaskRow.department) == self.department))
        if self.reporter:
            yield _key.in_(select(col(ReportRow.incident_id)).where(col(ReportRow.taken_by) == self.reporter))


@dataclass(frozen=True)
class BoardFilter:
    """Which incidents are asked for, by whom; what is None does not narrow it. ``open``: not yet over here."""

    open: bool | None = None
    status: str | None = None
    sector: str | None = None
    grade: str | None = None
    origin: str | None = None
    commanded_by: str | None = None
    audience: Audience | None = None

    def conditions(self) -> Iterator[ColumnElement[bool]]:
        """All of them have to hold."""
        for name in ("status", "sector", "grade", "origin", "commanded_by"):
            if value := getattr(self, name):
                yield col(getattr(IncidentRow, name)) == value
        if self.open is not None:
            over = col(IncidentRow.status).not_in(_OPEN)
            yield col(IncidentRow.status).in_(_OPEN) if self.open else over


@dataclass(frozen=True)
class Owed:
    """The reporting duties of an incident in two figures."""

    next_due_at: datetime | None = None
    late: int = 0


async def board(
    connection: AsyncConnection, wanted: BoardFilter, limit: int, after: str | None
) -> list[ShortRow]:
    """Short rows of incidents, the newest first, from behind the one named."""
    conditions = [*wanted.conditions(), *([after > _key] if after else [])]
    if wanted.audience is None:
        query = select(*_COLUMNS).where(*conditions)
    else:
        readable = [_newest(limit, *conditions, one) for one in wanted.audience.conditions()]
        if not readable:
            return []
        query = select(*_COLUMNS).where(_key.in_(union(*readable)))
    return _short_rows(await connection.execute(query.order_by(_key.desc()).limit(limit)))


def _newest(limit: int, *conditions: ColumnElement[bool]) -> Select[Any]:
    """The newest ids of one reason to read; each reason is planned by itself, all of them at once are not."""
    newest = select(_key).where(*conditions).order_by(_key.desc()).limit(limit).subquery()
    return select(newest.c.incident_id)


async def duties_owed(connection: AsyncConnection, incidents: Collection[str]) -> dict[str, Owed]:
    """What is owed about each of these incidents at this node."""
    found = await _OWED.run(connection, {"incidents": list(incidents)})
    return {incident: Owed(due, late) for incident, due, late in found}


async def short_rows(connection: AsyncConnection, incidents: Collection[str]) -> list[ShortRow]:
    """The short rows of these incidents, as many of them as there are."""
    return _short_rows(await _SHORT_ROWS.run(connection, {"incidents": list(incidents)}))


def _short_rows(rows: Iterable[Sequence[Any]]) -> list[ShortRow]:
    return [ShortRow(*row) for row in rows]


async def is_readable(connection: AsyncConnection, incident_id: str, audience: Audience) -> bool:
    """Whether an incident is for this audience."""
    reasons = or_(false(), *audience.conditions())
    return await connection.scalar(select(_key).where(_key == incident_id, reasons)) is not None


async def require_readable(
    connection: AsyncConnection, incident_id: str, audience: Audience | None
) -> Incident:
    """An incident to read; raises NotFound also when it is not for this audience."""
    incident = await require(connection, incident_id)
    if audience is not None and not await is_readable(connection, incident_id, audience):
        raise NotFound("incident.name", incident_id)
    return incident
