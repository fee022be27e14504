"""A delivery: one message to one subscriber over one channel, until a receipt, a refusal or the last attempt."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from contracts.events.delivery import (
    Channel,
    DeliveryCompleted,
    DeliveryDropped,
    DeliveryEvent,
    DeliveryFailed,
    DeliveryRefused,
    DropCause,
)
from contracts.events.warning import WarningContent
from contracts.messages import text
from contracts.reasons import Why, code_of, words_of
from contracts.state_machine import Transitions, advance
from contracts.topics import Mode
from contracts.values import Id, JurisdictionCode, Line, Moment, Value
from services.notify.domain.warning import WarningRecord, cancel_headline

Kind = Literal["published", "cancelled"]
MessageStatus = Literal["actual", "exercise"]


class DeliveryStatus(StrEnum):
    """What became of a delivery so far."""

    PENDING = "pending"
    COMPLETED = "completed"
    FAILED = "failed"
    REFUSED = "refused"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"


S = DeliveryStatus
TRANSITIONS: Transitions[DeliveryStatus] = {
    (S.PENDING, "retry"): S.PENDING,
    (S.PENDING, "complete"): S.COMPLETED,
    (S.PENDING, "give_up"): S.FAILED,
    (S.PENDING, "refuse"): S.REFUSED,
    (S.PENDING, "supersede"): S.SUPERSEDED,
    (S.PENDING, "expire"): S.EXPIRED,
    (S.SUPERSEDED, "complete"): S.COMPLETED,
}


class Message(Value):
    """What a subscriber receives: the whole text, and whether it is real."""

    status: MessageStatus
    drill_id: str = ""
    kind: Kind
    warning_id: Id
    incident_id: Id | None
    jurisdiction: JurisdictionCode
    headline: Line
    content: WarningContent
    published_at: Moment
    cancelled_at: Moment | None = None
    reason: str = ""


@dataclass(frozen=True)
class Dispatch:
    """A delivery taken up for one attempt, with all that is needed to make it."""

    delivery_id: str
    warning_id: str
    incident_id: str | None
    kind: Kind
    attempts: int
    subscriber_id: str
    subscriber: str
    channel: Channel
    target: str
    mode: Mode
    expires_at: datetime | None
    message_status: MessageStatus
    body: str


@dataclass(frozen=True)
class Taken:
    """The channel took the message and gave this receipt."""

    receipt: str


@dataclass(frozen=True)
class NotTaken:
    """The attempt failed or nobody knows how it ended: a warning is then sent again."""

    why: Why


@dataclass(frozen=True)
class Forbidden:
    """The last check before the wire said no; never tried again."""

    rule: str
    why: Why


@dataclass(frozen=True)
class Obsolete:
    """Nobody needs it any more: the warning was lifted meanwhile, or its period is over."""

    expired: bool


Outcome = Taken | NotTaken | Forbidden | Obsolete


@dataclass(frozen=True)
class Progress:
    """The delivery after an attempt; ``due_at`` is set when there will be another."""

    status: DeliveryStatus
    receipt: str = ""
    reason: str = ""
    due_at: datetime | None = None


def message_of(record: WarningRecord, kind: Kind, status: MessageStatus, drill_id: str) -> Message:
    """The message that tells of a warning's publication or its cancellation."""
    assert record.published_at is not None
    headline = record.content.headline
    return Message(
        status=status,
        drill_id=drill_id,
        kind=kind,
        warning_id=record.warning_id,
        incident_id=record.incident_id,
        jurisdiction=record.jurisdiction,
        headline=headline if kind == "published" else cancel_headline(headline),
        content=record.content,
        published_at=record.published_at,
        cancelled_at=record.cancelled_at,
        reason=record.reason if kind == "cancelled" else "",
    )


def conclude(
    dispatch: Dispatch, outcome: Outcome, retry_at: datetime | None, jurisdiction: str, now: datetime
) -> tuple[Progress, DeliveryEvent | None]:
    """What an attempt's outcome means; ``retry_at`` is None after the last attempt."""
    about: dict[str, Any] = {
        "delivery_id": dispatch.delivery_id,
        "warning_id": dispatch.warning_id,
        "incident_id": dispatch.incident_id,
        "jurisdiction": jurisdiction,
        "subscriber": dispatch.subscriber,
        "channel": dispatch.channel,
        "kind": dispatch.kind,
    }
    match outcome:
        case Taken(receipt):
            completed = DeliveryCompleted(
                **about, receipt=receipt, attempts=dispatch.attempts, delivered_at=now
            )
            return Progress(_after("complete"), receipt=receipt), completed
        case Forbidden(_, why):
            return Progress(_after("refuse"), reason=words_of(why)), DeliveryRefused(
                **about, reason=words_of(why), reason_code=code_of(why), refused_at=now
            )
        case Obsolete(expired):
            return _drop(about, "expired" if expired else "cancelled", dispatch.attempts - 1, now)
        case NotTaken(why) if retry_at is not None:
            return Progress(_after("retry"), reason=words_of(why), due_at=retry_at), None
        case NotTaken(why):
            failed = DeliveryFailed(
                **about,
                reason=words_of(why),
                reason_code=code_of(why),
                attempts=dispatch.attempts,
                failed_at=now,
            )
            return Progress(_after("give_up"), reason=failed.reason), failed


def delivery_superseded(row: Mapping[str, Any], jurisdiction: str, now: datetime) -> DeliveryDropped:
    """The fact that a delivery will not be made because its warning was lifted."""
    about = {name: row[name] for name in ("warning_id", "incident_id", "channel")}
    about |= {"delivery_id": row["id"], "subscriber": row["recipient"]}
    _, fact = _drop(
        {**about, "jurisdiction": jurisdiction, "kind": "published"}, "cancelled", row["attempts"], now
    )
    return fact


def _drop(
    about: Mapping[str, Any], cause: DropCause, attempts: int, now: datetime
) -> tuple[Progress, DeliveryDropped]:
    progress = Progress(
        _after("expire" if cause == "expired" else "supersede"), reason=text(f"delivery.{cause}", "zh")
    )
    return progress, DeliveryDropped(**about, cause=cause, attempts=attempts, dropped_at=now)


def _after(command: str) -> DeliveryStatus:
    return advance(TRANSITIONS, DeliveryStatus.PENDING, command)
