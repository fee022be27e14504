"""What exists at the start: teams, depots with stock, shelters, hazard sources, experts."""

from typing import Annotated

from pydantic import Field

from contracts.plan.sourced import Sourced
from contracts.values import CallSign, Id, JurisdictionCode, Line, Location, Slug, Text, Value


class Vehicles(Value):
    """How many vehicles of one kind."""

    name: Line
    count: int = Field(ge=1, le=1000)


class Team(Sourced):
    """A team; its class and capabilities are those of its kind."""

    name: Line
    kind: Slug
    jurisdiction: JurisdictionCode
    crew: int = Field(ge=1, le=10_000)
    station: str = Field(default="", description="the station's name")
    call_sign: CallSign = Field(default="", description="as the radio plan of the place has it")
    home: Location
    vehicles: tuple[Vehicles, ...] = ()


class Item(Sourced):
    """A kind of material; codes of GB/T 38565 are the city's to load."""

    name: Line
    unit: Line


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


class Site(Sourced):
    """A shelter (应急避难场所) or hazard source (危险源); ``sector`` is the sector it endangers."""

    name: Line
    jurisdiction: JurisdictionCode
    place: Location
    sector: Slug | None = None
    detail: str = ""


Note = Annotated[Text, Field(max_length=200)]


class HazardSource(Site):
    """A hazard source, with what whoever takes a call about it has to know at once; empty is the city's to fill."""

    substance: Note = Field(default="", description="what it holds, as the responders call it")
    contact: Note = Field(default="", description="the duty desk of its unit: an office, never a person")
    plan_file: Note = Field(
        default="", description="where its emergency plan is kept: a reference or an address"
    )


class Expert(Sourced):
    """An expert by field; no contact data in the plan."""

    name: Line
    jurisdiction: JurisdictionCode
    field: Line


class Seed(Value):
    """What the nodes start with; a service takes what belongs to its own jurisdiction."""

    teams: dict[Id, Team]
    items: dict[Slug, Item]
    depots: dict[Id, Depot]
    shelters: dict[Id, Site]
    hazard_sources: dict[Id, HazardSource]
    experts: dict[Id, Expert]
