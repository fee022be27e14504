"""The timeline only grows, is read without a gap, and is set right by lines of its own."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.incident.domain.timeline import Entry
from services.incident.store import timeline

pytestmark = pytest.mark.servers


@pytest.mark.parametrize(
    "change", ["UPDATE timeline SET summary = ''", "DELETE FROM timeline", "TRUNCATE timeline"]
)
async def test_no_line_is_changed_or_removed(county, change):
    incident = await county.reported()
    before = await county.get("officer", f"/incidents/{incident}/timeline")
    with pytest.raises(DBAPIError, match="append-only"):
        async with county.database.begin(county.clock.now(), cause="test") as unit:
            await unit.connection.execute(text(change))
    assert await county.get("officer", f"/incidents/{incident}/timeline") == before
    assert before


def line(world, incident: str, said: str) -> Entry:
    return Entry(incident, "incident.noted", world.node, "officer", world.clock.now(), said, said)


async def read_on(world, incident: str, seen: list[str], after: int = 0) -> int:
    """Read from behind the last line seen, as a page does; the number of the last one now."""
    page = await world.get("officer", f"/incidents/{incident}/timeline?limit=200&after={after}")
    seen += [one["summary"] for one in page]
    return max([after, *(one["entry_id"] for one in page)])


async def test_a_line_that_is_committed_late_is_not_skipped_by_whoever_reads_on(county):
    incident = await county.reported()
    seen: list[str] = []
    after = await read_on(county, incident, seen)
    async with county.database.begin(county.clock.now(), cause="slow") as unit:
        await timeline.append(unit, [line(county, incident, "slow")])
        quick = asyncio.create_task(county.done("officer", f"/incidents/{incident}/notes", {"note": "quick"}))
        await asyncio.sleep(0.3)
        after = await read_on(county, incident, seen, after)
    await quick
    await read_on(county, incident, seen, after)
    assert seen[-2:] == ["slow", "quick"]


async def test_lines_that_come_before_their_incident_wait_for_each_other_too(city):
    now = city.clock.now()
    order = list[str]()

    async def late() -> None:
        async with city.database.begin(now, cause="late") as unit:
            await timeline.append(unit, [line(city, "i-9", "second")])
            order.append("second")

    async with city.database.begin(now, cause="early") as unit:
        await timeline.append(unit, [line(city, "i-9", "first")])
        second = asyncio.create_task(late())
        await asyncio.sleep(0.3)
        order.append("first")
    await second
    assert order == ["first", "second"]


async def test_many_write_at_once_and_a_reader_sees_each_line_once_in_the_order_of_its_number(county):
    incident = await county.reported()
    seen: list[str] = []
    after = await read_on(county, incident, seen)
    opened = len(seen)
    path = f"/incidents/{incident}/notes"
    writing = [asyncio.create_task(county.done("officer", path, {"note": f"n-{i}"})) for i in range(30)]
    while not all(one.done() for one in writing):
        after = await read_on(county, incident, seen, after)
        await asyncio.sleep(0.005)
    await read_on(county, incident, seen, after)
    whole: list[str] = []
    await read_on(county, incident, whole)
    assert seen == whole
    assert sorted(seen[opened:]) == sorted(f"n-{i}" for i in range(30))


async def test_a_wrong_line_stays_and_another_one_sets_it_right_at_both_nodes(county, city):
    incident = await county.reported()
    await city.hear(county)
    path = f"/incidents/{incident}/notes"
    seen_at = (county.clock.now() - timedelta(minutes=20)).isoformat()
    wrong = await county.done("taker", path, {"note": "一号储罐泄漏", "noted_at": seen_at})
    assert datetime.fromisoformat(wrong["occurred_at"]) == datetime.fromisoformat(seen_at)
    assert datetime.fromisoformat(wrong["entered_at"]) == county.clock.now()
    right = await county.done("officer", path, {"note": "是二号储罐", "corrects": wrong["entry_id"]})
    assert (right["corrects"], right["summary"]) == (wrong["entry_id"], "更正“一号储罐泄漏”：是二号储罐")
    lines = await county.get("officer", f"/incidents/{incident}/timeline?limit=200")
    assert [one["summary"] for one in lines[-2:]] == ["一号储罐泄漏", "更正“一号储罐泄漏”：是二号储罐"]
    await city.hear(county)
    told = await city.get("officer", f"/incidents/{incident}/timeline?limit=200")
    assert told[-1]["summary"] == "更正“一号储罐泄漏”：是二号储罐"
    assert datetime.fromisoformat(told[-2]["occurred_at"]) == datetime.fromisoformat(seen_at)


async def test_a_note_on_no_line_of_the_incident_or_from_the_future_is_refused_by_its_field(county):
    incident, other = await county.reported(), await county.reported()
    theirs = (await county.get("officer", f"/incidents/{other}/timeline"))[0]["entry_id"]
    path = f"/incidents/{incident}/notes"
    refused = await county.post("officer", path, {"note": "x", "corrects": theirs})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "corrects")
    later = (county.clock.now() + timedelta(hours=1)).isoformat()
    refused = await county.post("officer", path, {"note": "x", "noted_at": later})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "noted_at")
    assert (await county.post("health", path, {"note": "x"})).status_code == 403


async def test_an_update_stands_at_the_time_it_was_stated_and_says_when_it_was_entered(county):
    incident = await county.reported()
    stated = county.clock.now() - timedelta(hours=2)
    body = {"facts": {"deaths": 1}, "source": "医院", "stated_at": stated.isoformat()}
    await county.update("officer", incident, body)
    lines = await county.get("officer", f"/incidents/{incident}/timeline?limit=200")
    (update,) = [one for one in lines if one["kind"] == "incident.updated"]
    assert datetime.fromisoformat(update["occurred_at"]) == stated
    assert datetime.fromisoformat(update["entered_at"]) == county.clock.now()
