"""火警等级 at an incident: it follows the people in danger and the commander's word, and falls only where the plan lets it.

The level is a function of the facts and of ``least``, below which it does not fall. ``least`` only rises, for each scale
by itself, and is told whenever it does, so that nodes which know the same facts show the same level, also where the
incident was amended to a sector of another scale, and back, before they heard of it.
"""

from dataclasses import replace

from contracts.events import Event
from contracts.events.incident import AlarmChanged
from contracts.plan import Plan
from contracts.plan.alarm import AlarmScale
from contracts.refusals import Refusal
from contracts.state_machine import advance
from services.incident.domain.incident import TRANSITIONS, Alarm, Decision, Incident
from services.incident.domain.lead import require_command
from services.incident.policy.alarm import HIGHEST, alarm_level


class NoAlarmScale(Refusal):
    """The plan has no alarm levels for this sector."""

    STATUS = 409
    KEY = "alarm.no_scale"


class HighestAlarm(Refusal):
    """The alarm stands at its highest level."""

    STATUS = 409
    KEY = "alarm.highest"


def with_alarm_of_facts(incident: Incident, plan: Plan) -> Incident:
    """The level of the facts as they are known here; whoever took them in tells what does not fall any more."""
    scale = plan.alarm_scale(incident.sector)
    if scale is None:
        return incident
    least = _least(incident, scale)
    return _with(incident, scale, Alarm(_level(scale, incident, least), least))


def of_facts(incident: Incident, plan: Plan, node: str) -> Decision:
    """The level after facts were taken in here, told when it is another one."""
    scale, before = plan.alarm_scale(incident.sector), incident.alarm
    if scale is None:
        return incident, []
    least = _least(incident, scale)
    level = _level(scale, incident, least)
    after = Alarm(level, least if scale.may_fall else level)
    changed = _with(incident, scale, after)
    if after == (before or Alarm(1, 1)):
        return changed, []
    return changed, [_event(changed, before, scale, node)]


def raise_by_commander(incident: Incident, plan: Plan, node: str, by: str, reason: str) -> Decision:
    """The commander finds the force insufficient: one level more, which facts do not take back.

    Raises NotInCommand, NoAlarmScale, HighestAlarm, RefusedTransition after the end.
    """
    require_command(incident, node)
    advance(TRANSITIONS, incident.status, "respond")
    scale = plan.alarm_scale(incident.sector)
    if scale is None:
        raise NoAlarmScale(sector=incident.sector)
    before = incident.alarm or Alarm(_level(scale, incident, 1), 1)
    if before.level == HIGHEST:
        raise HighestAlarm(level=HIGHEST)
    result = alarm_level(scale, incident.known.facts, before.level, force_insufficient=True)
    level = max(result.level, before.level + 1)
    raised = _with(incident, scale, Alarm(level, level))
    return raised, [_event(raised, before, scale, node, by, reason)]


def follow(incident: Incident, event: AlarmChanged, plan: Plan) -> Incident:
    """What another node says of the alarm: its level does not fall below that any more, by the scale it speaks of."""
    leasts = incident.alarm_leasts
    told = replace(
        incident, alarm_leasts={**leasts, event.scale: max(event.least, leasts.get(event.scale, 1))}
    )
    return with_alarm_of_facts(told, plan)


def _least(incident: Incident, scale: AlarmScale) -> int:
    """What the level does not fall below; before scales were told apart, or in a snapshot, it stands in the alarm."""
    return max(incident.alarm_leasts.get(scale.name, 1), incident.alarm.least if incident.alarm else 1)


def _with(incident: Incident, scale: AlarmScale, alarm: Alarm) -> Incident:
    return replace(incident, alarm=alarm, alarm_leasts={**incident.alarm_leasts, scale.name: alarm.least})


def _level(scale: AlarmScale, incident: Incident, least: int) -> int:
    return max(least, alarm_level(scale, incident.known.facts).level)


def _event(
    incident: Incident, before: Alarm | None, scale: AlarmScale, node: str, by: str = "", reason: str = ""
) -> Event:
    assert incident.alarm is not None
    return AlarmChanged(
        incident_id=incident.incident_id,
        jurisdiction=node,
        scale=scale.name,
        level=incident.alarm.level,
        previous_level=before.level if before else 1,
        least=incident.alarm.least,
        people=alarm_level(scale, incident.known.facts).people,
        raised_by=by,
        reason=reason,
    )
