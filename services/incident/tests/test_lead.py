"""Who leads: an incident is handed upward by every level that the grade lies above, and handed on once."""

from dataclasses import replace

import pytest

from contracts.events.incident import IncidentGraded
from contracts.facts import Facts
from contracts.tests.small_plan import small_plan
from contracts.values import Grade
from services.incident.domain.lead import escalate, follow_grade, receive_escalation
from services.incident.policy.grading import GradeResult
from services.incident.tests.incidents import CITY, COUNTY, INCIDENT, PROVINCE

PLAN = small_plan()


def graded(grade: Grade) -> IncidentGraded:
    return IncidentGraded(
        incident_id="i-1", jurisdiction=COUNTY, grade=grade, criterion="", article="art. 3", facts=Facts()
    )


def test_a_rise_after_the_first_handing_over_is_handed_further_up_once():
    at_city, first = receive_escalation(INCIDENT, Grade.SIGNIFICANT, PLAN, CITY)
    assert (at_city.escalated_to, first) == (CITY, [])
    risen, (event,) = follow_grade(at_city, graded(Grade.MAJOR), PLAN, CITY)
    assert (event.target, event.grade, risen.escalated_to) == (PROVINCE, Grade.MAJOR, PROVINCE)
    again, nothing = follow_grade(risen, graded(Grade.CATASTROPHIC), PLAN, CITY)
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
