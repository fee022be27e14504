"""Places: the jurisdiction tree (行政区划) and how a point is judged against its boundaries."""

from typing import Literal

from pydantic import Field

from contracts.plan.sourced import Figure, Sourced
from contracts.values import JurisdictionCode, Line, Location, PlaceCode, Value

Level = Literal["province", "city", "county"]
LEVELS: tuple[Level, ...] = ("county", "city", "province")
"""From the bottom up; 分级负责, 属地管理 (突发事件应对法 art. 16)."""


class Jurisdiction(Sourced):
    """行政区划: one place with a node of its own."""

    name: Line
    name_en: Line
    level: Level
    parent: JurisdictionCode | None = None
    seat: Location | None = Field(default=None, description="where its government sits; for maps only")


PlaceKind = Literal["township", "subdistrict", "development_zone", "grid"]
"""乡镇, 街道, 开发区, 网格."""


class Place(Sourced):
    """A place below the county, without a node of its own: reports and warnings can name it.

    ``within``: the county, or the place, that it lies in.
    """

    name: Line
    name_en: Line
    kind: PlaceKind
    within: JurisdictionCode | PlaceCode
    middle: Location | None = Field(default=None, description="somewhere in it, for maps and intake")


class Geography(Value):
    """How a point is judged against the boundaries."""

    edge_margin_m: Figure = Field(description="nearer to an edge than this, the operator decides")
