"""Values that several events and HTTP bodies share; all frozen, all checked at the edge."""

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

JURISDICTION_PATTERN = r"^[0-9]{6}$"


def _storable(value: str) -> str:
    if "\x00" in value or any("\ud800" <= char <= "\udfff" for char in value):
        raise PydanticCustomError("null_character", "contains a character that cannot be stored")
    return value


Text = Annotated[str, AfterValidator(_storable)]
"""Any text PostgreSQL can store: no NUL, no lone surrogate."""

Line = Annotated[Text, Field(min_length=1, max_length=200)]
"""One line of text, 1 to 200 characters."""

Prose = Annotated[Text, Field(max_length=20_000)]
"""Free text up to 20,000 characters, may be empty."""

JurisdictionCode = Annotated[str, Field(pattern=JURISDICTION_PATTERN, examples=["210404"])]
"""行政区划代码 of a node, GB/T 2260 (six digits)."""

PlaceCode = Annotated[str, Field(pattern=r"^[0-9]{9}([0-9]{3})?$", examples=["210404001"])]
"""区划代码 of a place below the county that has no node: nine or twelve digits, the first six its county's."""

Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$", examples=["hazardous_chemicals"])]
"""An English name of the plan (sector, department, capability, …)."""

CallSign = Annotated[str, Field(pattern=r"^[0-9A-Za-z\u4e00-\u9fff-]{0,10}$", examples=["E3"])]
"""How a team is called on the radio and at the command line, up to 10 letters, digits and characters; empty: it has none."""

Id = Annotated[Text, Field(min_length=1, max_length=100)]
"""An identifier: a UUIDv7 for what services create, a plan's own id otherwise."""

Moment = AwareDatetime
"""A point in time with its offset; never naive."""


LOCAL = timezone(timedelta(hours=8))
"""北京时间: days are counted and times are told in it, whatever zone a machine runs in."""


class Value(BaseModel):
    """A frozen value with no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Grade(StrEnum):
    """事件等级, ascending; 生产安全事故报告和调查处理条例 art. 3 and 突发事件应对法 art. 3."""

    GENERAL = "general"
    SIGNIFICANT = "significant"
    MAJOR = "major"
    CATASTROPHIC = "catastrophic"

    @property
    def rank(self) -> int:
        """0 (一般) to 3 (特别重大)."""
        return _RANKS[self]


_RANKS = {grade: rank for rank, grade in enumerate(Grade)}


OwedBy = Literal["unit", "government"]
"""Who owes a report: 事故发生单位 (where it happened), or a level of government with its departments."""


class ResponseLevel(StrEnum):
    """应急响应级别, IV the lowest; 突发事件应对法 art. 71."""

    IV = "IV"
    III = "III"
    II = "II"
    I = "I"  # noqa: E741 - the law's own name of the level


class WarningLevel(StrEnum):
    """预警级别 by colour, Ⅰ red the gravest; 突发事件应对法 art. 63."""

    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    BLUE = "blue"


class Location(Value):
    """A place in WGS-84 degrees, with the address as told."""

    lon: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False, examples=[123.80])]
    lat: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False, examples=[41.86])]
    address: Annotated[Text, Field(max_length=300)] = ""

    @model_validator(mode="before")
    @classmethod
    def _is_not_swapped(cls, given: object) -> object:
        """A latitude beyond the poles is a longitude: people who write the two down swap them."""
        if isinstance(given, Mapping):
            lon, lat = given.get("lon"), given.get("lat")
            if (
                isinstance(lon, int | float)
                and isinstance(lat, int | float)
                and abs(lon) <= 90 < abs(lat) <= 180
            ):
                raise PydanticCustomError("swapped", "lon and lat are swapped")
        return given


def iso(moment: datetime) -> str:
    """RFC 3339 with offset, as CloudEvents wants it."""
    return moment.isoformat()
