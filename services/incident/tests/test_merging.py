"""Two incidents that turn out to be one, one that turns out to be two, and what hangs together."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from services.incident.tests.orders import issued

pytestmark = pytest.mark.servers

ROAD = {"sector": "road_traffic", "event_type": "12H01", "title": "和平路车辆追尾"}
WHY = {"reason": "现场核实"}


@pytest.fixture
async def two(county):
    """The first call's incident, and a second one a minute later, about the same leak."""
    first = await county.reported(facts={"deaths": 0})
    county.clock.forward(timedelta(minutes=1))
    return first, await county.reported(title="化工园有刺鼻气味", facts={"serious_injuries": 2})


async def shown(world, incident):
    return await world.get("officer", f"/incidents/{incident}")


async def decided(world, incident, what, **body):
    version = (await shown(world, incident))["version"]
    return await world.post("officer", f"/incidents/{incident}/{what}", {"version": version, **WHY, **body})


async def done(world, incident, what, **body):
    answer = await decided(world, incident, what, **body)
    assert answer.is_success, answer.text
    return answer.json()


async def updated(world, incident, **facts):
    await world.update("officer", incident, {"facts": facts, "source": "现场"})


async def lineage(world, report):
    return [
        (step["status"], step["incident_id"], step["reason_zh"])
        for step in (await world.get("officer", f"/reports/{report}"))["lineage"]
    ]


async def test_the_later_is_merged_into_the_earlier_which_learns_what_was_said_and_keeps_both_callers(
    county, two
):
    first, second = two
    call = await county.done(
        "taker",
        "/reports",
        {
            "channel": "110",
            **ROAD,
            "location": {"lon": 123.78, "lat": 41.84},
            "incident_id": second,
            "caller": {"name": "王某", "phone": "13800138000"},
            "facts": {"deaths": 1},
        },
    )
    merged = await done(county, second, "merge", into=first)
    assert (merged["status"], merged["merged_into"]) == ("merged", first)
    stays = await shown(county, first)
    assert (stays["facts"]["deaths"], stays["facts"]["serious_injuries"], stays["reports"]) == (1, 2, 3)
    assert [(one["kind"], one["reverse"], one["title"]) for one in stays["related"]] == [
        ("merged_into", True, "化工园有刺鼻气味")
    ]
    assert (await shown(county, second))["related"][0]["incident_id"] == first
    assert [step[1:] for step in await lineage(county, call["report_id"])] == [
        (second, "接警员认定为同一事件，并入"),
        (first, "随事件合并，并入"),
    ]
    assert (await county.get("taker", f"/reports/{call['report_id']}/caller"))["phone"] == "13800138000"
    (told,) = await county.events("incident.merged")
    (absorbed,) = await county.events("incident.absorbed")
    assert (told.incident_id, told.into) == (second, first)
    assert (absorbed.incident_id, absorbed.absorbed, absorbed.reports) == (first, second, 2)


async def test_a_merged_incident_owes_nothing_and_what_it_is_merged_into_owes_for_both(county, two):
    first, second = two
    await updated(county, second, deaths=3)
    await done(county, second, "merge", into=first)
    assert {one["status"] for one in (await shown(county, second))["due_reports"]} == {"cancelled"}
    stays = await shown(county, first)
    assert (stays["grade"], stays["escalated_to"]) == ("significant", "210400")
    assert "running" in {one["status"] for one in stays["due_reports"]}
    board = await county.get("officer", "/incidents?open=true")
    assert [row["incident_id"] for row in board] == [first]


async def test_the_earlier_is_not_merged_into_the_later(county, two):
    first, second = two
    refused = await decided(county, first, "merge", into=second)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "into")
    assert "请把“化工园有刺鼻气味”并入“液氯储罐阀门泄漏”" in refused.text
    assert (await decided(county, first, "merge", into=first)).status_code == 422
    assert (await decided(county, first, "merge", into="nothing")).status_code == 404


async def test_nothing_is_merged_on_an_old_version_nor_without_one_nor_into_what_is_over(county, two):
    first, second = two
    body = {"into": first, **WHY}
    assert (await county.post("officer", f"/incidents/{second}/merge", body)).status_code == 422
    await updated(county, second, deaths=1)
    stale = await county.post("officer", f"/incidents/{second}/merge", {**body, "version": 1})
    assert (stale.status_code, stale.json()["errors"][0]["rule"]) == (409, "stale_version")
    await county.done("officer", f"/incidents/{first}/close", {"outcome": "false_report"})
    over = await decided(county, second, "merge", into=first)
    assert (over.status_code, "已经结束" in over.text) == (409, True)


async def test_while_a_response_runs_or_teams_are_out_nothing_is_merged_silently(county, two):
    first, second = two
    body = {"level": "IV", "matter": "泄漏", "expected_duration_hours": 2, "measures": ["疏散"]}
    await county.done("commander", f"/incidents/{second}/response", body)
    assert (await decided(county, second, "merge", into=first)).status_code == 409
    await county.done("commander", f"/incidents/{second}/response/end", {"reason": "转入另一事件"})
    await county.feed(issued(second, county.clock.now()), "210404", "dispatch")
    refused = await decided(county, second, "merge", into=first)
    assert (refused.status_code, "teams_stay_out" in refused.text) == (409, True)
    await done(county, second, "merge", into=first, teams_stay_out=True)
    separated = await done(county, second, "unmerge")
    assert separated["status"] == "responding", "its teams are out"


async def test_a_merger_is_undone_after_two_hours_of_updates_on_both(county, city, two):
    """Each has what was said of it, before, during and after, on both nodes, as if they had never been one."""
    first, second = two
    await updated(county, first, deaths=1)
    await done(county, second, "merge", into=first)
    for minutes, (incident, facts) in enumerate(
        [(first, {"missing": 4}), (second, {"deaths": 10}), (first, {"trapped": 2}), (second, {"missing": 9})]
    ):
        county.clock.forward(timedelta(minutes=30 + minutes))
        await updated(county, incident, **facts)
    during = await shown(county, first)
    assert (during["facts"]["deaths"], during["facts"]["missing"], during["facts"]["trapped"]) == (10, 9, 2)
    assert (during["grade"], during["escalated_to"]) == ("major", "210400")
    handed_on = [event.incident_id for event in await county.events("incident.escalated")]
    assert handed_on == [first], "the merged one is not handed on by itself"
    await city.hear(county)
    assert (await shown(city, first))["facts"] == during["facts"]
    assert (await shown(city, second))["status"] == "merged"
    separated = await done(county, second, "unmerge", reason="相距 600 米，是另一处")
    left = await shown(county, first)
    assert (separated["status"], separated["merged_into"]) == ("reported", None)
    assert {name: left["facts"][name] for name in ("deaths", "missing", "trapped")} == {
        "deaths": 1,
        "missing": 4,
        "trapped": 2,
    }
    assert left["facts"]["serious_injuries"] is None, "it was said of the other one"
    assert (separated["facts"]["deaths"], separated["facts"]["missing"]) == (10, 9)
    assert (separated["grade"], left["grade"]) == ("major", "general")
    assert separated["escalated_to"] == "210400", "it is of its own again, and grave"
    assert [left["reports"], (await shown(county, second))["reports"]] == [1, 1]
    assert "running" in {one["status"] for one in (await shown(county, second))["due_reports"]}
    await city.hear(county)
    for incident in two:
        here, there = await shown(county, incident), await shown(city, incident)
        for name in ("status", "facts", "grade", "merged_into"):
            assert here[name] == there[name], (incident, name)


async def test_who_reports_a_merged_record_again_or_calls_about_it_is_told_where_it_counts(county):
    first = await county.reported()
    record = {"channel": "sensor", "external_reference": "S-1"}
    second = await county.reported(**record)
    await done(county, second, "merge", into=first)
    assert await county.reported(**record, facts={"deaths": 2}) == first
    assert (await shown(county, first))["facts"]["deaths"] == 2
    assert await county.reported(incident_id=second) == first
    await done(county, second, "unmerge")
    assert (await shown(county, second))["reports"] == 2, "the record's reports go with it"
    assert (await shown(county, first))["reports"] == 2, "whose call was taken meanwhile stays"
    assert await county.reported(**record) == second


async def test_a_chain_of_mergers_is_undone_from_its_end(county, two):
    first, second = two
    county.clock.forward(timedelta(minutes=1))
    third = await county.reported(facts={"deaths": 4})
    await done(county, third, "merge", into=second)
    await done(county, second, "merge", into=first)
    await updated(county, third, missing=5)
    assert (await shown(county, first))["facts"]["missing"] == 5, "it is passed on along the chain"
    refused = await decided(county, third, "unmerge")
    assert (refused.status_code, "请先撤销那次合并" in refused.text) == (409, True)
    await done(county, second, "unmerge")
    await done(county, third, "unmerge")
    facts = [(await shown(county, one))["facts"] for one in (first, second, third)]
    assert [(one["deaths"], one["missing"]) for one in facts] == [(0, None), (None, None), (4, 5)]
    assert [(await shown(county, one))["reports"] for one in (first, second, third)] == [1, 1, 1]


async def test_calls_that_tell_of_another_event_are_split_off_and_count_there(county, city):
    leak = await county.reported(facts={"deaths": 0})
    calls = []
    for facts in ({"serious_injuries": 12}, {"missing": 1}):
        county.clock.forward(timedelta(minutes=1))
        body = {**ROAD, "channel": "110", "location": {"lon": 123.79, "lat": 41.85}, "facts": facts}
        told = await county.done("taker", "/reports", {**body, "incident_id": leak})
        calls.append(told["report_id"])
    await city.hear(county)
    opened = await done(county, leak, "split", reports=calls)
    assert (opened["title"], opened["sector"], opened["status"]) == (
        ROAD["title"],
        ROAD["sector"],
        "reported",
    )
    road, left = await shown(county, opened["incident_id"]), await shown(county, leak)
    assert (road["facts"]["serious_injuries"], road["facts"]["missing"], road["reports"]) == (12, 1, 2)
    assert (left["facts"]["serious_injuries"], left["facts"]["missing"], left["reports"]) == (None, None, 1)
    assert [(one["kind"], one["incident_id"]) for one in road["related"]] == [("split_from", leak)]
    assert (await lineage(county, calls[0]))[-1][1:] == (road["incident_id"], "拆分到新事件")
    await city.hear(county)
    for incident in (leak, road["incident_id"]):
        assert (await shown(city, incident))["facts"] == (await shown(county, incident))["facts"]
    assert (await shown(city, leak))["related"][0]["kind"] == "split_from"


async def test_the_first_call_stays_and_what_came_with_a_merged_incident_goes_back_with_it(county, two):
    first, second = two
    (opening,) = await county.get("officer", f"/reports?incident_id={first}")
    (other,) = await county.get("officer", f"/reports?incident_id={second}")
    refused = await decided(county, first, "split", reports=[opening["report_id"]])
    assert (refused.status_code, "首报" in refused.text) == (422, True)
    strange = await decided(county, first, "split", reports=[other["report_id"]])
    assert (strange.status_code, "不计入本事件" in strange.text) == (422, True)
    await done(county, second, "merge", into=first)
    came = await decided(county, first, "split", reports=[other["report_id"]])
    assert (came.status_code, "请撤销那次合并" in came.text) == (422, True)


async def test_incidents_are_linked_without_a_circle_and_the_city_sees_it(county, city, two):
    first, second = two
    await done(county, second, "link", kind="caused_by", other=first)
    assert (await decided(county, second, "link", kind="caused_by", other=first)).status_code == 409
    circle = await decided(county, first, "link", kind="caused_by", other=second)
    assert (circle.status_code, "不能成环" in circle.text) == (422, True)
    await done(county, first, "link", kind="part_of", other=second)
    await city.hear(county)
    seen = [(one["kind"], one["reverse"]) for one in (await shown(city, second))["related"]]
    assert seen == [("caused_by", False), ("part_of", True)]
    lines = [line["summary"] for line in await city.get("officer", f"/incidents/{second}/timeline")]
    assert any("本事件由其引发" in line for line in lines)
    await done(county, second, "unlink", kind="caused_by", other=first)
    assert (await decided(county, second, "unlink", kind="caused_by", other=first)).status_code == 404
    await city.hear(county)
    assert [one["kind"] for one in (await shown(city, second))["related"]] == ["part_of"]


async def test_a_department_sees_only_those_related_incidents_that_it_may_read(county):
    quake = await county.reported(sector="earthquake", event_type="11C02", title="地震")
    road = await county.reported(**ROAD)
    await done(county, road, "link", kind="caused_by", other=quake)
    assert [one["incident_id"] for one in (await shown(county, quake))["related"]] == [road]
    assert (await county.get("earthquake_bureau", f"/incidents/{quake}"))["related"] == []


async def test_statements_that_do_not_count_any_more_stay_on_record(county, two):
    first, second = two
    await done(county, second, "merge", into=first)
    await done(county, second, "unmerge")
    query = text("SELECT count(*), count(withdrawn_at) FROM statement WHERE incident_id = :id")
    async with county.database.reading() as connection:
        assert tuple((await connection.execute(query, {"id": first})).one()) == (2, 1)
