"""A report stays on file: where it went, who read its caller, and that none vanishes in an incident that is over."""

import pytest
from sqlalchemy import text

from services.incident.tests.world import REPORT

pytestmark = pytest.mark.servers
RECORD = {**REPORT, "channel": "sensor", "external_reference": "A-1"}


async def dismissed(county) -> str:
    """An incident of the record, ended as a false report."""
    told = await county.done("officer", "/reports", RECORD)
    await county.done("officer", f"/incidents/{told['incident_id']}/close", {"outcome": "false_report"})
    return str(told["incident_id"])


async def test_two_sensors_with_the_same_number_are_two_records(county):
    first = await county.done("sensor", "/reports", RECORD)
    second = await county.done("gateway", "/reports", RECORD)
    again = await county.done("sensor", "/reports", RECORD)
    assert first["incident_id"] != second["incident_id"]
    assert again["incident_id"] == first["incident_id"]


async def test_machines_behind_one_gateway_are_told_apart_and_none_speaks_for_another_token(county):
    tank, valve = [
        await county.done("gateway", "/reports", {**RECORD, "source_system": name})
        for name in ("tank", "valve")
    ]
    posing = await county.done("sensor", "/reports", {**RECORD, "source_system": "gateway/tank"})
    assert len({one["incident_id"] for one in (tank, valve, posing)}) == 3
    shown = await county.get("officer", f"/reports/{tank['report_id']}")
    assert (shown["source_system"], shown["external_reference"]) == ("gateway/tank", "A-1")


async def test_a_report_for_a_dismissed_incident_waits_for_a_person(county):
    incident_id = await dismissed(county)
    answer = await county.post("officer", "/reports", {**RECORD, "facts": {"deaths": 3}})
    told = answer.json()
    assert (answer.status_code, told["report_status"], told["status"]) == (202, "parked", "false_report")
    assert told["incident_id"] == incident_id
    (parked,) = await county.events("incident.report_parked")
    assert (parked.report_id, parked.incident_status) == (told["report_id"], "false_report")
    (waiting,) = await county.get("officer", "/reports?status=parked")
    assert waiting["report_id"] == told["report_id"]
    assert waiting["last_step"]["reason_zh"] == "所属事件已认定为误报"


async def test_the_person_opens_the_incident_again_and_its_duties_run_again(county):
    incident_id = await dismissed(county)
    parked = await county.done("officer", "/reports", {**RECORD, "facts": {"deaths": 3}})
    decided = await county.done(
        "officer",
        f"/reports/{parked['report_id']}/disposition",
        {"decision": "reopen_incident", "reason": "现场确认"},
    )
    assert [step["status"] for step in decided["lineage"]] == ["parked", "attached"]
    shown = await county.get("officer", f"/incidents/{incident_id}")
    assert (shown["status"], shown["grade_zh"], shown["facts"]["deaths"]) == ("reported", "较大", 3)
    assert {(due_report["occurrence"], due_report["status"]) for due_report in shown["due_reports"]} == {
        (1, "cancelled"),
        (2, "running"),
    }
    assert (await county.names())[-5:] == [
        "incident.reopened",
        "incident.report_merged",
        "incident.updated",
        "incident.graded",
        "incident.escalated",
    ]
    of_incident = await county.get("officer", f"/reports?incident_id={incident_id}")
    assert {report["status"] for report in of_incident} == {"attached"}


async def test_a_dismissal_makes_its_reports_false_and_a_person_can_take_it_back(county):
    incident_id = await dismissed(county)
    (report,) = await county.get("officer", f"/reports?incident_id={incident_id}")
    assert report["status"] == "false"
    body = {"decision": "reopen_incident", "reason": "误判"}
    again = await county.done("officer", f"/reports/{report['report_id']}/disposition", body)
    assert again["status"] == "attached"
    assert (await county.get("officer", f"/incidents/{incident_id}"))["status"] == "reported"
    assert (await county.names())[-1] == "incident.reopened"


async def test_the_person_opens_an_incident_of_its_own_and_later_repeats_follow_it(county):
    old = await dismissed(county)
    parked = await county.done("officer", "/reports", RECORD)
    decided = await county.done(
        "officer",
        f"/reports/{parked['report_id']}/disposition",
        {"decision": "open_incident", "reason": "是另一起"},
    )
    assert decided["incident_id"] != old
    again = await county.done("officer", "/reports", {**RECORD, "facts": {"deaths": 1}})
    assert (again["incident_id"], again["report_status"]) == (decided["incident_id"], "attached")
    assert (await county.get("officer", f"/incidents/{old}"))["status"] == "false_report"


async def test_a_closed_incident_takes_a_late_count_without_opening_again(county):
    told = await county.done("officer", "/reports", RECORD)
    for step, body in (("controlled", {}), ("close", {"outcome": "ended"})):
        await county.done("officer", f"/incidents/{told['incident_id']}/{step}", body)
    late = await county.done("officer", "/reports", {**RECORD, "facts": {"deaths": 1}})
    assert late["report_status"] == "parked"
    body = {"decision": "attach", "reason": "医院通报"}
    await county.done("officer", f"/reports/{late['report_id']}/disposition", body)
    shown = await county.get("officer", f"/incidents/{told['incident_id']}")
    assert (shown["status"], shown["facts"]["deaths"]) == ("closed", 1)


@pytest.mark.parametrize(("decision", "status"), [("false", "false"), ("abuse", "abuse")])
async def test_a_parked_report_found_false_or_abuse_changes_nothing_but_stays_on_file(
    county, decision, status
):
    incident_id = await dismissed(county)
    parked = await county.done("officer", "/reports", {**RECORD, "facts": {"deaths": 3}})
    body = {"decision": decision, "reason": "回拨核实"}
    decided = await county.done("officer", f"/reports/{parked['report_id']}/disposition", body)
    assert (decided["status"], decided["lineage"][-1]["reason"]) == (status, "回拨核实")
    (refused,) = await county.events("incident.report_refused")
    assert (refused.outcome, refused.incident_id) == (decision, incident_id)
    lines = await county.get("officer", f"/incidents/{incident_id}/timeline")
    assert decided["report_id"] in lines[-1]["summary"]
    shown = await county.get("officer", f"/incidents/{incident_id}")
    assert shown["status"] == "false_report"
    assert shown["facts"].get("deaths") == 0


async def test_what_is_decided_is_not_decided_twice_nor_by_a_call_taker(county):
    told = await county.done("officer", "/reports", RECORD)
    path, body = f"/reports/{told['report_id']}/disposition", {"decision": "abuse", "reason": "x"}
    assert (await county.post("officer", path, body)).status_code == 409
    assert (await county.post("taker", path, body)).status_code == 403
    assert (await county.post("officer", path, {**body, "reason": " "})).status_code == 422
    assert (await county.post("officer", "/reports/none/disposition", body)).status_code == 404


@pytest.mark.parametrize("facts", [{"deaths": 3}, REPORT["facts"]], ids=["news", "nothing new"])
async def test_a_dismissed_incident_takes_nothing_without_being_opened_again(county, facts):
    await dismissed(county)
    parked = await county.done("officer", "/reports", {**RECORD, "facts": facts})
    body = {"decision": "attach", "reason": "x"}
    answer = await county.post("officer", f"/reports/{parked['report_id']}/disposition", body)
    assert answer.status_code == 409
    assert (await county.get("officer", f"/reports/{parked['report_id']}"))["status"] == "parked"


async def test_a_repeat_of_what_was_parked_is_news_once_the_first_is_taken(county):
    incident_id = await dismissed(county)
    for _ in range(2):
        parked = await county.done("officer", "/reports", {**RECORD, "facts": {"deaths": 3}})
        body = {"decision": "reopen_incident", "reason": "确认"}
        await county.post("officer", f"/reports/{parked['report_id']}/disposition", body)
    assert len(await county.events("incident.updated")) == 1
    assert (await county.get("officer", f"/incidents/{incident_id}"))["facts"]["deaths"] == 3


async def test_the_caller_is_read_by_who_needs_to_and_the_reading_is_on_record(county):
    caller = {"name": "张三丰", "phone": "13800009999"}
    told = await county.done(
        "taker", "/reports", {**REPORT, "title": "张先生13812345678称有泄漏", "caller": caller}
    )
    path = f"/reports/{told['report_id']}/caller"
    shown = await county.get("officer", path)
    assert (shown["name"], shown["phone"]) == ("张三丰", "13800009999")
    assert shown["original"] == {"title": "张先生13812345678称有泄漏"}
    assert (await county.post("health", "/reports", REPORT)).status_code == 403
    entries = await audited(county)
    assert ("officer", "report.read_caller", told["report_id"], "accepted") in entries
    assert ("taker", "report.take", told["report_id"], "accepted") in entries


async def audited(county) -> list[tuple[str, str, str, str]]:
    async with county.database.reading() as connection:
        rows = await connection.execute(text("SELECT actor, command, target, outcome FROM audit_entry"))
    return [tuple(row) for row in rows]


async def test_a_machine_reads_the_reports_it_made_and_no_other(county):
    mine = await county.done("sensor", "/reports", RECORD)
    other = await county.done("officer", "/reports", REPORT)
    assert [report["report_id"] for report in await county.get("sensor", "/reports")] == [mine["report_id"]]
    assert (await county.read("sensor", f"/reports/{other['report_id']}")).status_code == 404
    assert (await county.read("sensor", f"/reports/{mine['report_id']}/caller")).status_code == 403
    assert len(await county.get("officer", "/reports")) == 2


async def test_the_list_pages_from_behind_the_last_one_read(county):
    for number in range(3):
        await county.done("officer", "/reports", {**RECORD, "external_reference": f"A-{number}"})
    first = await county.get("officer", "/reports?limit=2")
    rest = await county.get("officer", f"/reports?limit=2&after={first[-1]['report_id']}")
    assert [one["external_reference"] for one in (*first, *rest)] == ["A-2", "A-1", "A-0"]


async def test_a_repeat_joins_the_incident_that_goes_on_not_the_one_that_is_over(county):
    await dismissed(county)
    first, _ = [await county.done("officer", "/reports", RECORD) for _ in range(2)]
    body = {"decision": "open_incident", "reason": "是另一起"}
    opened = await county.done("officer", f"/reports/{first['report_id']}/disposition", body)
    again = await county.done("officer", "/reports", RECORD)
    assert (again["report_status"], again["incident_id"]) == ("attached", opened["incident_id"])


async def test_a_number_in_the_reason_of_a_decision_is_masked_wherever_it_is_shown(county):
    await dismissed(county)
    parked = await county.done("officer", "/reports", RECORD)
    body = {"decision": "false", "reason": "回拨13812345678核实"}
    decided = await county.done("officer", f"/reports/{parked['report_id']}/disposition", body)
    assert decided["lineage"][-1]["reason"] == "回拨138******78核实"
