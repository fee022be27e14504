"""Who leads: an incident is handed upward by every level that the grade lies above, and handed on once."""

from dataclasses import replace

import pytest

from contracts.events.incident import CommandAssumed, IncidentEscalated, IncidentGraded
from contracts.facts import Facts
from contracts.precedence import Stamp
from contracts.tests.small_plan import small_plan
from contracts.values import Grade
from services.incident.domain.incident import Incident, IncidentStatus, Lead, close
from services.incident.domain.lead import (
    NotInCommand,
    assume_command,
    escalate,
    follow_command,
    follow_grade,
    follow_release,
    receive_escalation,
)
from services.incident.policy.grading import GradeResult
from services.incident.tests.incidents import CITY, COUNTY, INCIDENT, NOW, PROVINCE

PLAN = small_plan()


def graded(grade: Grade, revision: int = 0) -> IncidentGraded:
    return IncidentGraded(
        incident_id="i-1",
        jurisdiction=COUNTY,
        grade=grade,
        criterion="",
        article="art. 3",
        facts=Facts(),
        revision=revision,
    )


def escalated(grade: Grade) -> IncidentEscalated:
    snapshot = replace(
        INCIDENT, grading=GradeResult(grade, "", "art. 3"), graded_at=Stamp(2, COUNTY)
    ).snapshot
    return IncidentEscalated(
        incident_id="i-1",
        jurisdiction=COUNTY,
        target=CITY,
        grade=grade,
        reason="3",
        article="art. 18",
        snapshot=snapshot,
    )


def test_a_rise_after_the_first_handing_over_is_handed_further_up_once():
    at_city, first = receive_escalation(INCIDENT, escalated(Grade.SIGNIFICANT), COUNTY, PLAN, CITY)
    assert (at_city.escalated_to, first) == (CITY, [])
    risen, (event,) = follow_grade(at_city, graded(Grade.MAJOR, 3), PLAN, CITY)
    assert (event.target, event.grade, risen.escalated_to) == (PROVINCE, Grade.MAJOR, PROVINCE)
    again, nothing = follow_grade(risen, graded(Grade.CATASTROPHIC, 4), PLAN, CITY)
    assert (again.grading.grade, nothing) == (Grade.CATASTROPHIC, [])


def test_a_city_that_only_looks_on_hands_nothing_up():
    looking_on, events = follow_grade(INCIDENT, graded(Grade.MAJOR), PLAN, CITY)
    assert (looking_on.grading.grade, looking_on.escalated_to, events) == (Grade.MAJOR, None, [])


@pytest.mark.parametrize(
    ("grade", "target"), [(Grade.GENERAL, None), (Grade.SIGNIFICANT, CITY), (Grade.CATASTROPHIC, CITY)]
)
def test_a_county_hands_on_what_is_led_above_it_to_the_next_level(grade, target):
    reached = replace(INCIDENT, grading=GradeResult(grade, "", "art. 3"))
    handed, events = escalate(reached, PLAN, COUNTY)
    assert handed.escalated_to == target
    assert [event.target for event in events] == ([target] if target else [])


def test_an_older_grade_that_comes_late_changes_nothing():
    at_city, _ = follow_grade(INCIDENT, graded(Grade.MAJOR, 3), PLAN, CITY)
    late, events = follow_grade(at_city, graded(Grade.GENERAL, 2), PLAN, CITY)
    assert (late, events) == (at_city, [])


def test_an_older_program_s_grade_is_taken_as_the_newest():
    at_city, _ = follow_grade(INCIDENT, graded(Grade.MAJOR, 3), PLAN, CITY)
    assert follow_grade(at_city, graded(Grade.GENERAL), PLAN, CITY)[0].grading.grade is Grade.GENERAL


def taken(incident: Incident, node: str) -> tuple[Incident, CommandAssumed]:
    decided, (event,) = assume_command(incident, "chief", PLAN, node, NOW)
    assert isinstance(event, CommandAssumed)
    return decided, event


def test_city_and_province_taking_command_at_once_agree_on_the_province():
    city, from_city = taken(INCIDENT, CITY)
    province, from_province = taken(INCIDENT, PROVINCE)
    assert follow_command(city, from_province, PLAN).lead == follow_command(province, from_city, PLAN).lead
    assert follow_command(city, from_province, PLAN).lead.jurisdiction == PROVINCE


def test_a_release_and_a_taking_of_command_that_cross_agree():
    city, _ = taken(INCIDENT, CITY)
    released, (end,) = close(replace(city, status=IncidentStatus.CONTROLLED), "ended", "", CITY, NOW)
    province, from_province = taken(city, PROVINCE)
    assert follow_command(released, from_province, PLAN).lead == follow_release(province, end, PLAN).lead
    assert end.lead_revision == 2


def test_who_never_commanded_releases_nothing():
    _, (end,) = close(replace(INCIDENT, status=IncidentStatus.CONTROLLED), "ended", "", COUNTY, NOW)
    assert end.lead_revision is None
    held = replace(INCIDENT, lead=Lead(CITY, "chief", NOW, Stamp(1, CITY)))
    assert follow_release(held, end, PLAN).lead.jurisdiction == CITY


def test_a_lower_level_takes_no_command_from_a_higher_one():
    province, _ = taken(INCIDENT, PROVINCE)
    with pytest.raises(NotInCommand):
        assume_command(province, "chief", PLAN, CITY, NOW)
