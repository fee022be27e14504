"""应急响应: levels IV to I, which grade calls for which, what each adds, who starts it (突发事件应对法 arts 71-74)."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from contracts.plan.jurisdiction import Level
from contracts.plan.role import Role
from contracts.plan.sector import EventClass
from contracts.plan.sourced import Figure, Sourced
from contracts.values import Grade, Line, ResponseLevel, Value


class ResponseCriteria(Sourced):
    """Which grade calls for which level (art. 71: 县级以上人民政府…在应急预案中确定)."""

    levels: dict[Grade, ResponseLevel]

    @model_validator(mode="after")
    def _rising(self) -> "ResponseCriteria":
        order = list(ResponseLevel)
        called = [order.index(self.levels[grade]) for grade in Grade if grade in self.levels]
        if called != sorted(called):
            raise PydanticCustomError("not_rising", "the levels do not rise with the grade")
        return self


class ResponseStatements(Sourced):
    """What starting a response must state (art. 72)."""

    statements: tuple[Literal["matter", "level", "expected_duration", "measures"], ...]
    article: Line


class Measure(Sourced):
    """应急处置措施; ``classes``: only for events of these, for every event when empty."""

    text: Line
    classes: tuple[EventClass, ...] = ()


class ResponseRule(Sourced):
    """One level: who may start it at which level of government, what it adds to the levels below.

    A level of government that has no approvers does not start it.
    """

    name: Line
    approvers: dict[Level, tuple[Role, ...]] = Field(min_length=1)
    starters: dict[Level, Line] = Field(description="the office that usually decides, in words")
    expected_duration_hours: Figure
    measures: tuple[Measure, ...] = Field(min_length=1)


class Responses(Value):
    """The four levels, what calls for them and what starting one must state."""

    criteria: ResponseCriteria
    required: ResponseStatements
    levels: dict[ResponseLevel, ResponseRule]

    def measures(self, level: ResponseLevel, event_class: EventClass) -> tuple[Measure, ...]:
        """What may be done at a level: its own measures and those of every level below, from IV up."""
        return tuple(self._measures(level, event_class))

    def _measures(self, level: ResponseLevel, event_class: EventClass) -> Iterator[Measure]:
        for one in ResponseLevel:
            yield from (m for m in self.levels[one].measures if not m.classes or event_class in m.classes)
            if one is level:
                return
