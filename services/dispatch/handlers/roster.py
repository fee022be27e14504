"""The roster: this node's teams, and those that another node's roster has now."""

from typing import Any

from contracts.events.dispatch import TeamTransferred
from contracts.events.resource import TeamRegistered
from services.dispatch.context import Context
from services.dispatch.store import teams
from shared.database import UnitOfWork
from shared.event_application import Handlers
from shared.received import Received


async def on_registered(received: Received[TeamRegistered], unit: UnitOfWork, context: Context) -> None:
    """A team of this node; or one of a linked node, which leaves this roster, or that of another node below."""
    event = received.event
    if event.jurisdiction == context.node:
        await teams.register(unit, event)
        return
    await teams.leave(unit, event.team_id, event.registered_at)
    before = await teams.registered_elsewhere(unit, event)
    if before is not None and {before, event.jurisdiction} <= set(context.plan.children(context.node)):
        transferred = TeamTransferred(
            team_id=event.team_id,
            jurisdiction=context.node,
            target=before,
            to=event.jurisdiction,
            registered_at=event.registered_at,
        )
        unit.publish(transferred)


async def on_transferred(received: Received[TeamTransferred], unit: UnitOfWork, context: Context) -> None:
    """The level above has seen a team of this roster on another one below it."""
    if received.event.target == context.node:
        await teams.leave(unit, received.event.team_id, received.event.registered_at)


HANDLERS: Handlers[Any] = {TeamRegistered: on_registered, TeamTransferred: on_transferred}
