"""Statutory reports: what is owed, that it was sent, that it arrived; and those that came from the level below."""

from fastapi import APIRouter, Request, Response

from contracts.values import Id
from services.incident.api.access import Leader, WatchReader, context_of
from services.incident.api.bodies import After, DutyReceiptBody, Limit, PathId, ReceiptBody, SubmissionBody
from services.incident.api.duty_views import DueReportView, SubmissionView, due_report_view
from services.incident.domain import submission as below
from services.incident.domain.due_report import (
    DueReport,
    DueReportStatus,
    Receipt,
    Sending,
    UnknownDuty,
    receive,
    send,
)
from services.incident.publishing import publish
from services.incident.store import due_reports, incidents, submissions
from shared.database import UnitOfWork

router = APIRouter(tags=["duties"])


@router.get("/due-reports")
async def list_due_reports(
    request: Request,
    _: WatchReader,
    incident_id: Id | None = None,
    status: DueReportStatus | None = None,
    limit: Limit = 100,
    after: After = "",
) -> list[DueReportView]:
    """Reporting duties, the most urgent first: of one incident, or of all, from behind a ``duty_id``."""
    async with request.app.state.database.reading() as connection:
        found = await due_reports.page(connection, incident_id, status, limit, after or None)
    return [due_report_view(one) for one in found]


@router.post("/incidents/{incident_id}/submissions", response_model=DueReportView)
async def submit(request: Request, incident_id: PathId, body: SubmissionBody, call: Leader) -> Response:
    """A statutory report went out; with a receipt, its duty is discharged, else who got it has to confirm it."""
    context = context_of(request)

    async def work(unit: UnitOfWork) -> DueReportView:
        owed = await _duty_owed(unit, incident_id, body.duty)
        above = context.plan.parent(context.node)
        due_report, events = send(owed, Sending(body.proof, body.recipient), context.node, above, unit.now)
        if body.receipt:
            due_report, more = receive(due_report, _receipt(body.receipt), context.node, unit.now)
            events = [*events, *more]
        await due_reports.save_all(unit, [due_report])
        await publish(unit, context, events, call.principal.name)
        return due_report_view(due_report)

    return await call.run("incident.submit_report", incident_id, body, work)


@router.post("/incidents/{incident_id}/receipts", response_model=DueReportView)
async def confirm_own(request: Request, incident_id: PathId, body: DutyReceiptBody, call: Leader) -> Response:
    """Who got a report of this node confirmed it by other means than their own node: the duty is discharged."""
    context = context_of(request)

    async def work(unit: UnitOfWork) -> DueReportView:
        owed = await _duty_owed(unit, incident_id, body.duty)
        due_report, events = receive(owed, _receipt(body), context.node, unit.now)
        await due_reports.save_all(unit, [due_report])
        await publish(unit, context, events, call.principal.name)
        return due_report_view(due_report)

    return await call.run("incident.confirm_report", incident_id, body, work)


@router.get("/submissions")
async def list_submissions(
    request: Request,
    _: WatchReader,
    waiting: bool = True,
    incident_id: Id | None = None,
    limit: Limit = 100,
    after: After = "",
) -> list[SubmissionView]:
    """Reports from the level below, the oldest first; ``waiting``: those that nobody here has confirmed."""
    async with request.app.state.database.reading() as connection:
        found = await submissions.page(connection, waiting, incident_id, limit, after or None)
    return [SubmissionView.model_validate(one, from_attributes=True) for one in found]


@router.post("/submissions/{duty_id}/receipt", response_model=SubmissionView)
async def confirm(request: Request, duty_id: PathId, body: ReceiptBody, call: Leader) -> Response:
    """A report from the level below arrived here; the node that owed it is told, and its duty is discharged."""
    context = context_of(request)

    async def work(unit: UnitOfWork) -> SubmissionView:
        found = await submissions.require(unit, duty_id)
        confirmed, events = below.confirm(found, _receipt(body), context.node, unit.now)
        await submissions.save(unit, confirmed)
        await publish(unit, context, events, call.principal.name)
        return SubmissionView.model_validate(confirmed, from_attributes=True)

    return await call.run("submission.confirm", duty_id, body, work)


async def _duty_owed(unit: UnitOfWork, incident_id: str, duty: str) -> DueReport:
    """The duty named by its id, or the newest of a name; raises UnknownDuty. Its incident is locked."""
    await incidents.require(unit.connection, incident_id, lock=True)
    owed = await due_reports.of_incident(unit.connection, incident_id, lock=True)
    named = [one for one in owed if duty in {one.duty_id, one.duty}]
    if not named:
        known = ", ".join(dict.fromkeys(one.duty for one in owed)) or "-"
        raise UnknownDuty("duty", "unknown_duty", duty=duty, known=known)
    return max(named, key=lambda one: one.occurrence)


def _receipt(body: ReceiptBody) -> Receipt:
    return Receipt(body.received_by, body.receipt)
