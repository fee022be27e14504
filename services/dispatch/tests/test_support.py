"""Support between nodes: consent by policy or person, offers that add up, deadlines, the next lender, and ways back."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.events.consultation import ConsultationConcluded, SupportRequest
from contracts.plan.mutual_aid import Lenders, Lending
from services.dispatch.context import Context
from services.dispatch.policy.lending import Stand, lendable
from services.dispatch.tests.test_command import assumed, closed
from services.dispatch.tests.world import World, exchange
from shared.changes import untold
from shared.tests.world import take_noted

OTHER, COUNTY, CITY = "210421", "210404", "210400"
FIRST, SECOND = "fushunxian-hazmat-1", "fushunxian-hazmat-2"
servers = pytest.mark.servers


@given(
    st.integers(0, 20),
    st.integers(0, 20),
    st.integers(0, 20),
    st.integers(1, 20),
    st.floats(0, 1),
    st.integers(0, 5),
)
def test_policy_never_lends_more_than_its_share_nor_what_the_own_area_keeps(
    able, idle, lent, count, share, keep
):
    idle = min(idle, able)
    given_ = lendable(count, Stand(able, idle, lent), Lending(share=share, keep_teams=keep))
    assert 0 <= given_ <= count
    assert given_ == 0 or (given_ + lent <= able * share and idle - given_ >= keep)


def test_where_the_plan_says_nothing_a_person_decides():
    for rule in (Lending(), Lending(share=1.0), Lending(keep_teams=0)):
        assert lendable(3, Stand(9, 9, 0), rule) == 0


def lends(world: World, **mutual_aid: Any) -> None:
    """Another plan for mutual aid."""
    aid = world.context.plan.mutual_aid.model_copy(update=mutual_aid)
    plan = world.context.plan.model_copy(update={"mutual_aid": aid})
    world.context = Context(plan, world.node)
    world.app.state.context = world.context


async def commanding(city: World) -> None:
    await city.reported(node=COUNTY)
    await city.feed(assumed(city), CITY, "incident")


async def asked(world: World, count: int = 2, target: str = OTHER, **more: Any) -> str:
    body = {"incident_id": "i-1", "target": target, "capability": "hazmat", "count": count, "task": "增援"}
    request: dict[str, Any] = await world.done("officer", "/support-requests", body | more)
    return str(request["request_id"])


async def standing(world: World, request: str) -> dict[str, Any]:
    found: list[dict[str, Any]] = await world.get("/support-requests")
    return next(one for one in found if one["request_id"] == request)


@servers
async def test_policy_gives_its_share_a_dispatcher_the_rest_and_offers_add_up(city, helper):
    await commanding(city)
    request = await asked(city)
    await exchange(city, helper)
    (order,) = await helper.events("dispatch.order_issued")
    assert (order.commanded_by, order.request_id, order.capabilities != ()) == (CITY, request, True)
    for world in (city, helper):
        seen = await standing(world, request)
        assert (seen["status"], seen["missing"], len(seen["team_ids"])) == ("partly", 1, 1)
    (waiting,) = await helper.get("/support-requests?role=lender&waiting=true")
    left = ({FIRST, SECOND} - {order.team_id}).pop()
    await helper.done("dispatcher", f"/support-requests/{waiting['request_id']}/offer", {"team_ids": [left]})
    await exchange(city, helper)
    seen = await standing(city, request)
    assert (seen["status"], seen["missing"], set(seen["team_ids"])) == ("offered", 0, {FIRST, SECOND})
    offers = await helper.events("dispatch.support_offered")
    assert [one.offered_by for one in offers] == ["", "dispatcher 同志"]
    assert len(await city.get("/orders?incident_id=i-1")) == 2


@servers
async def test_screens_are_told_of_every_incident_whose_forces_changed(city, helper):
    """Asker and lender alike: of the request, its answer and the order it became at the other node."""
    await commanding(city)
    await asked(city)
    for world in (city, helper):
        await take_noted(world.database)
    await exchange(city, helper)
    for world in (city, helper):
        assert ("force", "i-1") in await take_noted(world.database)
    assert await untold(None, ["i-1"]) == {}


@servers
async def test_without_a_policy_nothing_is_ordered_until_a_dispatcher_consents(city, helper):
    lends(helper, teams=Lending())
    await commanding(city)
    request = await asked(city)
    await exchange(city, helper)
    assert await helper.events() == []
    path = f"/support-requests/{request}"
    assert (await city.post("dispatcher", f"{path}/offer", {"team_ids": [FIRST]})).status_code == 409
    assert (await helper.post("logistics", f"{path}/offer", {"team_ids": [FIRST]})).status_code == 403
    third = {"team_ids": [FIRST, SECOND, "fushunxian-fire-1"]}
    refused = await helper.post("dispatcher", f"{path}/offer", third)
    assert (refused.status_code, refused.json()["errors"][0]["rule"]) == (422, "more_than_asked")
    await helper.done("dispatcher", f"{path}/decline", {"reason": "本县有火情"})
    await exchange(city, helper)
    seen = await standing(city, request)
    assert (seen["status"], seen["reason"]) == ("declined", "本县有火情")
    assert (await helper.post("dispatcher", f"{path}/offer", {"team_ids": [FIRST]})).status_code == 409


@servers
async def test_nobody_idle_is_an_answer_at_once_and_so_is_a_team_lost_to_an_order_meanwhile(city, helper):
    await commanding(city)
    await helper.reported("i-2", node=OTHER)
    await helper.order(FIRST, SECOND, incident="i-2")
    request = await asked(city)
    await exchange(city, helper)
    seen = await standing(city, request)
    named = helper.context.plan.capabilities["hazmat"].name
    assert seen["status"] == "declined" and named in seen["reason"]
    assert len(await helper.events("dispatch.order_issued")) == 2


@servers
async def test_what_a_lender_does_not_give_is_asked_of_the_next_one(city, helper):
    await commanding(city)
    lends(city, lenders=(Lenders(asker=CITY, order=(OTHER, "210411", "210403")),))
    request = await asked(city)
    await exchange(city, helper)
    await helper.done("dispatcher", f"/support-requests/{request}/decline", {"reason": "只能一支"})
    await exchange(city, helper)
    requests = await city.events("dispatch.support_requested")
    assert [(one.target, one.count, one.follows) for one in requests] == [
        (OTHER, 2, None),
        ("210411", 1, request),
    ]
    assert (await standing(city, request))["status"] == "short"


@servers
async def test_a_lender_that_is_silent_is_told_of_and_the_next_one_asked_once(city, helper):
    await commanding(city)
    lends(helper, teams=Lending())
    request = await asked(city, count=1, then=["210411"])
    await exchange(city, helper)
    city.clock.forward(city.context.answer_within + timedelta(seconds=1))
    assert (await city.tick(), await city.tick()) == (1, 0)
    (overdue,) = await city.events("dispatch.support_overdue")
    assert (overdue.request_id, overdue.missing) == (request, 1)
    assert [one.target for one in await city.events("dispatch.support_requested")] == [OTHER, "210411"]
    offer = await helper.post("dispatcher", f"/support-requests/{request}/offer", {"team_ids": [FIRST]})
    assert offer.status_code == 200
    await exchange(city, helper)
    (order,) = await helper.events("dispatch.order_issued")
    held = (await helper.get("/orders"))[0]
    assert (held["order_id"], held["release_cause"]) == (order.order_id, "returned")
    assert (await standing(city, request))["status"] == "lapsed"


@servers
async def test_without_a_next_lender_a_late_answer_still_counts(city, helper):
    await commanding(city)
    lends(helper, teams=Lending())
    request = await asked(city, count=1, then=[])
    await exchange(city, helper)
    city.clock.forward(city.context.answer_within + timedelta(seconds=1))
    assert (await city.tick(), await city.tick()) == (1, 0)
    await exchange(city, helper)
    await helper.done("dispatcher", f"/support-requests/{request}/offer", {"team_ids": [FIRST]})
    await exchange(city, helper)
    assert (await standing(city, request))["status"] == "offered"


@servers
async def test_a_lender_recalls_its_team_and_the_asker_gives_another_back(city, helper):
    await commanding(city)
    lends(helper, teams=Lending(share=1.0, keep_teams=0))
    request = await asked(city, then=["210411"])
    await exchange(city, helper)
    assert (await standing(city, request))["status"] == "offered"
    recall = {"team_ids": [FIRST], "reason": "本县发生火灾"}
    await helper.done("dispatcher", f"/support-requests/{request}/recall", recall)
    await exchange(city, helper)
    seen = await standing(city, request)
    assert (seen["status"], seen["team_ids"], seen["missing"]) == ("short", [SECOND], 1)
    assert [one.target for one in await city.events("dispatch.support_requested")] == [OTHER, "210411"]
    strange = await city.post("officer", f"/support-requests/{request}/return", recall)
    assert (strange.status_code, strange.json()["errors"][0]["rule"]) == (422, "not_lent")
    back = {"team_ids": [SECOND], "reason": "险情排除"}
    await city.done("officer", f"/support-requests/{request}/return", back)
    await exchange(city, helper)
    causes = {one["team_id"]: one["release_cause"] for one in await city.get("/orders?incident_id=i-1")}
    assert causes == {FIRST: "recalled", SECOND: "returned"}
    assert {team["status"] for team in await helper.get("/teams") if team["team_id"] in causes} == {"idle"}
    for order in await helper.get("/orders"):
        assert (await helper.post("dispatcher", f"/orders/{order['order_id']}/undo")).status_code == 409


@servers
@pytest.mark.parametrize("heard_first", ["end", "request"])
async def test_after_the_end_nothing_is_lent_whatever_is_heard_first(city, helper, heard_first):
    await commanding(city)
    lends(helper, teams=Lending())
    request = await asked(city, then=["210411"])
    end = closed(city, by=CITY, lead_revision=2)
    if heard_first == "end":
        await helper.feed(end, CITY, "incident")
        await exchange(city, helper)
        assert (await standing(city, request))["status"] == "declined"
    else:
        await exchange(city, helper)
        await helper.feed(end, CITY, "incident")
        offer = await helper.post("dispatcher", f"/support-requests/{request}/offer", {"team_ids": [FIRST]})
        assert offer.status_code == 409
        await city.feed(end, CITY, "incident", sequence=2)
        await exchange(city, helper)
        for world in (city, helper):
            assert (await standing(world, request))["status"] == "withdrawn"
    assert await helper.events("dispatch.order_issued") == []


@servers
async def test_teams_stay_out_when_the_incident_ends_until_somebody_lets_them_go(city, helper):
    await commanding(city)
    lends(helper, teams=Lending(share=1.0, keep_teams=0))
    await asked(city)
    await exchange(city, helper)
    end = closed(city, by=CITY, lead_revision=2)
    for world in (city, helper):
        await world.feed(end, CITY, "incident", sequence=2)
    await exchange(city, helper)
    assert len(await helper.get("/orders?live=true")) == 2


def concluded(world: World, *asked_for: SupportRequest, node: str = CITY) -> ConsultationConcluded:
    return ConsultationConcluded(
        consultation_id="c-1",
        incident_id="i-1",
        jurisdiction=node,
        conclusion="增援",
        support=asked_for,
        concluded_at=world.clock.now(),
    )


@servers
async def test_each_request_of_a_conclusion_stands_alone(city):
    await commanding(city)
    asked_for = [
        SupportRequest(target="210999", capability="hazmat", count=1),
        SupportRequest(target=OTHER, capability="magic", count=1),
        SupportRequest(target=OTHER, capability="hazmat", count=2),
    ]
    await city.feed(concluded(city, *asked_for), CITY, "incident")
    (requested,) = await city.events("dispatch.support_requested")
    assert (requested.target, requested.count) == (OTHER, 2)
    found = await city.get("/support-requests?incident_id=i-1")
    declined = {(one["target"], one["status"]) for one in found if one["status"] == "declined"}
    assert declined == {("210999", "declined"), (OTHER, "declined")}
    assert all(one["reason"] for one in found if one["status"] == "declined")


@servers
async def test_a_conclusion_that_overtakes_its_incident_asks_when_that_is_heard(city):
    wanted = SupportRequest(target=OTHER, capability="hazmat", count=1)
    await city.feed(concluded(city, wanted), CITY, "incident")
    assert await city.events() == []
    await commanding(city)
    (requested,) = await city.events("dispatch.support_requested")
    assert (requested.target, requested.task) == (OTHER, "液氯泄漏")


@servers
@pytest.mark.parametrize("reported_first", [True, False])
async def test_two_replicas_that_hear_of_incident_and_conclusion_at_the_same_time_miss_neither(
    city, reported_first
):
    wanted = SupportRequest(target=OTHER, capability="hazmat", count=1)
    events = [city.report(), concluded(city, wanted)]
    first, second = events if reported_first else reversed(events)
    async with city.database.begin(city.clock.now(), cause="one replica") as unit:
        await city.handle(unit, first, CITY, "incident")
        other = asyncio.create_task(city.feed(second, CITY, "incident"))
        await asyncio.wait({other}, timeout=0.3)
    await other
    (requested,) = await city.events("dispatch.support_requested")
    assert requested.target == OTHER


@servers
async def test_a_neighbour_cannot_be_asked_past_the_city(county):
    await county.reported()
    body = {"incident_id": "i-1", "target": OTHER, "capability": "hazmat", "count": 1, "task": "x"}
    for target, then in ((OTHER, []), (CITY, [OTHER])):
        refused = await county.post("officer", "/support-requests", body | {"target": target, "then": then})
        assert (refused.status_code, refused.json()["errors"][0]["rule"]) == (422, "not_linked")


@servers
async def test_a_request_can_be_withdrawn_and_handed_on_by_a_person(city, helper):
    await commanding(city)
    lends(helper, teams=Lending())
    first, second = await asked(city, then=["210411"]), await asked(city, then=["210411"])
    await city.done("officer", f"/support-requests/{first}/withdraw", {"reason": "够了"})
    await city.done("officer", f"/support-requests/{second}/next", {"reason": "电话里说没有"})
    await exchange(city, helper)
    assert (await standing(helper, first))["status"] == "withdrawn"
    assert (await standing(city, second))["status"] == "lapsed"
    assert [one.target for one in await city.events("dispatch.support_requested")] == [OTHER, OTHER, "210411"]
    assert (
        await city.post("officer", f"/support-requests/{first}/withdraw", {"reason": "x"})
    ).status_code == 409
