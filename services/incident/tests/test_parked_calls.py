"""Calls that are no report are kept with their reason and can be traced; a silent one may be real."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from services.incident.tests.test_privacy import decided
from services.incident.tests.world import REPORT
from services.incident.ticks import call_retention
from shared.ticks import fire

pytestmark = pytest.mark.servers
PHONE = "13800138000"
SILENT = {"channel": "110", "reason": "silent", "note": "无应答，背景有哭声", "phone": PHONE}


async def parked(world, **changes):
    return await world.done("taker", "/intake/calls", {**SILENT, **changes})


async def test_a_silent_call_that_becomes_real(county):
    """Nobody speaks; calling back twice, somebody whispers: the report has the number of the silent call."""
    call = await parked(county, place={"words": "基站：望花区", "lon": 123.78, "lat": 41.84})
    assert (call["status"], call["phone"], call["same_number"]) == ("parked", "138******00", 1)
    path = f"/intake/calls/{call['call_id']}"
    assert (await county.get("taker", f"{path}/caller"))["phone"] == PHONE
    await county.done("taker", f"{path}/notes", {"note": "回拨两次，无人接听"})
    county.clock.forward(timedelta(minutes=3))
    told = await county.done("taker", "/reports", {**REPORT, "call_id": call["call_id"]})
    caller = await county.get("taker", f"/reports/{told['report_id']}/caller")
    assert (caller["phone"], caller["place"]["words"]) == (PHONE, "基站：望花区")
    (found,) = await county.get("officer", "/intake/calls")
    assert (found["status"], found["report_id"]) == ("reported", told["report_id"])
    assert [step["status"] for step in found["lineage"]] == ["parked", "parked", "reported"]
    assert (await county.get("officer", f"/reports/{told['report_id']}"))["call_id"] == call["call_id"]
    again = await county.post("taker", "/reports", {**REPORT, "call_id": call["call_id"]})
    assert again.status_code == 409, "a call becomes one report"
    assert len(await county.events("incident.reported")) == 1


async def test_a_report_taken_before_the_number_was_known_is_found_to_be_of_the_same_caller(county):
    call = await parked(county)
    report = (await county.done("taker", "/reports", REPORT))["report_id"]
    path = f"/intake/calls/{call['call_id']}/became"
    assert (await county.post("taker", path, {"report_id": "nothing"})).status_code == 404
    told = await county.done("taker", path, {"report_id": report})
    assert (told["status"], told["report_id"]) == ("reported", report)
    assert (await county.post("taker", path, {"report_id": report})).status_code == 409


@pytest.mark.parametrize("reason", ["wrong_number", "abuse", "no_event"])
async def test_what_is_nothing_is_settled_with_its_reason_and_counted_by_number(county, reason):
    await parked(county, reason=reason)
    call = await parked(county, reason=reason)
    assert (call["status"], call["reason"], call["same_number"]) == ("settled", reason, 2)
    assert await county.get("taker", "/intake/calls?status=parked") == []
    found = await county.done("taker", "/intake/calls/search", {"phone": PHONE})
    assert (found[0]["call_id"], len(found)) == (call["call_id"], 2)
    assert await county.done("taker", "/intake/calls/search", {"phone": "13900000000"}) == []


async def test_a_silent_call_is_settled_by_whoever_has_found_out(county):
    call = await parked(county)
    body = {"note": "回拨：小孩误触"}
    told = await county.done("taker", f"/intake/calls/{call['call_id']}/settle", body)
    assert (told["status"], told["lineage"][-1]["note"]) == ("settled", "回拨：小孩误触")
    assert (await county.post("taker", f"/intake/calls/{call['call_id']}/settle", body)).status_code == 409
    real = await county.post("taker", "/reports", {**REPORT, "call_id": call["call_id"]})
    assert real.status_code == 201, "also a settled one may turn out to be real"


async def test_who_may_not_take_calls_parks_none_and_nonsense_is_refused(county):
    assert (await county.post("gateway", "/intake/calls", SILENT)).status_code == 403
    assert (await county.read("health", "/intake/calls")).status_code == 403
    for wrong in ({"reason": "boring"}, {"channel": "999"}, {"place": {"lon": 123.0}}, {"surprise": 1}):
        assert (await county.post("taker", "/intake/calls", {**SILENT, **wrong})).status_code == 422
    half = await county.post("taker", "/intake/calls", {**SILENT, "place": {"lon": 123.0}})
    (error,) = half.json()["errors"]
    assert (error["field"], error["rule"]) == ("place", "half_a_place")
    assert "须一起填写" in error["message"]
    assert (await county.post("taker", "/reports", {**REPORT, "call_id": "nothing"})).status_code == 404
    assert await county.events() == []


async def test_the_number_is_in_no_log_and_goes_after_the_plan_s_time_unless_somebody_has_still_to_look(
    county,
):
    open_, settled = await parked(county), await parked(county, reason="abuse")
    async with county.database.reading() as connection:
        rows = await connection.execute(text("SELECT CAST(t AS text) FROM audit_entry t"))
    assert not [row for (row,) in rows if PHONE in row]
    county.clock.forward(timedelta(days=30, minutes=1))
    async with county.database.begin(county.clock.now(), cause="tick") as unit:
        await fire(call_retention(decided(30)), unit)
    phones = [
        (await county.get("officer", f"/intake/calls/{one['call_id']}/caller"))["phone"]
        for one in (open_, settled)
    ]
    assert phones == [PHONE, None]


async def test_where_a_caller_is_stands_apart_from_where_it_happened(county):
    caller = {"name": "王某", "phone": PHONE, "place": {"words": "河对岸 12 楼"}}
    told = await county.done("taker", "/reports", {**REPORT, "caller": caller})
    kept = await county.get("taker", f"/reports/{told['report_id']}/caller")
    assert kept["place"] == {"words": "河对岸 12 楼"}
    for table in ("outbox", "timeline", "audit_entry", "incident", "report"):
        async with county.database.reading() as connection:
            rows = await connection.execute(text(f"SELECT CAST(t AS text) FROM {table} t"))
        assert not [row for (row,) in rows if "河对岸" in row]
