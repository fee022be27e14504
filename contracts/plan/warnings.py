"""预警: the levels, who does which step, who may publish what, and which incidents get a draft at once."""

from string import Formatter
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from contracts.plan.role import Role
from contracts.plan.sourced import Figure, Sourced
from contracts.values import Grade, Line, Slug, Value, WarningLevel

Step = Literal["draft", "review", "sign", "publish", "cancel"]
"""制作, 审核, 签发, 发布, 解除."""
DRAFT_FIELDS = frozenset({"title", "address", "area", "sector"})


def _only_known_fields(template: str) -> str:
    try:
        fields = {name for _, name, _, _ in Formatter().parse(template) if name is not None}
    except ValueError as error:
        raise PydanticCustomError("template", "{reason}", {"reason": str(error)}) from error
    if unknown := sorted(fields - DRAFT_FIELDS):
        raise PydanticCustomError("template", "no field '{name}' to fill in", {"name": unknown[0]})
    return template


Template = Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(_only_known_fields)]
"""Text with places to fill: ``{title}``, ``{address}``, ``{area}``, ``{sector}``."""


class WarningRule(Sourced):
    """One of the four levels with its measures (突发事件应对法 arts 63, 66, 67)."""

    name: Line
    roman: Line
    measures: tuple[Line, ...] = Field(min_length=1)


class AutoDraft(Sourced):
    """An incident that gets a warning drafted by machine, to be adopted by a person."""

    sector: Slug
    event_types: tuple[str, ...] = Field(min_length=1)
    grade: Grade = Grade.GENERAL
    level: WarningLevel
    headline: Template
    description: Template
    instruction: Template


class Warnings(Value):
    """What holds for every warning; ``reserved_event_types`` are prefixes only their station may publish."""

    levels: dict[WarningLevel, WarningRule]
    required_statements: tuple[Slug, ...]
    required_article: Line
    roles: dict[Step, tuple[Role, ...]]
    three_people_source: Line
    valid_hours: Figure
    reserved_event_types: tuple[str, ...] = Field(description="prefixes only their station may publish")
    reserved_article: Line
    auto_draft: tuple[AutoDraft, ...] = ()
