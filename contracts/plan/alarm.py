"""火警等级: how strong an alarm a fire is, by the number of people hurt or trapped."""

from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from contracts.plan.sourced import Sourced
from contracts.values import Facts, Line, Slug

AlarmLevel = Annotated[int, Field(ge=1, le=5)]


class AlarmScale(Sourced):
    """Levels from 1 (一级, always) upward, each from a least number of people; a level rises, never falls.

    The number is the sum of the known ``facts``. A commander who finds the force insufficient
    raises the level by one.
    """

    name: Line
    sectors: tuple[Slug, ...] = Field(min_length=1)
    facts: tuple[Slug, ...] = Field(min_length=1)
    at_least: dict[AlarmLevel, int] = Field(min_length=1)

    @model_validator(mode="after")
    def _known_and_rising(self) -> "AlarmScale":
        if unknown := [fact for fact in self.facts if fact not in Facts.model_fields]:
            raise PydanticCustomError("unknown_fact", "there is no fact '{fact}'", {"fact": unknown[0]})
        ordered = [self.at_least[level] for level in sorted(self.at_least)]
        if ordered != sorted(set(ordered)):
            raise PydanticCustomError("not_rising", "the thresholds do not rise with the level")
        return self
