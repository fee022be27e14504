"""Grading: any criterion suffices, the highest wins, and the result says which criterion and article.

Where the plan has no table a person grades; until then an incident counts as needing the level above.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from contracts.events.incident import DecidingFact, GradeBasis
from contracts.facts import Facts
from contracts.messages import Language, catalogue, text
from contracts.plan import Plan
from contracts.plan.grading import Condition, Criterion, GradingTable
from contracts.values import Grade


@dataclass(frozen=True)
class GradeResult:
    """A grade and why: ``decided_by`` are the deciding facts, none when the table's lowest grade applies.

    ``criterion`` says them in Chinese words; of an older neighbour's grade it is all there is.

    ``basis``: by a table, by a person (``graded_by``, ``reason``), or only assumed until a person grades.
    ``computed`` is what the table says beside a person's grade, None where there is no table.
    ``unknown`` are the table's facts nobody has told yet: not counted, and said so.
    """

    grade: Grade
    criterion: str
    article: str
    unknown: tuple[str, ...] = ()
    basis: GradeBasis = "table"
    graded_by: str = ""
    reason: str = ""
    computed: Grade | None = None
    decided_by: tuple[DecidingFact, ...] = ()


def in_words(decided_by: Sequence[DecidingFact], language: Language) -> str:
    """The criterion as people read it; empty when there is none."""
    return ("，" if language == "zh" else ", ").join(_fact_text(one, language) for one in decided_by)


def grade(table: GradingTable, facts: Facts, event_type: str) -> GradeResult:
    """The grade of the known facts; of criteria that reach the same grade the table's first decides.

    Source of the rule: 生产安全事故报告和调查处理条例 art. 3 ("或者"; "以上" includes the number).
    """
    criteria = [criterion for criterion in table.criteria if criterion.applies_to(event_type)]
    asked = dict.fromkeys(fact for criterion in criteria for fact in criterion.facts)
    unknown = tuple(fact for fact in asked if getattr(facts, fact) is None)
    reached = [found for criterion in criteria if (found := _reached_grade(criterion, facts))]
    best, why = max(reached, key=lambda found: found[0].rank, default=(table.lowest, ()))
    if best.rank < table.lowest.rank:
        best, why = table.lowest, ()
    return GradeResult(best, in_words(why, "zh"), table.articles[best], unknown, decided_by=why)


def assess(plan: Plan, node: str, sector: str, event_type: str, facts: Facts) -> GradeResult:
    """The grade by the sector's table; assumed where there is none (突发事件应对法 art. 3).

    What no table grades is not 一般 by default: it is assumed to need the level above ``node``.
    """
    table = plan.grading_table(sector, facts)
    if table is not None:
        return grade(table, facts, event_type)
    return GradeResult(plan.grade_of_level_above(node), "", plan.graded_by_person.article, basis="assumed")


def by_person(plan: Plan, result: GradeResult, given: Grade, graded_by: str, reason: str) -> GradeResult:
    """The grade that a person gives, with the reason, beside what the facts say (``result``).

    Where the table says the same, the table's grade stands.
    """
    if result.basis == "table" and result.grade is given:
        return result
    computed = result.grade if result.basis == "table" else None
    article = result.article if computed else plan.graded_by_person.article
    return GradeResult(given, "", article, result.unknown, "person", graded_by, reason, computed)


def grade_after_facts(previous: GradeResult, result: GradeResult) -> GradeResult:
    """The grade after new facts: a person's stands until they grade higher than when it was given."""
    if previous.basis != "person":
        return result
    if result.basis != "table":
        return previous
    if previous.computed is None or result.grade.rank > previous.computed.rank:
        return result
    return replace(previous, computed=result.grade, unknown=result.unknown)


def _reached_grade(criterion: Criterion, facts: Facts) -> tuple[Grade, tuple[DecidingFact, ...]] | None:
    value = getattr(facts, criterion.fact)
    met = [level for level, least in criterion.at_least.items() if value is not None and value >= least]
    if not met or not all(_holds(condition, facts) for condition in criterion.together_with):
        return None
    highest = max(met, key=lambda level: level.rank)
    main = Condition(fact=criterion.fact, unit=criterion.unit, at_least=criterion.at_least[highest])
    return highest, tuple(_deciding(one, facts) for one in (main, *criterion.together_with))


def _holds(condition: Condition, facts: Facts) -> bool:
    value = getattr(facts, condition.fact)
    return value is not None and value >= condition.at_least


def _deciding(condition: Condition, facts: Facts) -> DecidingFact:
    value = getattr(facts, condition.fact)
    return DecidingFact(fact=condition.fact, value=value, at_least=condition.at_least, unit=condition.unit)


def _fact_text(one: DecidingFact, language: Language) -> str:
    """In Chinese with the plan's own words of what is counted, in English with the name of the fact."""
    key, name = "holds" if isinstance(one.value, bool) else "reached", f"fact.{one.fact}"
    english = text(name, "en") if name in catalogue() else one.fact
    return text(
        f"criterion.{key}",
        language,
        what=one.unit if language == "zh" else english,
        value=f"{one.value:.15g}",
        at_least=f"{one.at_least:.15g}",
    )
