"""资源 in a real browser: stock that is promised, shipped, counted and settled, at the node that gives and the one that gets."""

import pytest
from playwright.async_api import expect

from shared.http.auth import Role
from tests.console.conftest import CITY, COUNTY
from tests.console.test_situation import LONG, reported
from tests.integration.desk import Desk as Caller

pytestmark = [pytest.mark.servers, pytest.mark.timeout(180)]
KIND = {"sector": "hazardous_chemicals", "event_type": "12D02"}


async def storekeeper(room, node: str = COUNTY, *roles: str, **options):
    """Somebody who keeps the stock of a node, at 资源 by F10."""
    desk = await room.desk(node, **options)
    await desk.log_in(*(roles or ("logistics",)), name="库管员")
    await desk.page.keyboard.press("F10")
    await desk.page.locator(".supply").wait_for(timeout=LONG)
    return desk


async def filled(scope, name: str, **values: str) -> None:
    """One act with what it asks for, by the keyboard: Enter opens it, Tab goes on, Enter does it."""
    await scope.get_by_role("button", name=name, exact=True).focus()
    page = scope.page
    await page.keyboard.press("Enter")
    form = scope.locator(f'form.act[aria-label="{name}"]')  # the one before may still be closing
    for field, value in values.items():
        box = form.locator(f"[name={field}]")
        if await box.evaluate("(one) => one.tagName") == "SELECT":
            await box.select_option(value)
        else:
            await box.fill(value)
    await form.locator("[name]").last.focus()
    await form.locator("button.main").focus()
    await page.keyboard.press("Enter")


async def test_material_goes_from_the_depot_to_the_scene_and_every_piece_is_accounted_for(room, caller):
    incident = await reported(caller, "资源：口罩送到现场", **KIND)
    desk = await storekeeper(room)
    wish = desk.page.locator("section", has=desk.page.get_by_role("heading", name="物资请求"))
    await filled(wish, "预留本级物资", incident_id=incident, item="gas_mask", quantity="10")
    line = desk.page.locator(".reservation", has_text="口罩送到现场").first
    await line.wait_for(timeout=LONG)
    assert "10" in await line.locator("b").inner_text()
    await filled(line, "出库", carrier="运输一队")
    await expect(line.locator(".state")).to_have_text("运输中", timeout=LONG)
    await filled(line, "签收", received_by="现场库管", quantity="8", damaged="1")
    await expect(line.locator(".late")).to_have_text("差 2，待处理", timeout=LONG)
    await filled(line, "处理差异", outcome="lost", reason="途中散落")
    await expect(line.locator(".late")).to_have_count(0, timeout=LONG)
    await filled(line, "消耗", quantity="7")
    await expect(line.locator(".state")).to_have_text("已用完", timeout=LONG)
    assert await line.locator(".acts button").count() == 0


async def test_what_another_node_asks_for_is_seen_offered_and_counted_there(room, caller):
    incident = await reported(caller, "资源：向市级请求", facts={"deaths": 3}, **KIND)
    await caller.until(
        CITY, "/board", lambda board: any(one["incident_id"] == incident for one in board["rows"])
    )
    county, city = await storekeeper(room), await storekeeper(room, CITY)
    wish = county.page.locator("section", has=county.page.get_by_role("heading", name="物资请求"))
    await filled(wish, "请求外地支援", incident_id=incident, target=CITY, item="gas_mask", quantity="5")
    mine = county.page.locator(".support", has_text="资源：向市级请求").first
    await mine.wait_for(timeout=LONG)
    await expect(mine.locator(".state")).to_have_text("已接受", timeout=LONG)
    theirs = city.page.locator(".reservation", has_text="资源：向市级请求").first
    await theirs.wait_for(timeout=LONG)
    await filled(theirs, "出库", carrier="市应急车队")
    arriving = county.page.locator(".reservation.shipped", has_text="资源：向市级请求")
    await arriving.wait_for(timeout=LONG)
    assert await arriving.get_by_role("button", name="出库").count() == 0
    await filled(arriving, "签收", received_by="区库管", quantity="5", damaged="0")
    await expect(theirs.locator(".state")).to_have_text("已签收", timeout=LONG)
    await city.page.select_option("select[name=county]", COUNTY)
    planned = city.page.locator("section", has=city.page.get_by_role("heading", name="预案所列"))
    await expect(planned.locator("details")).to_have_count(1)
    assert "不是实时数" in await planned.inner_text()


async def test_stock_is_counted_and_a_team_taken_out_with_a_reason_and_what_is_refused_is_told(room, caller):
    desk = await storekeeper(room)
    row = desk.page.locator("tr", has_text="防毒面具").first
    before = int(await row.locator("td").nth(1).inner_text())
    await filled(row, "记变动", kind="receipt", quantity="6", reason="新到")
    await expect(row.locator("td").nth(1)).to_have_text(str(before + 6), timeout=LONG)
    await filled(row, "记变动", kind="loss", quantity="9999999", reason="写错")
    refused = row.locator(".refused")
    await refused.wait_for(timeout=LONG)
    assert await row.locator("input[name=reason]").input_value() == "写错"
    await desk.page.keyboard.press("Escape")
    team = desk.page.locator(".team", has_text="消防").first
    await filled(team, "停用", reason="车辆检修")
    await expect(team.locator(".state")).to_have_text("停用", timeout=LONG)
    await expect(team).to_contain_text("车辆检修", timeout=LONG)
    await filled(team, "恢复执勤", reason="检修完成")
    await expect(team.locator(".state")).to_have_text("待命", timeout=LONG)


async def test_who_changed_a_team_in_between_is_told_to_the_one_who_comes_second(room, caller, console_nodes):
    desk = await storekeeper(room)
    team = desk.page.locator(".team", has_text="消防").first
    resources = Caller(console_nodes, caller._http, "resources")
    token = resources.token(COUNTY, Role.LOGISTICS, who="王库管")

    async def another_is_faster(route):
        path = f"/teams/{route.request.url.split('/')[-2]}/service"
        body = {"version": route.request.post_data_json["version"], "service": "out_of_service"}
        await resources.do(COUNTY, path, {**body, "reason": "爆胎"}, token)
        await route.continue_()

    await desk.page.route("**/resources/teams/*/service", another_is_faster, times=1)
    await filled(team, "停用", reason="车辆检修")
    refused = team.locator(".refused")
    await refused.wait_for(timeout=LONG)
    words = await refused.inner_text()
    assert "其间已由 王库管 于" in words and "现为：停用，爆胎" in words
    await filled(team, "恢复执勤", reason="修好")
    await expect(team.locator(".state")).to_have_text("待命", timeout=LONG)


async def test_who_keeps_no_stock_sees_all_and_is_offered_nothing(room, caller):
    token = caller.token(COUNTY, Role.LOGISTICS)
    assert await caller.see(COUNTY, "/board", token)
    desk = await storekeeper(room, COUNTY, "auditor")
    await desk.page.locator(".team").first.wait_for(timeout=LONG)
    assert await desk.page.locator(".supply .acts button, .supply td button").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_nothing_serious_stands_in_a_storekeeper_s_way(room, caller, scheme):
    await reported(caller, f"资源：无障碍 {scheme}", **KIND)
    desk = await storekeeper(room, color_scheme=scheme, bypass_csp=True)
    await desk.page.locator(".team").first.get_by_role("button").first.click()
    await desk.page.locator("form.act").wait_for()
    assert await desk.serious() == []
