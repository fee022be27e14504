"""Another node's order as this one hears of it: facts in any order, none of which moves it backwards.

Steps come with the number of their place in the order's own history; what came before a step that is known
only fills in its own time. Of two orders to one team the higher ``order_no`` is the one that stands.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from contracts.events.dispatch import (
    AcknowledgementOverdue,
    DestinationChanged,
    LentTeam,
    OrderAcknowledged,
    OrderEvent,
    OrderIssued,
    OrderStatus,
    ReleaseCause,
    StepUndone,
    TeamArrived,
    TeamDeparted,
    TeamReleased,
)
from contracts.values import Location

STEPS: dict[type[OrderEvent], OrderStatus] = {
    OrderAcknowledged: OrderStatus.ACKNOWLEDGED,
    TeamDeparted: OrderStatus.DEPARTED,
    TeamArrived: OrderStatus.ARRIVED,
    TeamReleased: OrderStatus.RELEASED,
}
_RANK = {status: number for number, status in enumerate(OrderStatus)}


@dataclass(frozen=True)
class ForeignOrder:
    """The view of another node's order; what its issue tells is empty until that is heard.

    ``superseded``: a later order to the same team is known, so this one holds it no more.
    """

    order_id: str
    order_no: int
    team_id: str
    team_name: str
    jurisdiction: str
    incident_id: str
    task: str = ""
    destination: Location | None = None
    commanded_by: str = ""
    issued_by: str = ""
    issued_at: datetime | None = None
    acknowledge_by: datetime | None = None
    capabilities: tuple[str, ...] = ()
    request_id: str | None = None
    status: OrderStatus = OrderStatus.ISSUED
    overdue_noticed_at: datetime | None = None
    acknowledged_at: datetime | None = None
    departed_at: datetime | None = None
    arrived_at: datetime | None = None
    released_at: datetime | None = None
    release_reason: str = ""
    release_cause: ReleaseCause | None = None
    superseded: bool = False

    @property
    def is_live(self) -> bool:
        """Whether it holds its team."""
        return self.status is not OrderStatus.RELEASED and not self.superseded


def unknown(event: OrderEvent) -> ForeignOrder:
    """The view of an order of which this is the first fact heard."""
    return ForeignOrder(
        order_id=event.order_id,
        order_no=event.order_no,
        team_id=event.team_id,
        team_name=event.team_name,
        jurisdiction=event.jurisdiction,
        incident_id=event.incident_id,
    )


def with_issue(view: ForeignOrder, event: OrderIssued) -> ForeignOrder:
    """What the order says; its steps may be known already, and where it goes now too."""
    told = {name: getattr(event, name) for name in _ISSUED}
    return replace(view, **told, destination=view.destination or event.destination)


_ISSUED = (
    "task",
    "commanded_by",
    "issued_by",
    "issued_at",
    "acknowledge_by",
    "capabilities",
    "request_id",
)


def facts_of(event: OrderEvent) -> tuple[str, ...]:
    """What a fact says something of, each of which only the newest may say."""
    if isinstance(event, DestinationChanged):
        return ("destination",)
    if isinstance(event, StepUndone):
        return ("status", *(step.value for step in STEPS.values() if _RANK[step] > _RANK[event.status]))
    return ("status", STEPS[type(event)].value) if type(event) in STEPS else ()


def with_fact(view: ForeignOrder, event: OrderEvent, newest: Collection[str]) -> ForeignOrder:
    """The view after one more fact; ``newest``: of what it is the newest fact."""
    if isinstance(event, AcknowledgementOverdue):
        return replace(view, overdue_noticed_at=event.noticed_at)
    if isinstance(event, DestinationChanged):
        return replace(view, destination=event.destination) if "destination" in newest else view
    status = event.status if isinstance(event, StepUndone) else STEPS[type(event)]
    changes: dict[str, Any] = {"status": status} if "status" in newest else {}
    for step in set(newest) & set(STEPS.values()):
        changes[f"{step}_at"] = None if isinstance(event, StepUndone) else getattr(event, f"{step}_at")
    if OrderStatus.RELEASED in newest:
        changes["release_reason"] = getattr(event, "reason", "")
        changes["release_cause"] = getattr(event, "cause", None)
    return replace(view, **changes)


def retold(view: ForeignOrder, by: str) -> LentTeam | None:
    """What the node that commands tells of a lent team; None until the order itself was heard."""
    if view.issued_at is None or view.acknowledge_by is None or view.destination is None:
        return None
    return LentTeam(
        order_id=view.order_id,
        order_no=view.order_no,
        team_id=view.team_id,
        team_name=view.team_name,
        incident_id=view.incident_id,
        jurisdiction=by,
        lender=view.jurisdiction,
        task=view.task,
        capabilities=view.capabilities,
        destination=view.destination,
        status=view.status,
        issued_at=view.issued_at,
        acknowledge_by=view.acknowledge_by,
        overdue_noticed_at=view.overdue_noticed_at,
        acknowledged_at=view.acknowledged_at,
        departed_at=view.departed_at,
        arrived_at=view.arrived_at,
        released_at=view.released_at,
        cause=view.release_cause,
    )


def of_retold(event: LentTeam) -> ForeignOrder:
    """The view of a lent team as the node that commands tells of it."""
    return replace(
        unknown(event),
        jurisdiction=event.lender,
        commanded_by=event.jurisdiction,
        task=event.task,
        capabilities=event.capabilities,
        destination=event.destination,
        status=event.status,
        issued_at=event.issued_at,
        acknowledge_by=event.acknowledge_by,
        overdue_noticed_at=event.overdue_noticed_at,
        acknowledged_at=event.acknowledged_at,
        departed_at=event.departed_at,
        arrived_at=event.arrived_at,
        released_at=event.released_at,
        release_cause=event.cause,
    )
