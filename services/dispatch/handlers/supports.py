"""增援 between nodes: what a conclusion asks for, what others ask of this node, what they answer."""

from typing import Any

from contracts.events.consultation import ConsultationConcluded
from contracts.events.dispatch import (
    ReleaseCause,
    SupportDeclined,
    SupportOffered,
    SupportRecalled,
    SupportRequested,
    SupportReturned,
    SupportWithdrawn,
)
from contracts.reasons import ReasonCode
from services.dispatch.context import Context
from services.dispatch.domain import support as domain
from services.dispatch.lending import answer_by_policy
from services.dispatch.ordering import release_lent
from services.dispatch.store import concerns, incidents, supports
from services.dispatch.supporting import ask_or_refuse, settle
from shared.database import UnitOfWork
from shared.event_application import Handlers
from shared.received import Received


async def on_concluded(received: Received[ConsultationConcluded], unit: UnitOfWork, context: Context) -> None:
    """What a consultation of this node asks of other nodes, each on its own; who has a task reads what else is done."""
    event, by = received.event, received.envelope.source
    if event.jurisdiction != context.node:
        return
    await concerns.remember(unit, event.incident_id, [task.department for task in event.tasks])
    incident = await incidents.find_or_hold_off(unit.connection, event.incident_id) if event.support else None
    for asked in event.support:
        if incident is None:
            await incidents.keep_waiting(unit, event.incident_id, asked, by)
        else:
            await ask_or_refuse(unit, context, incident, asked, by)


async def on_requested(received: Received[SupportRequested], unit: UnitOfWork, context: Context) -> None:
    """Asked for teams: the plan's policy answers, or a dispatcher will."""
    if received.event.target == context.node:
        support = domain.of_event(received.event)
        if await supports.add(unit, support):
            await answer_by_policy(unit, context, support)


async def on_withdrawn(received: Received[SupportWithdrawn], unit: UnitOfWork, context: Context) -> None:
    """The node that asked needs no more of this one; teams that were given stay."""
    if received.event.target == context.node and (
        support := await supports.find(unit, received.event.request_id)
    ):
        await supports.save(unit, domain.follow_withdrawal(support, received.event))


async def on_returned(received: Received[SupportReturned], unit: UnitOfWork, context: Context) -> None:
    """The node that asked gives teams back: they are free, unless they are already."""
    event = received.event
    if event.target == context.node and await supports.find(unit, event.request_id):
        who = received.envelope.source
        await release_lent(unit, event.request_id, event.team_ids, ReleaseCause.RETURNED, event.reason, who)


async def on_offered(received: Received[SupportOffered], unit: UnitOfWork, context: Context) -> None:
    """Teams for a request of this node; those that come when it waits no more go home again."""
    event = received.event
    if event.target != context.node or (support := await supports.find(unit, event.request_id)) is None:
        return
    if support.is_waiting:
        await supports.save(unit, domain.follow_offer(support, event))
    else:
        too_late = ReasonCode(key="dispatch.came_too_late")
        unit.publish(domain.surplus(support, event.team_ids, too_late, unit.now))


async def on_declined(received: Received[SupportDeclined], unit: UnitOfWork, context: Context) -> None:
    """A lender gives none, or no more: the next one is asked."""
    event = received.event
    if event.target == context.node and (support := await supports.find(unit, event.request_id)):
        await settle(unit, context, support, domain.follow_refusal(support, event))


async def on_recalled(received: Received[SupportRecalled], unit: UnitOfWork, context: Context) -> None:
    """A lender takes teams back: the next one is asked for as many."""
    event = received.event
    if event.target == context.node and (support := await supports.find(unit, event.request_id)):
        await settle(unit, context, support, domain.follow_recall(support, event))


HANDLERS: Handlers[Any] = {
    ConsultationConcluded: on_concluded,
    SupportRequested: on_requested,
    SupportWithdrawn: on_withdrawn,
    SupportReturned: on_returned,
    SupportOffered: on_offered,
    SupportDeclined: on_declined,
    SupportRecalled: on_recalled,
}
