"""Reporting clocks: who must tell whom within how many minutes, by which article."""

from typing import Annotated, Literal

from pydantic import Field

from contracts.plan.jurisdiction import Level
from contracts.plan.sourced import Sourced
from contracts.values import Grade, Line

Fraction = Annotated[float, Field(gt=0, lt=1)]


class Duty(Sourced):
    """A reporting duty with its clock (生产安全事故报告和调查处理条例 arts 9-11)."""

    name: Line
    level: Level = Field(description="the level whose node watches the clock")
    owner: Line = Field(description="who owes the report")
    limit_minutes: int = Field(ge=1, le=60 * 24 * 30)
    starts_at: Literal["received", "occurred"] = Field(
        default="received", description="when the clock starts; 'received': when the owner learns of it"
    )
    article: Line
    recipient: dict[Grade, Line] = Field(min_length=1)
    from_grade: Grade = Field(default=Grade.GENERAL, description="owed from this grade upward")
    warn_at: tuple[Fraction, ...] = Field(default=(0.5, 0.8), description="fractions of the limit")
