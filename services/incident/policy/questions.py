"""What a call of a sector is asked: the plan's questions in their order, then the facts that grade, alarm level and duties look at."""

from collections.abc import Iterator

from contracts.messages import text
from contracts.plan import Plan
from contracts.plan.intake import Question


def questions(plan: Plan, sector: str) -> dict[str, Question]:
    """By name; a question may be for some kinds of event only. A fact that the plan words itself is asked once."""
    planned = {
        name: one for name, one in plan.intake.questions.items() if not one.sectors or sector in one.sectors
    }
    worded = {one.fact for one in planned.values()}
    facts = [fact for fact in dict.fromkeys(_asked_facts(plan, sector)) if fact not in worded]
    return planned | {f"fact_{fact}": _question(fact) for fact in facts}


def _question(fact: str) -> Question:
    key = f"fact.{fact}"
    return Question(
        prompt=text(key, "zh"),
        prompt_en=text(key, "en"),
        why=text("questions.graded_by", "zh"),
        why_en=text("questions.graded_by", "en"),
        fact=fact,
    )


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
