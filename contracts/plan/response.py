"""应急响应: levels IV to I, what starting one must state, who may start it (突发事件应对法 arts 71, 72)."""

from typing import Literal

from pydantic import Field

from contracts.plan.role import Role
from contracts.plan.sourced import Figure, Sourced
from contracts.values import Line, ResponseLevel, Value


class ResponseRule(Sourced):
    """One level: who may start it, what it does, how long it is expected to last."""

    name: Line
    approvers: tuple[Role, ...] = Field(min_length=1)
    starter: str = Field(default="", description="the office that usually decides, in words")
    expected_duration_hours: Figure
    measures: tuple[Line, ...] = Field(min_length=1)
    measures_source: str = ""


class Responses(Value):
    """The four levels, and what starting one must state."""

    levels: dict[ResponseLevel, ResponseRule]
    required_statements: tuple[Literal["matter", "level", "expected_duration", "measures"], ...]
    required_article: Line
