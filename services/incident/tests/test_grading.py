"""Grading by the plan's tables: any criterion suffices, the highest wins, unknown is never zero."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.values import Facts, Grade
from services.incident.policy.alarm import alarm_level
from services.incident.policy.grading import grade, regrade
from shared.plan_folder import load_plan

PLAN = load_plan(Path("plans/fushun"))
WORK_SAFETY = PLAN.grading["work_safety"]
FIRE = PLAN.grading["fire_accident"]
G, S, M, C = Grade.GENERAL, Grade.SIGNIFICANT, Grade.MAJOR, Grade.CATASTROPHIC

facts = st.builds(
    Facts,
    deaths=st.none() | st.integers(0, 60),
    serious_injuries=st.none() | st.integers(0, 200),
    direct_loss_yuan=st.none() | st.integers(0, 300_000_000),
    burnt_area_ha=st.none() | st.floats(0, 2_000),
)


@pytest.mark.parametrize(
    ("fact", "value", "expected"),
    [
        ("deaths", 2, G),
        ("deaths", 3, S),
        ("deaths", 9, S),
        ("deaths", 10, M),
        ("deaths", 29, M),
        ("deaths", 30, C),
        ("serious_injuries", 9, G),
        ("serious_injuries", 10, S),
        ("serious_injuries", 49, S),
        ("serious_injuries", 50, M),
        ("serious_injuries", 99, M),
        ("serious_injuries", 100, C),
        ("direct_loss_yuan", 9_999_999, G),
        ("direct_loss_yuan", 10_000_000, S),
        ("direct_loss_yuan", 49_999_999, S),
        ("direct_loss_yuan", 50_000_000, M),
        ("direct_loss_yuan", 99_999_999, M),
        ("direct_loss_yuan", 100_000_000, C),
    ],
)
def test_the_law_s_thresholds_include_the_number_itself(fact, value, expected):
    result = grade(WORK_SAFETY, Facts(**{fact: value}))
    assert result.grade is expected
    assert "第三条" in result.article


def test_the_result_names_the_criterion_and_what_is_unknown():
    result = grade(WORK_SAFETY, Facts(deaths=3))
    assert "deaths = 3" in result.criterion
    assert result.unknown == ("serious_injuries", "direct_loss_yuan")


@given(facts, facts)
def test_more_harm_never_grades_lower(one, two):
    more = Facts(
        **{
            name: max((v for v in (getattr(one, name), getattr(two, name)) if v is not None), default=None)
            for name in Facts.model_fields
        }
    )
    for table in PLAN.grading.values():
        assert grade(table, more).grade.rank >= grade(table, one).grade.rank


@given(facts)
def test_every_result_has_an_article(known):
    for table in PLAN.grading.values():
        assert grade(table, known).article


@given(facts, st.sampled_from(Grade))
def test_a_fire_s_grade_never_falls(known, previous):
    assert regrade(FIRE, previous, known).grade.rank >= previous.rank


@given(facts, st.sampled_from(Grade))
def test_a_work_safety_grade_follows_the_latest_count(known, previous):
    assert regrade(WORK_SAFETY, previous, known) == grade(WORK_SAFETY, known)


@pytest.mark.parametrize(
    ("people", "level"), [(0, 1), (1, 2), (2, 2), (3, 3), (9, 3), (10, 4), (29, 4), (30, 5)]
)
def test_alarm_levels_rise_with_the_people_in_danger(people, level):
    scale = PLAN.alarm_scale("fire")
    assert alarm_level(scale, Facts(trapped=people)).level == level


@given(st.integers(1, 5), st.integers(0, 40), st.booleans())
def test_an_alarm_never_falls_and_stays_within_five(previous, people, insufficient):
    level = alarm_level(PLAN.alarm_scale("fire"), Facts(trapped=people), previous, insufficient).level
    assert previous <= level <= 5
