"""火警等级: how strong an alarm a fire is, by the number of people hurt or trapped."""

from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from contracts.facts import FactName, is_flag
from contracts.plan.sourced import Sourced
from contracts.values import Line, Slug

AlarmLevel = Annotated[int, Field(ge=1, le=5)]


class AlarmScale(Sourced):
    """Levels from 1 (一级, always) upward, each from a least number of people.

    The number is the sum of the known ``facts``. A commander who finds the force insufficient
    raises the level by one.
    """

    name: Line
    sectors: tuple[Slug, ...] = Field(min_length=1)
    facts: tuple[FactName, ...] = Field(min_length=1)
    may_fall: bool = Field(default=False, description="whether fewer people in danger lower the level")
    at_least: dict[AlarmLevel, int] = Field(min_length=1)

    @model_validator(mode="after")
    def _rising(self) -> "AlarmScale":
        if flags := [fact for fact in self.facts if is_flag(fact)]:
            raise PydanticCustomError("flag", "'{fact}' is no number of people", {"fact": flags[0]})
        ordered = [self.at_least[level] for level in sorted(self.at_least)]
        if ordered != sorted(set(ordered)):
            raise PydanticCustomError("not_rising", "the thresholds do not rise with the level")
        return self
