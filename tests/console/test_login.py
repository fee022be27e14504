"""Logging in: by the issuer's page, the token stays on the server, and nothing leaves the host."""

import httpx
import pytest

from tests.console.conftest import COUNTY

pytestmark = pytest.mark.servers


async def test_a_person_logs_in_sees_their_seat_and_logs_out(room):
    desk = await room.desk()
    await desk.log_in("duty_officer", "commander", name="王芳")
    assert await desk.page.inner_text("header .seat") == "望花区 王芳 · 指挥员、值班员"
    await desk.page.get_by_role("button", name="退出").click()
    await desk.page.wait_for_selector(".welcome")
    await desk.page.reload()
    await desk.page.wait_for_selector(".welcome")


async def test_the_page_never_holds_the_token(room):
    desk = await room.desk()
    await desk.log_in("duty_officer")
    (cookie,) = [one for one in await desk.page.context.cookies() if one["name"] == "liandong_session"]
    assert (cookie["httpOnly"], cookie["sameSite"], "." in cookie["value"]) == (True, "Lax", False)
    assert await desk.page.evaluate("document.cookie.includes('liandong_session')") is False
    stored = await desk.page.evaluate("JSON.stringify([localStorage, sessionStorage])")
    assert "eyJ" not in stored


async def test_a_command_by_cookie_alone_is_refused(room):
    """Another site can make a browser send the cookie, but not the session's own code."""
    desk = await room.desk()
    await desk.log_in("call_taker")
    body = '{"channel": "119", "sector": "fire", "event_type": "12G01", "title": "x", "location": {"lon": 123.782, "lat": 41.842}}'
    asked = "async (body) => (await fetch('/reports', {method: 'POST', headers: {'content-type': 'application/json'}, body})).json()"
    refused = await desk.page.evaluate(asked, body)
    assert (refused["status"], refused["type"]) == (403, "urn:liandong:problem:cross_site")


async def test_light_and_dark_and_both_languages(room):
    desk = await room.desk(color_scheme="dark")
    await desk.log_in("duty_officer")
    background = "getComputedStyle(document.body).backgroundColor"
    dark = await desk.page.evaluate(background)
    await desk.page.get_by_role("button", name="明暗").click()
    assert await desk.page.evaluate(background) != dark
    await desk.page.get_by_role("button", name="English").click()
    assert "duty officer" in await desk.page.inner_text("header .seat")
    await desk.page.reload()
    await desk.page.wait_for_selector("header .seat")
    assert "duty officer" in await desk.page.inner_text("header .seat")
    assert await desk.page.evaluate(background) != dark


@pytest.mark.parametrize(
    "path", ["/console/package.json", "/console/../package.json", "/console/modules/typescript/package.json"]
)
async def test_only_what_a_page_needs_is_served(console_nodes, path):
    async with httpx.AsyncClient(
        base_url=console_nodes.setup.url(COUNTY, "incident"), trust_env=False
    ) as http:
        assert (await http.get(path)).status_code == 404
        page = await http.get("/")
        policy = page.headers["content-security-policy"]
        assert "unsafe" not in policy and "default-src 'none'" in policy


@pytest.mark.parametrize("query", ["", "?state=x&code=y"])
async def test_an_answer_to_no_login_of_this_browser_is_refused(console_nodes, query):
    async with httpx.AsyncClient(
        base_url=console_nodes.setup.url(COUNTY, "incident"), trust_env=False
    ) as http:
        refused = await http.get(f"/login/callback{query}")
        assert (refused.status_code, refused.json()["type"]) == (400, "urn:liandong:problem:login.lost")
        away = await http.get("/login?next=//elsewhere.example/")
        assert away.status_code == 303
        assert "elsewhere" not in str(away.headers)
