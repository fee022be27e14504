"""Giving orders: the same for a dispatcher's command and for support another node asked for."""

from collections.abc import Sequence

from contracts.values import Location
from services.dispatch.context import Context
from services.dispatch.domain.order import Order, TeamBusy, issued
from services.dispatch.policy.recommending import Candidate
from services.dispatch.store import orders, teams
from shared.database import UnitOfWork
from shared.ids import new_id


async def give_orders(
    unit: UnitOfWork,
    context: Context,
    chosen: Sequence[Candidate],
    incident_id: str,
    task: str,
    destination: Location,
    commanded_by: str,
    issued_by: str,
) -> list[Order]:
    """Order locked teams to an incident and publish it; raises TeamBusy when a live order holds one."""
    numbers = await teams.next_numbers(unit, [one.team_id for one in chosen])
    given = [
        Order(
            order_id=str(new_id()),
            order_no=numbers[one.team_id],
            team_id=one.team_id,
            team_name=one.name,
            jurisdiction=context.node,
            incident_id=incident_id,
            task=task,
            destination=destination,
            commanded_by=commanded_by,
            issued_by=issued_by,
            issued_at=unit.now,
            acknowledge_by=unit.now + context.acknowledge_within,
        )
        for one in chosen
    ]
    for team_id in await orders.add(unit, given):
        held_by = await orders.holding(unit.connection, team_id)
        raise TeamBusy("team_ids", team=team_id, order=held_by.order_id if held_by else "-")
    unit.publish(*(issued(order) for order in given))
    return given
