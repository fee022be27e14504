"""Other nodes' orders as they are heard of here, in whatever order; and retold where this node commands."""

from typing import Any

from contracts.events.dispatch import (
    AcknowledgementOverdue,
    DestinationChanged,
    LentTeam,
    OrderEvent,
    OrderIssued,
    StepUndone,
)
from services.dispatch.context import Context
from services.dispatch.domain import foreign as domain
from services.dispatch.domain.foreign import STEPS, ForeignOrder
from services.dispatch.store import foreign, incidents
from shared import inbox
from shared.database import UnitOfWork
from shared.event_application import Handlers
from shared.received import Received


async def on_order(received: Received[OrderEvent], unit: UnitOfWork, context: Context) -> None:
    """Whatever is said of an order is kept, whether its issue or its incident was heard of before or not."""
    event = received.event
    view = await foreign.find(unit, event.order_id) or domain.unknown(event)
    if isinstance(event, OrderIssued):
        view = domain.with_issue(view, event)
    else:
        said = [fact for fact in domain.facts_of(event) if await inbox.is_newest(unit, received, fact)]
        view = domain.with_fact(view, event, said)
    await foreign.save(unit, view)
    await _retell(unit, view, context)


async def on_lent_team(received: Received[LentTeam], unit: UnitOfWork, context: Context) -> None:
    """Another node's team as the node that commands it tells; a lender that is heard itself knows better."""
    lender = received.event.lender
    heard = lender == context.node or context.is_linked(lender)
    if not heard and await inbox.is_newest(unit, received, "status"):
        await foreign.save(unit, domain.of_retold(received.event))


async def _retell(unit: UnitOfWork, view: ForeignOrder, context: Context) -> None:
    """Tell those who do not hear the lender: the incident's own county, when the team is another county's."""
    if view.commanded_by != context.node:
        return
    incident = await incidents.find(unit.connection, view.incident_id)
    told = domain.retold(view, context.node)
    if told and incident and incident.origin not in {context.node, view.jurisdiction}:
        unit.publish(told)


HANDLERS: Handlers[Any] = {
    OrderIssued: on_order,
    AcknowledgementOverdue: on_order,
    DestinationChanged: on_order,
    StepUndone: on_order,
    **dict.fromkeys(STEPS, on_order),
    LentTeam: on_lent_team,
}
