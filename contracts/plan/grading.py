"""Grading tables, reporting clocks, lead levels and responses: the law's numbers as data."""

from typing import Literal

from pydantic import Field, model_validator

from contracts.plan.places import Level
from contracts.plan.sourced import Figure, Sourced
from contracts.values import Facts, Grade, Line, ResponseLevel, Slug, Value


class Criterion(Sourced):
    """One fact's thresholds: the least value (included) of each grade; below the lowest it says nothing."""

    fact: Slug
    unit: Line
    at_least: dict[Grade, float] = Field(min_length=1)

    @model_validator(mode="after")
    def _known_and_rising(self) -> "Criterion":
        if self.fact not in Facts.model_fields:
            raise ValueError(f"unknown fact {self.fact}")
        ordered = [self.at_least[grade] for grade in Grade if grade in self.at_least]
        if ordered != sorted(set(ordered)):
            raise ValueError(f"thresholds of {self.fact} do not rise with the grade")
        return self


class GradingTable(Sourced):
    """Any one criterion suffices, the highest wins; ``lowest`` applies when none is met."""

    name: Line
    lowest: Grade = Grade.GENERAL
    lowest_article: Line
    may_fall: bool = Field(default=True, description="火警 rises only")
    window_days: int = Field(ge=0, description="casualties within this many days re-grade")
    window_article: Line
    criteria: tuple[Criterion, ...] = ()


class GradeName(Sourced):
    """How a grade is called, and which level usually leads."""

    name: Line
    name_en: Line
    lead: Level
    lead_article: Line


class Duty(Sourced):
    """A reporting duty with its clock."""

    name: Line
    level: Level = Field(description="the node level that owes it")
    limit_minutes: int = Field(ge=1)
    article: Line
    recipient: dict[Grade, Line] = Field(min_length=1)
    warn_at: tuple[float, ...] = (0.5, 0.8)


class ResponseRule(Sourced):
    """应急响应 of one level: who may start it, what it does, how long it is expected to last."""

    name: Line
    approvers: tuple[Slug, ...] = Field(min_length=1, description="roles")
    expected_duration_hours: Figure
    measures: tuple[Line, ...] = Field(min_length=1)


class ConsultationRule(Sourced):
    """会商 of a sector from a grade upward."""

    sector: Slug
    grade: Grade
    departments: tuple[Slug, ...] = Field(min_length=1)


class Consultations(Value):
    """The matrix, and how long departments have."""

    opinion_minutes: Figure
    chair_role: Slug
    matrix: tuple[ConsultationRule, ...]


class Responses(Value):
    """Response levels and the least level per grade."""

    levels: dict[ResponseLevel, ResponseRule]
    required_statements: tuple[Literal["matter", "level", "expected_duration", "measures"], ...]
    required_article: Line
