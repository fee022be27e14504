"""An order to a team (派警): issued, acknowledged, departed, arrived, released."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from contracts.events.dispatch import (
    AcknowledgementOverdue,
    OrderAcknowledged,
    OrderEvent,
    OrderIssued,
    TeamArrived,
    TeamDeparted,
    TeamReleased,
)
from contracts.refusals import Refusal
from contracts.state_machine import Transitions, advance
from contracts.values import Location


class OrderStatus(StrEnum):
    """How far a team is with an order; every status but the last holds the team."""

    ISSUED = "issued"
    ACKNOWLEDGED = "acknowledged"
    DEPARTED = "departed"
    ARRIVED = "arrived"
    RELEASED = "released"


TRANSITIONS: Transitions[OrderStatus] = {
    (OrderStatus.ISSUED, "acknowledge"): OrderStatus.ACKNOWLEDGED,
    (OrderStatus.ISSUED, "release"): OrderStatus.RELEASED,
    (OrderStatus.ACKNOWLEDGED, "depart"): OrderStatus.DEPARTED,
    (OrderStatus.ACKNOWLEDGED, "release"): OrderStatus.RELEASED,
    (OrderStatus.DEPARTED, "arrive"): OrderStatus.ARRIVED,
    (OrderStatus.DEPARTED, "release"): OrderStatus.RELEASED,
    (OrderStatus.ARRIVED, "release"): OrderStatus.RELEASED,
}
COMMANDS = ("acknowledge", "depart", "arrive", "release")


class TeamBusy(Refusal):
    """The team has a live order already (the double-booking fence)."""

    STATUS = 409
    KEY = "dispatch.team_busy"


class NotYourTeam(Refusal):
    """A team's token acts for that team only."""

    STATUS = 403
    KEY = "dispatch.not_your_team"


class IncidentOver(Refusal):
    """No new order goes to an incident that has ended."""

    STATUS = 409
    KEY = "dispatch.incident_over"


@dataclass(frozen=True)
class Order:
    """One order to one team; a receiver compares ``order_no`` and ignores lower ones."""

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
    status: OrderStatus = OrderStatus.ISSUED
    overdue_noticed_at: datetime | None = None
    acknowledged_at: datetime | None = None
    departed_at: datetime | None = None
    arrived_at: datetime | None = None
    released_at: datetime | None = None
    release_reason: str = ""


Decision = tuple[Order, OrderEvent]


def issued(order: Order) -> OrderIssued:
    """The fact that an order was given."""
    return OrderIssued(
        **_about(order),
        task=order.task,
        destination=order.destination,
        commanded_by=order.commanded_by,
        issued_by=order.issued_by,
        issued_at=order.issued_at,
        acknowledge_by=order.acknowledge_by,
    )


def acknowledge(order: Order, now: datetime) -> Decision:
    """接令."""
    moved = replace(order, status=_next(order, "acknowledge"), acknowledged_at=now)
    return moved, OrderAcknowledged(**_about(order), acknowledged_at=now)


def depart(order: Order, now: datetime) -> Decision:
    """出动."""
    moved = replace(order, status=_next(order, "depart"), departed_at=now)
    return moved, TeamDeparted(**_about(order), departed_at=now)


def arrive(order: Order, now: datetime) -> Decision:
    """到场."""
    moved = replace(order, status=_next(order, "arrive"), arrived_at=now)
    return moved, TeamArrived(**_about(order), arrived_at=now)


def release(order: Order, reason: str, now: datetime) -> Decision:
    """归队: the team is free again."""
    moved = replace(order, status=_next(order, "release"), released_at=now, release_reason=reason)
    return moved, TeamReleased(**_about(order), reason=reason, released_at=now)


def notice_overdue(order: Order, now: datetime) -> Decision:
    """The acknowledgement did not come in time; the order stands, somebody has to ask."""
    event = AcknowledgementOverdue(**_about(order), due_at=order.acknowledge_by, noticed_at=now)
    return replace(order, overdue_noticed_at=now), event


def _next(order: Order, command: str) -> OrderStatus:
    return advance(TRANSITIONS, order.status, command)


def _about(order: Order) -> dict[str, str | int]:
    names = ("incident_id", "jurisdiction", "order_id", "order_no", "team_id", "team_name")
    return {name: getattr(order, name) for name in names}
