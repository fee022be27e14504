"""What has to be known before this node's part of an incident ends: nothing is ended or released silently."""

from services.incident.context import Context
from services.incident.domain.incident import Incident, TeamsStillOut
from services.incident.domain.response import StillActive
from services.incident.store import responses, teams_out
from shared.database import UnitOfWork


async def require_quiet(unit: UnitOfWork, context: Context, incident: Incident, teams_stay_out: bool) -> None:
    """Raise StillActive while this node's response runs, and TeamsStillOut unless that is known (``teams_stay_out``)."""
    running = await responses.running(unit.connection, incident.incident_id, context.node)
    if running is not None:
        raise StillActive("status", level=running.level)
    out = await teams_out.of_incident(unit.connection, incident.incident_id, context.node)
    if out and not teams_stay_out:
        teams = "、".join(one.team_name for one in out[:10])
        raise TeamsStillOut("teams_stay_out", count=len(out), teams=teams)
