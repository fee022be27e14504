"""Warning levels, who may do what, and which incidents get a draft at once."""

from typing import Literal

from pydantic import Field

from contracts.plan.sourced import Figure, Sourced
from contracts.values import Grade, Line, Slug, Value, WarningLevel

Step = Literal["draft", "review", "sign", "publish", "cancel"]


class WarningRule(Sourced):
    """One of the four levels."""

    name: Line
    roman: Line
    measures: tuple[Line, ...] = Field(min_length=1)


class AutoDraft(Sourced):
    """An incident that gets a warning drafted by machine, to be adopted by a person.

    Templates are ``str.format`` over title, address, area, sector.
    """

    sector: Slug
    event_types: tuple[str, ...] = Field(min_length=1)
    grade: Grade = Grade.GENERAL
    level: WarningLevel
    headline: str
    description: str
    instruction: str


class Warnings(Value):
    """预警."""

    levels: dict[WarningLevel, WarningRule]
    required_statements: tuple[Slug, ...]
    required_article: Line
    roles: dict[Step, tuple[Slug, ...]]
    three_people_source: Line
    valid_hours: Figure
    reserved_event_types: tuple[str, ...] = Field(description="prefixes only their station may publish")
    reserved_article: Line
    auto_draft: tuple[AutoDraft, ...] = ()
