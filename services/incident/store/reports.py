"""Intake: everything one report makes is written by one statement; this is the hot path.

Whether it opens an incident is decided by the unique index on the source record, in that statement.
"""

from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel, col, select

from contracts.facts import Facts
from services.incident.domain import facts
from services.incident.domain.clock import Clock
from services.incident.domain.incident import Incident
from services.incident.domain.report import Report
from services.incident.domain.timeline import Entry
from services.incident.store import clocks, incidents
from services.incident.store.tables import CallerRow, ClockRow, IncidentRow, ReportRow, StatementRow
from shared.database import UnitOfWork
from shared.statements import Statement

_INSERT = "INSERT INTO :table (:columns) SELECT :columns FROM opened, :rows"
_ROWS = "jsonb_populate_recordset(NULL:::table, CAST(%(:value)s AS jsonb)) r"


def _inserted(table: type[SQLModel], value: str) -> str:
    """An insert that names the columns of a table, from a JSON list of its rows."""
    name = str(table.__tablename__)
    columns = ", ".join(SQLModel.metadata.tables[name].columns.keys())
    text = _INSERT.replace(":rows", _ROWS)
    return text.replace(":table", name).replace(":columns", columns).replace(":value", value)


_OPEN = Statement(
    """
WITH opened AS (
  INSERT INTO report (report_id, incident_id, channel, external_reference, merged, body, taken_by, reported_at)
  SELECT report_id, incident_id, channel, external_reference, merged, body, taken_by, reported_at
  FROM jsonb_populate_record(NULL::report, CAST(%(report)s AS jsonb))
  ON CONFLICT (channel, external_reference) WHERE external_reference IS NOT NULL AND NOT merged DO NOTHING
  RETURNING report_id AS opened_by
), incidents AS (:incident), clocks AS (:clock), statements AS (:statement), lines AS (
  INSERT INTO timeline (incident_id, kind, jurisdiction, actor, occurred_at, entered_at, summary, summary_en)
  SELECT e.incident_id, e.kind, e.jurisdiction, e.actor, e.occurred_at, %(now)s, e.summary, e.summary_en
  FROM opened, jsonb_populate_recordset(NULL::timeline, CAST(%(entries)s AS jsonb)) e
), callers AS (
  INSERT INTO caller (report_id, name, phone) SELECT opened_by, CAST(%(name)s AS text), CAST(%(phone)s AS text)
  FROM opened WHERE CAST(%(has_caller)s AS boolean)
)
SELECT opened_by FROM opened
""".replace(":incident)", _inserted(IncidentRow, "incident") + ")")
    .replace(":clock)", _inserted(ClockRow, "clocks") + ")")
    .replace(":statement)", _inserted(StatementRow, "statements") + ")")
)


class Caller:
    """Who reported: personal data, kept apart."""

    def __init__(self, name: str | None, phone: str | None) -> None:
        self.name, self.phone = name, phone

    def __bool__(self) -> bool:
        return bool(self.name or self.phone)


def to_row(report: Report, incident_id: str, taken_by: str, merged: bool) -> dict[str, Any]:
    """The columns of a report."""
    kept_apart = {"report_id", "channel", "external_reference", "reported_at"}
    body = {name: value for name, value in vars(report).items() if name not in kept_apart}
    return {
        "report_id": report.report_id,
        "incident_id": incident_id,
        "channel": report.channel,
        "external_reference": report.external_reference,
        "merged": merged,
        "body": orjson.loads(_json(body)),
        "taken_by": taken_by,
        "reported_at": report.reported_at,
    }


async def open_incident(
    unit: UnitOfWork,
    report: Report,
    caller: Caller,
    incident: Incident,
    due: Sequence[Clock],
    entries: Sequence[Entry],
    taken_by: str,
) -> bool:
    """Store a report and what it opens; False when its source record is known, and then nothing is stored."""
    values = {
        "report": _json(to_row(report, incident.incident_id, taken_by, merged=False)),
        "incident": _json([incidents.to_row(incident)]),
        "statements": _json(
            [incidents.statement_row(incident.incident_id, incident.origin, report.statement, unit.now)]
        ),
        "clocks": _json([clocks.to_row(clock) for clock in due]),
        "entries": _json([vars(entry) for entry in entries]),
        "now": unit.now,
        "name": caller.name,
        "phone": caller.phone,
        "has_caller": bool(caller),
    }
    return bool(await _OPEN.run(unit.connection, values))


async def incident_of(connection: AsyncConnection, report: Report) -> str:
    """The incident that the first report of the same source record opened."""
    query = select(ReportRow.incident_id).where(
        col(ReportRow.channel) == report.channel,
        col(ReportRow.external_reference) == report.external_reference,
        ~col(ReportRow.merged),
    )
    return str((await connection.execute(query)).scalar_one())


async def statements_of_record(connection: AsyncConnection, report: Report) -> list[facts.Statement]:
    """What the reports of the same source record have said so far, the oldest first."""
    query = select(ReportRow).where(
        col(ReportRow.channel) == report.channel,
        col(ReportRow.external_reference) == report.external_reference,
    )
    rows = await connection.execute(query.order_by(col(ReportRow.reported_at)))
    return [
        facts.Statement(Facts.model_validate(row.body["facts"]), row.channel, row.reported_at) for row in rows
    ]


async def add_merged(
    unit: UnitOfWork, report: Report, caller: Caller, incident_id: str, taken_by: str
) -> None:
    """Store a report that joins an incident, with its own caller."""
    row = to_row(report, incident_id, taken_by, merged=True)
    await unit.connection.execute(insert(ReportRow).values(**row))
    if caller:
        values = {"report_id": report.report_id, "name": caller.name, "phone": caller.phone}
        await unit.connection.execute(insert(CallerRow).values(**values))


def _json(value: object) -> str:
    return orjson.dumps(value, default=_plain).decode()


def _plain(value: Any) -> Any:  # noqa: ANN401 - any pydantic value
    return value.model_dump(mode="json", exclude_none=True)
