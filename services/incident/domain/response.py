"""应急响应: started with matter, level, expected duration and measures; ending it is an act too."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from contracts.events import Event
from contracts.events.incident import ResponseActivated, ResponseEnded
from contracts.messages import Terms
from contracts.plan.jurisdiction import Level
from contracts.plan.response import Responses
from contracts.plan.sector import EventClass
from contracts.refusals import Refusal, RuleViolated
from contracts.state_machine import Transitions, advance
from contracts.values import ResponseLevel


class ResponseStatus(StrEnum):
    """Whether a response runs."""

    ACTIVE = "active"
    ENDED = "ended"


TRANSITIONS: Transitions[ResponseStatus] = {(ResponseStatus.ACTIVE, "end"): ResponseStatus.ENDED}


class StatementMissing(RuleViolated):
    """A response must state matter, level, expected duration and measures (突发事件应对法 art. 72)."""

    KEY = "response.statement_missing"


class NotAnApprover(Refusal):
    """The plan gives starting this level to other roles, or to another level of government."""

    STATUS = 403
    KEY = "response.not_an_approver"


class AlreadyActive(Refusal):
    """This node's response to the incident already runs."""

    STATUS = 409
    KEY = "response.already_active"


class NoneActive(Refusal):
    """There is no response of this node to end."""

    STATUS = 409
    KEY = "response.none_active"


class StillActive(Refusal):
    """Ending a response is an act of its own (art. 86); closing doesn't do it silently."""

    STATUS = 409
    KEY = "response.still_active"


@dataclass(frozen=True)
class Proposal:
    """What is to be started; what is not stated is None or empty."""

    matter: str | None
    level: ResponseLevel | None
    expected_duration_hours: float | None
    measures: Sequence[str] | None


@dataclass(frozen=True)
class Response:
    """One node's response to one incident."""

    response_id: str
    incident_id: str
    jurisdiction: str
    level: ResponseLevel
    matter: str
    expected_duration_hours: float
    measures: tuple[str, ...]
    approved_by: str
    activated_at: datetime
    status: ResponseStatus = ResponseStatus.ACTIVE
    ended_at: datetime | None = None
    end_reason: str = ""


@dataclass(frozen=True)
class Approver:
    """Who starts a response: name and roles of the token, and the level of government of the node."""

    name: str
    roles: frozenset[str]
    level: Level


_FIELD = {"expected_duration": "expected_duration_hours"}


def activate(
    proposal: Proposal, ids: tuple[str, str], node: str, by: Approver, rules: Responses, now: datetime
) -> tuple[Response, list[Event]]:
    """Start a response; ``ids`` are (response, incident).

    Raises StatementMissing naming what art. 72 asks for, NotAnApprover.
    """
    for name in rules.required.statements:
        field = _FIELD.get(name, name)
        if not getattr(proposal, field):
            raise StatementMissing(field, "statement_missing", what=field, article=rules.required.article)
    event = ResponseActivated.model_validate(
        {
            **vars(proposal),
            "incident_id": ids[1],
            "jurisdiction": node,
            "approved_by": by.name,
            "activated_at": now,
        }
    )
    approvers = rules.levels[event.level].approvers.get(by.level, ())
    if by.roles.isdisjoint(approvers):
        raise NotAnApprover("level", level=event.level, roles=Terms("role", tuple(approvers)))
    return of_event(event, ids[0]), [event]


def of_event(event: ResponseActivated, response_id: str) -> Response:
    """A response, this node's or another's, from the fact that it was activated."""
    return Response(
        response_id=response_id,
        incident_id=event.incident_id,
        jurisdiction=event.jurisdiction,
        level=event.level,
        matter=event.matter,
        expected_duration_hours=event.expected_duration_hours,
        measures=event.measures,
        approved_by=event.approved_by,
        activated_at=event.activated_at,
    )


def by_plan(
    level: ResponseLevel, matter: str, hours: float | None, rules: Responses, event_class: EventClass
) -> Proposal:
    """What the plan says about a level, for a conclusion that names the level only."""
    duration = hours or rules.levels[level].expected_duration_hours.value
    return Proposal(matter, level, duration, [one.text for one in rules.measures(level, event_class)])


def end(response: Response, reason: str, now: datetime) -> tuple[Response, list[Event]]:
    """终止应急响应 (art. 86)."""
    status = advance(TRANSITIONS, response.status, "end")
    event = ResponseEnded(
        incident_id=response.incident_id,
        jurisdiction=response.jurisdiction,
        level=response.level,
        reason=reason,
        ended_at=now,
    )
    return replace(response, status=status, ended_at=now, end_reason=reason), [event]
