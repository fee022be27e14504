"""Reading is as narrow as the job: a department the orders of incidents that concern it, the watch all."""

import pytest

from contracts.events.consultation import ConsultationConcluded, ConsultationConvened, Task

pytestmark = pytest.mark.servers
PATHS = ("/orders?incident_id=i-1", "/recommendations?incident_id=i-1", "/support-requests?incident_id=i-1")


def convened(county, *departments: str, node: str = "210404") -> ConsultationConvened:
    return ConsultationConvened(
        consultation_id="c-1",
        incident_id="i-1",
        jurisdiction=node,
        matter="救治",
        chair="应急局",
        departments=departments,
        convened_at=county.clock.now(),
        opinions_due_at=county.clock.now(),
    )


async def seen(county, who: str) -> list[int]:
    return [len(await county.get(path, who)) for path in PATHS]


async def with_orders(county) -> None:
    await county.reported()
    await county.order("wanghua-hazmat-1")
    asked = {"incident_id": "i-1", "target": "210400", "capability": "hazmat", "count": 1, "task": "堵漏"}
    await county.done("officer", "/support-requests", asked)


async def test_a_department_reads_what_it_is_consulted_on_and_nothing_before(county):
    await with_orders(county)
    assert await seen(county, "officer") == [1, 1, 1]
    assert await seen(county, "health") == [0, 0, 0]
    assert await county.get("/orders", "health") == []
    await county.feed(convened(county, "health"), "210404", "incident")
    assert await seen(county, "health") == [1, 1, 1]
    assert len(await county.get("/orders", "health")) == 1


async def test_another_node_s_consultation_opens_nothing_here(county):
    await with_orders(county)
    await county.feed(convened(county, "health", node="210400"), "210400", "incident")
    assert await seen(county, "health") == [0, 0, 0]


async def test_a_department_with_a_task_reads_what_else_is_done(county):
    await with_orders(county)
    task = Task(task_id="t-1", department="health", action="救治", due_at=county.clock.now())
    concluded = ConsultationConcluded(
        consultation_id="c-1",
        incident_id="i-1",
        jurisdiction="210404",
        conclusion="救治",
        tasks=(task,),
        concluded_at=county.clock.now(),
    )
    await county.feed(concluded, "210404", "incident")
    assert await seen(county, "health") == [1, 1, 1]


async def test_a_department_reads_what_it_is_competent_for_by_sector(county):
    await with_orders(county)
    competent = county.context.plan.sectors["hazardous_chemicals"].competent.departments
    assert "emergency_management" in competent and "health" not in competent
    assert await seen(county, "emergency_management") == [1, 1, 1]


async def test_the_roster_tells_a_department_who_is_busy_but_not_with_what(county):
    await with_orders(county)
    (team,) = [one for one in await county.get("/teams", "health") if one["team_id"] == "wanghua-hazmat-1"]
    assert (team["status"], team["incident_id"], team["order_id"]) == ("issued", None, None)
    (team,) = [one for one in await county.get("/teams") if one["team_id"] == "wanghua-hazmat-1"]
    assert team["incident_id"] == "i-1"
