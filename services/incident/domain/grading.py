"""定级: opening an incident with its first grade, new facts, and grading by a person."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from contracts.events.incident import IncidentGraded, IncidentUpdated
from contracts.facts import Facts
from contracts.plan import Plan
from contracts.refusals import Refusal
from contracts.state_machine import advance
from contracts.values import LOCAL, Grade
from services.incident.domain import report as reports
from services.incident.domain.facts import Known, Statement, counted, learn, news
from services.incident.domain.incident import TRANSITIONS, Decision, Incident, Lead
from services.incident.domain.lead import escalate, require_command
from services.incident.domain.report import Report
from services.incident.policy.grading import assess, by_person


class GradedByTable(Refusal):
    """The plan has a grading table for this incident, so its facts grade it."""

    STATUS = 409
    KEY = "incident.graded_by_table"


@dataclass(frozen=True)
class GradeByPerson:
    """What a person grades, and why."""

    grade: Grade
    reason: str
    person: str


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
        known=learn(Known(), report.statement),
        grading=result,
        lead=Lead(node),
    )
    opened = reports.reported(report, incident_id, node, unsure, result.grade)
    incident, escalated = escalate(incident, plan, node)
    return incident, [opened, _graded(incident, None, node), *escalated]


def update(
    incident: Incident, statement: Statement, earlier: Sequence[Statement], plan: Plan, node: str
) -> Decision:
    """续报: take in new facts, grade again over all statements, hand upward if it comes to that.

    Source: 生产安全事故报告和调查处理条例 art. 13.
    """
    advance(TRANSITIONS, incident.status, "update")
    event = IncidentUpdated(
        incident_id=incident.incident_id,
        jurisdiction=node,
        facts=statement.facts,
        statement=statement.text,
        source=statement.source,
        stated_at=statement.stated_at,
    )
    learnt = replace(incident, known=learn(incident.known, statement))
    learnt, regraded = _regrade(learnt, (*earlier, statement), plan, node)
    learnt, escalated = escalate(learnt, plan, node)
    return learnt, [event, *regraded, *escalated]


def merge(
    incident: Incident, report: Report, earlier: Sequence[Statement], plan: Plan, node: str
) -> Decision:
    """A report of a source record already known: kept, and what it newly says is an update."""
    event = reports.merged(report, incident.incident_id, node)
    newly = newly_stated(report, earlier)
    if newly.facts == Facts() or (incident.status, "update") not in TRANSITIONS:
        return incident, [event]
    incident, events = update(incident, newly, earlier, plan, node)
    return incident, [event, *events]


def newly_stated(report: Report, earlier: Sequence[Statement]) -> Statement:
    """What a report says that its own source record has not said before."""
    return news(report.statement, [one for one in earlier if report.record and one.record == report.record])


def window_ends(occurred_at: datetime, days: int) -> datetime:
    """The midnight, local time, that ends the last day on which casualties count.

    自事故发生之日起 N 日内 (art. 13): the day it happened is not counted (民法典 art. 201).
    """
    last = occurred_at.astimezone(LOCAL).date() + timedelta(days=days)
    return datetime.combine(last + timedelta(days=1), time.min, LOCAL)


def _regrade(incident: Incident, statements: Sequence[Statement], plan: Plan, node: str) -> Decision:
    table = plan.grading_table(incident.sector, incident.known.facts)
    if table is None:
        return incident, []
    facts = counted(statements, window_ends(incident.occurred_at, table.window_days))
    previous, result = incident.grading, assess(plan, node, incident.sector, incident.event_type, facts)
    if result.grade is previous.grade and result.basis == previous.basis:
        return (incident if not result.criterion else replace(incident, grading=result)), []
    incident = replace(incident, grading=result)
    return incident, [_graded(incident, previous.grade, node)]


def grade_by_person(incident: Incident, given: GradeByPerson, plan: Plan, node: str) -> Decision:
    """人工定级: a person grades what no table grades, and it is handed upward if it comes to that.

    Raises GradedByTable where the plan has a table, NotInCommand where another node commands.
    """
    if table := plan.grading_table(incident.sector, incident.known.facts):
        raise GradedByTable("grade", table=table.name)
    require_command(incident, node)
    advance(TRANSITIONS, incident.status, "update")
    previous = incident.grading.grade
    grading = by_person(plan, given.grade, given.person, given.reason)
    graded = replace(incident, grading=grading)
    graded, escalated = escalate(graded, plan, node)
    return graded, [_graded(graded, previous, node), *escalated]


def _graded(incident: Incident, previous: Grade | None, node: str) -> IncidentGraded:
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
    )
