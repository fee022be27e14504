"""What goes out over HTTP."""

from collections import Counter
from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field
from sqlalchemy import Row

from contracts.events.resource import Settlement
from contracts.plan import Plan
from contracts.plan.seed import Item, Vehicles
from contracts.values import Location
from services.resources.domain.request import Request, RequestStatus
from services.resources.domain.reservation import Reservation, ReservationStatus
from services.resources.domain.stock import MovementKind
from services.resources.domain.team import TeamService


class TeamView(BaseModel):
    """A team of the roster."""

    team_id: str
    jurisdiction: str
    name: str
    kind: str
    team_class: str
    capabilities: list[str]
    crew: int
    station: str
    vehicles: list[Vehicles]
    home: Location
    registered_at: datetime
    changed_by: str = Field(description="who changed it last; empty: as the plan has it")
    version: int
    service: TeamService
    service_reason: str
    call_sign: str


class DepotView(BaseModel):
    """A depot."""

    depot_id: str
    name: str
    place: Location


class StockView(BaseModel):
    """What a depot has of one item; ``available`` is what nobody was promised."""

    stock_id: str
    depot_id: str
    depot_name: str
    item: str
    item_name: str
    unit: str
    quantity: int
    reserved: int
    available: int


class PlannedStockView(BaseModel):
    """How much of an item, over all depots of a place."""

    item: str
    item_name: str
    unit: str
    quantity: int


class PlannedView(BaseModel):
    """What the plan says a linked place has, as it was written down: no count of today."""

    jurisdiction: str
    name: str
    teams: list[str]
    depots: list[str]
    stock: list[PlannedStockView]
    shelters: list[str]


class SiteView(BaseModel):
    """A shelter or hazard source."""

    site_id: str
    name: str
    sector: str | None
    detail: str
    place: Location


class ExpertView(BaseModel):
    """An expert."""

    expert_id: str
    name: str
    field: str


class ReservationView(BaseModel):
    """A reservation, of this node or of another for it."""

    reservation_id: str
    request_id: str
    incident_id: str
    jurisdiction: str
    depot_id: str
    depot_name: str
    item: str
    item_name: str
    quantity: int
    unit: str
    for_jurisdiction: str
    destination: Location
    reserved_at: datetime
    offer_id: str | None
    expires_at: datetime | None
    status: ReservationStatus
    carrier: str
    shipped_at: datetime | None
    received_by: str
    received: int | None = Field(description="pieces that arrived, damaged ones counted")
    damaged: int
    received_at: datetime | None
    difference: int = Field(description="shipped and not arrived")
    settlement: Settlement | None = Field(description="what became of the difference")
    used: int
    returned: int
    left: int = Field(description="whole pieces that are neither used nor returned")
    cancelled_at: datetime | None
    expired_at: datetime | None
    reason: str


class ReservationsView(BaseModel):
    """What was reserved, and how much nobody can give."""

    reservations: list[ReservationView]
    missing: int


class OfferView(BaseModel):
    """What was offered, by whom (empty: by the plan's policy), and when it was accepted."""

    offer_id: str
    quantity: int
    offered_by: str
    offered_at: datetime
    accepted_at: datetime | None


class MaterialRequestView(BaseModel):
    """What was asked of another node, or of this one, and how far it is."""

    request_id: str
    incident_id: str
    jurisdiction: str
    target: str
    item: str
    quantity: int
    destination: Location
    requested_by: str
    requested_at: datetime
    answer_by: datetime | None
    accepts_offers: bool | None
    status: RequestStatus
    offers: list[OfferView]
    offered: int
    accepted: int
    reserved: int = Field(description="set aside for it or shipped")
    received: int
    missing: int = Field(description="asked for and not set aside so far")
    reason: str


class MovementView(BaseModel):
    """Why a depot's stock changed, and what it was afterwards."""

    movement_id: str
    depot_id: str
    item: str
    kind: MovementKind
    change: int
    balance: int
    reservation_id: str | None
    reason: str
    by: str
    moved_at: datetime


class BalanceView(BaseModel):
    """What a depot has of an item now."""

    depot_id: str
    item: str
    quantity: int
    reserved: int
    available: int


class TransferView(BaseModel):
    """What two depots have now."""

    out_of: BalanceView
    into: BalanceView


def with_place(row: Row[Any], name: str) -> dict[str, Any]:
    """A row with its place as one value."""
    place = Location.model_construct(lon=row.lon, lat=row.lat, address=row.address)
    return {**row._mapping, name: place}


def stock_view(row: Row[Any], item: Item | None) -> StockView:
    """Stock as the API shows it; an item that the plan no longer has goes by its slug."""
    name, unit = (item.name, item.unit) if item else (row.item, "")
    return StockView(**row._mapping, item_name=name, unit=unit, available=row.quantity - row.reserved)


def reservation_view(reservation: Reservation) -> ReservationView:
    """A reservation as the API shows it."""
    derived = {"difference": reservation.difference, "left": reservation.left}
    return ReservationView.model_validate({**vars(reservation), **derived})


def request_view(request: Request, reserved: int = 0, received: int = 0) -> MaterialRequestView:
    """A request as the API shows it, with what is set aside for it."""
    counted = {
        "offered": request.offered,
        "accepted": request.accepted,
        "missing": request.quantity - reserved,
    }
    offers = [OfferView.model_validate(one, from_attributes=True) for one in request.offers]
    told = {**vars(request), **counted, "offers": offers, "reserved": reserved, "received": received}
    return MaterialRequestView.model_validate(told)


def planned_view(plan: Plan, place: str) -> PlannedView:
    """What the plan lists for a place."""
    seed = plan.seed
    depots = [one for one in seed.depots.values() if one.jurisdiction == place]
    totals = Counter[str]()
    for depot in depots:
        totals.update({held.item: held.quantity for held in depot.stock})
    return PlannedView(
        jurisdiction=place,
        name=plan.jurisdictions[place].name,
        teams=[one.name for one in seed.teams.values() if one.jurisdiction == place],
        depots=[one.name for one in depots],
        stock=[
            PlannedStockView(
                item=item, item_name=seed.items[item].name, unit=seed.items[item].unit, quantity=count
            )
            for item, count in totals.items()
        ],
        shelters=[one.name for one in seed.shelters.values() if one.jurisdiction == place],
    )
