"""A statutory report from the level below, as it reached this node: somebody here confirms that it arrived."""

from dataclasses import dataclass, replace
from datetime import datetime

from contracts.events import Event
from contracts.events.incident import ReportReceived, ReportSubmitted
from contracts.refusals import Refusal
from services.incident.domain.due_report import Receipt


class AlreadyConfirmed(Refusal):
    """Somebody has confirmed this report before."""

    STATUS = 409
    KEY = "submission.already_confirmed"


@dataclass(frozen=True)
class Submission:
    """A report that reached this node; ``jurisdiction`` is the node that owed it. Confirmed once ``received_at`` is."""

    duty_id: str
    incident_id: str
    jurisdiction: str
    duty: str
    recipient: str
    proof: str
    submitted_at: datetime
    received_at: datetime | None = None
    received_by: str | None = None
    receipt: str | None = None


def of_event(event: ReportSubmitted, duty_id: str) -> Submission:
    """The report as it was published."""
    return Submission(
        duty_id=duty_id,
        incident_id=event.incident_id,
        jurisdiction=event.jurisdiction,
        duty=event.duty,
        recipient=event.recipient,
        proof=event.proof,
        submitted_at=event.submitted_at,
    )


def confirm(
    submission: Submission, receipt: Receipt, node: str, now: datetime
) -> tuple[Submission, list[Event]]:
    """It arrived, says who is on watch here; the node that owed it is told. Raises AlreadyConfirmed."""
    if submission.received_at is not None:
        raise AlreadyConfirmed(by=submission.received_by)
    by, reference = receipt.received_by, receipt.reference
    event = ReportReceived(
        incident_id=submission.incident_id,
        jurisdiction=node,
        duty=submission.duty,
        duty_id=submission.duty_id,
        target=submission.jurisdiction,
        received_by=by,
        receipt=reference,
        received_at=now,
    )
    return replace(submission, received_at=now, received_by=by, receipt=reference), [event]
