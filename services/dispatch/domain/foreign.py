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
    names = ("order_id", "order_no", "team_id", "team_name", "jurisdiction", "incident_id")
    return ForeignOrder(**{name: getattr(event, name) for name in names})


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
    names = set(LentTeam.model_fields) & set(vars(view)) - {"jurisdiction"}
    told = {name: getattr(view, name) for name in names}
    return LentTeam(**told, jurisdiction=by, lender=view.jurisdiction, cause=view.release_cause)


def of_retold(event: LentTeam) -> ForeignOrder:
    """The view of a lent team as the node that commands tells of it."""
    names = set(vars(unknown(event))) & set(LentTeam.model_fields) - {"jurisdiction"}
    told = {name: getattr(event, name) for name in names}
    return ForeignOrder(
        **told, jurisdiction=event.lender, commanded_by=event.jurisdiction, release_cause=event.cause
    )
