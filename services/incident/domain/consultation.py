"""会商: who is convened on what, their opinions as they stand, and a conclusion that sets things in motion."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from contracts.events import Event
from contracts.events.consultation import (
    ConsultationConcluded,
    ConsultationConvened,
    OpinionGiven,
    Position,
    ProposedWarning,
    SupportRequest,
    Task,
)
from contracts.messages import Terms, Words
from contracts.plan import Plan
from contracts.plan.role import Role
from contracts.refusals import Refusal, RuleViolated
from contracts.state_machine import Transitions, advance
from contracts.values import ResponseLevel


class ConsultationStatus(StrEnum):
    """Whether opinions are still taken."""

    CONVENED = "convened"
    CONCLUDED = "concluded"


TRANSITIONS: Transitions[ConsultationStatus] = {
    (ConsultationStatus.CONVENED, "give_opinion"): ConsultationStatus.CONVENED,
    (ConsultationStatus.CONVENED, "conclude"): ConsultationStatus.CONCLUDED,
}
COMMANDS = ("give_opinion", "conclude")


class NobodyInvited(RuleViolated):
    """The plan's matrix names no department for this sector; name them by hand."""

    KEY = "consultation.nobody_invited"


class UnknownDepartment(RuleViolated):
    """The plan has no such department."""

    KEY = "consultation.unknown_department"


class ReservedWarning(RuleViolated):
    """Warnings of this kind of event are another body's to issue (气象灾害防御条例 art. 30)."""

    KEY = "consultation.reserved_warning"


class UnknownTarget(RuleViolated):
    """Support is asked of a place that this node is not linked to: neither the level above nor one below."""

    KEY = "consultation.unknown_target"


class UnknownCapability(RuleViolated):
    """Support is asked for with a capability the plan does not have."""

    KEY = "consultation.unknown_capability"


class NotInvited(Refusal):
    """The token's department was not invited to this consultation."""

    STATUS = 403
    KEY = "consultation.not_invited"


class NotInTheChair(Refusal):
    """Only whoever takes the chair, or the deputy, concludes."""

    STATUS = 403
    KEY = "consultation.not_in_the_chair"


@dataclass(frozen=True)
class Chairing:
    """Who may conclude: the accounts named at convening, else whoever has the role the plan gives the chair."""

    account: str | None = None
    deputy: str | None = None
    role: Role | None = None

    def permits(self, account: str, roles: frozenset[str]) -> bool:
        """Whether this person concludes; a commander may whatever a duty officer may."""
        if self.account or self.deputy:
            return account in {self.account, self.deputy}
        return (
            self.role is None or self.role in roles or (self.role == "duty_officer" and "commander" in roles)
        )


@dataclass(frozen=True)
class Opinion:
    """部门意见; a department's later one replaces its earlier one, which stays in the history."""

    department: str
    number: int
    position: Position
    opinion: str
    given_by: str
    given_at: datetime


@dataclass(frozen=True)
class Consultation:
    """One consultation of one node on one incident."""

    consultation_id: str
    incident_id: str
    jurisdiction: str
    matter: str
    brief: str
    chair: str
    departments: tuple[str, ...]
    convened_at: datetime
    opinions_due_at: datetime
    status: ConsultationStatus = ConsultationStatus.CONVENED
    opinions: tuple[Opinion, ...] = ()
    conclusion: str = ""
    concluded_at: datetime | None = None
    response_level: ResponseLevel | None = None
    tasks: tuple[Task, ...] = ()
    chairing: Chairing = Chairing()

    @property
    def latest(self) -> dict[str, Opinion]:
        """The opinion each department holds, in the order of invitation."""
        held = {opinion.department: opinion for opinion in sorted(self.opinions, key=lambda o: o.number)}
        return {department: held[department] for department in self.departments if department in held}

    @property
    def dissenting(self) -> tuple[str, ...]:
        """Departments that dissent."""
        return tuple(name for name, held in self.latest.items() if held.position == "dissent")

    @property
    def unanswered(self) -> tuple[str, ...]:
        """Departments invited that gave no opinion."""
        return tuple(name for name in self.departments if name not in self.latest)


@dataclass(frozen=True)
class Conclusion:
    """What the chair concludes; tasks are complete with id and deadline."""

    conclusion: str
    tasks: tuple[Task, ...] = ()
    response_level: ResponseLevel | None = None
    warning: ProposedWarning | None = None
    support: tuple[SupportRequest, ...] = ()


Decision = tuple[Consultation, list[Event]]


def departments_to_invite(
    named: Sequence[str] | None, matrix: Sequence[str], plan: Plan, sector: str
) -> tuple[str, ...]:
    """The departments to invite: those named, else the plan's matrix of sector × grade.

    Raises UnknownDepartment, NobodyInvited.
    """
    departments = tuple(dict.fromkeys(named or matrix))
    require_departments("departments", departments, plan)
    if not departments:
        found = plan.sectors.get(sector)
        words = Words(found.name, found.name_en) if found else sector
        raise NobodyInvited("departments", "nobody_invited", sector=words)
    return departments


def require_departments(field: str, departments: Iterable[str], plan: Plan) -> None:
    """Raise UnknownDepartment for the first one the plan lacks."""
    for department in departments:
        if department not in plan.departments:
            raise UnknownDepartment(field, "unknown_department", department=department)


def convene(consultation: Consultation) -> Decision:
    """召集会商: every invited department learns of it."""
    event = ConsultationConvened(
        consultation_id=consultation.consultation_id,
        incident_id=consultation.incident_id,
        jurisdiction=consultation.jurisdiction,
        matter=consultation.matter,
        brief=consultation.brief,
        chair=consultation.chair,
        departments=consultation.departments,
        convened_at=consultation.convened_at,
        opinions_due_at=consultation.opinions_due_at,
    )
    return consultation, [event]


def deadline(now: datetime, minutes: float | None, plan: Plan) -> datetime:
    """By when opinions are due: as given, else as the plan says."""
    return now + timedelta(minutes=minutes or plan.consultations.opinion_minutes.value)


def give_opinion(
    consultation: Consultation,
    department: str | None,
    position: Position,
    opinion: str,
    by: str,
    now: datetime,
) -> Decision:
    """A department's opinion; raises NotInvited, or RefusedTransition after the conclusion."""
    if department is None or department not in consultation.departments:
        raise NotInvited("department")
    advance(TRANSITIONS, consultation.status, "give_opinion")
    number = 1 + sum(given.department == department for given in consultation.opinions)
    given = Opinion(department, number, position, opinion, by, now)
    event = OpinionGiven(
        consultation_id=consultation.consultation_id,
        incident_id=consultation.incident_id,
        jurisdiction=consultation.jurisdiction,
        department=department,
        position=position,
        opinion=opinion,
        given_by=by,
        given_at=now,
    )
    return replace(consultation, opinions=(*consultation.opinions, given)), [event]


def require_chair(consultation: Consultation, account: str, roles: frozenset[str]) -> None:
    """Raise NotInTheChair unless this person takes the chair or is the deputy."""
    held = consultation.chairing
    if not held.permits(account, roles):
        named = ", ".join(filter(None, (held.account, held.deputy)))
        may = named or Terms("role", (str(held.role),))
        raise NotInTheChair("subject", chair=consultation.chair, named=may)


def conclude(consultation: Consultation, conclusion: Conclusion, plan: Plan, now: datetime) -> Decision:
    """会商结论: dissent and silence are named beside it.

    Raises UnknownDepartment, UnknownTarget, UnknownCapability, RefusedTransition.
    """
    require_departments("tasks.department", [task.department for task in conclusion.tasks], plan)
    _require_support(conclusion.support, plan, consultation.jurisdiction)
    status = advance(TRANSITIONS, consultation.status, "conclude")
    event = ConsultationConcluded(
        consultation_id=consultation.consultation_id,
        incident_id=consultation.incident_id,
        jurisdiction=consultation.jurisdiction,
        dissenting=consultation.dissenting,
        unanswered=consultation.unanswered,
        concluded_at=now,
        **vars(conclusion),
    )
    concluded = replace(
        consultation,
        status=status,
        conclusion=conclusion.conclusion,
        concluded_at=now,
        response_level=conclusion.response_level,
        tasks=conclusion.tasks,
    )
    return concluded, [event]


def require_own_warning(conclusion: Conclusion, event_type: str, plan: Plan) -> None:
    """Raise ReservedWarning for a warning that this node may not issue."""
    issuer = plan.warnings.issuer(event_type)
    if conclusion.warning is not None and issuer is not None and issuer.reserved:
        words = {"event_type": event_type, "issuer": issuer.issuer, "article": issuer.article}
        raise ReservedWarning("warning", "reserved_warning", **words)


def _require_support(support: Iterable[SupportRequest], plan: Plan, node: str) -> None:
    for asked in support:
        if not plan.is_linked(node, asked.target):
            raise UnknownTarget("support.target", "unknown_target", target=asked.target)
        if asked.capability not in plan.capabilities:
            raise UnknownCapability("support.capability", "unknown_capability", capability=asked.capability)
