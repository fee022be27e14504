"""Kinds of teams and what they can do, and how far and fast they travel."""

from typing import Literal

from pydantic import Field

from contracts.plan.sourced import Figure, Sourced
from contracts.values import Line, Slug, Value

TeamClass = Literal["comprehensive", "professional", "social"]
"""综合性, 专业性, 社会 (突发事件应对法 art. 39)."""


class Capability(Sourced):
    """What a team can do."""

    name: Line


class TeamKind(Sourced):
    """队伍类别."""

    name: Line
    team_class: TeamClass
    capabilities: tuple[Slug, ...] = Field(min_length=1)


class Travel(Value):
    """How far and how fast, where there is no road graph."""

    detour_factor: Figure
    speed_kmh: Figure
