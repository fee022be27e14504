"""Casualties count for 30 days, of road traffic and fire for 7, in local days: 条例 arts 13 and 20."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.facts import Facts
from contracts.values import LOCAL, Grade, Location
from services.incident.domain.facts import Known, Statement, learn
from services.incident.domain.grading import update, window_ends
from services.incident.domain.incident import Incident, Lead
from services.incident.policy.grading import GradeResult
from shared.plan_folder import load_plan

PLAN, NODE = load_plan(Path("plans/fushun")), "210404"
LATE_EVENING = datetime(2031, 5, 6, 23, 30, tzinfo=LOCAL).astimezone(UTC)
"""23:30 in Fushun is 15:30 UTC of the same day; half an hour later it is the next day here."""
MINUTE = timedelta(minutes=1)


def incident(sector: str, occurred_at: datetime, *statements: Statement) -> Incident:
    known = Known()
    for one in statements:
        known = learn(known, one)
    event_type = PLAN.sectors[sector].event_types[0]
    return Incident(
        incident_id="i-1",
        origin=NODE,
        sector=sector,
        event_type=event_type,
        title="x",
        location=Location(lon=123.8, lat=41.8),
        occurred_at=occurred_at,
        reported_at=occurred_at,
        known=known,
        grading=GradeResult(Grade.GENERAL, "", ""),
        lead=Lead(NODE),
    )


def graded(sector: str, *statements: Statement) -> Grade:
    """The grade after the last of some statements."""
    *earlier, last = statements
    before = incident(sector, LATE_EVENING, *earlier)
    return update(before, last, earlier, PLAN, NODE)[0].grading.grade


def dead(count: int, at: datetime) -> Statement:
    return Statement(Facts(deaths=count), "医院", at)


@pytest.mark.parametrize(("sector", "days"), [("coal_mine", 30), ("fire", 7), ("road_traffic", 7)])
def test_the_window_ends_at_local_midnight_after_its_last_day(sector, days):
    midnight = datetime(2031, 5, 7, tzinfo=LOCAL) + timedelta(days=days)
    assert window_ends(LATE_EVENING, days) == midnight
    assert graded(sector, dead(3, midnight - MINUTE)) is Grade.SIGNIFICANT
    assert graded(sector, dead(3, midnight)) is Grade.GENERAL


@given(st.integers(0, 60 * 24 * 900), st.integers(0, 60))
def test_a_window_is_whole_local_days_and_never_shorter_than_its_number(minutes, days):
    occurred = LATE_EVENING + timedelta(minutes=minutes)
    ends = window_ends(occurred, days)
    assert ends.astimezone(LOCAL).time() == datetime.min.time()
    assert timedelta(days=days) < ends - occurred <= timedelta(days=days + 1)


def test_a_death_stated_in_time_but_entered_late_counts_and_one_stated_late_does_not():
    in_time = dead(3, LATE_EVENING + timedelta(days=29))
    late = dead(4, LATE_EVENING + timedelta(days=40))
    assert graded("coal_mine", late, in_time) is Grade.SIGNIFICANT
    assert graded("coal_mine", in_time, late) is Grade.SIGNIFICANT
    assert graded("coal_mine", dead(1, LATE_EVENING), late) is Grade.GENERAL


def test_a_loss_that_is_counted_later_than_the_window_still_grades():
    """Art. 13 speaks of 伤亡人数 only."""
    loss = Statement(Facts(direct_loss_yuan=50_000_000), "评估", LATE_EVENING + timedelta(days=90))
    assert graded("coal_mine", dead(3, LATE_EVENING), loss) is Grade.MAJOR


def test_a_typed_30_corrected_to_3_grades_by_the_3():
    assert graded("coal_mine", dead(30, LATE_EVENING), dead(3, LATE_EVENING + MINUTE)) is Grade.SIGNIFICANT


def test_what_is_known_still_tells_the_late_death_though_it_does_not_grade():
    late = dead(3, LATE_EVENING + timedelta(days=40))
    before = incident("coal_mine", LATE_EVENING, dead(1, LATE_EVENING))
    after, events = update(before, late, [dead(1, LATE_EVENING)], PLAN, NODE)
    assert (after.known.facts.deaths, after.grading.grade) == (3, Grade.GENERAL)
    assert [event.NAME for event in events] == ["incident.updated"]
    assert replace(after, known=before.known, grading=before.grading) == before


@pytest.mark.servers
async def test_a_statement_says_when_it_was_made_and_not_in_the_future(county):
    happened = county.clock.now() - timedelta(days=40)
    incident_id = await county.reported(occurred_at=happened.isoformat(), facts={"deaths": 1})
    body = {"facts": {"deaths": 3}, "source": "医院"}
    assert (await county.update("officer", incident_id, body))["grade"] == "general"
    stated = (happened + timedelta(days=20)).isoformat()
    later = await county.update("officer", incident_id, {**body, "stated_at": stated})
    assert later["grade"] == "significant"
    tomorrow = (county.clock.now() + timedelta(days=1)).isoformat()
    wrong = {**body, "stated_at": tomorrow, "version": later["version"]}
    refused = await county.post("officer", f"/incidents/{incident_id}/updates", wrong)
    (error,) = refused.json()["errors"]
    assert (error["field"], error["rule"]) == ("stated_at", "stated_in_future")
