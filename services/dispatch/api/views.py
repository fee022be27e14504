"""What goes out over HTTP."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel
from sqlalchemy import Row

from contracts.events.dispatch import Pick, Shortfall
from contracts.values import Grade, Location
from services.dispatch.domain.order import Order, OrderStatus
from services.dispatch.domain.support import Support, SupportStatus


class TeamView(BaseModel):
    """A team; ``status`` is ``idle`` or that of the live order which holds it."""

    team_id: str
    jurisdiction: str
    name: str
    kind: str
    team_class: str
    capabilities: list[str]
    crew: int
    home: Location
    status: str
    order_id: str | None
    incident_id: str | None


class RecommendationView(BaseModel):
    """One recommendation with reasons and shortfalls."""

    recommendation_id: str
    incident_id: str
    grade: Grade
    run_card: str
    picks: list[Pick]
    shortfalls: list[Shortfall]
    recommended_at: datetime


class OrderView(BaseModel):
    """One order, of this node or as another gave it."""

    order_id: str
    order_no: int
    team_id: str
    team_name: str
    jurisdiction: str
    incident_id: str
    task: str
    destination: Location
    commanded_by: str
    issued_by: str
    issued_at: datetime
    acknowledge_by: datetime
    status: OrderStatus
    overdue_noticed_at: datetime | None
    acknowledged_at: datetime | None
    departed_at: datetime | None
    arrived_at: datetime | None
    released_at: datetime | None
    release_reason: str


class OrdersView(BaseModel):
    """The orders a command gave."""

    orders: list[OrderView]


class SupportView(BaseModel):
    """One request for support and its answer."""

    request_id: str
    incident_id: str
    target: str
    capability: str
    count: int
    task: str
    requested_by: str
    requested_at: datetime
    status: SupportStatus
    team_ids: list[str]
    missing: int
    reason: str


def team_view(row: Row[Any]) -> TeamView:
    """A team as the API shows it."""
    home = Location.model_construct(lon=row.lon, lat=row.lat, address=row.address)
    return TeamView.model_validate({**row._mapping, "home": home, "status": row.status or "idle"})


def order_view(order: Order) -> OrderView:
    """An order as the API shows it."""
    return OrderView.model_validate(vars(order))


def support_view(support: Support) -> SupportView:
    """A request as the API shows it."""
    return SupportView.model_validate(vars(support))
