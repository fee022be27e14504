"""Grading tables: the law's thresholds as data, and how grades are called and led."""

from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from contracts.plan.clock import Duty
from contracts.plan.jurisdiction import Level
from contracts.plan.response import Responses
from contracts.plan.sourced import Sourced
from contracts.values import Facts, Grade, Line, Slug

__all__ = ["Criterion", "Duty", "GradeName", "GradingTable", "Responses"]

Threshold = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class Criterion(Sourced):
    """One fact's thresholds: the least value (included, "以上") of each grade; below the lowest it says nothing."""

    fact: Slug
    unit: Line
    at_least: dict[Grade, Threshold] = Field(min_length=1)

    @model_validator(mode="after")
    def _known_and_rising(self) -> "Criterion":
        if self.fact not in Facts.model_fields:
            raise PydanticCustomError("unknown_fact", "there is no fact '{fact}'", {"fact": self.fact})
        ordered = [self.at_least[grade] for grade in Grade if grade in self.at_least]
        if ordered != sorted(set(ordered)):
            raise PydanticCustomError("not_rising", "the thresholds do not rise with the grade")
        return self


class GradingTable(Sourced):
    """Any one criterion suffices, the highest wins; ``lowest`` applies when none is met."""

    name: Line
    lowest: Grade = Grade.GENERAL
    articles: dict[Grade, Line] = Field(description="where the law (or the city) says what each grade is")
    may_fall: bool = Field(default=True, description="whether a later count may lower the grade")
    window_days: int = Field(ge=0, description="casualties within this many days re-grade")
    window_article: Line
    criteria: tuple[Criterion, ...] = ()

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
