"""Grading: any criterion suffices, the highest wins, and the result says which criterion and article."""

from dataclasses import dataclass

from contracts.plan.grading import Criterion, GradingTable
from contracts.values import Facts, Grade


@dataclass(frozen=True)
class GradeResult:
    """A grade and why: ``criterion`` is the deciding fact, empty when the table's lowest grade applies.

    ``unknown`` are the table's facts nobody has told yet: not counted, and said so.
    """

    grade: Grade
    criterion: str
    article: str
    unknown: tuple[str, ...] = ()


def grade(table: GradingTable, facts: Facts) -> GradeResult:
    """The grade of the known facts; of criteria that reach the same grade the table's first decides.

    Source of the rule: 生产安全事故报告和调查处理条例 art. 3 ("或者"; "以上" includes the number).
    """
    unknown = tuple(c.fact for c in table.criteria if getattr(facts, c.fact) is None)
    reached = [found for criterion in table.criteria if (found := _reached(criterion, facts))]
    best, why = max(reached, key=lambda found: found[0].rank, default=(table.lowest, ""))
    if best.rank < table.lowest.rank:
        best, why = table.lowest, ""
    return GradeResult(best, why, table.articles[best], unknown)


def regrade(table: GradingTable, previous: Grade, facts: Facts) -> GradeResult:
    """The grade after new facts; a table that may not fall keeps the previous grade at least."""
    result = grade(table, facts)
    if not table.may_fall and result.grade.rank < previous.rank:
        article = table.articles.get(previous, table.articles[table.lowest])
        return GradeResult(previous, "", article, result.unknown)
    return result


def _reached(criterion: Criterion, facts: Facts) -> tuple[Grade, str] | None:
    value = getattr(facts, criterion.fact)
    met = [level for level, least in criterion.at_least.items() if value is not None and value >= least]
    if not met:
        return None
    highest = max(met, key=lambda level: level.rank)
    return highest, f"{criterion.fact} = {value} ≥ {criterion.at_least[highest]:.15g} {criterion.unit}"
