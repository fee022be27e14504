"""A team leader's phone: a small screen, gloves, a tunnel."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from shared.http.auth import Role
from tests.console.conftest import COUNTY, PHONE
from tests.console.test_situation import LONG, reported
from tests.integration.desk import Desk as Caller

pytestmark = [pytest.mark.servers, pytest.mark.timeout(180)]
TEAM = "wanghua-fire-1"


@pytest.fixture
async def sent(caller, dispatching) -> AsyncIterator[tuple[str, str]]:
    """A team that was just sent to a fire: incident and order."""
    incident = await reported(caller, "和平路居民楼六层起火")
    await dispatching.until(COUNTY, f"/recommendations?incident_id={incident}", bool)
    token = dispatching.token(COUNTY, Role.DISPATCHER, who="陈静")
    body = {"incident_id": incident, "team_ids": [TEAM, "wanghua-medical-1"], "task": "灭火救人"}
    given = (await dispatching.do(COUNTY, "/orders", body, token))["orders"]
    yield incident, next(one["order_id"] for one in given if one["team_id"] == TEAM)


async def phone(room, **options):
    desk = await room.desk(**PHONE, **options)
    await desk.log_in("team", name="张队长", team=TEAM)
    return desk


async def order_of(caller: Caller, order: str) -> dict:
    found = await caller.see(COUNTY, "/orders?limit=200", caller.token(COUNTY, Role.DISPATCHER))
    return next(one for one in found if one["order_id"] == order)


def step(desk, name: str):
    return desk.page.get_by_role("button", name=name, exact=True)


async def test_one_tap_each_from_the_order_to_coming_home(room, caller, dispatching, sent):
    _, order = sent
    desk = await phone(room)
    await desk.page.get_by_role("heading", name="和平路居民楼六层起火").wait_for(timeout=LONG)
    text = await desk.page.inner_text(".road")
    assert "灭火救人" in text and "和平路 118 号" in text and "望花急救分队" in text and "陈静" in text
    assert await desk.page.locator("nav.tabs, .command").count() == 0
    for name, status in (("接令", "acknowledged"), ("出动", "departed"), ("到场", "arrived")):
        await step(desk, name).tap()
        await dispatching.until(COUNTY, "/orders?live=true&limit=200", _stands(order, status))
    await step(desk, "归队").tap()
    await step(desk, "任务完成").tap()
    await desk.page.get_by_text("待命，没有命令").wait_for(timeout=LONG)
    done = await order_of(dispatching, order)
    assert (done["status"], done["release_cause"]) == ("released", "completed")


def _stands(order: str, status: str):
    return lambda found: any(one["order_id"] == order and one["status"] == status for one in found)


async def test_taps_in_a_tunnel_are_kept_and_go_out_once_when_the_line_is_back(
    room, caller, dispatching, sent
):
    incident, order = sent
    desk = await phone(room)
    await step(desk, "接令").tap()
    await dispatching.until(COUNTY, "/orders?live=true&limit=200", _stands(order, "acknowledged"))
    await desk.page.context.set_offline(True)
    await step(desk, "出动").tap()
    await step(desk, "到场").tap()
    await desk.page.get_by_text("没有信号：2 步已记下").wait_for(timeout=LONG)
    assert await desk.page.locator(".road-way .done").count() == 4
    assert (await order_of(dispatching, order))["status"] == "acknowledged"
    await desk.page.context.set_offline(False)
    await dispatching.until(COUNTY, "/orders?live=true&limit=200", _stands(order, "arrived"))
    await desk.page.locator(".road-line.good").wait_for(timeout=LONG)
    lines = await caller.until(
        COUNTY,
        f"/incidents/{incident}/timeline?limit=200",
        lambda found: sum("手机无信号" in one["summary"] for one in found) == 2,
    )
    assert sum("到场" in one["summary"] and "望花消防救援一站" in one["summary"] for one in lines) == 1
    desk.forgive("ERR_")


async def test_a_tap_whose_answer_is_lost_is_done_once_and_told_as_no_refusal(room, dispatching, sent):
    _, order = sent
    desk = await phone(room)
    answers, repeated = [], asyncio.Event()

    async def first_is_lost(route):
        answers.append(await route.fetch())
        if len(answers) == 1:
            await route.abort()
            return
        await route.fulfill(response=answers[-1])
        repeated.set()

    await desk.page.route("**/acknowledge", first_is_lost)
    await step(desk, "接令").tap()
    await asyncio.wait_for(repeated.wait(), LONG / 1000)
    assert answers[0].ok
    await desk.page.locator(".road-line.good").wait_for(timeout=LONG)
    await step(desk, "出动").wait_for(timeout=LONG)
    assert await desk.page.locator(".refused").count() == 0
    await step(desk, "出动").tap()
    await dispatching.until(COUNTY, "/orders?live=true&limit=200", _stands(order, "departed"))
    desk.forgive("ERR_FAILED")


async def test_a_tap_survives_that_the_phone_throws_the_page_away_and_a_service_that_is_down(
    room, dispatching, sent, console_nodes
):
    _, order = sent
    desk = await phone(room)
    await step(desk, "接令").wait_for(timeout=LONG)
    console_nodes.children[f"{COUNTY}.dispatch"].kill()
    try:
        await step(desk, "接令").tap()
        await desk.page.get_by_text("没有信号：1 步已记下").wait_for(timeout=LONG)
        await desk.page.reload()
        await desk.page.locator(".road").wait_for(timeout=LONG)
    finally:
        console_nodes.restart_dead()
    await dispatching.until(COUNTY, "/orders?live=true&limit=200", _stands(order, "acknowledged"))
    await step(desk, "出动").wait_for(timeout=LONG)
    desk.forgive("ERR_", "502", "503")


async def test_what_the_desk_did_meanwhile_is_told_and_a_slip_is_undone(room, dispatching, sent):
    _, order = sent
    desk = await phone(room)
    await step(desk, "接令").tap()
    await dispatching.until(COUNTY, "/orders?live=true&limit=200", _stands(order, "acknowledged"))
    await step(desk, "出动").tap()
    await dispatching.until(COUNTY, "/orders?live=true&limit=200", _stands(order, "departed"))
    await step(desk, "撤销").tap()
    await dispatching.until(COUNTY, "/orders?live=true&limit=200", _stands(order, "acknowledged"))
    await step(desk, "出动").wait_for(timeout=LONG)
    await desk.page.context.set_offline(True)
    await step(desk, "出动").tap()
    token = dispatching.token(COUNTY, Role.DISPATCHER)
    await dispatching.do(COUNTY, f"/orders/{order}/release", {"cause": "stood_down"}, token)
    await desk.page.context.set_offline(False)
    await desk.page.locator(".refused").wait_for(timeout=LONG)
    await desk.page.get_by_text("待命，没有命令").wait_for(timeout=LONG)
    assert (await order_of(dispatching, order))["departed_at"] is None
    desk.forgive("ERR_")


async def test_a_team_s_token_reads_no_other_team_s_orders_and_none_without_a_team(
    room, caller, dispatching, sent
):
    token = dispatching._nodes.setup.token("u", "u", [Role.TEAM], COUNTY)
    assert await dispatching.see(COUNTY, "/orders?limit=200", token) == []
    refused = await dispatching.ask(COUNTY, "GET", "/orders/mine", token=token)
    assert (refused.status_code, refused.json()["type"]) == (
        403,
        "urn:liandong:problem:dispatch.not_your_team",
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_everything_is_big_enough_for_a_glove_and_nothing_serious_stands_in_the_way(room, sent, scheme):
    desk = await phone(room, color_scheme=scheme, bypass_csp=True)
    await step(desk, "接令").tap()
    await step(desk, "归队").tap()
    for button in await desk.page.locator(".road-steps button").all():
        box = await button.bounding_box()
        assert box is not None and box["height"] >= 60 and box["width"] >= 120
    assert await desk.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert await desk.serious() == []
