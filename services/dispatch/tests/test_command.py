"""Who commands recommends, from what is there whoever sent it; and an incident is over where its own node says so."""

import pytest

from contracts.events.dispatch import OrderIssued, Recommended
from contracts.events.incident import (
    CommandAssumed,
    IncidentClosed,
    IncidentGraded,
    IncidentReopened,
    IncidentSnapshot,
)
from contracts.facts import Facts
from contracts.values import Grade
from services.dispatch.tests.world import PLACE, World, exchange

pytestmark = pytest.mark.servers
COUNTY, CITY = "210404", "210400"


def assumed(city: World, grade: Grade = Grade.GENERAL, revision: int = 1) -> CommandAssumed:
    now = city.clock.now()
    snapshot = IncidentSnapshot(
        incident_id="i-1",
        jurisdiction=COUNTY,
        sector="hazardous_chemicals",
        event_type="12D02",
        title="液氯泄漏",
        location=PLACE,
        occurred_at=now,
        reported_at=now,
        facts=Facts(),
        grade=grade,
        lead_revision=revision,
    )
    return CommandAssumed(
        incident_id="i-1",
        jurisdiction=CITY,
        target=COUNTY,
        commander="市指挥长",
        assumed_at=now,
        snapshot=snapshot,
        revision=revision,
    )


def closed(world: World, by: str, lead_revision: int | None = None) -> IncidentClosed:
    return IncidentClosed(
        incident_id="i-1",
        jurisdiction=by,
        outcome="ended",
        facts=Facts(),
        closed_at=world.clock.now(),
        lead_revision=lead_revision,
    )


def graded(by: str, grade: Grade, revision: int) -> IncidentGraded:
    return IncidentGraded(
        incident_id="i-1",
        jurisdiction=by,
        grade=grade,
        previous_grade=Grade.GENERAL,
        criterion="deaths",
        article="art. 3",
        facts=Facts(deaths=3),
        revision=revision,
    )


async def recommended(world: World) -> list[Recommended]:
    return await world.events("dispatch.recommended")


async def can_order(world: World, team: str) -> bool:
    body = {"incident_id": "i-1", "team_ids": [team], "task": "堵漏"}
    answer = await world.post("dispatcher", "/orders", body)
    assert answer.status_code in {201, 409}
    return answer.status_code == 201


async def test_a_city_that_assumes_command_counts_the_county_teams_on_the_scene(city, county):
    await county.reported()
    await city.reported(node=COUNTY)
    (before,) = await recommended(county)
    await county.order(*(pick.team_id for pick in before.picks))
    await exchange(city, county)
    await city.feed(assumed(city), CITY, "incident")
    (made,) = await recommended(city)
    assert (made.cause, made.version) == ("command", 1)
    assert set(made.counted) == {pick.team_id for pick in before.picks}
    wanted = city.context.plan.run_card("hazardous_chemicals", "12D02", Grade.GENERAL)[1].slots
    missing = sum(short.missing for short in made.shortfalls)
    assert len(made.picks) + len(made.counted) + missing == sum(slot.count for slot in wanted)
    assert len(made.picks) < sum(slot.count for slot in wanted)


async def test_an_older_neighbour_does_not_tell_what_its_team_can_and_the_plan_knows(city):
    await city.reported(node=COUNTY)
    now = city.clock.now()
    order = OrderIssued(
        order_id="o-1",
        order_no=1,
        team_id="wanghua-hazmat-1",
        team_name="望花危化救援队",
        incident_id="i-1",
        jurisdiction=COUNTY,
        task="堵漏",
        destination=PLACE,
        commanded_by=COUNTY,
        issued_by="调度员",
        issued_at=now,
        acknowledge_by=now,
    )
    await city.feed(order, COUNTY, "dispatch")
    await city.feed(assumed(city), CITY, "incident")
    (made,) = await recommended(city)
    assert made.counted == ("wanghua-hazmat-1",)


async def test_a_county_s_regrade_brings_the_commanding_city_a_new_recommendation_and_the_county_none(
    city, county
):
    for world in (city, county):
        await world.reported(node=COUNTY)
        await world.feed(assumed(world), CITY, "incident")
        await world.feed(graded(COUNTY, Grade.SIGNIFICANT, revision=2), COUNTY, "incident", sequence=3)
    assert [one.cause for one in await recommended(city)] == ["command", "graded"]
    assert [one.cause for one in await recommended(county)] == ["reported"]
    late = graded(COUNTY, Grade.GENERAL, revision=1)
    await city.feed(late, COUNTY, "incident", sequence=2)
    assert len(await recommended(city)) == 2


async def test_a_recommendation_is_made_anew_whenever_a_person_asks_and_has_its_number(county):
    await county.reported()
    first = (await recommended(county))[0]
    await county.order(first.picks[0].team_id)
    body = {"incident_id": "i-1"}
    again = await county.done("dispatcher", "/recommendations", body)
    assert (again["version"], again["cause"], again["asked_by"]) == (2, "asked", "dispatcher 同志")
    assert again["counted"] == [first.picks[0].team_id]
    assert [one["version"] for one in await county.get("/recommendations?incident_id=i-1")] == [2, 1]
    assert (await county.post("logistics", "/recommendations", body)).status_code == 403
    assert (await county.post("dispatcher", "/recommendations", {"incident_id": "no"})).status_code == 404


async def test_the_city_orders_after_the_county_closed_while_it_commands_and_not_after_its_own_close(city):
    await city.reported(node=COUNTY)
    await city.feed(assumed(city), CITY, "incident")
    await city.feed(closed(city, by=COUNTY), COUNTY, "incident", sequence=2)
    assert await can_order(city, "city-hazmat-1")
    await city.feed(closed(city, by=CITY, lead_revision=2), CITY, "incident", sequence=2)
    assert not await can_order(city, "city-hazmat-2")


async def test_a_county_s_close_that_is_heard_before_the_city_s_own_command_ends_nothing(city):
    await city.reported(node=COUNTY)
    await city.feed(closed(city, by=COUNTY), COUNTY, "incident", sequence=2)
    assert not await can_order(city, "city-hazmat-1")
    await city.feed(assumed(city), CITY, "incident")
    assert await can_order(city, "city-hazmat-1")
    assert [one.cause for one in await recommended(city)] == ["command"]


async def test_the_county_goes_on_when_the_city_has_closed_and_ends_with_its_own_close(county):
    await county.reported()
    await county.feed(assumed(county), CITY, "incident")
    await county.feed(closed(county, by=CITY, lead_revision=2), CITY, "incident", sequence=2)
    assert await can_order(county, "wanghua-hazmat-1")
    await county.feed(graded(COUNTY, Grade.SIGNIFICANT, revision=2), COUNTY, "incident", sequence=2)
    assert (await recommended(county))[-1].cause == "graded"
    await county.feed(closed(county, by=COUNTY), COUNTY, "incident", sequence=3)
    assert not await can_order(county, "wanghua-fire-1")


async def test_an_end_heard_again_after_the_reopening_changes_nothing(county):
    await county.reported()
    ended = closed(county, by=COUNTY)
    reopened = IncidentReopened(
        incident_id="i-1",
        jurisdiction=COUNTY,
        report_id="r-2",
        reason="确认",
        by="值班员",
        reopened_at=county.clock.now(),
    )
    await county.feed(reopened, COUNTY, "incident", sequence=3)
    await county.feed(ended, COUNTY, "incident", sequence=2)
    assert await can_order(county, "wanghua-hazmat-1")
