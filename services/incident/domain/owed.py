"""What is owed about an incident as it stands: duties start, follow the grade, end, and are owed again."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from contracts.plan import Plan
from contracts.plan.reporting import Duty
from services.incident.domain.due_report import TRANSITIONS, DueReport, Recipient, Trigger, cancel, is_open
from services.incident.domain.incident import Incident

LINE = 200
"""The longest line an event takes."""


def changed_duties(
    standing: Sequence[DueReport], incident: Incident, duties: Mapping[str, Duty], plan: Plan, now: datetime
) -> list[DueReport]:
    """The due reports that differ from how they stand, once they follow the incident as it is now.

    A duty that is owed starts; while it is open it has the recipients of the grade (art. 10). One that is no longer
    owed is cancelled: the grade fell, or the report was false. A rise after the report went out makes it owed again
    (及时补报, art. 13).
    """
    changed = list[DueReport]()
    for slug in dict.fromkeys((*duties, *(due_report.duty for due_report in standing))):
        earlier = [due_report for due_report in standing if due_report.duty == slug]
        if slug in duties:
            changed += _changes_of_duty(earlier, incident, slug, duties[slug], plan, now)
        else:
            changed += [
                cancel(due_report) for due_report in earlier if (due_report.status, "cancel") in TRANSITIONS
            ]
    return [due_report for due_report in changed if due_report not in standing]


def _changes_of_duty(
    earlier: Sequence[DueReport], incident: Incident, slug: str, duty: Duty, plan: Plan, now: datetime
) -> list[DueReport]:
    """What changes of one duty that the plan wants for the incident."""
    running = [due_report for due_report in earlier if is_open(due_report)]
    sent = [due_report for due_report in earlier if due_report.submitted_at is not None]
    reported = max((due_report.grade.rank for due_report in sent), default=None)
    rises = reported is not None and incident.grading.grade.rank > reported
    if reported is not None and not (rises and duty.again_on_rise):
        return [cancel(due_report) for due_report in running]
    if running:
        return [_readdressed_report(due_report, incident, duty, plan) for due_report in running]
    trigger: Trigger = "risen" if rises else duty.starts_at
    return [_new_due_report(incident, (slug, len(earlier) + 1), duty, trigger, plan, now)]


def _readdressed_report(due_report: DueReport, incident: Incident, duty: Duty, plan: Plan) -> DueReport:
    recipients = recipients_of(duty, incident, plan)
    grade = incident.grading.grade
    return replace(due_report, recipients=recipients, recipient=_in_words(recipients), grade=grade)


def _new_due_report(
    incident: Incident, which: tuple[str, int], duty: Duty, trigger: Trigger, plan: Plan, now: datetime
) -> DueReport:
    """A due report of the duty named by ``which``: its slug, and the how many-th time it is owed."""
    slug, occurrence = which
    started_at = incident.occurred_at if trigger == "occurred" else now
    recipients = recipients_of(duty, incident, plan)
    return DueReport(
        incident_id=incident.incident_id,
        duty=slug,
        occurrence=occurrence,
        duty_id=str(uuid5(NAMESPACE_URL, f"{incident.incident_id}/{duty.level}/{slug}/{occurrence}")),
        name=duty.name,
        article=duty.article,
        recipient=_in_words(recipients),
        recipients=recipients,
        at_once=duty.limit.at_once,
        trigger=trigger,
        owed_by=duty.owed_by,
        grade=incident.grading.grade,
        started_at=started_at,
        due_at=started_at + timedelta(minutes=duty.limit.minutes),
        owner=duty.owner,
        reminders=tuple(sorted(duty.warn_at)),
    )


def recipients_of(duty: Duty, incident: Incident, plan: Plan) -> tuple[Recipient, ...]:
    """Who gets the report about an incident of this sector and grade."""
    departments, grade = plan.competent_departments(incident.sector), incident.grading.grade
    return tuple(Recipient(one.kind, one.name(grade, departments)) for one in duty.recipients)


def _in_words(recipients: Sequence[Recipient]) -> str:
    return "、".join(recipient.name for recipient in recipients)[:LINE]
