"""Other nodes' orders: kept whatever comes first, never moved backwards, and told on to those who do not hear them."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.events.dispatch import (
    AcknowledgementOverdue,
    DestinationChanged,
    OrderAcknowledged,
    OrderEvent,
    OrderIssued,
    OrderStatus,
    StepUndone,
    TeamArrived,
    TeamDeparted,
    TeamReleased,
)
from contracts.values import Location
from services.dispatch.domain import foreign
from services.dispatch.domain.foreign import ForeignOrder
from services.dispatch.tests.test_command import assumed
from services.dispatch.tests.world import PLACE, World, exchange

OTHER, COUNTY, CITY = "210421", "210404", "210400"
NOW = datetime(2031, 5, 6, 7, 8, tzinfo=UTC)
ELSEWHERE = Location(lon=123.8, lat=41.85, address="东门")


def about(order: str = "o-1", number: int = 1) -> dict[str, Any]:
    return {
        "order_id": order,
        "incident_id": "i-1",
        "jurisdiction": OTHER,
        "team_id": "t",
        "order_no": number,
        "team_name": "外县队",
    }


def issued(order: str = "o-1", number: int = 1, commanded_by: str = CITY, now: datetime = NOW) -> OrderIssued:
    return OrderIssued(
        **about(order, number),
        task="增援",
        destination=PLACE,
        commanded_by=commanded_by,
        issued_by="x",
        issued_at=now,
        acknowledge_by=now,
        capabilities=("hazmat",),
    )


def history() -> list[OrderEvent]:
    """A whole life, with a step undone and taken again."""
    minutes = [NOW + timedelta(minutes=one) for one in range(9)]
    return [
        issued(),
        OrderAcknowledged(**about(), acknowledged_at=minutes[1]),
        TeamDeparted(**about(), departed_at=minutes[2]),
        TeamArrived(**about(), arrived_at=minutes[3]),
        StepUndone(
            **about(),
            undone=OrderStatus.ARRIVED,
            status=OrderStatus.DEPARTED,
            by="x",
            undone_at=minutes[4],
        ),
        DestinationChanged(**about(), destination=ELSEWHERE, by="x", changed_at=minutes[5]),
        TeamArrived(**about(), arrived_at=minutes[6]),
        TeamReleased(**about(), reason="任务完成", released_at=minutes[7]),
    ]


def seen(facts: list[tuple[int, OrderEvent]]) -> ForeignOrder:
    """The view after these facts, each with its place in the order's history."""
    newest: dict[str, int] = {}
    view = foreign.unknown(facts[0][1])
    for number, event in facts:
        if isinstance(event, OrderIssued):
            view = foreign.with_issue(view, event)
            continue
        said = [fact for fact in foreign.facts_of(event) if newest.get(fact, 0) <= number]
        newest.update(dict.fromkeys(said, number))
        view = foreign.with_fact(view, event, said)
    return view


@given(st.randoms(), st.integers(1, 8))
def test_in_whatever_order_facts_are_heard_the_view_is_the_same(random: Random, length: int):
    told = list(enumerate(history()[:length], start=1))
    shuffled = list(told)
    random.shuffle(shuffled)
    assert seen(shuffled) == seen(told)


def test_a_step_that_was_undone_is_gone_and_the_new_one_counts():
    told = list(enumerate(history(), start=1))
    assert seen(told[:5]).arrived_at is None
    last = seen(told)
    assert last.arrived_at == NOW + timedelta(minutes=6)
    assert (last.status, last.destination) == (OrderStatus.RELEASED, ELSEWHERE)


async def orders_at(world: World) -> dict[str, dict[str, Any]]:
    return {one["order_id"]: one for one in await world.get("/orders?incident_id=i-1")}


@pytest.mark.servers
async def test_an_order_that_overtakes_its_incident_is_kept_until_that_is_heard(city):
    await city.feed(issued(commanded_by=OTHER, now=city.clock.now()), OTHER, "dispatch")
    assert await orders_at(city) == {}
    await city.reported(node=OTHER)
    assert list(await orders_at(city)) == ["o-1"]


@pytest.mark.servers
async def test_steps_heard_before_the_order_itself_are_not_lost(city):
    await city.reported(node=OTHER)
    await city.feed(TeamDeparted(**about(), departed_at=NOW), OTHER, "dispatch", sequence=3)
    (order,) = (await orders_at(city)).values()
    assert (order["status"], order["issued_at"], order["destination"]) == ("departed", None, None)
    await city.feed(issued(), OTHER, "dispatch", sequence=1)
    await city.feed(OrderAcknowledged(**about(), acknowledged_at=NOW), OTHER, "dispatch", sequence=2)
    (order,) = (await orders_at(city)).values()
    assert (order["status"], order["task"], order["acknowledged_at"] is not None) == (
        "departed",
        "增援",
        True,
    )


@pytest.mark.servers
@pytest.mark.parametrize("first", [1, 2])
async def test_of_two_orders_to_a_team_the_higher_number_stands(city, first):
    await city.reported(node=OTHER)
    for number in (first, 3 - first):
        await city.feed(issued(f"o-{number}", number), OTHER, "dispatch")
    shown = await orders_at(city)
    assert {name: one["superseded"] for name, one in shown.items()} == {"o-1": True, "o-2": False}
    assert [one["order_id"] for one in await city.get("/orders?live=true")] == ["o-2"]


@pytest.mark.servers
async def test_the_silence_of_a_lent_team_reaches_who_commands_and_the_incident_s_own_county(
    city, county, helper
):
    for world in (city, county):
        await world.reported(node=COUNTY)
        await world.feed(assumed(world), CITY, "incident")
    asked = {"incident_id": "i-1", "target": OTHER, "capability": "hazmat", "count": 1, "task": "堵漏"}
    await city.done("officer", "/support-requests", asked)
    await exchange(city, county, helper)
    (lent,) = await helper.events("dispatch.order_issued")
    assert lent.order_id in await orders_at(city)
    (seen_by_county,) = [one for one in (await orders_at(county)).values() if one["jurisdiction"] == OTHER]
    assert (seen_by_county["commanded_by"], seen_by_county["status"]) == (CITY, "issued")
    helper.clock.forward(helper.context.acknowledge_within + timedelta(seconds=5))
    await helper.tick()
    await exchange(city, county, helper)
    for world in (city, county):
        assert (await orders_at(world))[lent.order_id]["overdue_noticed_at"]
    await helper.done("dispatcher", f"/orders/{lent.order_id}/depart")
    await exchange(city, county, helper)
    assert (await orders_at(county))[lent.order_id]["status"] == "departed"
    assert await helper.events("dispatch.acknowledged")


def test_being_overdue_does_not_move_an_order():
    told = AcknowledgementOverdue(**about(), due_at=NOW, noticed_at=NOW)
    view = seen([(1, issued()), (3, TeamDeparted(**about(), departed_at=NOW)), (2, told)])
    assert (view.status, view.overdue_noticed_at) == (OrderStatus.DEPARTED, NOW)
