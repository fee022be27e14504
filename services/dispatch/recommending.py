"""调派建议 of this node: the run card of the grade, less what is with the incident already, whoever sent it."""

from contracts.events.dispatch import RecommendationCause, Recommended
from contracts.messages import text
from services.dispatch.context import Context
from services.dispatch.domain.incident import Incident
from services.dispatch.policy import recommending as policy
from services.dispatch.policy.recommending import Candidate
from services.dispatch.store import orders, recommendations, teams
from shared.database import UnitOfWork
from shared.ids import new_id


async def recommend(
    unit: UnitOfWork, context: Context, incident: Incident, cause: RecommendationCause, asked_by: str = ""
) -> Recommended:
    """Make the next recommendation for an incident, whose row the caller holds, and publish it."""
    found = context.plan.run_card(incident.sector, incident.event_type, incident.grade)
    name, slots = (found[1].name, found[1].slots) if found else (text("dispatch.no_run_card"), ())
    able = await teams.able(unit.connection, [slot.capability for slot in slots])
    there = await _teams_on_scene(unit, context, incident)
    made = policy.recommend(slots, able, incident.place, context.travel, there)
    recommendation = Recommended(
        incident_id=incident.incident_id,
        jurisdiction=context.node,
        recommendation_id=str(new_id()),
        run_card=name,
        grade=incident.grade,
        picks=made.picks,
        shortfalls=made.shortfalls,
        counted=made.counted,
        cause=cause,
        asked_by=asked_by,
        recommended_at=unit.now,
    )
    numbered = await recommendations.number(unit, recommendation)
    unit.publish(numbered)
    return numbered


async def _teams_on_scene(unit: UnitOfWork, context: Context, incident: Incident) -> list[Candidate]:
    """The teams that hold an order to the incident, this node's and every other's that is heard of."""
    held = await orders.teams_held(unit.connection, incident.incident_id)
    return [
        Candidate(
            team.team_id,
            team.name,
            team.jurisdiction,
            frozenset(team.capabilities or context.capabilities_of(team.team_id)),
            incident.place,
        )
        for team in held
    ]
