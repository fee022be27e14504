"""What a call of a sector is asked about: the facts that its grade, its alarm level and its duties look at."""

from collections.abc import Iterator

from contracts.plan import Plan


def questions(plan: Plan, sector: str) -> tuple[str, ...]:
    """The facts to ask for, those of the alarm level first; each once."""
    return tuple(dict.fromkeys(_asked_facts(plan, sector)))


def _asked_facts(plan: Plan, sector: str) -> Iterator[str]:
    scale, rule = plan.alarm_scale(sector), plan.sectors[sector].grading
    if scale is not None:
        yield from scale.facts
    for name in (rule.table, rule.outside_production):
        if name is not None:
            for criterion in plan.grading[name].criteria:
                yield from criterion.facts
    if rule.production == "by_fact":
        yield "in_production"
