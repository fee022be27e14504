"""Who may issue which warning here, asked when it is drafted, reviewed, signed and published: one rule for all.

Event types reserved to another body (气象灾害防御条例 art. 30), areas inside the jurisdiction and the issuing organisation
(突发事件应对法 art. 64), levels by who may (plan data).
"""

from collections.abc import Collection
from dataclasses import dataclass

from contracts.events.warning import WarningContent
from contracts.messages import text
from contracts.plan import Plan
from contracts.plan.jurisdiction import LEVELS
from contracts.plan.warnings import Step
from contracts.values import WarningLevel
from services.notify.domain.exercise import without_mark
from services.notify.domain.refusals import (
    ForeignArea,
    ForeignIssuer,
    LevelNotOurs,
    NotYourLevel,
    ReservedEventType,
)


@dataclass(frozen=True)
class Sender:
    """Somebody of a node, with his department and roles."""

    node: str
    department: str | None
    roles: Collection[str]


def issuer_of(event_type: str, node: str, plan: Plan) -> str:
    """The organisation in whose name a warning of this type goes out: the plan's rule, else the node's government."""
    named = plan.warnings.issuer(event_type)
    return named.issuer if named else text("warning.issuer", "zh", place=plan.jurisdictions[node].name)


def may_issue(event_type: str, department: str | None, plan: Plan) -> bool:
    """Whether people of this department may have to do with such a warning."""
    issuer = plan.warnings.issuer(event_type)
    return not (issuer and issuer.reserved) or (
        issuer.department is not None and department == issuer.department
    )


def require_kind(event_type: str, department: str | None, plan: Plan) -> None:
    """Raise ReservedEventType unless people of this department may have to do with such a warning.

    All that is asked of who sends back or lifts: a plan that changes never keeps a warning in force.
    """
    if not may_issue(event_type, department, plan):
        issuer = plan.warnings.issuer(event_type)
        raise ReservedEventType(event_type, issuer.article if issuer else "")


def require_authority(content: WarningContent, step: Step, by: Sender, plan: Plan) -> None:
    """Raise the WarningRefusal for the first thing that is not this sender's to issue, or not to do this step of."""
    require_kind(content.event_type, by.department, plan)
    expected = issuer_of(content.event_type, by.node, plan)
    if without_mark(content.issuer) != expected:
        raise ForeignIssuer(content.issuer, expected)
    for field, codes in (("area_codes", content.area_codes), ("places", content.places)):
        if foreign := [code for code in codes if not plan.is_within(code, by.node)]:
            raise ForeignArea(field, foreign, by.node)
    require_level(content.level, step, by, plan)


def require_level(level: WarningLevel, step: Step, by: Sender, plan: Plan) -> None:
    """Raise LevelNotOurs or NotYourLevel for a level that others issue or sign."""
    rule = plan.warnings.authority.get(level)
    if rule is None:
        return
    place, name = plan.jurisdictions[by.node], plan.warnings.levels[level].name
    if LEVELS.index(place.level) < LEVELS.index(rule.from_level):
        raise LevelNotOurs(name, place.name, rule.from_level, rule.source)
    if step == "sign" and rule.signers and not set(by.roles) & set(rule.signers):
        raise NotYourLevel(name, rule.signers, rule.source)
