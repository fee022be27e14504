"""What can happen and who is concerned: departments, sectors and the event types each uses."""

from typing import Literal

from pydantic import Field

from contracts.plan.jurisdiction import Level
from contracts.plan.sourced import Sourced
from contracts.values import Line, Slug

EventClass = Literal["natural_disaster", "accident", "public_health", "social_security", "other"]
EVENT_CODE = r"^1[0-9][0-9A-Z][0-9]{2}$"


class Department(Sourced):
    """成员单位 that can be consulted and given tasks; ``levels`` says at which levels it exists."""

    name: Line
    name_en: Line
    levels: tuple[Level, ...] = Field(default=("city", "county"), min_length=1)


class EventType(Sourced):
    """A code of the national list in the shape of GB/T 35561; ``Plan.event_codes`` has its provenance."""

    name: Line


class Sector(Sourced):
    """行业领域: decides the grading table and the departments to consult."""

    name: Line
    name_en: Line
    event_class: EventClass
    grading_table: Slug
    event_types: dict[str, EventType] = Field(min_length=1)
