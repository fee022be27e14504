"""A warning (预警) from draft to all-clear: 制作 → 审核 → 签发 → 发布 → 解除, by three different people.

WarningRefusal
├── SamePerson          one person in two of the three parts
├── MissingStatements   what 突发事件应对法 art. 64 asks for is not there
├── ReservedEventType   only another body may publish this kind
├── ForeignArea         the area lies outside the issuer's jurisdiction
├── ImplausibleStart    begins too long ago or too far ahead
└── AlreadyExpired      the warning period is over before it is published
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
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
from contracts.refusals import RuleViolated, StaleVersion
from contracts.state_machine import Transitions, advance

Origin = Literal["person", "plan_rule", "consultation"]
EXERCISE_MARK = "【演练】"
"""Every text of a drill begins with it, so that no reader takes it for real."""
LINE = 200
EARLIEST_START, LATEST_START = timedelta(days=1), timedelta(days=30)


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


class WarningRefusal(RuleViolated):
    """A rule about warnings is not met."""


class SamePerson(WarningRefusal):
    """Author, reviewer and signer must be three people (DB45/T 2427-2021)."""

    KEY = "warning.same_person"

    def __init__(self, name: str, earlier: str, step: str, source: str) -> None:
        parts = {"earlier": text(f"warning.step.{earlier}", "zh"), "step": text(f"warning.step.{step}", "zh")}
        english = {"earlier_en": earlier, "step_en": step}
        super().__init__("subject", "same_person", name=name, source=source, **parts, **english)


class MissingStatements(WarningRefusal):
    """Statements the law asks for are missing; ``missing`` are their slugs, ``fields`` where they belong."""

    KEY = "warning.missing_statements"

    def __init__(self, missing: Iterable[str], article: str) -> None:
        self.missing = tuple(missing)
        super().__init__(
            ",".join(STATED_BY[name] for name in self.missing),
            "missing_statements",
            missing="、".join(text(f"warning.statement.{name}", "zh") for name in self.missing),
            missing_en=", ".join(text(f"warning.statement.{name}", "en") for name in self.missing),
            article=article,
        )


class ReservedEventType(WarningRefusal):
    """Only another body may publish warnings of this kind."""

    KEY = "warning.reserved_event_type"

    def __init__(self, event_type: str, article: str) -> None:
        super().__init__("event_type", "reserved_event_type", event_type=event_type, article=article)


class ForeignArea(WarningRefusal):
    """An area code outside the issuer's jurisdiction."""

    KEY = "warning.foreign_area"

    def __init__(self, codes: Iterable[str], node: str) -> None:
        super().__init__("area_codes", "foreign_area", codes=", ".join(codes), node=node)


class ImplausibleStart(WarningRefusal):
    """A warning begins at most a day ago and at most thirty days ahead."""

    KEY = "warning.implausible_start"

    def __init__(self, starts_at: datetime) -> None:
        super().__init__("starts_at", "implausible_start", starts_at=starts_at.isoformat())


class AlreadyExpired(WarningRefusal):
    """The period of the warning is over."""

    KEY = "warning.already_expired"

    def __init__(self, expires_at: datetime) -> None:
        super().__init__("expires_at", "already_expired", expires_at=expires_at.isoformat())


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

STATED_BY = {
    "category": "event_type",
    "level": "level",
    "start_time": "starts_at",
    "area": "area",
    "cautions": "instruction",
    "measures": "measures",
    "issuer": "issuer",
    "issue_time": "published_at",
}
"""The field that makes each statement of art. 64; the time of issue is given by the publication itself."""


def unknown_statements(rules: Warnings) -> list[str]:
    """Statements a plan asks for that no field of a warning can make; a sound plan has none."""
    return [name for name in rules.required_statements if name not in STATED_BY]


def missing_statements(content: WarningContent, rules: Warnings) -> list[str]:
    """The required statements that are absent or blank, in the plan's order."""
    stated = dict(content)
    return [
        name
        for name in rules.required_statements
        if name != "issue_time" and _blank(stated.get(STATED_BY[name]))
    ]


def _blank(value: object) -> bool:
    if isinstance(value, tuple):
        return all(_blank(item) for item in value)
    return not str(value or "").removeprefix(EXERCISE_MARK).strip()


def check_content(
    content: WarningContent, rules: Warnings, node: str, is_within: Callable[[str, str], bool]
) -> None:
    """Raise the WarningRefusal for the first rule a person's text breaks."""
    if missing := missing_statements(content, rules):
        raise MissingStatements(missing, rules.required_article)
    if content.event_type.startswith(rules.reserved_event_types):
        raise ReservedEventType(content.event_type, rules.reserved_article)
    if foreign := [code for code in content.area_codes if not is_within(code, node)]:
        raise ForeignArea(foreign, node)


def require_plausible_start(starts_at: datetime, now: datetime) -> None:
    """Raise ImplausibleStart for a warning that begins too long ago or too far ahead."""
    if not now - EARLIEST_START <= starts_at <= now + LATEST_START:
        raise ImplausibleStart(starts_at)


def at_version(record: WarningRecord, given: int | None) -> WarningRecord:
    """The record itself, if the command was given on its current version; raises StaleVersion."""
    if given is not None and given != record.version:
        raise StaleVersion(given, record.version)
    return record


def draft(record: WarningRecord, by: Person) -> Decision:
    """制作 by a person."""
    drafted = replace(record, status=WarningStatus.DRAFTED, authors=(by,))
    return drafted, _drafted(drafted, by.name)


def propose(record: WarningRecord) -> Decision:
    """A machine's draft, by a rule of the plan or a conclusion; nobody's work until it is adopted."""
    return record, _drafted(record, text(f"warning.by.{record.origin}", "zh"))


def adopt(record: WarningRecord, by: Person, content: WarningContent) -> Decision:
    """A person takes over a machine's draft and answers for it as its author."""
    adopted = _moved(record, "adopt", content=content, authors=(by,))
    return adopted, _drafted(adopted, by.name, "person")


def revise(record: WarningRecord, by: Person, content: WarningContent) -> Decision:
    """Change a draft; whoever wrote in it counts as an author from then on."""
    authors = tuple(dict.fromkeys((*record.authors, by)))
    revised = _moved(record, "revise", content=content, authors=authors)
    return revised, _drafted(revised, by.name, "person")


def review(record: WarningRecord, by: Person, rules: Warnings, now: datetime) -> Decision:
    """审核通过; raises SamePerson for an author."""
    reviewed = _moved(record, "review", reviewer=by)
    _require_another(by, record.authors, "draft", "review", rules)
    return reviewed, WarningReviewed(**_about(record, by.name), reviewed_at=now)


def sign(record: WarningRecord, by: Person, rules: Warnings, now: datetime) -> Decision:
    """签发; raises SamePerson for an author or the reviewer."""
    signed = _moved(record, "sign", signer=by)
    _require_another(by, record.authors, "draft", "sign", rules)
    _require_another(by, (record.reviewer,), "review", "sign", rules)
    return signed, WarningSigned(**_about(record, by.name), signed_at=now)


def publish(record: WarningRecord, by: Person, rules: Warnings, now: datetime) -> Decision:
    """发布; raises AlreadyExpired or MissingStatements, whatever was checked before."""
    published = _moved(record, "publish", published_at=now)
    if record.content.expires_at <= now:
        raise AlreadyExpired(record.content.expires_at)
    if missing := missing_statements(record.content, rules):
        raise MissingStatements(missing, rules.required_article)
    fact = WarningPublished(**_about(record, by.name), content=record.content, published_at=now)
    return published, fact


def send_back(record: WarningRecord, by: Person, reason: str, now: datetime) -> Decision:
    """退回修改 by reviewer or signer: the draft needs review and signature anew."""
    returned = _moved(record, "return", reviewer=None, signer=None, reason=reason)
    return returned, WarningReturned(**_about(record, by.name), reason=reason, returned_at=now)


def cancel(record: WarningRecord, by: Person, reason: str, now: datetime) -> Decision:
    """解除 (突发事件应对法 art. 70): nothing has to be written but the reason."""
    cancelled = _moved(record, "cancel", cancelled_at=now, reason=reason)
    headline = cancel_headline(record.content.headline)
    fact = WarningCancelled(**_about(record, by.name), headline=headline, reason=reason, cancelled_at=now)
    return cancelled, fact


def drop(record: WarningRecord, by: Person, reason: str, now: datetime) -> Decision:
    """A draft that nobody needs is put aside with a reason, never deleted."""
    dropped = _moved(record, "drop", reason=reason)
    return dropped, WarningDropped(**_about(record, by.name), reason=reason, dropped_at=now)


def cancel_headline(headline: str) -> str:
    """The headline of the all-clear, made from the warning's own; keeps the mark of a drill in front."""
    bare = headline.removeprefix(EXERCISE_MARK)
    mark = EXERCISE_MARK if bare != headline else ""
    return (mark + text("warning.cancel_headline", "zh", headline=bare))[:LINE]


def _moved(record: WarningRecord, command: str, **changes: Any) -> WarningRecord:  # noqa: ANN401 - fields of the record
    status = advance(TRANSITIONS, record.status, command)
    return replace(record, status=status, version=record.version + 1, **changes)


def _require_another(
    by: Person, others: Iterable[Person | None], earlier: str, step: str, rules: Warnings
) -> None:
    if any(other is not None and other.subject == by.subject for other in others):
        raise SamePerson(by.name, earlier, step, rules.three_people_source)


def _about(record: WarningRecord, by: str) -> dict[str, Any]:
    return {
        "warning_id": record.warning_id,
        "incident_id": record.incident_id,
        "jurisdiction": record.jurisdiction,
        "by": by,
    }


def _drafted(record: WarningRecord, by: str, origin: Origin | None = None) -> WarningDrafted:
    return WarningDrafted(
        **_about(record, by),
        origin=origin or record.origin,
        content=record.content,
        drafted_at=record.drafted_at,
    )
