"""Teams, run cards and material."""

from typing import Literal

from pydantic import Field

from contracts.plan.sourced import Figure, Sourced
from contracts.values import Grade, Id, JurisdictionCode, Line, Location, Slug, Value

TeamClass = Literal["comprehensive", "professional", "social"]


class TeamKind(Sourced):
    """队伍类别."""

    name: Line
    team_class: TeamClass
    capabilities: tuple[Slug, ...] = Field(min_length=1)


class Capability(Sourced):
    """What a team can do."""

    name: Line


class Slot(Value):
    """One role of a run card."""

    capability: Slug
    count: int = Field(ge=1, le=100)


class RunCard(Sourced):
    """调派方案: sector (and event type) from a grade upward; the most specific wins."""

    name: Line
    sector: Slug
    event_type: str | None = None
    grade: Grade
    slots: tuple[Slot, ...] = Field(min_length=1)


class Travel(Value):
    """How far and how fast, where there is no road graph."""

    detour_factor: Figure
    speed_kmh: Figure


class Team(Sourced):
    """A team of the seed."""

    name: Line
    kind: Slug
    jurisdiction: JurisdictionCode
    crew: int = Field(ge=1)
    home: Location


class Stock(Value):
    """What a depot holds of one item."""

    item: Slug
    quantity: int = Field(ge=0)


class Depot(Sourced):
    """应急物资库."""

    name: Line
    jurisdiction: JurisdictionCode
    place: Location
    stock: tuple[Stock, ...] = ()


class Item(Sourced):
    """A kind of material; codes of GB/T 38565 are the city's to load."""

    name: Line
    unit: Line


class Site(Sourced):
    """A shelter or hazard source."""

    name: Line
    jurisdiction: JurisdictionCode
    place: Location
    detail: str = ""


class Expert(Sourced):
    """An expert by field; no contact data in the plan."""

    name: Line
    jurisdiction: JurisdictionCode
    field: Line


class Seed(Value):
    """What exists at the start."""

    teams: dict[Id, Team]
    items: dict[Slug, Item]
    depots: dict[Id, Depot]
    shelters: dict[Id, Site]
    hazard_sources: dict[Id, Site]
    experts: dict[Id, Expert]
