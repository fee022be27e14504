"""Giving orders and ending them: the same for a dispatcher's command and for support another node asked for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from contracts.events.dispatch import ReleaseCause
from contracts.values import Location
from services.dispatch.context import Context
from services.dispatch.domain import order as domain
from services.dispatch.domain.order import Entry, Order, TeamBusy, TeamOut, order_issued
from services.dispatch.policy.recommending import Candidate
from services.dispatch.store import orders, teams
from shared.database import UnitOfWork
from shared.ids import new_id


@dataclass(frozen=True)
class Mission:
    """What teams are sent for, where, under whose command, and who says so."""

    incident_id: str
    task: str
    destination: Location
    commanded_by: str
    issued_by: str
    request_id: str | None = None


async def give_orders(
    unit: UnitOfWork, context: Context, chosen: Sequence[Candidate], mission: Mission, override: str = ""
) -> list[Order]:
    """Order locked teams out and publish it; raises TeamOut, or TeamBusy when a live order holds one.

    ``override``: why others are sent than were recommended.
    """
    for one in chosen:
        if one.busy:
            raise TeamOut("team_ids", team=one.team_id)
    numbers = await teams.next_numbers(unit, [one.team_id for one in chosen])
    given = [
        Order(
            order_id=str(new_id()),
            order_no=numbers[one.team_id],
            team_id=one.team_id,
            team_name=one.name,
            jurisdiction=context.node,
            **vars(mission),
            issued_at=unit.now,
            acknowledge_by=unit.now + context.acknowledge_within,
            capabilities=tuple(sorted(one.capabilities)),
        )
        for one in chosen
    ]
    if busy := await orders.add(unit, given):
        held_by = (await orders.holding(unit.connection, busy)).get(busy[0])
        raise TeamBusy("team_ids", team=busy[0], order=held_by.order_id if held_by else "-")
    unit.publish(*(order_issued(order, override) for order in given))
    return given


async def release_lent(
    unit: UnitOfWork, request_id: str, team_ids: Collection[str], cause: ReleaseCause, reason: str, by: str
) -> None:
    """End for good the live orders that a request gave to these teams: the other node is told, so nothing is undone."""
    for order in await orders.lent_live(unit, request_id, team_ids):
        released, events = domain.release(order, cause, reason, Entry(by, unit.now))
        await orders.save(unit, replace(released, before=None, entered_at=None))
        unit.publish(*events)
