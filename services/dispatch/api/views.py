"""What goes out over HTTP."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel
from sqlalchemy import Row

from contracts.events.dispatch import OrderStatus, Pick, RecommendationCause, ReleaseCause, Shortfall
from contracts.values import Grade, Location
from services.dispatch.domain.foreign import ForeignOrder
from services.dispatch.domain.order import Order
from services.dispatch.domain.support import Support, SupportStatus


class TeamView(BaseModel):
    """A team; ``status`` is ``idle``, ``out`` (it broke down or is out of service: ``out_because``), or that of the live order which holds it."""

    team_id: str
    jurisdiction: str
    name: str
    kind: str
    team_class: str
    capabilities: list[str]
    crew: int
    home: Location
    status: str
    out_because: str
    call_sign: str
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
    counted: list[str]
    version: int
    cause: RecommendationCause
    asked_by: str
    recommended_at: datetime


class OrderView(BaseModel):
    """One order, of this node or as another gave it; what is not heard of that one yet is empty.

    ``superseded``: a later order to the same team is known.
    """

    order_id: str
    order_no: int
    team_id: str
    team_name: str
    jurisdiction: str
    incident_id: str
    task: str
    destination: Location | None
    commanded_by: str
    issued_by: str
    issued_at: datetime | None
    acknowledge_by: datetime | None
    capabilities: list[str]
    request_id: str | None
    status: OrderStatus
    overdue_noticed_at: datetime | None
    acknowledged_at: datetime | None
    departed_at: datetime | None
    arrived_at: datetime | None
    released_at: datetime | None
    release_reason: str
    release_cause: ReleaseCause | None
    superseded: bool = False


class OrdersView(BaseModel):
    """The orders a command gave."""

    orders: list[OrderView]


class AlongsideView(BaseModel):
    """Another team on the same incident, and how far it is."""

    team_id: str
    team_name: str
    status: OrderStatus


class OwnOrdersView(BaseModel):
    """A team, the live order that holds it, and who else is ordered to the same incident."""

    as_of: datetime
    team: TeamView
    order: OrderView | None
    incident_title: str
    alongside: list[AlongsideView]


class SupportView(BaseModel):
    """One request for support and what has come of it; ``team_ids`` are those given and not recalled."""

    request_id: str
    incident_id: str
    jurisdiction: str
    target: str
    capability: str
    count: int
    task: str
    requested_by: str
    requested_at: datetime
    answer_by: datetime | None
    then: list[str]
    follows: str | None
    status: SupportStatus
    team_ids: list[str]
    missing: int
    reason: str
    overdue_noticed_at: datetime | None


def team_view(row: Row[Any]) -> TeamView:
    """A team as the API shows it."""
    home = Location.model_construct(lon=row.lon, lat=row.lat, address=row.address)
    return TeamView.model_validate({**row._mapping, "home": home, "status": _status(row)})


def _status(row: Row[Any]) -> str:
    return row.status or ("out" if row.out_because else "idle")


def order_view(order: Order | ForeignOrder) -> OrderView:
    """An order as the API shows it."""
    return OrderView.model_validate(order, from_attributes=True)


def support_view(support: Support) -> SupportView:
    """A request as the API shows it."""
    return SupportView.model_validate({**vars(support), "missing": support.missing})
