"""调派方案 (力量编成): what an incident needs, as capabilities and counts."""

from pydantic import Field

from contracts.plan.alarm import AlarmLevel
from contracts.plan.sourced import Sourced
from contracts.values import Grade, Line, Slug, Value


class Slot(Value):
    """One role of a run card: how many teams with a capability, and why."""

    capability: Slug
    count: int = Field(ge=1, le=100)
    reason: str = ""


class RunCard(Sourced):
    """Force for a sector (and event type) from a grade upward; the most specific card wins.

    Cards of alarm level 1 are the first force; those of higher levels are added to it.
    """

    name: Line
    sector: Slug
    event_type: str | None = None
    grade: Grade
    alarm_level: AlarmLevel = 1
    slots: tuple[Slot, ...] = Field(min_length=1)
