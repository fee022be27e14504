"""The board: which incidents there are, as short rows, and who reads which of them."""

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Row,
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

from contracts.geo import METRES_PER_DEGREE
from contracts.messages import text
from contracts.refusals import NotFound
from services.incident.domain.due_report import DueReportStatus
from services.incident.domain.incident import Incident, IncidentStatus
from services.incident.store.incidents import require
from services.incident.store.tables import ConsultationRow, DueReportRow, IncidentRow, ReportRow, TaskRow

_OPEN: list[ColumnElement[str]] = [
    literal_column(f"'{status.value}'")
    for status in (IncidentStatus.REPORTED, IncidentStatus.RESPONDING, IncidentStatus.CONTROLLED)
]
"""As literals, as the partial index has them."""
OPEN = (col(IncidentRow.status).in_(_OPEN),)
"""Not yet over at this node."""
_key = col(IncidentRow.incident_id)
_SHORT = (
    "incident_id",
    "version",
    "status",
    "origin",
    "sector",
    "event_type",
    "title",
    "lon",
    "lat",
    "address",
    "place",
    "occurred_at",
    "reported_at",
    "facts",
    "grade",
    "basis",
    "computed_grade",
    "alarm_level",
    "commanded_by",
    "commander",
    "commanded_since",
    "escalated_to",
    "number",
)
_COLUMNS = [col(getattr(IncidentRow, name)) for name in _SHORT]
_LATE = (DueReportStatus.OVERDUE.value, DueReportStatus.UNCONFIRMED.value)


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
) -> Sequence[Row[Any]]:
    """Short rows of incidents, the newest first, from behind the one named."""
    conditions = [*wanted.conditions(), *([after > _key] if after else [])]
    if wanted.audience is None:
        query = select(*_COLUMNS).where(*conditions)
    else:
        readable = [_newest(limit, *conditions, one) for one in wanted.audience.conditions()]
        if not readable:
            return []
        query = select(*_COLUMNS).where(_key.in_(union(*readable)))
    return (await connection.execute(query.order_by(_key.desc()).limit(limit))).all()


def _newest(limit: int, *conditions: ColumnElement[bool]) -> Select[Any]:
    """The newest ids of one reason to read; each reason is planned by itself, all of them at once are not."""
    newest = select(_key).where(*conditions).order_by(_key.desc()).limit(limit).subquery()
    return select(newest.c.incident_id)


async def owed(connection: AsyncConnection, incidents: Collection[str]) -> dict[str, Owed]:
    """What is owed about each of these incidents at this node."""
    status = col(DueReportRow.status)
    query = (
        select(
            col(DueReportRow.incident_id),
            func.min(col(DueReportRow.due_at)).filter(status == DueReportStatus.RUNNING.value),
            func.count().filter(status.in_(_LATE)),
        )
        .where(col(DueReportRow.incident_id).in_(incidents))
        .group_by(col(DueReportRow.incident_id))
    )
    return {incident: Owed(due, late) for incident, due, late in await connection.execute(query)}


async def short_rows(connection: AsyncConnection, incidents: Collection[str]) -> Sequence[Row[Any]]:
    """The short rows of these incidents, as many of them as there are."""
    return (await connection.execute(select(*_COLUMNS).where(_key.in_(incidents)))).all()


async def open_near(
    connection: AsyncConnection, place: tuple[float, float], metres: float, since: datetime
) -> Sequence[Row[Any]]:
    """The short rows of open incidents reported since then, in a square of ``metres`` around a place (lon, lat)."""
    lon, lat = place
    north = metres / METRES_PER_DEGREE
    east = north / max(0.01, math.cos(math.radians(lat)))
    query = select(*_COLUMNS).where(
        *OPEN,
        col(IncidentRow.reported_at) >= since,
        col(IncidentRow.lon).between(lon - east, lon + east),
        col(IncidentRow.lat).between(lat - north, lat + north),
    )
    return (await connection.execute(query.order_by(_key.desc()).limit(50))).all()


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
        raise NotFound(text("incident.name"), incident_id)
    return incident
