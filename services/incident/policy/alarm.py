"""火警等级: how strong an alarm a fire is. It rises with the people in danger; whether it may fall is the plan's."""

from dataclasses import dataclass

from contracts.facts import Facts
from contracts.plan.alarm import AlarmScale

HIGHEST = 5


@dataclass(frozen=True)
class AlarmResult:
    """A level from 1 to 5 and the number of people that decided it; ``unknown`` facts did not count."""

    level: int
    people: int
    unknown: tuple[str, ...] = ()


def alarm_level(
    scale: AlarmScale, facts: Facts, previous: int = 1, force_insufficient: bool = False
) -> AlarmResult:
    """The alarm level of the known facts, at least ``previous`` unless the scale may fall.

    ``force_insufficient``: the commander finds the force insufficient, which adds one level.
    """
    known = {fact: count for fact in scale.facts if (count := getattr(facts, fact)) is not None}
    people = sum(known.values())
    counted = max((level for level, least in scale.at_least.items() if people >= least), default=1)
    level = min(HIGHEST, max(counted, 1 if scale.may_fall else previous) + force_insufficient)
    return AlarmResult(level, people, tuple(fact for fact in scale.facts if fact not in known))
