"""请求增援 at the node that asks: each request on its own, the next lender for what is missing, the end of asking."""

from dataclasses import replace

from contracts.events.consultation import SupportRequest
from contracts.events.dispatch import SupportDeclined
from contracts.reasons import ReasonCode, reason_of_refusal
from contracts.refusals import RuleViolated
from services.dispatch.context import Context
from services.dispatch.domain import support as domain
from services.dispatch.domain.incident import Incident
from services.dispatch.domain.support import NotLinked, Support, UnknownCapability
from services.dispatch.store import incidents, supports
from shared.database import UnitOfWork
from shared.ids import new_id


async def ask(
    unit: UnitOfWork,
    context: Context,
    incident: Incident,
    asked: SupportRequest,
    task: str,
    by: str,
    then: tuple[str, ...] | None = None,
) -> Support:
    """Ask a linked node for teams, and whom to ask after it; without ``then`` the plan's order.

    Raises NotLinked, UnknownCapability.
    """
    support = _request(unit, context, incident, asked, task, by)
    lenders = context.next_lenders(asked.target) if then is None else then
    for lender in (asked.target, *lenders):
        if not context.is_linked(lender):
            raise NotLinked("target", "not_linked", target=lender, node=context.node)
    if asked.capability not in context.plan.capabilities:
        raise UnknownCapability("capability", "unknown_capability", capability=asked.capability)
    support = replace(support, then=lenders)
    await supports.add(unit, support)
    unit.publish(domain.support_requested(support))
    return support


async def ask_or_refuse(
    unit: UnitOfWork, context: Context, incident: Incident, asked: SupportRequest, by: str
) -> None:
    """What a conclusion asks for; what can't be asked is on record as declined, with the reason, and stops nothing else."""
    try:
        await ask(unit, context, incident, asked, incident.title, by)
    except RuleViolated as refusal:
        support = _request(unit, context, incident, asked, incident.title, by)
        refused, _ = domain.decline(support, reason_of_refusal(refusal), unit.now)
        await supports.add(unit, refused)
        told = {"request_id": support.request_id, "incident_id": incident.incident_id}
        unit.publish(
            SupportDeclined(
                **told,
                jurisdiction=context.node,
                target=context.node,
                reason=refused.reason,
                reason_code=reason_of_refusal(refusal),
                declined_at=unit.now,
            )
        )


async def settle(unit: UnitOfWork, context: Context, before: Support, after: Support) -> None:
    """Keep what a lender answered, and ask the next one for what is missing now; nobody for an incident that is over."""
    await supports.save(unit, after)
    incident = await incidents.find(unit.connection, after.incident_id)
    if incident is None or incident.over(context.node):
        return
    missing, within = domain.newly_missing(before, after), context.answer_within
    following = domain.next_request(after, missing, str(new_id()), unit.now, within)
    if following is not None:
        await supports.add(unit, following)
        unit.publish(domain.support_requested(following))


async def notice_overdue(unit: UnitOfWork, context: Context, support: Support) -> None:
    """A lender has not answered in time: said once, and the next one is asked if there is one."""
    noticed, event = domain.notice_overdue(support, unit.now)
    unit.publish(event)
    if not noticed.then:
        await supports.save(unit, noticed)
        return
    lapsed, told = domain.lapse(noticed, ReasonCode(key="dispatch.not_answered"), unit.now)
    unit.publish(told)
    await settle(unit, context, noticed, lapsed)


async def withdraw_all(unit: UnitOfWork, context: Context, incident: Incident) -> None:
    """The incident is over for this node: nobody needs to answer what it asked."""
    for support in await supports.waiting_for(unit, incident.incident_id, context.node):
        withdrawn, told = domain.withdraw(support, ReasonCode(key="dispatch.no_longer_needed"), unit.now)
        await supports.save(unit, withdrawn)
        unit.publish(told)


def _request(
    unit: UnitOfWork, context: Context, incident: Incident, asked: SupportRequest, task: str, by: str
) -> Support:
    within = context.answer_within
    return Support(
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
        answer_by=unit.now + within if within else None,
    )
