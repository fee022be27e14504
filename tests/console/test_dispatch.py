"""调派 in a real browser, by the keyboard: who is recommended, who is sent, how far they are, what others give."""

from contextlib import contextmanager

import pytest
from playwright.async_api import expect
from sqlalchemy import create_engine, text

from shared.http.auth import Role
from tests.console.conftest import CITY, COUNTY
from tests.console.test_situation import LONG, line, reported

pytestmark = [pytest.mark.servers, pytest.mark.timeout(180)]


async def at_desk(room, caller, title: str, node: str = COUNTY, **options):
    """A dispatcher who has come to 调派 of a new fire by F6."""
    kind = {"sector": "hazardous_chemicals", "event_type": "12D02"}
    incident = await reported(caller, title, facts={"trapped": 1}, **kind)
    desk = await room.desk(node, **options)
    await desk.log_in("dispatcher", "duty_officer", name="陈静")
    await line(desk, title).click(timeout=LONG)
    await desk.page.keyboard.press("F6")
    await desk.page.locator(".picks kbd, .shortfall").first.wait_for(timeout=LONG)
    return desk, incident


@contextmanager
def unheard(console_nodes):
    """The city's dispatch service can't take up what it hears of requests for support; it goes on being read."""
    setup = console_nodes.setup
    engine = create_engine(setup.servers.database_url(setup.database(CITY, "dispatch")))
    with engine.begin() as connection:
        connection.execute(text("LOCK TABLE support_request IN EXCLUSIVE MODE"))
        yield
    engine.dispose()


def send(desk):
    return desk.page.get_by_role("button", name="支队伍")


async def test_all_that_is_recommended_goes_out_by_one_key_and_each_step_is_seen(room, caller, dispatching):
    desk, incident = await at_desk(room, caller, "调派：按推荐")
    rows = await desk.page.locator(".picks tbody tr", has=desk.page.locator("kbd")).all_inner_texts()
    assert rows and all("分钟" in row and "公里" in row for row in rows)
    count = await desk.page.locator(".picks input:checked").count()
    await desk.page.keyboard.press("Control+Enter")
    await expect(desk.page.locator(".order")).to_have_count(count, timeout=LONG)
    assert "已派" in await desk.page.locator(".picks").inner_text()
    await expect(send(desk)).to_be_disabled()
    order = desk.page.locator(".order").first
    for step, state in (("接令", "已接令"), ("出动", "已出动"), ("到场", "已到场")):
        await order.get_by_role("button", name=step, exact=True).focus()
        await desk.page.keyboard.press("Enter")
        await expect(order.locator(".state")).to_have_text(state, timeout=LONG)
    await order.get_by_role("button", name="撤销").click()
    await expect(order.locator(".state")).to_have_text("已出动", timeout=LONG)
    await order.get_by_role("button", name="归队").click()
    await order.get_by_role("button", name="任务完成").click()
    await expect(desk.page.locator(".order.released")).to_have_count(1, timeout=LONG)
    lines = await caller.see(COUNTY, f"/incidents/{incident}/timeline?limit=200")
    assert not any("未按推荐" in one["summary"] for one in lines)


async def test_who_sends_others_than_recommended_says_why_and_it_is_on_record(room, caller, dispatching):
    desk, incident = await at_desk(room, caller, "调派：不按推荐")
    before = await desk.page.locator(".picks input:checked").count()
    await desk.page.keyboard.press("1")
    await expect(desk.page.locator(".picks input:checked")).to_have_count(before - 1)
    await desk.page.keyboard.press("Control+Enter")
    assert await desk.page.locator(".send .refused").inner_text() == "未按推荐派队，请写明理由"
    assert await desk.page.locator(".order").count() == 0
    await desk.page.fill("input[name=reason]", "该队实际更近")
    await desk.page.keyboard.press("Control+Enter")
    await expect(desk.page.locator(".order")).to_have_count(before - 1, timeout=LONG)
    (told,) = {
        one["summary"].partition("（")[2]
        for one in await caller.until(
            COUNTY,
            f"/incidents/{incident}/timeline?limit=200",
            lambda found: any("未按推荐" in one["summary"] for one in found),
        )
        if one["kind"] == "dispatch.order_issued"
    }
    assert told.endswith("（未按推荐：该队实际更近）") or told == "未按推荐：该队实际更近）"


async def test_what_nobody_can_give_stands_in_words_and_a_team_that_another_seat_took_is_named(
    room, caller, dispatching
):
    desk, incident = await at_desk(room, caller, "调派：两个席位")
    token = dispatching.token(COUNTY, Role.DISPATCHER)
    teams = [one["team_id"] for one in await dispatching.see(COUNTY, "/teams", token)]
    await desk.page.route("**/stream*", lambda route: route.abort())
    await desk.page.route("**/dispatch/teams*", lambda route: route.abort())
    body = {"incident_id": incident, "team_ids": teams, "task": "抢先派出"}
    await dispatching.do(COUNTY, "/orders", body, token)
    await desk.page.keyboard.press("Control+Enter")
    refusal = desk.page.locator(".send .refused")
    await refusal.wait_for(timeout=LONG)
    assert "正在执行命令" in await refusal.inner_text()
    await expect(desk.page.locator(".order")).to_have_count(len(teams), timeout=LONG)
    await desk.page.unroute_all()
    await desk.page.get_by_role("button", name="重新推荐").click()
    await caller.until(COUNTY, f"/incidents/{incident}", bool)
    other = await reported(caller, "调派：没有队伍了")
    await desk.page.goto(f"{desk.url}/#/dispatch/{other}")
    shortfall = desk.page.locator(".shortfall")
    await shortfall.first.wait_for(timeout=LONG)
    assert "缺" in await shortfall.first.inner_text()
    desk.forgive("ERR_", "/stream", "/dispatch/teams")


async def test_a_node_is_asked_for_teams_and_lends_what_its_dispatcher_chooses(room, caller, dispatching):
    incident = await reported(caller, "调派：市级请求增援", sector="hazardous_chemicals", event_type="12D02")
    await caller.update(COUNTY, incident, {"facts": {"deaths": 3}, "source": "现场"})
    city = await room.desk(CITY)
    await city.log_in("dispatcher", "duty_officer", name="市级")
    await line(city, "调派：市级请求增援").click(timeout=LONG)
    await city.page.keyboard.press("F6")
    await city.page.locator(".supports .form").wait_for(timeout=LONG)
    await city.page.select_option("select[name=target]", COUNTY)
    await city.page.select_option("select[name=capability]", label="医疗救护")
    await city.page.fill("input[name=support-task]", "支援救护")
    await city.page.get_by_role("button", name="请求增援").click()
    await city.page.locator(".support .state", has_text="待答复").wait_for(timeout=LONG)
    county = await room.desk(COUNTY)
    await county.log_in("dispatcher", name="区级")
    await county.page.goto(f"{county.url}/#/dispatch/{incident}")
    wanted = county.page.locator(".support.requested")
    await wanted.wait_for(timeout=LONG)
    await wanted.locator("input[type=checkbox]").first.check()
    await wanted.get_by_role("button", name="同意增援 1 支").click()
    await county.page.locator(".support .state", has_text="已同意").wait_for(timeout=LONG)
    await city.page.locator(".support .state", has_text="已同意").wait_for(timeout=LONG)
    await city.page.locator(".order", has_text="望花区").wait_for(timeout=LONG)


async def test_an_answer_is_shown_though_this_node_s_dispatch_service_hears_of_it_last(
    room, caller, dispatching, console_nodes
):
    """The incident's timeline tells it first; the page must not be content with what dispatch knew by then."""
    incident = await reported(caller, "调派：迟到的答复", sector="hazardous_chemicals", event_type="12D02")
    await caller.update(COUNTY, incident, {"facts": {"deaths": 3}, "source": "现场"})
    city = await room.desk(CITY)
    await city.log_in("dispatcher", "duty_officer", name="市级")
    await line(city, "调派：迟到的答复").wait_for(timeout=LONG)
    await city.page.goto(f"{city.url}/#/dispatch/{incident}")
    await city.page.locator(".supports .form").wait_for(timeout=LONG)
    body = {
        "incident_id": incident,
        "target": COUNTY,
        "capability": "medical",
        "count": 1,
        "task": "支援救护",
    }
    request = await dispatching.do(
        CITY, "/support-requests", body, dispatching.token(CITY, Role.DUTY_OFFICER)
    )
    path = f"/support-requests/{request['request_id']}"
    await city.page.locator(".support .state", has_text="待答复").wait_for(timeout=LONG)
    waiting = "/support-requests?role=lender&waiting=true&limit=200"
    await dispatching.until(COUNTY, waiting, bool)
    with unheard(console_nodes):
        answer = {"reason": "无车可派"}
        await dispatching.do(COUNTY, f"{path}/decline", answer, dispatching.token(COUNTY, Role.DISPATCHER))
        timeline = f"/incidents/{incident}/timeline?limit=200"
        await caller.until(CITY, timeline, lambda lines: any("无车可派" in one["summary"] for one in lines))
        await city.page.reload()
        await city.page.locator(".support .state", has_text="待答复").wait_for(timeout=LONG)
    await city.page.locator(".support .state", has_text="无法增援").wait_for(timeout=LONG)
    await city.page.keyboard.press("F3")
    await city.page.locator(".timeline li", has_text="无车可派").wait_for(timeout=LONG)


async def test_who_may_only_read_is_offered_nothing_and_an_incident_is_chosen_by_the_command_line(
    room, caller, dispatching
):
    incident = await reported(caller, "调派：只读")
    desk = await room.desk()
    await desk.log_in("auditor")
    await line(desk, "调派：只读").wait_for(timeout=LONG)
    await desk.page.keyboard.press("/")
    await desk.page.keyboard.type(f"dp #{incident[-6:]}")
    await desk.page.keyboard.press("Enter")
    await desk.page.locator(".picks tbody tr").first.wait_for(timeout=LONG)
    assert await desk.page.locator(".forces .form").count() == 0
    assert await desk.page.locator(".picks input:enabled").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_nothing_serious_stands_in_a_dispatcher_s_way(room, caller, dispatching, scheme):
    desk, _ = await at_desk(room, caller, f"调派：无障碍 {scheme}", color_scheme=scheme, bypass_csp=True)
    await desk.page.keyboard.press("Control+Enter")
    await desk.page.locator(".order").first.wait_for(timeout=LONG)
    assert await desk.serious() == []
