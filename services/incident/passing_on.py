"""What is said of a merged incident counts where it was merged into."""

from services.incident.context import Context
from services.incident.domain import merging
from services.incident.domain.facts import Statement
from services.incident.domain.incident import Incident
from services.incident.publishing import publish
from services.incident.settling import settle
from services.incident.store import incidents
from shared.database import UnitOfWork


async def pass_on(
    unit: UnitOfWork, context: Context, merged: Incident, statement: Statement, actor: str
) -> None:
    """Let a statement on a merged incident count at the one it was merged into, and on from there.

    Only the origin of both does, so that it is said once.
    """
    while merged.merged_into is not None and merged.origin == context.node:
        into = await incidents.require(unit.connection, merged.merged_into, lock=True)
        earlier = await incidents.statements(unit.connection, into.incident_id)
        learnt, events, statement = merging.pass_on(
            merged, into, statement, earlier, context.plan, context.node
        )
        if events:
            await incidents.keep(unit, into.incident_id, context.node, statement)
            await settle(unit, context, into, learnt)
            await publish(unit, context, events, actor)
        merged = into
