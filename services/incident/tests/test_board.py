"""The board: short rows of what a watch has to look at, narrowed and paged, each with what is owed about it."""

from datetime import datetime, timedelta

import pytest

pytestmark = pytest.mark.servers
QUAKE = {"sector": "earthquake", "event_type": "11C02", "title": "有感地震"}


async def ids(world, query: str = "", who: str = "officer") -> list[str]:
    return [one["incident_id"] for one in await world.get(who, f"/incidents?{query}")]


async def test_a_row_has_what_is_looked_at_and_no_long_text(county):
    incident = await county.reported(description="很长的描述" * 1000, facts={"deaths": 3})
    (row,) = await county.get("officer", "/incidents")
    assert (row["incident_id"], row["grade_zh"], row["facts"]["deaths"]) == (incident, "较大", 3)
    assert row["location"]["address"] == "望花区示例化工园"
    assert not {"description", "criterion", "grade_reason", "article"} & set(row)
    whole = await county.get("officer", f"/incidents/{incident}")
    assert {name: whole[name] for name in row if name in whole} == {
        name: value for name, value in row.items() if name in whole
    }


async def test_each_filter_narrows_and_all_of_them_together(county, city):
    leak = await county.reported(facts={"deaths": 3})
    quake = await county.reported(**QUAKE)
    false = await county.reported()
    await county.done("officer", f"/incidents/{false}/close", {"outcome": "false_report"})
    assert await ids(county) == [false, quake, leak]
    assert await ids(county, "open=true") == [quake, leak]
    assert await ids(county, "open=false") == [false]
    assert await ids(county, "status=false_report") == [false]
    assert await ids(county, "sector=earthquake") == [quake]
    assert await ids(county, "grade=significant&sector=hazardous_chemicals&open=true") == [leak]
    await city.hear(county)
    await city.done("commander", f"/incidents/{leak}/command", {"commander": "市指挥长"})
    assert await ids(city, "commanded_by=210400") == [leak]
    assert await ids(city, "origin=210404&open=true") == [quake, leak]
    assert await ids(city, "origin=210403") == []


async def test_a_page_goes_on_behind_the_last_row(county):
    reported = [await county.reported() for _ in range(5)]
    read, after = [], ""
    while page := await ids(county, f"limit=2&after={after}"):
        read += page
        after = page[-1]
    assert read == reported[::-1]


@pytest.mark.parametrize(
    "query", ["status=nonsense", "grade=9", "limit=0", "limit=201", "origin=x", "sort=1"]
)
async def test_a_filter_that_says_nothing_sensible_is_refused(county, query):
    refused = await county.read("officer", f"/incidents?{query}")
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == query.partition("=")[0]


async def test_the_board_says_what_is_owed_next_and_how_much_is_late(county):
    incident = await county.reported()
    (row,) = await county.get("officer", "/incidents")
    owed = await county.get("officer", f"/due-reports?incident_id={incident}")
    assert row["next_due_at"] == min(one["due_at"] for one in owed)
    assert row["reports_late"] == 0
    county.clock.forward(timedelta(minutes=61))
    await county.tick()
    (row,) = await county.get("officer", "/incidents")
    up = next(one for one in owed if one["duty"] == "county_report_up")
    assert (row["reports_late"], row["next_due_at"]) == (2, up["due_at"])
    assert datetime.fromisoformat(row["next_due_at"]) > county.clock.now()


async def test_a_department_does_not_see_what_the_watch_owes(county):
    incident = await county.reported(**QUAKE)
    (row,) = await county.get("earthquake_bureau", "/incidents")
    assert (row["next_due_at"], row["reports_late"]) == (None, None)
    assert (await county.get("earthquake_bureau", f"/incidents/{incident}"))["due_reports"] == []
    assert (await county.get("officer", f"/incidents/{incident}"))["due_reports"]
