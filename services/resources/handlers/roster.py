"""Teams that another node's roster has now leave this one."""

from contracts.events.dispatch import TeamTransferred
from contracts.events.resource import TeamRegistered
from services.resources.context import Context
from services.resources.store import roster
from shared.database import UnitOfWork
from shared.event_application import Handlers
from shared.received import Received


async def on_registered(received: Received[TeamRegistered], unit: UnitOfWork, context: Context) -> None:
    """A linked node has it on its roster, later than this one."""
    event = received.event
    if event.jurisdiction != context.node:
        await roster.leave(unit, event.team_id, event.registered_at)


async def on_transferred(received: Received[TeamTransferred], unit: UnitOfWork, context: Context) -> None:
    """The level above has seen a team of this roster on another one below it."""
    event = received.event
    if event.target == context.node:
        await roster.leave(unit, event.team_id, event.registered_at)


HANDLERS: Handlers[Context] = {TeamRegistered: on_registered, TeamTransferred: on_transferred}
