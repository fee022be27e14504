"""Live data: what is committed reaches a listening page at once, and whoever missed something is told to read anew."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from shared.http.auth import Role
from tests.console.conftest import COUNTY
from tests.integration.desk import Desk

pytestmark = pytest.mark.servers
REPORT = {
    "channel": "119",
    "sector": "hazardous_chemicals",
    "event_type": "12D02",
    "title": "液氯储罐阀门泄漏",
    "location": {"lon": 123.782, "lat": 41.842},
}


class Ear:
    """What a page hears."""

    def __init__(self) -> None:
        self.events: asyncio.Queue[tuple[str, dict[str, Any], str]] = asyncio.Queue()

    async def listen(self, answer: httpx.Response) -> None:
        event: dict[str, str] = {}
        async for line in answer.aiter_lines():
            if line:
                name, _, value = line.partition(": ")
                event[name] = value
            elif event:
                self.events.put_nowait((event["event"], json.loads(event["data"]), event.get("id", "")))
                event = {}

    async def next(self, kind: str, seconds: float = 10) -> tuple[dict[str, Any], str]:
        """The next event of a kind: its data and revision."""
        async with asyncio.timeout(seconds):
            while True:
                found, data, revision = await self.events.get()
                if found == kind:
                    return data, revision

    async def change_of(self, incident: str) -> tuple[dict[str, Any], str]:
        """The next row of an incident."""
        while True:
            data, revision = await self.next("change")
            if (data["topic"], data["key"]) == ("incident", incident):
                return data["row"], revision


@pytest.fixture
async def desk(console_nodes) -> AsyncIterator[Desk]:
    async with httpx.AsyncClient(trust_env=False, timeout=30) as http:
        yield Desk(console_nodes, http)


@asynccontextmanager
async def listening(console_nodes, token: str, since: str = "") -> AsyncIterator[Ear]:
    url = console_nodes.setup.url(COUNTY, "incident") + "/stream"
    headers = {"authorization": f"Bearer {token}", **({"last-event-id": since} if since else {})}
    ear = Ear()
    async with (
        httpx.AsyncClient(trust_env=False, timeout=30) as http,
        http.stream("GET", url, headers=headers) as answer,
    ):
        assert answer.headers["content-type"].startswith("text/event-stream")
        hearing = asyncio.create_task(ear.listen(answer))
        try:
            yield ear
        finally:
            hearing.cancel()
            await asyncio.wait([hearing])


async def opened(desk: Desk, **changes: object) -> str:
    return str((await desk.do(COUNTY, "/reports", {**REPORT, **changes}))["incident_id"])


async def until_live(desk: Desk) -> str:
    """The board's revision once the stream is heard."""
    board = await desk.until(COUNTY, "/board", lambda found: found["live"])
    return str(board["revision"])


async def test_a_report_and_what_follows_reach_a_page_that_listens(desk, console_nodes):
    await until_live(desk)
    async with listening(console_nodes, desk.token(COUNTY)) as ear:
        assert (await ear.next("feed"))[0] == {"live": True}
        incident = await opened(desk)
        row, _ = await ear.change_of(incident)
        assert (row["title"], row["grade_zh"], row["status"]) == (REPORT["title"], "一般", "reported")
        assert row["next_due_at"] is not None
        update = {"facts": {"deaths": 3}, "source": "现场"}
        await desk.update(COUNTY, incident, update)
        while row["grade"] != "significant":
            row, _ = await ear.change_of(incident)
        (same,) = [
            one for one in (await desk.see(COUNTY, "/board"))["rows"] if one["incident_id"] == incident
        ]
        assert row == same
        await ear.next("beat")


async def test_a_page_that_was_away_is_told_what_it_missed(desk, console_nodes):
    revision = await until_live(desk)
    incident = await opened(desk)
    await until_told(desk, revision)
    async with listening(console_nodes, desk.token(COUNTY), revision) as ear:
        row, later = await ear.change_of(incident)
        assert row["incident_id"] == incident
    async with listening(console_nodes, desk.token(COUNTY), later) as ear:
        with pytest.raises(TimeoutError):
            await ear.next("reset", 1)


async def until_told(desk: Desk, revision: str) -> None:
    await desk.until(COUNTY, "/board", lambda found: found["revision"] != revision)


async def test_a_page_that_was_away_for_too_long_or_says_nonsense_reads_anew(desk, console_nodes):
    await until_live(desk)
    era = (await until_live(desk)).partition(":")[0]
    for since in (f"{era}:1-0", "another:1-0", f"{era}:nonsense", "nonsense"):
        async with listening(console_nodes, desk.token(COUNTY), since) as ear:
            await ear.next("reset")


async def test_a_department_hears_of_its_own_incidents_only_and_not_what_the_watch_owes(desk, console_nodes):
    await until_live(desk)
    token = desk.token(COUNTY, Role.DEPARTMENT, who="health", department="health")
    async with listening(console_nodes, token) as ear:
        await ear.next("feed")
        foreign = await opened(desk)
        mine = await opened(desk)
        body = {"matter": "救治", "departments": ["health"]}
        await desk.do(COUNTY, f"/incidents/{mine}/consultations", body)
        row, _ = await ear.change_of(mine)
        assert (row["next_due_at"], row["reports_late"]) == (None, None)
        heard = [data for kind, data, _ in list(ear.events._queue) if kind == "change"]
        assert foreign not in json.dumps(heard)


async def test_who_logged_out_hears_no_more(room, desk):
    """A page of the same session, left open elsewhere, is cut off too."""
    seat = await room.desk()
    await seat.log_in("duty_officer")
    (cookie,) = [one for one in await seat.page.context.cookies() if one["name"] == "liandong_session"]
    url = seat.url + "/stream"
    headers = {"cookie": f"liandong_session={cookie['value']}"}
    async with (
        httpx.AsyncClient(trust_env=False, timeout=30) as http,
        http.stream("GET", url, headers=headers) as answer,
    ):
        listening_on = asyncio.create_task(Ear().listen(answer))
        await asyncio.sleep(1)
        assert not listening_on.done()
        await seat.page.get_by_role("button", name="退出").click()
        async with asyncio.timeout(15):
            await listening_on
        again = await http.get(url, headers=headers)
        assert again.status_code == 401


async def test_without_valkey_the_page_is_told_and_with_it_again_reads_anew(desk, console_nodes, servers):
    await until_live(desk)
    assert servers.valkey is not None
    async with listening(console_nodes, desk.token(COUNTY)) as ear:
        await ear.next("feed")
        servers.valkey.kill()
        try:
            assert (await ear.next("feed"))[0] == {"live": False}
            incident = await opened(desk)
            rows = (await desk.see(COUNTY, "/board"))["rows"]
            assert incident in {one["incident_id"] for one in rows}
        finally:
            servers.valkey.start()
        assert (await ear.next("feed", 15))[0] == {"live": True}
        await ear.next("reset", 15)
    async with listening(console_nodes, desk.token(COUNTY)) as ear:
        await until_live(desk)
        after = await opened(desk)
        await ear.change_of(after)
