"""Grading: any criterion suffices, the highest wins, and the result says which criterion and article."""

from dataclasses import dataclass

from contracts.plan.grading import Criterion, GradingTable
from contracts.values import Facts, Grade


@dataclass(frozen=True)
class GradeResult:
    """A grade and why: ``criterion`` is the deciding fact, empty when the table's lowest grade applies."""

    grade: Grade
    criterion: str
    article: str
    unknown: tuple[str, ...] = ()


def grade(table: GradingTable, facts: Facts) -> GradeResult:
    """The grade of the known facts; an unknown fact never counts, and is named.

    Source of the rule: 生产安全事故报告和调查处理条例 art. 3.
    """
    reached = [found for criterion in table.criteria if (found := _reached(criterion, facts))]
    unknown = tuple(c.fact for c in table.criteria if getattr(facts, c.fact) is None)
    if not reached:
        return GradeResult(table.lowest, "", table.lowest_article, unknown)
    best, threshold, criterion = max(reached, key=lambda found: found[0].rank)
    if best.rank < table.lowest.rank:
        return GradeResult(table.lowest, "", table.lowest_article, unknown)
    why = f"{criterion.fact} = {getattr(facts, criterion.fact)} ≥ {threshold:g} {criterion.unit}"
    return GradeResult(best, why, criterion.source, unknown)


def regrade(table: GradingTable, previous: Grade, facts: Facts) -> GradeResult:
    """The grade after new facts; a table that may not fall keeps the previous grade at least."""
    result = grade(table, facts)
    if not table.may_fall and result.grade.rank < previous.rank:
        return GradeResult(previous, "", table.lowest_article, result.unknown)
    return result


def _reached(criterion: Criterion, facts: Facts) -> tuple[Grade, float, Criterion] | None:
    value = getattr(facts, criterion.fact)
    if value is None:
        return None
    met = [(level, least) for level, least in criterion.at_least.items() if value >= least]
    if not met:
        return None
    level, least = max(met, key=lambda pair: pair[0].rank)
    return level, least, criterion
