"""A warning (预警) from draft to all-clear: 制作 → 审核 → 签发 → 发布 → 解除, by three different people."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from contracts.events.warning import (
    WarningCancelled,
    WarningContent,
    WarningDrafted,
    WarningDropped,
    WarningEvent,
    WarningPublished,
    WarningReturned,
    WarningReviewed,
    WarningSigned,
)
from contracts.messages import text
from contracts.plan.warnings import Warnings
from contracts.refusals import StaleVersion
from contracts.state_machine import Transitions, advance
from services.notify.domain.content import require_filled, require_statements
from services.notify.domain.exercise import EXERCISE_MARK, LINE, without_mark
from services.notify.domain.refusals import AlreadyExpired, SamePerson

Origin = Literal["person", "plan_rule", "consultation"]


class WarningStatus(StrEnum):
    """Where a warning is on its way."""

    PROPOSED = "proposed"
    DRAFTED = "drafted"
    REVIEWED = "reviewed"
    SIGNED = "signed"
    PUBLISHED = "published"
    CANCELLED = "cancelled"
    DROPPED = "dropped"


S = WarningStatus
TRANSITIONS: Transitions[WarningStatus] = {
    (S.PROPOSED, "adopt"): S.DRAFTED,
    (S.PROPOSED, "drop"): S.DROPPED,
    (S.DRAFTED, "revise"): S.DRAFTED,
    (S.DRAFTED, "drop"): S.DROPPED,
    (S.DRAFTED, "review"): S.REVIEWED,
    (S.DRAFTED, "return"): S.DRAFTED,
    (S.REVIEWED, "sign"): S.SIGNED,
    (S.REVIEWED, "return"): S.DRAFTED,
    (S.SIGNED, "publish"): S.PUBLISHED,
    (S.SIGNED, "return"): S.DRAFTED,
    (S.PUBLISHED, "cancel"): S.CANCELLED,
}
"""What a machine made is ``proposed`` until a person adopts it; a person's own starts as ``drafted``."""


@dataclass(frozen=True)
class Person:
    """Who did something: the token's subject decides who is who, the name is for people."""

    subject: str
    name: str

    @classmethod
    def of(cls, subject: str, name: str) -> "Person":
        """A person whose name fits one line."""
        return cls(subject, (name or subject or "-")[:LINE])


@dataclass(frozen=True)
class WarningRecord:
    """One warning as it stands; ``authors`` are all who wrote in it, ``reason`` the last one given."""

    warning_id: str
    jurisdiction: str
    origin: Origin
    content: WarningContent
    drafted_at: datetime
    incident_id: str | None = None
    status: WarningStatus = WarningStatus.PROPOSED
    version: int = 1
    authors: tuple[Person, ...] = ()
    reviewer: Person | None = None
    signer: Person | None = None
    published_at: datetime | None = None
    cancelled_at: datetime | None = None
    reason: str = ""


Decision = tuple[WarningRecord, WarningEvent]


def at_version(record: WarningRecord, given: int | None) -> WarningRecord:
    """The record itself, if the command was given on its current version; raises StaleVersion."""
    if given is not None and given != record.version:
        raise StaleVersion(given, record.version)
    return record


def draft(record: WarningRecord, by: Person) -> Decision:
    """制作 by a person."""
    drafted = replace(record, status=WarningStatus.DRAFTED, authors=(by,))
    return drafted, _warning_drafted(drafted, by.name)


def propose(record: WarningRecord, by: str = "") -> Decision:
    """A machine's draft, by a rule of the plan, a conclusion or an answer of ``by``; nobody's work until it is adopted."""
    return record, _warning_drafted(record, by or text(f"warning.by.{record.origin}", "zh"))


def adopt(record: WarningRecord, by: Person, content: WarningContent) -> Decision:
    """A person takes over a machine's draft and answers for it as its author."""
    adopted = _advanced_record(record, "adopt", content=content, authors=(by,))
    return adopted, _warning_drafted(adopted, by.name, "person")


def revise(record: WarningRecord, by: Person, content: WarningContent) -> Decision:
    """Change a draft; whoever wrote in it counts as an author from then on."""
    authors = tuple(dict.fromkeys((*record.authors, by)))
    revised = _advanced_record(record, "revise", content=content, authors=authors)
    return revised, _warning_drafted(revised, by.name, "person")


def review(record: WarningRecord, by: Person, rules: Warnings, now: datetime) -> Decision:
    """审核通过; raises SamePerson for an author."""
    reviewed = _advanced_record(record, "review", reviewer=by)
    _require_another(by, record.authors, "draft", "review", rules)
    return reviewed, WarningReviewed(**_about(record, by.name), reviewed_at=now)


def sign(record: WarningRecord, by: Person, rules: Warnings, now: datetime) -> Decision:
    """签发; raises SamePerson for an author or the reviewer."""
    signed = _advanced_record(record, "sign", signer=by)
    _require_another(by, record.authors, "draft", "sign", rules)
    _require_another(by, (record.reviewer,), "review", "sign", rules)
    require_filled(record.content)
    return signed, WarningSigned(**_about(record, by.name), signed_at=now)


def publish(record: WarningRecord, by: Person, rules: Warnings, now: datetime) -> Decision:
    """发布; raises AlreadyExpired or MissingStatements, whatever was checked before."""
    published = _advanced_record(record, "publish", published_at=now)
    if record.content.expires_at <= now:
        raise AlreadyExpired(record.content.expires_at)
    require_statements(record.content, rules)
    require_filled(record.content)
    fact = WarningPublished(**_about(record, by.name), content=record.content, published_at=now)
    return published, fact


def send_back(record: WarningRecord, by: Person, reason: str, now: datetime) -> Decision:
    """退回修改 by reviewer or signer: the draft needs review and signature anew."""
    returned = _advanced_record(record, "return", reviewer=None, signer=None, reason=reason)
    return returned, WarningReturned(**_about(record, by.name), reason=reason, returned_at=now)


def cancel(record: WarningRecord, by: Person, reason: str, now: datetime) -> Decision:
    """解除 (突发事件应对法 art. 70): nothing has to be written but the reason."""
    cancelled = _advanced_record(record, "cancel", cancelled_at=now, reason=reason)
    headline = cancel_headline(record.content.headline)
    fact = WarningCancelled(**_about(record, by.name), headline=headline, reason=reason, cancelled_at=now)
    return cancelled, fact


def drop(record: WarningRecord, by: Person, reason: str, now: datetime) -> Decision:
    """A draft that nobody needs is put aside with a reason, never deleted."""
    dropped = _advanced_record(record, "drop", reason=reason)
    return dropped, WarningDropped(**_about(record, by.name), reason=reason, dropped_at=now)


def cancel_headline(headline: str) -> str:
    """The headline of the all-clear, made from the warning's own; keeps the mark of a drill in front."""
    bare = without_mark(headline)
    mark = EXERCISE_MARK if bare != headline else ""
    return (mark + text("warning.cancel_headline", "zh", headline=bare))[:LINE]


def _advanced_record(record: WarningRecord, command: str, **changes: Any) -> WarningRecord:  # noqa: ANN401 - fields of the record
    status = advance(TRANSITIONS, record.status, command)
    return replace(record, status=status, version=record.version + 1, **changes)


def _require_another(
    by: Person, others: Iterable[Person | None], earlier: str, step: str, rules: Warnings
) -> None:
    if any(other is not None and other.subject == by.subject for other in others):
        raise SamePerson(by.name, earlier, step, rules.roles.source)


def _about(record: WarningRecord, by: str) -> dict[str, Any]:
    return {
        "warning_id": record.warning_id,
        "incident_id": record.incident_id,
        "jurisdiction": record.jurisdiction,
        "by": by,
    }


def _warning_drafted(record: WarningRecord, by: str, origin: Origin | None = None) -> WarningDrafted:
    return WarningDrafted(
        **_about(record, by),
        origin=origin or record.origin,
        content=record.content,
        drafted_at=record.drafted_at,
    )
