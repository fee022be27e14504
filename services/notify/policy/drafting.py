"""The texts of warnings: a machine's proposals from plan, incident and conclusion, and a person's changes.

Measures are offered beside a warning and never filled in: which are taken is a person's decision (突发事件应对法
arts 66, 67).
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from contracts.events.consultation import ProposedWarning
from contracts.events.warning import WarningContent
from contracts.messages import text
from contracts.plan import Plan
from contracts.plan.warnings import AutoDraft
from contracts.values import Grade, WarningLevel
from services.notify.domain.content import require_plausible_start
from services.notify.domain.exercise import EXERCISE_MARK, LINE, without_mark
from services.notify.domain.incident import Incident

_TEXTS = ("headline", "description", "instruction")
_ROOM = LINE - len(EXERCISE_MARK)


def by_rule(
    plan: Plan, node: str, issuer: str, rule: AutoDraft, incident: Incident, now: datetime
) -> WarningContent:
    """What the plan's rule proposes for a new incident."""
    place = plan.jurisdictions[node].name
    values = {
        "title": incident.title,
        "address": incident.address or place,
        "area": place,
        "sector": plan.sectors[incident.sector].name,
    }
    texts = {name: getattr(rule, name).format(**values) for name in _TEXTS}
    return _content(plan, node, issuer, incident, rule.level, place, texts, now)


def by_conclusion(
    plan: Plan, node: str, issuer: str, proposed: ProposedWarning, incident: Incident, now: datetime
) -> WarningContent:
    """What a consultation asked for; the plan's instruction for such incidents, where it has one."""
    rule = plan.auto_draft(incident.sector, incident.event_type, Grade.CATASTROPHIC)
    texts = {
        "headline": _headline(plan, issuer, incident.event_type, proposed.level),
        "description": text(
            "warning.description", "zh", title=incident.title, reason=proposed.reason, area=proposed.area
        ),
        "instruction": rule.instruction if rule else "",
    }
    return _content(plan, node, issuer, incident, proposed.level, proposed.area, texts, now)


def at_level(plan: Plan, content: WarningContent, level: WarningLevel, now: datetime) -> WarningContent:
    """The same warning at another level, from now on: a person reads it over before it is issued."""
    headline = _headline(plan, without_mark(content.issuer), content.event_type, level)
    values = {**dict(content), "level": level, "headline": headline[:_ROOM], "starts_at": now}
    return _for_period(values, content.expires_at - content.starts_at, now)


def _headline(plan: Plan, issuer: str, event_type: str, level: WarningLevel) -> str:
    named = plan.warnings.levels[level]
    values = {
        "issuer": issuer,
        "event": plan.event_name(event_type),
        "level": named.name,
        "roman": named.roman,
    }
    return text("warning.headline", "zh", **values)


def _content(
    plan: Plan,
    node: str,
    issuer: str,
    incident: Incident,
    level: WarningLevel,
    area: str,
    texts: Mapping[str, str],
    now: datetime,
) -> WarningContent:
    return WarningContent(
        sector=incident.sector,
        event_type=incident.event_type,
        level=level,
        headline=texts["headline"][:_ROOM],
        description=texts["description"],
        instruction=texts["instruction"],
        area=area[:_ROOM],
        area_codes=(node,),
        starts_at=now,
        expires_at=now + timedelta(hours=plan.warnings.valid_hours.value),
        issuer=issuer,
    )


def content_by_person(
    plan: Plan, issuer: str, values: Mapping[str, object], valid_hours: float | None, now: datetime
) -> WarningContent:
    """A person's own text; period and issuer come from the plan, measures never. Raises ImplausibleStart."""
    filled = {"starts_at": now, **values, "issuer": issuer}
    period = timedelta(hours=valid_hours or plan.warnings.valid_hours.value)
    return _for_period(filled, period, now)


def with_changes(
    content: WarningContent,
    issuer: str,
    changes: Mapping[str, object],
    valid_hours: float | None,
    now: datetime,
) -> WarningContent:
    """A person's changes applied; the measures stay those a person chose.

    A start that went by while the draft lay about moves to now; the length of the period stays.
    """
    merged = {**dict(content), "starts_at": max(content.starts_at, now), **changes, "issuer": issuer}
    period = timedelta(hours=valid_hours) if valid_hours else content.expires_at - content.starts_at
    return _for_period(merged, period, now)


def _for_period(values: Mapping[str, object], period: timedelta, now: datetime) -> WarningContent:
    starts_at = values["starts_at"]
    assert isinstance(starts_at, datetime)
    require_plausible_start(starts_at, now)
    return WarningContent.model_validate({**values, "expires_at": starts_at + period})
