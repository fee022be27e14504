"""A fact that is retried late never takes the place of a newer one."""

import pytest

from contracts.events.dispatch import OrderAcknowledged, OrderIssued, TeamReleased
from contracts.events.incident import IncidentGraded
from contracts.facts import Facts
from contracts.values import Grade
from services.dispatch.store import incidents
from services.dispatch.tests.world import PLACE, World

pytestmark = pytest.mark.servers
OTHER = "210421"


def graded(incident: str, node: str, grade: Grade) -> IncidentGraded:
    return IncidentGraded(
        incident_id=incident,
        jurisdiction=node,
        grade=grade,
        previous_grade=Grade.GENERAL,
        criterion="deaths",
        article="art. 3",
        facts=Facts(),
    )


async def grade_of(world: World, incident: str) -> Grade:
    async with world.database.reading() as connection:
        return (await incidents.require(connection, incident)).grade


async def test_an_older_grade_does_not_replace_a_newer_one_and_another_writers_is_not_compared(county: World):
    incident = await county.reported()
    await county.feed(graded(incident, county.node, Grade.MAJOR), county.node, "incident", sequence=5)
    await county.feed(graded(incident, county.node, Grade.SIGNIFICANT), county.node, "incident", sequence=3)
    assert await grade_of(county, incident) is Grade.MAJOR
    await county.feed(graded(incident, "210400", Grade.SIGNIFICANT), "210400", "incident", sequence=1)
    assert await grade_of(county, incident) is Grade.SIGNIFICANT


async def test_an_acknowledgement_heard_after_the_release_is_noted_and_the_order_stays_released(
    county: World,
):
    incident = await county.reported()
    now = county.clock.now()
    common = {
        "order_id": "o-1",
        "incident_id": incident,
        "jurisdiction": OTHER,
        "team_id": "t",
        "order_no": 1,
        "team_name": "外县队",
    }
    issued = OrderIssued(
        **common,
        task="增援",
        destination=PLACE,
        commanded_by=county.node,
        issued_by="x",
        issued_at=now,
        acknowledge_by=now,
    )
    await county.feed(issued, OTHER, "dispatch", sequence=1)
    released = TeamReleased(**common, released_at=now, reason="done")
    await county.feed(released, OTHER, "dispatch", sequence=3)
    await county.feed(OrderAcknowledged(**common, acknowledged_at=now), OTHER, "dispatch", sequence=2)
    (order,) = await county.get(f"/orders?incident_id={incident}")
    assert (order["status"], order["acknowledged_at"] is not None) == ("released", True)
