"""请求增援: asked of a linked node, answered by orders to its teams or by a refusal with its reason."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from contracts.events.dispatch import SupportDeclined, SupportOffered, SupportRequested
from contracts.refusals import RuleViolated
from contracts.state_machine import Transitions, advance
from contracts.values import Location


class SupportStatus(StrEnum):
    """Whether an answer has come."""

    REQUESTED = "requested"
    OFFERED = "offered"
    DECLINED = "declined"


TRANSITIONS: Transitions[SupportStatus] = {
    (SupportStatus.REQUESTED, "offer"): SupportStatus.OFFERED,
    (SupportStatus.REQUESTED, "decline"): SupportStatus.DECLINED,
}
COMMANDS = ("offer", "decline")


class NotLinked(RuleViolated):
    """Only the level above and those directly below read this node's streams."""

    KEY = "dispatch.not_linked"


class UnknownCapability(RuleViolated):
    """The plan has no such capability."""

    KEY = "dispatch.unknown_capability"


@dataclass(frozen=True)
class Support:
    """One request and its answer, as the asking node sees it."""

    request_id: str
    incident_id: str
    jurisdiction: str
    target: str
    capability: str
    count: int
    task: str
    destination: Location
    requested_by: str
    requested_at: datetime
    status: SupportStatus = SupportStatus.REQUESTED
    team_ids: tuple[str, ...] = ()
    missing: int = 0
    reason: str = ""


def requested(support: Support) -> SupportRequested:
    """The fact that support was asked for, addressed to ``target``."""
    answer = {"status", "team_ids", "missing", "reason"}
    return SupportRequested(**{name: value for name, value in vars(support).items() if name not in answer})


def follow(support: Support, answer: SupportOffered | SupportDeclined) -> Support:
    """The answer of the node asked; raises RefusedTransition for a second one."""
    if isinstance(answer, SupportOffered):
        status = advance(TRANSITIONS, support.status, "offer")
        return replace(support, status=status, team_ids=answer.team_ids, missing=answer.missing)
    status = advance(TRANSITIONS, support.status, "decline")
    return replace(support, status=status, missing=support.count, reason=answer.reason)
