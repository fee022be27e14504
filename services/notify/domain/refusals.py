"""Why a warning is refused: rules of law and plan, each a noun with the values it is about.

WarningRefusal
├── SamePerson          one person in two of the three parts
├── MissingStatements   what 突发事件应对法 art. 64 asks for is not there
├── UnfilledPlaceholder a text still has something to fill in
├── SaysExercise        a text of real life speaks of a drill
├── ReservedEventType   only another body may publish this kind
├── ForeignArea         the area lies outside the issuer's jurisdiction
├── ForeignIssuer       the text names another organisation
├── LevelNotOurs        a level of government above issues this level
├── NotYourLevel        other people sign this level
├── ImplausibleStart    begins too long ago or too far ahead
└── AlreadyExpired      the warning period is over before it is published
"""

from collections.abc import Iterable
from datetime import datetime

from contracts.messages import text
from contracts.plan import Plan
from contracts.refusals import RuleViolated

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


class UnfilledPlaceholder(WarningRefusal):
    """A text still has something to fill in."""

    KEY = "warning.unfilled_placeholder"

    def __init__(self, field: str, placeholder: str) -> None:
        super().__init__(field, "unfilled_placeholder", name=field, placeholder=placeholder)


class SaysExercise(WarningRefusal):
    """A text of real life that speaks of a drill would be taken for one."""

    KEY = "warning.says_exercise"

    def __init__(self, field: str, word: str) -> None:
        super().__init__(field, "says_exercise", word=word)


class ReservedEventType(WarningRefusal):
    """Only another body may publish warnings of this kind."""

    KEY = "warning.reserved_event_type"

    def __init__(self, event_type: str, article: str) -> None:
        super().__init__("event_type", "reserved_event_type", event_type=event_type, article=article)


class ForeignIssuer(WarningRefusal):
    """The text names another organisation than the one in whose name it would go out."""

    KEY = "warning.foreign_issuer"

    def __init__(self, named: str, issuer: str) -> None:
        super().__init__("issuer", "foreign_issuer", named=named, issuer=issuer)


class LevelNotOurs(WarningRefusal):
    """Warnings of this level are issued by a level of government above this place."""

    KEY = "warning.level_not_ours"

    def __init__(self, level: str, place: str, from_level: str, source: str) -> None:
        words = {"from_level": text(f"level.{from_level}", "zh"), "from_level_en": from_level}
        super().__init__("level", "level_not_ours", level=level, place=place, source=source, **words)


class NotYourLevel(WarningRefusal):
    """Warnings of this level are signed by other people."""

    KEY = "warning.not_your_level"

    def __init__(self, level: str, signers: Iterable[str], source: str) -> None:
        words = "、".join(text(f"role.{role}", "zh") for role in signers)
        super().__init__("level", "not_your_level", level=level, signers=words, source=source)


class ForeignArea(WarningRefusal):
    """An area code outside the issuer's jurisdiction."""

    KEY = "warning.foreign_area"

    def __init__(self, field: str, codes: Iterable[str], node: str) -> None:
        super().__init__(field, "foreign_area", codes=", ".join(codes), node=node)


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


class UnknownDepartment(RuleViolated):
    """The plan has no such department."""

    KEY = "warning.unknown_department"

    def __init__(self, department: str) -> None:
        super().__init__("department", "unknown_department", department=department[:80])


def require_known(department: str | None, plan: Plan) -> None:
    """Raise UnknownDepartment for one that the plan does not have."""
    if department and department not in plan.departments:
        raise UnknownDepartment(department)
