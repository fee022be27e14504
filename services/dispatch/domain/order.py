"""An order to a team of this node (派警): issued, acknowledged, departed, arrived, released."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from contracts.events.dispatch import (
    AcknowledgementOverdue,
    DestinationChanged,
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
from contracts.refusals import Refusal, RefusedTransition, RuleViolated
from contracts.state_machine import Transitions, advance
from contracts.values import Location

TRANSITIONS: Transitions[OrderStatus] = {
    (OrderStatus.ISSUED, "acknowledge"): OrderStatus.ACKNOWLEDGED,
    (OrderStatus.ISSUED, "depart"): OrderStatus.DEPARTED,
    (OrderStatus.ISSUED, "release"): OrderStatus.RELEASED,
    (OrderStatus.ACKNOWLEDGED, "depart"): OrderStatus.DEPARTED,
    (OrderStatus.ACKNOWLEDGED, "release"): OrderStatus.RELEASED,
    (OrderStatus.DEPARTED, "arrive"): OrderStatus.ARRIVED,
    (OrderStatus.DEPARTED, "release"): OrderStatus.RELEASED,
    (OrderStatus.ARRIVED, "release"): OrderStatus.RELEASED,
}
"""Who departs has acknowledged. The last step can be undone shortly after it was entered (``undo``)."""
COMMANDS = ("acknowledge", "depart", "arrive", "release")


class TeamBusy(Refusal):
    """The team has a live order already (the double-booking fence)."""

    STATUS = 409
    KEY = "dispatch.team_busy"


class TeamOut(Refusal):
    """The team can't be sent though nothing holds it: it broke down."""

    STATUS = 409
    KEY = "dispatch.team_out"


class NotYourTeam(Refusal):
    """A team's token acts for that team only."""

    STATUS = 403
    KEY = "dispatch.not_your_team"


class NotYours(Refusal):
    """What only those who give orders may do."""

    STATUS = 403
    KEY = "dispatch.dispatchers_only"


class ImpossibleTime(RuleViolated):
    """A step's time lies in the future, or before the step it follows."""

    KEY = "dispatch.impossible_time"


class NoReason(RuleViolated):
    """A time that is entered later needs its reason."""

    KEY = "dispatch.no_reason"


class NothingToUndo(Refusal):
    """No step was entered since the order was given or the last undoing."""

    STATUS = 409
    KEY = "dispatch.nothing_to_undo"


class TooLateToUndo(Refusal):
    """A step that others have acted on stands."""

    STATUS = 409
    KEY = "dispatch.too_late_to_undo"


@dataclass(frozen=True)
class Order:
    """One order to one team; a receiver compares ``order_no`` and ignores lower ones.

    ``before`` and ``entered_at``: the state before the last step, and when that step was entered, for undoing.
    """

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
    before: OrderStatus | None = None
    entered_at: datetime | None = None


@dataclass(frozen=True)
class Entry:
    """Who entered a step, when, and for when: ``at`` is another time only if somebody was told of it (radio).

    ``because`` says how that is known, or why it comes late (a phone without signal); empty for a step entered as it happens.
    """

    by: str
    now: datetime
    at: datetime | None = None
    because: str = ""

    @property
    def moment(self) -> datetime:
        """When the step was."""
        return self.at or self.now


Decision = tuple[Order, Sequence[OrderEvent]]


def order_issued(order: Order, override: str = "") -> OrderIssued:
    """The fact that an order was given; ``override``: why to another team than was recommended."""
    return OrderIssued(
        **_about(order),
        task=order.task,
        destination=order.destination,
        commanded_by=order.commanded_by,
        issued_by=order.issued_by,
        issued_at=order.issued_at,
        acknowledge_by=order.acknowledge_by,
        capabilities=order.capabilities,
        request_id=order.request_id,
        override=override,
    )


def acknowledge(order: Order, entry: Entry) -> Decision:
    """接令. Raises RefusedTransition, ImpossibleTime, NoReason."""
    moved = replace(_after_step(order, "acknowledge", entry), acknowledged_at=entry.moment)
    return moved, [OrderAcknowledged(**_about(order), **_entry_fields(entry), acknowledged_at=entry.moment)]


def depart(order: Order, entry: Entry) -> Decision:
    """出动; a team that had not acknowledged does so by departing. Raises as ``acknowledge``."""
    moved = replace(_after_step(order, "depart", entry), departed_at=entry.moment)
    left = TeamDeparted(**_about(order), **_entry_fields(entry), departed_at=entry.moment)
    if order.acknowledged_at is not None:
        return moved, [left]
    told = OrderAcknowledged(**_about(order), **_entry_fields(entry), acknowledged_at=entry.moment)
    return replace(moved, acknowledged_at=entry.moment), [told, left]


def arrive(order: Order, entry: Entry) -> Decision:
    """到场. Raises as ``acknowledge``."""
    moved = replace(_after_step(order, "arrive", entry), arrived_at=entry.moment)
    return moved, [TeamArrived(**_about(order), **_entry_fields(entry), arrived_at=entry.moment)]


def release(order: Order, cause: ReleaseCause, reason: str, entry: Entry) -> Decision:
    """归队: the team is free again. Raises as ``acknowledge``."""
    moved = replace(
        _after_step(order, "release", entry),
        released_at=entry.moment,
        release_reason=reason,
        release_cause=cause,
    )
    event = TeamReleased(
        **_about(order), **_entry_fields(entry), reason=reason, cause=cause, released_at=entry.moment
    )
    return moved, [event]


def require_team_may_release(order: Order) -> None:
    """A team that has not acknowledged can't let itself go; who gives orders can. Raises RefusedTransition."""
    if order.status is OrderStatus.ISSUED:
        allowed = {state.value for state, name in TRANSITIONS if name == "release"} - {order.status.value}
        raise RefusedTransition(order.status.value, "release", allowed)


def undo(order: Order, by: str, now: datetime, within: timedelta) -> Decision:
    """The last step was entered by mistake. Raises NothingToUndo, TooLateToUndo."""
    if order.before is None or order.entered_at is None:
        raise NothingToUndo("order_id", order=order.order_id)
    if now - order.entered_at > within:
        raise TooLateToUndo("order_id", seconds=within.total_seconds())
    undone = _without_times(replace(order, status=order.before, before=None, entered_at=None))
    event = StepUndone(**_about(order), undone=order.status, status=undone.status, by=by, undone_at=now)
    return undone, [event]


def redirect(order: Order, destination: Location, reason: str, by: str, now: datetime) -> Decision:
    """改变目的地 of a live order. Raises RefusedTransition."""
    if order.status is OrderStatus.RELEASED:
        live = {state.value for state in OrderStatus} - {order.status.value}
        raise RefusedTransition(order.status.value, "redirect", live)
    event = DestinationChanged(**_about(order), destination=destination, reason=reason, by=by, changed_at=now)
    return replace(order, destination=destination), [event]


def notice_overdue(order: Order, now: datetime) -> Decision:
    """The acknowledgement did not come in time; the order stands, somebody has to ask."""
    event = AcknowledgementOverdue(**_about(order), due_at=order.acknowledge_by, noticed_at=now)
    return replace(order, overdue_noticed_at=now), [event]


def _after_step(order: Order, command: str, entry: Entry) -> Order:
    status = advance(TRANSITIONS, order.status, command)
    if entry.at is not None:
        earliest = max(at for at in (order.issued_at, *_times(order)) if at is not None)
        if not earliest <= entry.at <= entry.now:
            raise ImpossibleTime("at", "impossible_time", earliest=earliest.isoformat(timespec="seconds"))
        if not entry.because:
            raise NoReason("because", "no_reason")
    return replace(order, status=status, before=order.status, entered_at=entry.now)


_STEPS = (OrderStatus.ACKNOWLEDGED, OrderStatus.DEPARTED, OrderStatus.ARRIVED, OrderStatus.RELEASED)


def _times(order: Order) -> list[datetime | None]:
    return [getattr(order, f"{step}_at") for step in _STEPS]


def _without_times(order: Order) -> Order:
    """An order without the times of steps that it has not taken."""
    reached = _STEPS.index(order.status) if order.status in _STEPS else -1
    gone: dict[str, Any] = {f"{step}_at": None for step in _STEPS[reached + 1 :]}
    return replace(order, **gone, release_reason="", release_cause=None)


def _entry_fields(entry: Entry) -> dict[str, Any]:
    if entry.at is None and not entry.because:
        return {}
    return {"entered_at": entry.now, "entered_by": entry.by, "entered_because": entry.because}


def _about(order: Order) -> dict[str, Any]:
    names = ("incident_id", "jurisdiction", "order_id", "order_no", "team_id", "team_name")
    return {name: getattr(order, name) for name in names}
