"""The timeline: one line per fact about an incident, in Chinese and English, never changed afterwards."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from contracts.events import Event
from contracts.events.delivery import DeliveryDropped
from contracts.events.dispatch import LentTeam, OrderIssued, StepEvent
from contracts.events.incident import (
    AlarmChanged,
    Answer,
    IncidentAmended,
    IncidentClosed,
    IncidentGraded,
    IncidentLinked,
    IncidentNoted,
    IncidentUnlinked,
    IncidentUpdated,
    ReportingOverdue,
    ReportRefused,
)
from contracts.facts import Facts
from contracts.messages import catalogue, text
from contracts.plan import Plan
from contracts.privacy import mask
from contracts.reasons import Reasoned, read_reason
from contracts.values import LOCAL, Grade
from services.incident.domain.answers import in_words as in_words_of_answer
from services.incident.policy.grading import in_words

Language = Literal["zh", "en"]
LONGEST = 500
_ACTORS = (
    "approved_by",
    "raised_by",
    "given_by",
    "commander",
    "chair",
    "issued_by",
    "requested_by",
    "received_by",
    "offered_by",
    "accepted_by",
    "settled_by",
    "extended_by",
    "acknowledged_by",
    "by",
    "source",
)
"""Fields of events that say who did it, the most telling first."""


@dataclass(frozen=True)
class Entry:
    """One line: what happened (``kind`` is the event's name), who did it, when it was.

    ``corrects`` is the number of the line of this timeline that it sets right.
    """

    incident_id: str
    kind: str
    jurisdiction: str
    actor: str
    occurred_at: datetime
    summary: str
    summary_en: str
    corrects: int | None = None


_STEPPED_AT = ("acknowledged_at", "departed_at", "arrived_at", "released_at")


def entries(events: Iterable[Event], actor: str, at: datetime, plan: Plan) -> list[Entry]:
    """The lines for events that are about an incident; ``actor`` and ``at`` where the event itself says neither."""
    return [
        Entry(
            incident_id=str(event.correlation),
            kind=event.NAME,
            jurisdiction=str(getattr(event, "jurisdiction", "")),
            actor=mask(_actor(event) or actor),
            occurred_at=_moment(event) or at,
            summary=_summary(event, plan, "zh"),
            summary_en=_summary(event, plan, "en"),
        )
        for event in events
        if getattr(event, "incident_id", None)
    ]


def _moment(event: Event) -> datetime | None:
    """When what is told was seen or said, where that is not when it was written down."""
    if isinstance(event, IncidentUpdated):
        return event.stated_at
    if isinstance(event, StepEvent):
        return next((getattr(event, name) for name in _STEPPED_AT if hasattr(event, name)), None)
    return event.noted_at if isinstance(event, IncidentNoted) else None


def _actor(event: Event) -> str:
    return next((str(who) for name in _ACTORS if (who := getattr(event, name, None))), "")


def _summary(event: Event, plan: Plan, language: Language) -> str:
    key = f"timeline.{event.NAME}"
    if key not in catalogue():
        return event.NAME
    values = _template_values(event, plan, language)
    return mask(text(key, language, e=_in_local_time(event), **values)).strip()[:LONGEST]


def _in_local_time(event: Event) -> Event:
    """The event with its times in local time, so that a text tells them so."""
    times = {
        name: value
        for name in type(event).model_fields
        if isinstance(value := getattr(event, name), datetime)
    }
    return event.model_copy(update={name: moment.astimezone(LOCAL) for name, moment in times.items()})


def _template_values(event: Event, plan: Plan, language: Language) -> dict[str, str]:
    """What a template may say beside the event's own fields (``e``)."""
    grade, facts = getattr(event, "grade", None), getattr(event, "facts", None)
    return {
        "grade": _grade(grade, plan, language) if isinstance(grade, Grade) else "",
        "duty": _duty(getattr(event, "duty", ""), plan),
        "missing": _missing(event, language) if isinstance(event, ReportingOverdue) else "",
        "corrected": _correction_entry(event, language) if isinstance(event, IncidentNoted) else "",
        "particulars": _particulars(event, plan, language) if isinstance(event, IncidentAmended) else "",
        "because": _because(event, language) if isinstance(event, AlarmChanged) else "",
        "why": _why(event, plan, language) if isinstance(event, IncidentGraded) else "",
        "facts": _facts(facts, language) if isinstance(facts, Facts) else "",
        "reason": read_reason(event, language) if isinstance(event, Reasoned) else "",
        "outcome": text(f"report_outcome.{event.outcome}", language)
        if isinstance(event, ReportRefused)
        else "",
        "place": _place(getattr(event, "jurisdiction", ""), plan, language),
        "target": _place(getattr(event, "target", None) or "", plan, language),
        "dropped": text(f"delivery.{event.cause}", language) if isinstance(event, DeliveryDropped) else "",
        "lender": _place(getattr(event, "lender", ""), plan, language),
        "order_status": text(f"order_status.{event.status.value}", language)
        if isinstance(event, LentTeam)
        else "",
        "entered": text("timeline.entered", language, reason=event.entered_because)
        if isinstance(event, StepEvent) and event.entered_because
        else "",
        "answers": _answers(getattr(event, "answers", ()), plan, language),
        "merged": text("timeline.from_merged", language) if getattr(event, "from_incident", None) else "",
        "link": text(f"link.{event.kind}", language)
        if isinstance(event, (IncidentLinked, IncidentUnlinked))
        else "",
        "override": _override(event, language) if isinstance(event, OrderIssued) else "",
        "channel": _code_name("channel", getattr(event, "channel", None), language),
        "position": _code_name("position", getattr(event, "position", None), language),
        "ending": _code_name("outcome", event.outcome, language) if isinstance(event, IncidentClosed) else "",
        "departments": _departments(getattr(event, "departments", ()), plan, language),
        "department": _departments((getattr(event, "department", ""),), plan, language),
    }


def _answers(told: Iterable[Answer], plan: Plan, language: Language) -> str:
    """What was answered, each behind its question; as the writing node worded it, where this plan does not ask it."""
    known = plan.intake.questions
    words = [
        in_words_of_answer(one.question, one.answer, plan, language) if one.question in known else one.words
        for one in told
    ]
    return "".join(f"; {one}" for one in words)


def _code_name(kind: str, code: str | None, language: Language) -> str:
    """A code as the console calls it."""
    return text(f"console.{kind}_{code}", language) if code else ""


def _override(event: OrderIssued, language: Language) -> str:
    return text("timeline.overridden", language, reason=event.override) if event.override else ""


def _grade(grade: Grade, plan: Plan, language: Language) -> str:
    named = plan.grades[grade]
    return named.name if language == "zh" else named.name_en


def _why(event: IncidentGraded, plan: Plan, language: Language) -> str:
    computed = _grade(event.computed, plan, language) if event.computed else ""
    criterion = in_words(event.decided_by, language) or event.criterion or text("grade.lowest", language)
    key = f"grade.{'override' if computed else event.basis}"
    return text(key, language, e=event, computed=computed, criterion=criterion)


def _duty(slug: str, plan: Plan) -> str:
    found = plan.reporting_duties.get(slug)
    return found.name if found else slug


def _correction_entry(event: IncidentNoted, language: Language) -> str:
    return text("note.corrects", language, line=event.corrects) if event.corrects else ""


def _particulars(event: IncidentAmended, plan: Plan, language: Language) -> str:
    place = event.location
    sector = plan.sectors.get(event.sector)
    lies_in = (
        text("particular.lies_in", language, value=_place(event.lies_in, plan, language))
        if event.lies_in
        else ""
    )
    known = {
        "sector": (sector.name if language == "zh" else sector.name_en) if sector else event.sector,
        "event_type": plan.event_name(event.event_type),
        "title": event.title,
        "location": f"{place.address}（{place.lon:.5f}, {place.lat:.5f}）{lies_in}".lstrip(),
        "place": plan.place_name(event.place) if event.place else "—",
        "hazard_source_id": event.hazard_source_id or "—",
    }
    told = [text(f"particular.{name}", language, value=known[name]) for name in event.changed]
    return ("；" if language == "zh" else "; ").join(told)


def _because(event: AlarmChanged, language: Language) -> str:
    return text("alarm.by_commander" if event.raised_by else "alarm.by_count", language, e=event)


def _missing(event: ReportingOverdue, language: Language) -> str:
    return text("due_report.no_receipt" if event.sent_at else "due_report.no_report", language)


def _place(code: str, plan: Plan, language: Language) -> str:
    found = plan.jurisdictions.get(code)
    return (found.name if language == "zh" else found.name_en) if found else code


def _departments(slugs: Iterable[str], plan: Plan, language: Language) -> str:
    found = [(slug, plan.departments.get(slug)) for slug in slugs if slug]
    names = [(d.name if language == "zh" else d.name_en) if d else slug for slug, d in found]
    return ("、" if language == "zh" else ", ").join(names)


def _facts(facts: Facts, language: Language) -> str:
    known = facts.model_dump(exclude_none=True)
    return "; ".join(
        f"{text(f'fact.{name}', language)} {_value(value, language)}" for name, value in known.items()
    )


def _value(value: float | bool, language: Language) -> str:
    if isinstance(value, bool):
        return text("fact.yes" if value else "fact.no", language)
    return f"{value:g}"
