"""Intake: everything one report makes is written by one statement; this is the hot path.

Whether it opens an incident is decided by the unique index on the source record, in that statement.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
import sqlalchemy
from pydantic import BaseModel, TypeAdapter
from sqlalchemy import ColumnElement, Row, Select, cast, delete, func, insert, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel, col, select

from contracts.refusals import NotFound
from services.incident.domain import facts
from services.incident.domain.due_report import DueReport
from services.incident.domain.filed_report import FiledReport, ReportStatus, Step
from services.incident.domain.incident import OPEN, Incident, IncidentStatus
from services.incident.domain.report import Report
from services.incident.domain.timeline import Entry
from services.incident.store import due_reports, incidents
from services.incident.store.tables import CallerRow, DueReportRow, IncidentRow, ReportRow, StatementRow
from shared.database import UnitOfWork
from shared.statements import Statement

_INSERT = "INSERT INTO :table (:columns) SELECT :columns FROM opened, :rows"
_ROWS = "jsonb_populate_recordset(NULL:::table, CAST(%(:value)s AS jsonb)) r"


def _columns(table: type[SQLModel]) -> str:
    """The columns by name, without those that the database fills itself."""
    columns = SQLModel.metadata.tables[str(table.__tablename__)].columns
    return ", ".join(column.name for column in columns if column.server_default is None)


def _insert_of(table: type[SQLModel], value: str) -> str:
    """An insert that names the columns of a table, from a JSON list of its rows."""
    name, columns = str(table.__tablename__), _columns(table)
    text = _INSERT.replace(":rows", _ROWS)
    return text.replace(":table", name).replace(":columns", columns).replace(":value", value)


_OPEN = Statement(
    """
WITH opened AS (
  INSERT INTO report (:report_columns) SELECT :report_columns
  FROM jsonb_populate_record(NULL::report, CAST(%(report)s AS jsonb))
  ON CONFLICT (channel, source_system, external_reference) WHERE external_reference IS NOT NULL AND NOT merged DO NOTHING
  RETURNING report_id AS opened_by
), incidents AS (:incident), due_reports AS (:due_report), statements AS (:statement), lines AS (
  INSERT INTO timeline (incident_id, kind, jurisdiction, actor, occurred_at, entered_at, summary, summary_en)
  SELECT e.incident_id, e.kind, e.jurisdiction, e.actor, e.occurred_at, %(now)s, e.summary, e.summary_en
  FROM opened, jsonb_populate_recordset(NULL::timeline, CAST(%(entries)s AS jsonb)) e
), callers AS (
  INSERT INTO caller (report_id, name, phone, place)
  SELECT opened_by, CAST(%(name)s AS text), CAST(%(phone)s AS text), CAST(%(place)s AS jsonb)
  FROM opened WHERE CAST(%(has_caller)s AS boolean)
)
SELECT opened_by FROM opened
""".replace(":report_columns", _columns(ReportRow))
    .replace(":incident)", _insert_of(IncidentRow, "incident") + ")")
    .replace(":due_report)", _insert_of(DueReportRow, "due_reports") + ")")
    .replace(":statement)", _insert_of(StatementRow, "statements") + ")")
)


_LINEAGE: TypeAdapter[tuple[Step, ...]] = TypeAdapter(tuple[Step, ...])
_REPORT: TypeAdapter[Report] = TypeAdapter(Report)
_APART = frozenset({"report_id", "channel", "source_system", "external_reference", "reported_at"})
"""What has columns of its own; the rest of a report stands in its body."""


@dataclass(frozen=True)
class Caller:
    """Who reported: personal data, kept apart."""

    name: str | None = None
    phone: str | None = None
    place: Mapping[str, Any] | None = None
    """Where they are: ``words``, ``lon``, ``lat``; what is not known is left out."""

    def __bool__(self) -> bool:
        return bool(self.name or self.phone or self.place)


def to_row(filed: FiledReport, merged: bool) -> dict[str, Any]:
    """The columns of a report."""
    report = filed.report
    body = {name: value for name, value in vars(report).items() if name not in _APART}
    return {
        "report_id": report.report_id,
        "incident_id": filed.incident_id,
        "channel": report.channel,
        "source_system": report.source_system,
        "external_reference": report.external_reference,
        "merged": merged,
        "body": orjson.loads(_json(body)),
        "taken_by": filed.taken_by,
        "reported_at": report.reported_at,
        "status": filed.status.value,
        "lineage": _LINEAGE.dump_python(filed.lineage, mode="json"),
    }


def to_filed_report(row: Row[Any]) -> FiledReport:
    """The domain object of a row."""
    apart = {name: getattr(row, name) for name in _APART}
    return FiledReport(
        report=_REPORT.validate_python({**row.body, **apart}),
        incident_id=row.incident_id,
        taken_by=row.taken_by,
        status=ReportStatus(row.status),
        lineage=_LINEAGE.validate_python(row.lineage),
        personal_removed_at=row.personal_removed_at,
    )


async def open_incident(
    unit: UnitOfWork,
    filed: FiledReport,
    caller: Caller,
    incident: Incident,
    due: Sequence[DueReport],
    entries: Sequence[Entry],
) -> bool:
    """Store a report and what it opens; False when its source record is known, and then nothing is stored."""
    statement = incidents.statement_row(incident.incident_id, incident.origin, filed.report.statement)
    values = {
        "report": _json(to_row(filed, merged=False)),
        "incident": _json([incidents.to_row(incident)]),
        "statements": _json([statement]),
        "due_reports": _json([due_reports.to_row(due_report) for due_report in due]),
        "entries": _json([vars(entry) for entry in entries]),
        "now": unit.now,
        "name": caller.name,
        "phone": caller.phone,
        "place": _json(caller.place) if caller.place else None,
        "has_caller": bool(caller),
    }
    return bool(await _OPEN.run(unit.connection, values))


async def incident_of(connection: AsyncConnection, report: Report) -> str:
    """The incident of the newest attached report of the same source record, else of its newest report."""
    attached = col(ReportRow.status) == ReportStatus.ATTACHED.value
    newest = (attached.desc(), col(ReportRow.reported_at).desc(), col(ReportRow.report_id).desc())
    query = select(ReportRow.incident_id).where(*_of_record(report)).order_by(*newest).limit(1)
    return str((await connection.execute(query)).scalar_one())


async def reports_of_record(connection: AsyncConnection, report: Report) -> list[FiledReport]:
    """The earlier reports of the same source record, the oldest first."""
    query = select(ReportRow).where(*_of_record(report))
    rows = await connection.execute(query.order_by(col(ReportRow.reported_at), col(ReportRow.report_id)))
    return [to_filed_report(row) for row in rows]


def _of_record(report: Report) -> tuple[ColumnElement[bool], ...]:
    """The other reports of the same source record."""
    return (
        col(ReportRow.channel) == report.channel,
        col(ReportRow.source_system) == report.source_system,
        col(ReportRow.external_reference) == report.external_reference,
        col(ReportRow.report_id) != report.report_id,
    )


def statements_taken(filed: Sequence[FiledReport]) -> list[facts.Statement]:
    """What reports have said that counts: not what is parked, abuse or false."""
    return [one.report.statement for one in filed if one.status is ReportStatus.ATTACHED]


async def is_known_record(connection: AsyncConnection, report: Report) -> bool:
    """Whether an earlier report has the same record of its source."""
    if report.external_reference is None:
        return False
    return (
        await connection.scalar(select(ReportRow.report_id).where(*_of_record(report)).limit(1)) is not None
    )


async def add(unit: UnitOfWork, filed: FiledReport, caller: Caller) -> None:
    """Store a report that opens no incident, with its own caller; the first of its source's record keeps that taken."""
    first = pg_insert(ReportRow).values(**to_row(filed, merged=False)).on_conflict_do_nothing()
    if not await unit.connection.scalar(first.returning(col(ReportRow.report_id))):
        await unit.connection.execute(insert(ReportRow).values(**to_row(filed, merged=True)))
    if caller:
        values = {"report_id": filed.report.report_id, **vars(caller)}
        await unit.connection.execute(insert(CallerRow).values(**values))


async def require(connection: AsyncConnection, report_id: str, lock: bool = False) -> FiledReport:
    """A report, locked until the end of the unit when something is to be decided on it; raises NotFound."""
    query = select(ReportRow).where(col(ReportRow.report_id) == report_id)
    row = (await connection.execute(query.with_for_update() if lock else query)).one_or_none()
    if row is None:
        raise NotFound("report.name", report_id)
    return to_filed_report(row)


async def require_with_incident(unit: UnitOfWork, report_id: str) -> FiledReport:
    """A report to decide on, locked behind its incident, as whoever closes that locks them; raises NotFound."""
    filed = await require(unit.connection, report_id)
    await incidents.require(unit.connection, filed.incident_id, lock=True)
    return await require(unit.connection, report_id, lock=True)


async def save(unit: UnitOfWork, filed: FiledReport) -> None:
    """Where a report went."""
    statement = update(ReportRow).where(col(ReportRow.report_id) == filed.report.report_id)
    row = to_row(filed, merged=True)
    moved = {name: row[name] for name in ("incident_id", "status", "lineage")}
    await unit.connection.execute(statement.values(**moved))


async def move_all(
    unit: UnitOfWork, incident_id: str, status: ReportStatus, command: str, reason: str, by: str
) -> None:
    """Let a command move every report of an incident that stands in ``status``."""
    query = select(ReportRow).where(
        col(ReportRow.incident_id) == incident_id, col(ReportRow.status) == status.value
    )
    for row in (await unit.connection.execute(query.with_for_update())).all():
        await save(unit, to_filed_report(row).after_command(command, incident_id, reason, by, unit.now))


async def counting(connection: AsyncConnection, incident_id: str) -> int:
    """How many reports count at an incident."""
    query = select(func.count()).where(
        col(ReportRow.incident_id) == incident_id, col(ReportRow.status) == ReportStatus.ATTACHED.value
    )
    return int(await connection.scalar(query) or 0)


async def of_incident(unit: UnitOfWork, incident_id: str) -> list[FiledReport]:
    """The reports of an incident, locked, the oldest first."""
    query = select(ReportRow).where(col(ReportRow.incident_id) == incident_id)
    rows = await unit.connection.execute(query.order_by(col(ReportRow.reported_at)).with_for_update())
    return [to_filed_report(row) for row in rows]


@dataclass(frozen=True)
class ReportFilter:
    """Which reports are asked for; what is None does not narrow it."""

    status: str | None = None
    incident_id: str | None = None
    channel: str | None = None
    taken_by: str | None = None


async def page(
    connection: AsyncConnection, wanted: ReportFilter, limit: int, after: str | None
) -> list[FiledReport]:
    """Reports, the newest first, from behind the one named; their long texts are left out."""
    columns = [one for one in SQLModel.metadata.tables["report"].columns if one.name != "body"]
    no_texts = cast({"description": "", "original": {}}, JSONB)
    query: Select[Any] = (
        sqlalchemy.select(*columns, col(ReportRow.body).concat(no_texts).label("body"))
        .order_by(col(ReportRow.report_id).desc())
        .limit(limit)
    )
    for name, value in vars(wanted).items():
        if value is not None:
            query = query.where(getattr(ReportRow, name) == value)
    if after:
        query = query.where(col(ReportRow.report_id) < after)
    return [to_filed_report(row) for row in await connection.execute(query)]


async def caller_of(connection: AsyncConnection, report_id: str) -> Caller:
    """Who reported; nobody where it was not told or has been removed."""
    query = select(CallerRow).where(col(CallerRow.report_id) == report_id)
    row = (await connection.execute(query)).one_or_none()
    return Caller(row.name, row.phone, row.place) if row else Caller()


async def tell_caller(unit: UnitOfWork, report_id: str, caller: Caller) -> None:
    """Who reported, as it is known now."""
    values = vars(caller)
    statement = pg_insert(CallerRow).values(report_id=report_id, **values)
    await unit.connection.execute(statement.on_conflict_do_update(index_elements=["report_id"], set_=values))


async def take_expired(
    unit: UnitOfWork, before: datetime, limit: int, left_out: Collection[str]
) -> list[str]:
    """Reports older than that, of incidents that are over, whose personal data is still there; locked."""
    over = [one.value for one in IncidentStatus if one not in OPEN]
    query = (
        select(ReportRow.report_id)
        .join(IncidentRow, col(IncidentRow.incident_id) == col(ReportRow.incident_id))
        .where(col(ReportRow.personal_removed_at).is_(None), col(ReportRow.reported_at) <= before)
        .where(col(IncidentRow.status).in_(over), col(ReportRow.report_id).not_in(left_out))
        .order_by(col(ReportRow.reported_at))
        .limit(limit)
        .with_for_update(of=ReportRow, skip_locked=True)
    )
    return list((await unit.connection.execute(query)).scalars())


async def remove_personal(unit: UnitOfWork, report_id: str) -> None:
    """Remove who reported and the texts with numbers in them; the report itself stays for the statistics."""
    await unit.connection.execute(delete(CallerRow).where(col(CallerRow.report_id) == report_id))
    without = col(ReportRow.body).concat(cast({"original": {}}, JSONB))
    statement = update(ReportRow).where(col(ReportRow.report_id) == report_id)
    await unit.connection.execute(statement.values(body=without, personal_removed_at=unit.now))


def _json(value: object) -> str:
    return orjson.dumps(value, default=_plain).decode()


def _plain(value: object) -> Any:  # noqa: ANN401 - any pydantic value
    assert isinstance(value, BaseModel)
    return value.model_dump(mode="json", exclude_none=True)
