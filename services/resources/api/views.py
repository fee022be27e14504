"""What goes out over HTTP."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel
from sqlalchemy import Row

from contracts.plan.seed import Item, Vehicles
from contracts.values import Location
from services.resources.domain.reservation import Reservation, ReservationStatus


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
    status: ReservationStatus
    carrier: str
    shipped_at: datetime | None
    received_by: str
    delivered: int | None
    delivered_at: datetime | None
    cancelled_at: datetime | None
    reason: str


class ReservationsView(BaseModel):
    """What was reserved, and how much nobody can give."""

    reservations: list[ReservationView]
    missing: int


class MaterialRequestView(BaseModel):
    """What was asked of another node, how much of it is promised so far, and how much is not to be had."""

    request_id: str
    incident_id: str
    target: str
    item: str
    quantity: int
    destination: Location
    requested_by: str
    requested_at: datetime
    reserved: int
    missing: int
    reason: str


def placed(row: Row[Any], name: str) -> dict[str, Any]:
    """A row with its place as one value."""
    place = Location.model_construct(lon=row.lon, lat=row.lat, address=row.address)
    return {**row._mapping, name: place}


def stock_view(row: Row[Any], item: Item | None) -> StockView:
    """Stock as the API shows it; an item that the plan no longer has goes by its slug."""
    name, unit = (item.name, item.unit) if item else (row.item, "")
    return StockView(**row._mapping, item_name=name, unit=unit, available=row.quantity - row.reserved)


def reservation_view(reservation: Reservation) -> ReservationView:
    """A reservation as the API shows it."""
    return ReservationView.model_validate(vars(reservation))
