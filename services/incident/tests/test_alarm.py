"""火警等级: it follows the people in danger and the commander's word, and does not fall when the facts are corrected."""

import pytest

pytestmark = pytest.mark.servers
FIRE = {"sector": "fire", "event_type": "12G01", "title": "仓库火灾"}


async def update(world, incident: str, **facts: int) -> None:
    await world.update("officer", incident, {"facts": facts, "source": "现场"})


async def level(world, incident: str) -> int | None:
    found: int | None = (await world.get("officer", f"/incidents/{incident}"))["alarm_level"]
    return found


async def changes(world) -> list[tuple[int, int, int]]:
    return [
        (one.previous_level, one.level, one.people) for one in await world.events("incident.alarm_changed")
    ]


async def test_a_fire_starts_at_the_level_of_the_people_in_danger_and_the_first_level_is_no_news(county):
    nobody = await county.reported(**FIRE, facts={})
    assert await level(county, nobody) == 1
    assert await changes(county) == []
    trapped = await county.reported(**FIRE, facts={"trapped": 4})
    assert await level(county, trapped) == 3
    assert await changes(county) == [(1, 3, 4)]


async def test_a_sector_without_a_scale_has_no_level(county):
    incident = await county.reported()
    assert await level(county, incident) is None
    refused = await county.post("commander", f"/incidents/{incident}/alarm", {"reason": "力量不足"})
    assert refused.status_code == 409
    assert "hazardous_chemicals" in refused.json()["detail"]


async def test_a_typed_30_corrected_to_3_lowers_the_grade_and_not_the_alarm(county, city):
    incident = await county.reported(**FIRE, facts={"deaths": 30})
    await update(county, incident, deaths=3)
    await city.hear(county)
    for world in (county, city):
        shown = await world.get("officer", f"/incidents/{incident}")
        assert (shown["grade"], shown["alarm_level"]) == ("significant", 5)


async def test_the_commander_finds_the_force_insufficient_and_both_nodes_see_why(county, city):
    incident = await county.reported(**FIRE, facts={"trapped": 1})
    raised = await county.done(
        "commander", f"/incidents/{incident}/alarm", {"reason": "供水不足", "version": 1}
    )
    assert raised["alarm_level"] == 3
    await city.hear(county)
    assert await level(city, incident) == 3
    lines = await city.get("officer", f"/incidents/{incident}/timeline?limit=200")
    assert "火警等级：2 → 3，commander 同志认为力量不足：供水不足" in {line["summary"] for line in lines}
    await update(county, incident, trapped=0)
    assert await level(county, incident) == 3


async def test_the_highest_level_is_not_raised_and_only_the_node_in_command_raises(county, city):
    incident = await county.reported(**FIRE, facts={"trapped": 30})
    highest = await county.post("commander", f"/incidents/{incident}/alarm", {"reason": "力量不足"})
    assert (highest.status_code, "5" in highest.json()["detail"]) == (409, True)
    await city.hear(county)
    assert (
        await city.post("commander", f"/incidents/{incident}/alarm", {"reason": "力量不足"})
    ).status_code == 409
    assert (
        await county.post("taker", f"/incidents/{incident}/alarm", {"reason": "力量不足"})
    ).status_code == 403
    assert (
        await county.post("commander", f"/incidents/{incident}/alarm", {"reason": " "})
    ).status_code == 422
