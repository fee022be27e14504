"""Due reports."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, func, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from contracts.values import Grade
from services.incident.domain.due_report import DueReport, DueReportStatus, Recipient
from services.incident.store.tables import DueReportRow, IncidentRow
from shared.database import UnitOfWork

_WATCHED = (DueReportStatus.RUNNING.value, DueReportStatus.SENT.value)


def to_due_report(row: Row[Any]) -> DueReport:
    """The domain object of a row."""
    return DueReport(
        incident_id=row.incident_id,
        duty=row.duty,
        occurrence=row.occurrence,
        duty_id=row.duty_id,
        name=row.name,
        article=row.article,
        recipient=row.recipient,
        recipients=tuple(Recipient(**one) for one in row.recipients or ()),
        at_once=bool(row.at_once),
        trigger=row.trigger,
        owed_by=row.owed_by,
        grade=Grade(row.grade),
        started_at=row.started_at,
        due_at=row.due_at,
        status=DueReportStatus(row.status),
        noticed_at=row.noticed_at,
        submitted_at=row.submitted_at,
        proof=row.proof,
        received_at=row.received_at,
        received_by=row.received_by,
        receipt=row.receipt,
        owner=row.owner or "",
        reminders=tuple(row.reminders or ()),
    )


def to_row(due_report: DueReport) -> dict[str, Any]:
    """The columns of a due report."""
    return {
        "incident_id": due_report.incident_id,
        "duty": due_report.duty,
        "occurrence": due_report.occurrence,
        "duty_id": due_report.duty_id,
        "name": due_report.name,
        "article": due_report.article,
        "recipient": due_report.recipient,
        "recipients": [{"kind": one.kind, "name": one.name} for one in due_report.recipients],
        "at_once": due_report.at_once,
        "trigger": due_report.trigger,
        "owed_by": due_report.owed_by,
        "grade": due_report.grade.value,
        "started_at": due_report.started_at,
        "due_at": due_report.due_at,
        "status": due_report.status.value,
        "noticed_at": due_report.noticed_at,
        "submitted_at": due_report.submitted_at,
        "proof": due_report.proof,
        "received_at": due_report.received_at,
        "received_by": due_report.received_by,
        "receipt": due_report.receipt,
        "owner": due_report.owner,
        "reminders": list(due_report.reminders),
        "wakes_at": due_report.wakes_at,
    }


async def save_all(unit: UnitOfWork, due_reports: Sequence[DueReport]) -> None:
    """Due reports as they stand now, new ones and known ones."""
    if due_reports:
        rows = [to_row(due_report) for due_report in due_reports]
        statement = insert(DueReportRow).values(rows)
        columns = {name: statement.excluded[name] for name in rows[0]}
        key = [col(DueReportRow.incident_id), col(DueReportRow.duty), col(DueReportRow.occurrence)]
        await unit.connection.execute(statement.on_conflict_do_update(index_elements=key, set_=columns))


async def of_incident(connection: AsyncConnection, incident_id: str, lock: bool = False) -> list[DueReport]:
    """The due reports of an incident, the most urgent first."""
    query = select(DueReportRow).where(col(DueReportRow.incident_id) == incident_id)
    query = query.order_by(col(DueReportRow.due_at), col(DueReportRow.duty), col(DueReportRow.occurrence))
    return [
        to_due_report(row) for row in await connection.execute(query.with_for_update() if lock else query)
    ]


def key_of(due_report: DueReport) -> str:
    """What names a due report."""
    return due_report.duty_id


async def take_due(unit: UnitOfWork, limit: int, left_out: Collection[str]) -> list[DueReport]:
    """Due reports that have to be looked at, locked with their incidents, skipping what anybody else has in hand."""
    wakes_at = func.coalesce(DueReportRow.wakes_at, DueReportRow.due_at)
    query = select(DueReportRow).join(
        IncidentRow, col(IncidentRow.incident_id) == col(DueReportRow.incident_id)
    )
    query = query.where(col(DueReportRow.status).in_(_WATCHED))
    if left_out:
        query = query.where(col(DueReportRow.duty_id).not_in(left_out))
    query = query.where(wakes_at <= unit.now).order_by(wakes_at).limit(limit)
    locked = query.with_for_update(of=[DueReportRow, IncidentRow], key_share=True, skip_locked=True)
    return [to_due_report(row) for row in await unit.connection.execute(locked)]


async def page(
    connection: AsyncConnection, incident_id: str | None, status: str | None, limit: int, after: str | None
) -> list[DueReport]:
    """Due reports, the most urgent first, from behind the one that ``after`` names (``key_of``)."""
    key = (col(DueReportRow.due_at), col(DueReportRow.duty_id))
    query = select(DueReportRow).order_by(*key).limit(limit)
    if incident_id:
        query = query.where(col(DueReportRow.incident_id) == incident_id)
    if status:
        query = query.where(col(DueReportRow.status) == status)
    if after:
        last = select(*key).where(key[1] == after)
        query = query.where(tuple_(*key) > last.scalar_subquery())
    return [to_due_report(row) for row in await connection.execute(query)]
