"""What can happen and who is concerned: departments, sectors and the event types each uses."""

from typing import Annotated, Literal

from pydantic import Field

from contracts.plan.jurisdiction import Level
from contracts.plan.sourced import Sourced
from contracts.values import Line, Slug

EventClass = Literal["natural_disaster", "accident", "public_health", "social_security", "other"]
"""自然灾害, 事故灾难, 公共卫生事件, 社会安全事件 (突发事件应对法 art. 2), other."""
EVENT_CODE = r"^1[0-9][0-9A-Z][0-9]{2}$"
EventCode = Annotated[str, Field(pattern=EVENT_CODE, examples=["12D02"])]
"""事件类型代码 in the shape of GB/T 35561."""
Production = Literal["always", "by_fact", "never"]
"""Whether an incident is an accident of production: always, never, or as the fact ``in_production`` says."""


class Department(Sourced):
    """成员单位 that can be consulted and given tasks; ``levels`` says at which levels it exists."""

    name: Line
    name_en: Line
    levels: tuple[Level, ...] = Field(default=("city", "county"), min_length=1)


class Confirmers(Sourced):
    """Which departments confirm what is marked ``to_confirm``, by the path of the part of the plan.

    The longest fitting path counts; the competent departments of a sector confirm what is about it.
    """

    default: tuple[Slug, ...] = Field(min_length=1)
    parts: dict[str, tuple[Slug, ...]] = Field(default_factory=dict)


class EventCodes(Sourced):
    """The list of event type codes with their names, and where it comes from."""

    names: dict[EventCode, Line] = Field(min_length=1)


class SectorGrading(Sourced):
    """How incidents of a sector are graded.

    ``table`` names the grading table; without one a person grades, with reason. ``outside_production`` is
    the table where the facts say that it did not happen in production (生产安全事故报告和调查处理条例
    art. 2). ``production`` also decides which reporting duties are owed.
    """

    production: Production
    table: Slug | None = None
    outside_production: Slug | None = None


class Competent(Sourced):
    """主管部门: the departments that are competent for a sector."""

    departments: tuple[Slug, ...] = Field(min_length=1)


class Sector(Sourced):
    """行业领域: decides the grading table, the reporting duties and the departments to consult.

    A code may belong to several sectors (burst mains and heating both are 12P12).
    """

    name: Line
    name_en: Line
    event_class: EventClass
    grading: SectorGrading
    competent: Competent
    event_types: tuple[EventCode, ...] = Field(min_length=1)
