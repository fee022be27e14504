"""增援 at the node that is asked: consent by the plan's policy or by a dispatcher; teams taken back."""

from collections.abc import Sequence

from contracts.events.dispatch import ReleaseCause
from contracts.precedence import is_over
from contracts.reasons import ReasonCode
from services.dispatch.context import Context
from services.dispatch.domain import support as domain
from services.dispatch.domain.incident import IncidentOver
from services.dispatch.domain.support import Support
from services.dispatch.ordering import Mission, give_orders, release_lent
from services.dispatch.policy.lending import lendable
from services.dispatch.policy.recommending import nearest
from services.dispatch.store import incidents, supports, teams
from shared.database import UnitOfWork


async def answer_by_policy(unit: UnitOfWork, context: Context, support: Support) -> None:
    """Give what the plan lends unasked; without an idle team, or after the end, say no; the rest waits for a dispatcher."""
    if await _is_over(unit, context, support):
        await _say_no(
            unit, support, ReasonCode(key="dispatch.incident_over", values={"incident": support.incident_id})
        )
        return
    able, stand = await teams.lock_able(unit, support.capability, context.node)
    if not stand.idle:
        named = context.plan.capabilities.get(support.capability)
        name = named.name if named else support.capability
        values = {"capability": name, "able": stand.able}
        await _say_no(unit, support, ReasonCode(key="dispatch.no_idle_team", values=values))
        return
    count = lendable(support.count, stand, context.plan.mutual_aid.teams)
    chosen = nearest(support.capability, count, able, support.destination, context.travel)
    if chosen:
        await give(unit, context, support, [one.team_id for one in chosen], by="")


async def give(
    unit: UnitOfWork, context: Context, support: Support, team_ids: Sequence[str], by: str
) -> Support:
    """Order teams out under the asker's command, and tell it. ``by``: the person who consents, empty for the policy.

    Raises RefusedTransition, MoreThanAsked, IncidentOver, NotFound, TeamOut, TeamBusy.
    """
    if await _is_over(unit, context, support):
        raise IncidentOver("incident_id", incident=support.incident_id)
    changed, answer = domain.offer(support, team_ids, by, unit.now)
    chosen = await teams.lock(unit, team_ids)
    mission = Mission(
        support.incident_id,
        support.task,
        support.destination,
        commanded_by=support.jurisdiction,
        issued_by=by or support.requested_by,
        request_id=support.request_id,
    )
    await give_orders(unit, context, chosen, mission)
    await supports.save(unit, changed)
    unit.publish(answer)
    return changed


async def take_back(
    unit: UnitOfWork, support: Support, team_ids: Sequence[str], reason: str, by: str
) -> Support:
    """Recall teams: their orders end, and the node that asked is told. Raises RefusedTransition, NotLent."""
    changed, told = domain.recall(support, team_ids, reason, unit.now)
    await release_lent(unit, support.request_id, team_ids, ReleaseCause.RECALLED, reason, by)
    await supports.save(unit, changed)
    unit.publish(told)
    return changed


async def _is_over(unit: UnitOfWork, context: Context, support: Support) -> bool:
    """Whether the incident has ended, for the node that asks or as it is known here."""
    incident = await incidents.find(unit.connection, support.incident_id)
    if incident is not None:
        return incident.over(support.jurisdiction)
    said = await incidents.parts(unit.connection, support.incident_id)
    asker = support.jurisdiction
    return is_over(said, origin=asker, lead=asker, node=asker)


async def _say_no(unit: UnitOfWork, support: Support, why: ReasonCode) -> None:
    declined, answer = domain.decline(support, why, unit.now)
    await supports.save(unit, declined)
    unit.publish(answer)
