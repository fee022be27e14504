"""定级: opening an incident with its first grade, new facts, and grading by a person."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from contracts.events.incident import IncidentGraded, IncidentUpdated
from contracts.plan import Plan
from contracts.precedence import Stamp
from contracts.refusals import Refusal
from contracts.state_machine import advance
from contracts.values import LOCAL, Grade
from services.incident.domain import alarm
from services.incident.domain import report as reports
from services.incident.domain.answers import answers_told
from services.incident.domain.facts import Known, Statement, facts_that_grade, learn, said
from services.incident.domain.filed_report import merged_event
from services.incident.domain.incident import TRANSITIONS, Decision, Incident, Lead
from services.incident.domain.lead import escalate, require_command
from services.incident.domain.report import Report
from services.incident.policy.grading import GradeResult, assess, by_person, grade_after_facts


class MayNotOverride(Refusal):
    """A table grades this incident; only a commander puts another grade beside the computed one."""

    STATUS = 403
    KEY = "incident.may_not_override"


@dataclass(frozen=True)
class GradeByPerson:
    """What a person grades, and why; ``may_override``: also against the table."""

    grade: Grade
    reason: str
    person: str
    may_override: bool


def open_incident(report: Report, incident_id: str, unsure: bool, plan: Plan, node: str) -> Decision:
    """A new incident of this node, graded at once and handed upward if the grade asks for it."""
    result = assess(plan, node, report.sector, report.event_type, report.facts)
    incident = Incident(
        incident_id=incident_id,
        origin=node,
        sector=report.sector,
        event_type=report.event_type,
        title=report.title,
        description=report.description,
        location=report.location,
        jurisdiction_unsure=unsure,
        occurred_at=report.occurred_at,
        reported_at=report.reported_at,
        hazard_source_id=report.hazard_source_id,
        place=report.place,
        lies_in=report.lies_in,
        known=learn(Known(), report.statement),
        grading=result,
        graded_at=Stamp().following(node),
        lead=Lead(node),
    )
    opened = reports.incident_reported(report, incident_id, node, unsure, result.grade)
    opened = opened.model_copy(update={"answers": answers_told(report.answers, plan)})
    incident, alarmed = alarm.of_facts(incident, plan, node)
    incident, escalated = escalate(incident, plan, node)
    return incident, [opened, _incident_graded(incident, None, node), *alarmed, *escalated]


def update(
    incident: Incident, statement: Statement, earlier: Sequence[Statement], plan: Plan, node: str
) -> Decision:
    """续报: take in new facts, grade again over all statements, hand upward if it comes to that.

    Source: 生产安全事故报告和调查处理条例 art. 13.
    """
    advance(TRANSITIONS, incident.status, "update")
    return learn_all(incident, [statement], earlier, plan, node)


def learn_all(
    incident: Incident, newly: Sequence[Statement], earlier: Sequence[Statement], plan: Plan, node: str
) -> Decision:
    """Take in statements, each an update, and grade once over all that is known then."""
    known = incident.known
    for statement in newly:
        known = learn(known, statement)
    learnt, graded = regrade(replace(incident, known=known), (*earlier, *newly), plan, node)
    return learnt, [*(_incident_updated(incident, statement, plan, node) for statement in newly), *graded]


def _incident_updated(incident: Incident, statement: Statement, plan: Plan, node: str) -> IncidentUpdated:
    return IncidentUpdated(
        incident_id=incident.incident_id,
        jurisdiction=node,
        facts=statement.facts,
        statement=statement.text,
        source=statement.source,
        stated_at=statement.stated_at,
        entered_at=statement.entered_at,
        report_id=statement.report_id,
        from_incident=statement.from_incident,
        answers=answers_told(statement.answers, plan),
    )


def merge(
    incident: Incident, report: Report, newly: Statement, earlier: Sequence[Statement], plan: Plan, node: str
) -> Decision:
    """A report joins an incident: what it newly says is an update."""
    event = merged_event(report, incident.incident_id, node)
    if not said(newly):
        return incident, [event]
    incident, events = update(incident, newly, earlier, plan, node)
    return incident, [event, *events]


def window_ends(occurred_at: datetime, days: int) -> datetime:
    """The midnight, local time, that ends the last day on which casualties count.

    自事故发生之日起 N 日内 (art. 13): the day it happened is not counted (民法典 art. 201).
    """
    last = occurred_at.astimezone(LOCAL).date() + timedelta(days=days)
    return datetime.combine(last + timedelta(days=1), time.min, LOCAL)


def regrade(
    incident: Incident, statements: Sequence[Statement], plan: Plan, node: str, reclassified: bool = False
) -> Decision:
    """Grade and alarm level of all that is known here, told when they differ, and handed upward if it comes to that.

    ``reclassified``: it is of another kind now, so a table's grade of the old one does not stand.
    """
    incident, alarmed = alarm.of_facts(incident, plan, node)
    previous = incident.grading
    result = grade_after_facts(previous, _compute_grade(incident, statements, plan, node, reclassified))
    graded = replace(incident, grading=result)
    if _same(previous, result):
        return (graded if result.criterion else incident), alarmed
    stamp = incident.graded_at.following(node, result.basis == "person")
    graded, escalated = escalate(replace(graded, graded_at=stamp), plan, node)
    return graded, [_incident_graded(graded, previous.grade, node), *alarmed, *escalated]


def verify(
    incident: Incident, statements: Sequence[Statement], plan: Plan, node: str, reclassified: bool = False
) -> Decision:
    """What another node said of facts or grade, seen from here: whoever commands answers for the grade.

    Two nodes that take in facts at the same time grade each by what it knows; the one in command knows both in
    the end.
    """
    if incident.lead.jurisdiction != node or (incident.status, "update") not in TRANSITIONS:
        return incident, []
    return regrade(incident, statements, plan, node, reclassified)


def _compute_grade(
    incident: Incident, statements: Sequence[Statement], plan: Plan, node: str, reclassified: bool = False
) -> GradeResult:
    """What the table says of all statements; where there is none, the grade as it stands, or a first one."""
    table = plan.grading_table(incident.sector, incident.known.facts)
    if table is None and not reclassified:
        return incident.grading
    if table is None:
        return assess(plan, node, incident.sector, incident.event_type, incident.known.facts)
    ends = window_ends(incident.occurred_at, table.window_days)
    facts = facts_that_grade(statements, ends, incident.known.facts)
    return assess(plan, node, incident.sector, incident.event_type, facts)


def _same(one: GradeResult, other: GradeResult) -> bool:
    return (one.grade, one.basis, one.computed) == (other.grade, other.basis, other.computed)


def grade_by_person(
    incident: Incident, given: GradeByPerson, statements: Sequence[Statement], plan: Plan, node: str
) -> Decision:
    """人工定级: what no table grades, or another grade than the table's, which is kept beside it.

    It is handed upward if it comes to that. Raises NotInCommand where another node commands, MayNotOverride.
    """
    require_command(incident, node)
    advance(TRANSITIONS, incident.status, "update")
    previous = incident.grading.grade
    computed = _compute_grade(incident, statements, plan, node)
    if computed.basis == "table" and not given.may_override:
        raise MayNotOverride("grade", computed=plan.grades[computed.grade].name)
    result = by_person(plan, computed, given.grade, given.person, given.reason)
    stamp = incident.graded_at.following(node, result.basis == "person")
    graded = replace(incident, grading=result, graded_at=stamp)
    graded, escalated = escalate(graded, plan, node)
    return graded, [_incident_graded(graded, previous, node), *escalated]


def _incident_graded(incident: Incident, previous: Grade | None, node: str) -> IncidentGraded:
    return IncidentGraded(
        incident_id=incident.incident_id,
        jurisdiction=node,
        grade=incident.grading.grade,
        previous_grade=previous,
        criterion=incident.grading.criterion,
        article=incident.grading.article,
        facts=incident.known.facts,
        basis=incident.grading.basis,
        graded_by=incident.grading.graded_by,
        reason=incident.grading.reason,
        computed=incident.grading.computed,
        revision=incident.graded_at.revision,
        decided_by=incident.grading.decided_by,
    )
