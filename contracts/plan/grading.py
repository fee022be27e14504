"""Grading tables: the law's thresholds as data, and how grades are called and led."""

from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from contracts.facts import FactName, is_flag
from contracts.plan.jurisdiction import Level
from contracts.plan.sourced import Sourced
from contracts.values import Grade, Line, Value

Threshold = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class Condition(Value):
    """What must hold besides: a fact that reaches a number (included); 1 means yes of a yes-or-no fact."""

    fact: FactName
    unit: Line
    at_least: Threshold


class Criterion(Sourced):
    """One fact's thresholds: the least value (included, "以上") of each grade; below the lowest it says nothing.

    A yes-or-no fact has the threshold 1. ``event_types``: only of these, of every type when empty.
    """

    fact: FactName
    unit: Line
    at_least: dict[Grade, Threshold] = Field(min_length=1)
    together_with: tuple[Condition, ...] = Field(default=(), description="all of these must hold as well")
    event_types: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _rising(self) -> "Criterion":
        ordered = [self.at_least[grade] for grade in Grade if grade in self.at_least]
        if ordered != sorted(set(ordered)):
            raise PydanticCustomError("not_rising", "the thresholds do not rise with the grade")
        for fact, least in ((self.fact, ordered), *((c.fact, [c.at_least]) for c in self.together_with)):
            if is_flag(fact) and least != [1]:
                raise PydanticCustomError("flag", "'{fact}' is yes or no: its threshold is 1", {"fact": fact})
        return self

    @property
    def facts(self) -> tuple[str, ...]:
        """Every fact it looks at."""
        return (self.fact, *(condition.fact for condition in self.together_with))

    def applies_to(self, event_type: str) -> bool:
        """Whether it says anything about incidents of this type."""
        return not self.event_types or event_type in self.event_types


class GradingTable(Sourced):
    """Any one criterion suffices, the highest wins; ``lowest`` applies when none is met.

    A later count may raise a grade and may lower it; what only rises is the alarm level (``AlarmScale``).
    """

    name: Line
    lowest: Grade = Grade.GENERAL
    articles: dict[Grade, Line] = Field(description="where the law (or the city) says what each grade is")
    window_days: int = Field(ge=0, description="casualties within this many days re-grade")
    window_article: Line
    criteria: tuple[Criterion, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _every_grade_has_its_article(self) -> "GradingTable":
        reachable = {self.lowest, *(grade for criterion in self.criteria for grade in criterion.at_least)}
        if missing := sorted(reachable - set(self.articles)):
            raise PydanticCustomError("no_article", "no article for {grades}", {"grades": ", ".join(missing)})
        return self


class GradeName(Sourced):
    """How a grade is called, and which level usually leads."""

    name: Line
    name_en: Line
    lead: Level
    lead_article: Line


class GradedByPerson(Sourced):
    """What holds where no table exists: a person grades, with reason; until then the level above is needed."""

    article: Line
