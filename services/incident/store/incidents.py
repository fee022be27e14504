"""Incidents: loading for a decision, saving what was decided, and the board."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, exists, func, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel, col, select

from contracts.events.incident import DecidingFact
from contracts.facts import Facts
from contracts.precedence import Stamp
from contracts.refusals import NotFound
from contracts.values import Grade, Location
from services.incident.domain.facts import Known, Moment, Statement
from services.incident.domain.incident import Alarm, Incident, IncidentStatus, Lead
from services.incident.policy.grading import GradeResult
from services.incident.store.tables import IncidentRow, StatementRow
from shared.database import UnitOfWork
from shared.ids import new_id


def to_incident(row: Row[Any]) -> Incident:
    """The domain object of a row."""
    since = {name: _moment(stored) for name, stored in row.facts_since.items()}
    return Incident(
        incident_id=row.incident_id,
        origin=row.origin,
        sector=row.sector,
        event_type=row.event_type,
        title=row.title,
        description=row.description,
        location=Location.model_construct(lon=row.lon, lat=row.lat, address=row.address),
        jurisdiction_unsure=row.jurisdiction_unsure,
        occurred_at=row.occurred_at,
        reported_at=row.reported_at,
        hazard_source_id=row.hazard_source_id,
        known=Known(Facts.model_validate(row.facts), since, row.answers or {}),
        grading=_grading(row),
        status=IncidentStatus(row.status),
        lead=_lead(row),
        escalated_to=row.escalated_to,
        place=row.place,
        graded_at=Stamp(row.grade_revision or 0, row.grade_set_by or "", row.basis == "person"),
        alarm=Alarm(row.alarm_level, row.alarm_least or 1) if row.alarm_level else None,
        amendments=row.amendments or 0,
        merged_into=row.merged_into,
        lies_in=row.lies_in,
        alarm_leasts=row.alarm_leasts or {},
        version=row.version,
    )


def _grading(row: Row[Any]) -> GradeResult:
    return GradeResult(
        Grade(row.grade),
        row.criterion,
        row.article,
        basis=row.basis or "table",
        graded_by=row.graded_by or "",
        reason=row.grade_reason or "",
        computed=Grade(row.computed_grade) if row.computed_grade else None,
        decided_by=tuple(DecidingFact(**one) for one in row.decided_by or ()),
    )


def _lead(row: Row[Any]) -> Lead:
    stamp = Stamp(row.lead_revision or 0, row.lead_set_by or "")
    return Lead(row.commanded_by, row.commander, row.commanded_since, stamp)


def _moment(stored: str | list[str]) -> Moment:
    """When a fact was stated and entered; rows of an older program have one moment for both."""
    stated, entered = (stored, stored) if isinstance(stored, str) else stored
    return datetime.fromisoformat(stated), datetime.fromisoformat(entered)


def to_row(incident: Incident) -> dict[str, Any]:
    """The columns of an incident."""
    known, grading, lead = incident.known, incident.grading, incident.lead
    plain = ("incident_id", "origin", "sector", "event_type", "title", "description", "jurisdiction_unsure")
    more = (
        "occurred_at",
        "reported_at",
        "hazard_source_id",
        "escalated_to",
        "version",
        "place",
        "amendments",
        "merged_into",
        "lies_in",
    )
    return {
        **{name: getattr(incident, name) for name in (*plain, *more)},
        **incident.location.model_dump(),
        "facts": known.facts.model_dump(exclude_none=True),
        "facts_since": {name: [one.isoformat() for one in moment] for name, moment in known.since.items()},
        "grade": grading.grade.value,
        "criterion": grading.criterion,
        "article": grading.article,
        "basis": grading.basis,
        "graded_by": grading.graded_by,
        "grade_reason": grading.reason,
        "computed_grade": grading.computed and grading.computed.value,
        "alarm_level": incident.alarm and incident.alarm.level,
        "alarm_least": incident.alarm and incident.alarm.least,
        "alarm_leasts": dict(incident.alarm_leasts),
        "answers": dict(known.answers),
        "decided_by": [one.model_dump() for one in grading.decided_by],
        "status": incident.status.value,
        "commanded_by": lead.jurisdiction,
        "commander": lead.commander,
        "commanded_since": lead.since,
        "grade_revision": incident.graded_at.revision,
        "grade_set_by": incident.graded_at.node,
        "lead_revision": lead.stamp.revision,
        "lead_set_by": lead.stamp.node,
    }


async def load(connection: AsyncConnection, incident_id: str, lock: bool = False) -> Incident | None:
    """The incident, locked until the end of the unit when something is to be decided on it."""
    query = select(IncidentRow).where(col(IncidentRow.incident_id) == incident_id)
    found = await connection.execute(query.with_for_update() if lock else query)
    row = found.one_or_none()
    return to_incident(row) if row else None


async def require(connection: AsyncConnection, incident_id: str, lock: bool = False) -> Incident:
    """Like ``load``; raises NotFound."""
    incident = await load(connection, incident_id, lock)
    if incident is None:
        raise NotFound("incident.name", incident_id)
    return incident


async def require_counting(connection: AsyncConnection, incident_id: str) -> Incident:
    """The incident where a report of this one counts, locked: what it is merged into, as far as this node knows that.

    Raises NotFound.
    """
    incident = await require(connection, incident_id, lock=True)
    while incident.merged_into is not None:
        into = await load(connection, incident.merged_into, lock=True)
        if into is None:
            break
        incident = into
    return incident


async def is_known(connection: AsyncConnection, incident_id: str) -> bool:
    """Whether this node has the incident."""
    query = select(exists().where(col(IncidentRow.incident_id) == incident_id))
    return bool(await connection.scalar(query))


async def add_or_load(unit: UnitOfWork, incident: Incident) -> Incident:
    """The incident as this node has it, locked: this one if it has none yet.

    Events of one incident come from several writers, so who comes first is not certain. Lines that are being written
    before their incident are waited for (``timeline.append``).
    """
    if known := await load(unit.connection, incident.incident_id, lock=True):
        return known
    turn = func.pg_advisory_xact_lock(func.hashtextextended(incident.incident_id, 0))
    await unit.connection.execute(select(turn))
    await unit.connection.execute(insert(IncidentRow).values(**to_row(incident)).on_conflict_do_nothing())
    return await require(unit.connection, incident.incident_id, lock=True)


async def save(unit: UnitOfWork, before: Incident, after: Incident) -> Incident:
    """What was decided, as the next version; nothing is written when nothing changed."""
    if after == before:
        return before
    saved = replace(after, version=before.version + 1)
    statement = update(IncidentRow).where(col(IncidentRow.incident_id) == before.incident_id)
    await unit.connection.execute(statement.values(**to_row(saved)))
    return saved


async def keep(unit: UnitOfWork, incident_id: str, node: str, statement: Statement) -> None:
    """Add a dated statement."""
    row = statement_row(incident_id, node, statement)
    await unit.connection.execute(insert(StatementRow).values(**row))


def statement_row(incident_id: str, node: str, statement: Statement) -> dict[str, Any]:
    """The columns of a statement: when it was made, and when it was entered at the node that took it in."""
    return {
        "statement_id": str(new_id()),
        "incident_id": incident_id,
        "jurisdiction": node,
        "facts": statement.facts.model_dump(exclude_none=True),
        "text": statement.text,
        "source": statement.source,
        "stated_at": statement.stated_at,
        "entered_at": statement.moment[1],
        "report_id": statement.report_id,
        "from_incident": statement.from_incident,
        "answers": dict(statement.answers),
    }


async def statements(connection: AsyncConnection, incident_id: str) -> Sequence[Statement]:
    """The dated statements of an incident that count, the oldest first."""
    query = select(StatementRow).where(
        col(StatementRow.incident_id) == incident_id, col(StatementRow.withdrawn_at).is_(None)
    )
    rows = await connection.execute(query.order_by(col(StatementRow.stated_at), col(StatementRow.entered_at)))
    return [_to_statement(row) for row in rows]


async def withdraw(unit: UnitOfWork, incident_id: str, which: ColumnElement[bool]) -> Sequence[Statement]:
    """Statements of an incident that do not count any more from now on: ``brought_by``, ``made_by``."""
    row = StatementRow
    query = (
        update(row)
        .where(col(row.incident_id) == incident_id, col(row.withdrawn_at).is_(None), which)
        .values(withdrawn_at=unit.now)
        .returning(*SQLModel.metadata.tables["statement"].columns)
    )
    return [_to_statement(found) for found in await unit.connection.execute(query)]


def brought_by(merged_incident: str) -> ColumnElement[bool]:
    """What was said of an incident that is merged."""
    return col(StatementRow.from_incident) == merged_incident


def made_by(reports: Sequence[str]) -> ColumnElement[bool]:
    """What reports said."""
    return col(StatementRow.report_id).in_(reports)


def _to_statement(row: Row[Any]) -> Statement:
    return Statement(
        Facts.model_validate(row.facts),
        row.source,
        row.stated_at,
        row.text,
        row.entered_at,
        row.report_id,
        row.from_incident,
        row.answers or {},
    )
