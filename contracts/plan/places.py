"""Where and who: jurisdictions, departments, sectors and event types."""

from typing import Literal

from pydantic import Field

from contracts.plan.sourced import Figure, Sourced
from contracts.values import JurisdictionCode, Line, Slug

Level = Literal["province", "city", "county"]


class Jurisdiction(Sourced):
    """行政区划: one place with a node of its own."""

    name: Line
    name_en: Line
    level: Level
    parent: JurisdictionCode | None = None


class Department(Sourced):
    """成员单位 that can be consulted and given tasks."""

    name: Line
    name_en: Line


class EventType(Sourced):
    """A code of the national list (284 codes in the shape of GB/T 35561)."""

    name: Line


class Sector(Sourced):
    """行业领域: decides the grading table and the departments to consult."""

    name: Line
    name_en: Line
    event_class: Literal["natural_disaster", "accident", "public_health", "social_security", "other"]
    grading_table: Slug
    event_types: dict[str, EventType] = Field(min_length=1)


class Geography(Sourced):
    """How a point is judged against boundaries."""

    edge_margin_m: Figure = Field(description="nearer to an edge than this, the operator decides")
