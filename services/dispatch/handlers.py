"""What other services' facts do here: recommendations, support, and views of other nodes' orders."""

from dataclasses import replace

from contracts.events.consultation import ConsultationConcluded, ConsultationConvened, SupportRequest
from contracts.events.dispatch import (
    OrderAcknowledged,
    OrderEvent,
    OrderIssued,
    Recommended,
    SupportDeclined,
    SupportOffered,
    SupportRequested,
    TeamArrived,
    TeamDeparted,
    TeamReleased,
)
from contracts.events.incident import (
    CommandAssumed,
    IncidentAmended,
    IncidentClosed,
    IncidentEscalated,
    IncidentGraded,
    IncidentReopened,
    IncidentReported,
)
from contracts.events.resource import TeamRegistered
from contracts.messages import text
from services.dispatch.context import Context
from services.dispatch.domain import order as order_domain
from services.dispatch.domain import support as support_domain
from services.dispatch.domain.order import Order, OrderStatus
from services.dispatch.domain.support import Support
from services.dispatch.ordering import give_orders
from services.dispatch.policy.recommending import nearest, recommend
from services.dispatch.store import concerns, incidents, orders, recommendations, supports, teams
from services.dispatch.store.incidents import Incident
from shared import inbox
from shared.database import UnitOfWork
from shared.event_application import Handlers
from shared.ids import new_id
from shared.received import Received


async def on_reported(received: Received[IncidentReported], unit: UnitOfWork, context: Context) -> None:
    """Remember the incident; at its own node recommend who should go."""
    incident = incidents.of_event(received.event)
    await incidents.remember(unit, incident)
    if incident.origin == context.node:
        await _recommend(incident, unit, context)


async def on_amended(received: Received[IncidentAmended], unit: UnitOfWork, context: Context) -> None:
    """It is something else, or elsewhere: that asks for another force."""
    event = received.event
    amended = await incidents.amend(unit, event)
    incident = await incidents.found(unit.connection, event.incident_id)
    asks = {"sector", "event_type", "location"} & set(event.changed)
    if amended and incident is not None and incident.origin == context.node and asks:
        await incidents.regrade(unit, event.incident_id, event.grade)
        await _recommend(replace(incident, grade=event.grade), unit, context)


async def on_graded(received: Received[IncidentGraded], unit: UnitOfWork, context: Context) -> None:
    """A new grade asks for another force; the first one came with the report."""
    event = received.event
    if event.previous_grade is None or not await inbox.is_newest(unit, received, "grade"):
        return
    await incidents.regrade(unit, event.incident_id, event.grade)
    incident = await incidents.found(unit.connection, event.incident_id)
    if incident is not None and event.jurisdiction == context.node:
        await _recommend(incident, unit, context)


async def on_escalated(received: Received[IncidentEscalated], unit: UnitOfWork, _: Context) -> None:
    """The snapshot opens the view where the report was not heard."""
    await incidents.remember(unit, incidents.of_event(received.event.snapshot))


async def on_command_assumed(received: Received[CommandAssumed], unit: UnitOfWork, context: Context) -> None:
    """When this node takes command it recommends from its own teams too."""
    incident = incidents.of_event(received.event.snapshot)
    await incidents.remember(unit, incident)
    if received.event.jurisdiction == context.node:
        await _recommend(incident, unit, context)


async def on_closed(received: Received[IncidentClosed], unit: UnitOfWork, context: Context) -> None:
    """The end at this node or at the origin; teams are still released by people."""
    await _set_over(received, unit, context, over=True)


async def on_reopened(received: Received[IncidentReopened], unit: UnitOfWork, context: Context) -> None:
    """What was over at this node or at the origin goes on: forces can be sent again."""
    await _set_over(received, unit, context, over=False)


async def on_registered(received: Received[TeamRegistered], unit: UnitOfWork, context: Context) -> None:
    """The roster of this node."""
    if received.event.jurisdiction == context.node:
        await teams.register(unit, received.event)


async def on_convened(received: Received[ConsultationConvened], unit: UnitOfWork, context: Context) -> None:
    """Who is consulted reads what is done about the incident."""
    if received.event.jurisdiction == context.node:
        await concerns.remember(unit, received.event.incident_id, received.event.departments)


async def on_concluded(received: Received[ConsultationConcluded], unit: UnitOfWork, context: Context) -> None:
    """What a consultation of this node asks of other nodes; who has a task reads what else is done."""
    event = received.event
    if event.jurisdiction != context.node:
        return
    await concerns.remember(unit, event.incident_id, [task.department for task in event.tasks])
    for asked in event.support:
        incident = await incidents.require(unit.connection, event.incident_id)
        await request_support(unit, incident, asked, context, incident.title, received.envelope.source)


async def request_support(
    unit: UnitOfWork, incident: Incident, asked: SupportRequest, context: Context, task: str, by: str
) -> Support:
    """Ask a linked node for teams; raises NotLinked, UnknownCapability."""
    if not context.is_linked(asked.target):
        raise support_domain.NotLinked("target", "not_linked", target=asked.target, node=context.node)
    if asked.capability not in context.plan.capabilities:
        raise support_domain.UnknownCapability(
            "capability", "unknown_capability", capability=asked.capability
        )
    support = Support(
        request_id=str(new_id()),
        incident_id=incident.incident_id,
        jurisdiction=context.node,
        target=asked.target,
        capability=asked.capability,
        count=asked.count,
        task=task,
        destination=incident.place,
        requested_by=by,
        requested_at=unit.now,
    )
    await supports.add(unit, support)
    unit.publish(support_domain.requested(support))
    return support


async def on_support_requested(
    received: Received[SupportRequested], unit: UnitOfWork, context: Context
) -> None:
    """Asked for teams: the nearest suitable idle ones get orders under the asker's command."""
    event = received.event
    if event.target != context.node:
        return
    able, _ = await teams.able(unit.connection, [event.capability])
    chosen = nearest(event.capability, event.count, able, event.destination, context.travel)
    answer = {
        "request_id": event.request_id,
        "incident_id": event.incident_id,
        "jurisdiction": context.node,
        "target": event.jurisdiction,
    }
    if not chosen:
        reason = text("dispatch.no_idle_team", "zh", capability=event.capability, able=len(able))
        unit.publish(SupportDeclined(**answer, reason=reason, declined_at=unit.now))
        return
    locked = await teams.lock(unit, [one.team_id for one in chosen])
    task, who, asker = event.task, event.requested_by, event.jurisdiction
    await give_orders(unit, context, locked, event.incident_id, task, event.destination, asker, who)
    missing = event.count - len(locked)
    ids = tuple(one.team_id for one in locked)
    unit.publish(SupportOffered(**answer, team_ids=ids, missing=missing, offered_at=unit.now))


async def on_support_answered(
    received: Received[SupportOffered] | Received[SupportDeclined], unit: UnitOfWork, context: Context
) -> None:
    """The answer to a request of this node."""
    if received.event.target != context.node:
        return
    if support := await supports.found(unit, received.event.request_id):
        await supports.save(unit, support_domain.follow(support, received.event))


async def on_order_issued(received: Received[OrderIssued], unit: UnitOfWork, context: Context) -> None:
    """Another node's order, kept when it concerns an incident that is known here."""
    event = received.event
    known = await incidents.found(unit.connection, event.incident_id)
    if known is None and event.commanded_by != context.node:
        return
    names = set(Order.__dataclass_fields__) & set(OrderIssued.model_fields)
    await orders.watch(unit, Order(**{name: getattr(event, name) for name in names}))


async def on_order_moved(received: Received[OrderEvent], unit: UnitOfWork, _: Context) -> None:
    """How far another node's team is."""
    event = received.event
    if (order := await orders.watched(unit.connection, event.order_id)) is None:
        return
    moved, at = _MOVES[type(event)]
    changes = {at: getattr(event, at)}
    if await inbox.is_newest(unit, received, "status"):
        changes |= {"status": moved, "release_reason": getattr(event, "reason", "")}
    await orders.save(unit, order_domain.Order(**{**vars(order), **changes}), own=False)


_MOVES: dict[type[OrderEvent], tuple[OrderStatus, str]] = {
    OrderAcknowledged: (OrderStatus.ACKNOWLEDGED, "acknowledged_at"),
    TeamDeparted: (OrderStatus.DEPARTED, "departed_at"),
    TeamArrived: (OrderStatus.ARRIVED, "arrived_at"),
    TeamReleased: (OrderStatus.RELEASED, "released_at"),
}


async def _recommend(incident: Incident, unit: UnitOfWork, context: Context) -> None:
    found = context.plan.run_card(incident.sector, incident.event_type, incident.grade)
    name, slots = (found[1].name, found[1].slots) if found else (text("dispatch.no_run_card"), ())
    able, there = await teams.able(unit.connection, [slot.capability for slot in slots], incident.incident_id)
    made = recommend(slots, able, incident.place, context.travel, there)
    event = Recommended(
        incident_id=incident.incident_id,
        jurisdiction=context.node,
        recommendation_id=str(new_id()),
        run_card=name,
        grade=incident.grade,
        picks=made.picks,
        shortfalls=made.shortfalls,
        recommended_at=unit.now,
    )
    if await recommendations.add(unit, event, incident.amendments):
        unit.publish(event)


async def _set_over(
    received: Received[IncidentClosed] | Received[IncidentReopened],
    unit: UnitOfWork,
    context: Context,
    over: bool,
) -> None:
    event = received.event
    incident = await incidents.found(unit.connection, event.incident_id)
    decides = incident is not None and event.jurisdiction in {context.node, incident.origin}
    if decides and await inbox.is_newest(unit, received, "over"):
        await incidents.set_over(unit, event.incident_id, over)


HANDLERS: Handlers[Context] = {
    IncidentReported: on_reported,
    IncidentAmended: on_amended,
    IncidentGraded: on_graded,
    IncidentEscalated: on_escalated,
    CommandAssumed: on_command_assumed,
    IncidentClosed: on_closed,
    IncidentReopened: on_reopened,
    TeamRegistered: on_registered,
    ConsultationConvened: on_convened,
    ConsultationConcluded: on_concluded,
    SupportRequested: on_support_requested,
    SupportOffered: on_support_answered,
    SupportDeclined: on_support_answered,
    OrderIssued: on_order_issued,
    **dict.fromkeys(_MOVES, on_order_moved),
}
