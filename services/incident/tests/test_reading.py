"""Reading is as narrow as the job: a department what concerns it, a machine what it reported, people of the watch all."""

import pytest

from services.incident.tests.world import REPORT

pytestmark = pytest.mark.servers
QUAKE = {"sector": "earthquake", "event_type": "11C02", "title": "有感地震"}
PATHS = ("", "/timeline", "/proposals")


async def shown(county, who) -> set[str]:
    return {one["incident_id"] for one in await county.get(who, "/incidents")}


async def statuses(county, who, incident_id) -> set[int]:
    return {(await county.read(who, f"/incidents/{incident_id}{path}")).status_code for path in PATHS}


async def test_a_department_reads_what_it_is_competent_for(county):
    leak, quake = await county.reported(), await county.reported(**QUAKE)
    assert await shown(county, "earthquake_bureau") == {quake}
    assert await statuses(county, "earthquake_bureau", quake) == {200}
    assert await statuses(county, "earthquake_bureau", leak) == {404}
    assert await shown(county, "officer") == {leak, quake}


async def test_a_department_reads_what_it_is_consulted_on_from_then_on(county):
    leak = await county.reported()
    assert await shown(county, "health") == set()
    body = {"matter": "救治", "departments": ["health", "ecology"]}
    held = await county.done("officer", f"/incidents/{leak}/consultations", body)
    assert await shown(county, "health") == {leak}
    path = f"/consultations/{held['consultation_id']}"
    assert (await county.read("health", path)).status_code == 200
    assert (await county.read("earthquake_bureau", path)).status_code == 404


async def test_a_department_reads_what_it_has_a_task_in(county):
    leak = await county.reported()
    body = {"matter": "救治", "departments": ["health"], "chair_account": "officer"}
    held = await county.done("officer", f"/incidents/{leak}/consultations", body)
    task = {"department": "ecology", "action": "监测水质", "due_minutes": 60}
    conclusion = {"conclusion": "监测", "tasks": [task]}
    assert await shown(county, "ecology") == set()
    await county.done("officer", f"/consultations/{held['consultation_id']}/conclusion", conclusion)
    assert await shown(county, "ecology") == {leak}


async def test_a_machine_reads_the_incidents_it_reported(county):
    mine = await county.done("sensor", "/reports", {**REPORT, "channel": "sensor"})
    other = await county.reported()
    assert await shown(county, "sensor") == {mine["incident_id"]}
    assert (await county.read("sensor", f"/incidents/{other}")).status_code == 404
    assert (await county.read("sensor", f"/incidents/{mine['incident_id']}/proposals")).status_code == 403
    assert (await county.read("sensor", "/due-reports")).status_code == 403


async def test_the_duties_of_the_node_are_for_those_who_watch_them(county):
    assert (await county.read("health", "/due-reports")).status_code == 403
    assert (await county.read("taker", "/due-reports")).status_code == 200


async def test_a_machine_with_another_role_reads_no_more_for_it(county):
    """What opens all is a role of the watch, not any role beside."""
    await county.reported()
    assert await shown(county, "vehicle") == set()
    assert await county.get("vehicle", "/reports") == []
    assert await county.get("depot", "/reports") == []
