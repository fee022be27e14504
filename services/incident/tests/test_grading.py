"""Grading by the plan's tables: any criterion suffices, the highest wins, unknown is never zero."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.values import Facts, Grade
from services.incident.policy.alarm import HIGHEST, alarm_level
from services.incident.policy.grading import grade, regrade
from shared.plan_folder import load_plan

PLAN = load_plan(Path("plans/fushun"))
WORK_SAFETY, FOREST = PLAN.grading["work_safety"], PLAN.grading["forest_fire"]
ALARMS = PLAN.alarm_scale("fire")
G, S, M, C = Grade.GENERAL, Grade.SIGNIFICANT, Grade.MAJOR, Grade.CATASTROPHIC
RISING = [table for table in PLAN.grading.values() if not table.may_fall]
FALLING = [table for table in PLAN.grading.values() if table.may_fall]

counts = st.none() | st.integers(0, 200)
facts = st.builds(
    Facts,
    deaths=counts,
    missing=counts,
    trapped=counts,
    serious_injuries=counts,
    direct_loss_yuan=st.none() | st.integers(0, 300_000_000),
    burnt_area_ha=st.none() | st.floats(0, 2_000),
)
tables = st.sampled_from(list(PLAN.grading.values()))

THRESHOLDS = [
    (name, criterion.fact, level, least)
    for name, table in PLAN.grading.items()
    for criterion in table.criteria
    for level, least in criterion.at_least.items()
]
"""Every threshold of every table of the plan."""


def one_less(fact: str, least: float) -> float:
    return least - 0.01 if fact == "burnt_area_ha" else int(least) - 1


@pytest.mark.parametrize(("name", "fact", "level", "least"), THRESHOLDS)
def test_every_threshold_includes_its_own_number_and_not_one_less(name, fact, level, least):
    table = PLAN.grading[name]
    reached = grade(table, Facts(**{fact: least if fact == "burnt_area_ha" else int(least)}))
    below = grade(table, Facts(**{fact: one_less(fact, least)}))
    assert reached.grade is level
    assert reached.criterion.startswith(f"{fact} = ")
    assert reached.article == table.articles[level]
    assert below.grade.rank == max(level.rank - 1, table.lowest.rank)


@pytest.mark.parametrize(
    ("fact", "least"),
    [
        ("deaths", {S: 3, M: 10, C: 30}),
        ("serious_injuries", {S: 10, M: 50, C: 100}),
        ("direct_loss_yuan", {S: 10_000_000, M: 50_000_000, C: 100_000_000}),
    ],
)
def test_the_table_of_work_safety_is_article_3(fact, least):
    """生产安全事故报告和调查处理条例 art. 3."""
    (criterion,) = [one for one in WORK_SAFETY.criteria if one.fact == fact]
    assert criterion.at_least == least
    assert all("第三条" in article for article in WORK_SAFETY.articles.values())


@pytest.mark.parametrize(
    ("fact", "least"),
    [
        ("burnt_area_ha", {S: 1, M: 100, C: 1000}),
        ("deaths", {G: 1, S: 3, M: 10, C: 30}),
        ("serious_injuries", {G: 1, S: 10, M: 50, C: 100}),
    ],
)
def test_the_table_of_forest_fires_is_article_40(fact, least):
    """森林防火条例 art. 40."""
    (criterion,) = [one for one in FOREST.criteria if one.fact == fact]
    assert criterion.at_least == least
    assert all("第四十条" in article for article in FOREST.articles.values())


def test_casualties_of_traffic_and_fire_count_for_7_days_and_others_for_30():
    """生产安全事故报告和调查处理条例 art. 13."""
    days = {name: PLAN.grading[name].window_days for name in ("work_safety", "road_traffic", "fire_accident")}
    assert days == {"work_safety": 30, "road_traffic": 7, "fire_accident": 7}


def test_one_criterion_suffices_and_the_highest_wins():
    result = grade(WORK_SAFETY, Facts(deaths=0, serious_injuries=60, direct_loss_yuan=20_000_000))
    assert (result.grade, result.criterion.split()[0]) == (M, "serious_injuries")


def test_of_criteria_that_reach_the_same_grade_the_table_s_first_is_named():
    assert grade(WORK_SAFETY, Facts(deaths=3, serious_injuries=10)).criterion.startswith("deaths")


def test_the_result_names_the_criterion_and_what_is_unknown():
    result = grade(WORK_SAFETY, Facts(deaths=3))
    assert result.criterion == "deaths = 3 ≥ 3 人死亡"
    assert result.unknown == ("serious_injuries", "direct_loss_yuan")


@given(tables, facts)
def test_what_nobody_told_is_listed_as_unknown_and_nothing_else(table, known):
    asked = {criterion.fact for criterion in table.criteria}
    assert set(grade(table, known).unknown) == {fact for fact in asked if getattr(known, fact) is None}


@given(tables)
def test_nothing_known_is_the_lowest_grade_without_a_criterion(table):
    result = grade(table, Facts())
    assert (result.grade, result.criterion) == (table.lowest, "")


@given(tables, facts, facts)
def test_more_harm_never_grades_lower(table, one, two):
    told = {name: [v for v in (getattr(one, name), getattr(two, name)) if v is not None] for name in FACTS}
    more = Facts(**{name: max(values, default=None) for name, values in told.items()})
    assert grade(table, more).grade.rank >= grade(table, one).grade.rank


FACTS = tuple(Facts.model_fields)


@given(tables, facts)
def test_the_grade_is_the_highest_any_single_fact_gives(table, known):
    alone = [grade(table, Facts(**{name: getattr(known, name)})).grade for name in FACTS]
    assert grade(table, known).grade is max(alone, key=lambda level: level.rank)


@given(tables, facts)
def test_every_result_has_the_article_of_its_grade(table, known):
    result = grade(table, known)
    assert result.article == table.articles[result.grade]


@pytest.mark.parametrize("table", RISING, ids=lambda table: table.name)
@given(facts, st.sampled_from(Grade))
def test_a_grade_that_may_not_fall_does_not_and_still_has_its_article(table, known, previous):
    result = regrade(table, previous, known)
    assert result.grade.rank >= previous.rank
    assert result.article == table.articles[result.grade]


@pytest.mark.parametrize("table", FALLING, ids=lambda table: table.name)
@given(facts, st.sampled_from(Grade))
def test_any_other_grade_follows_the_latest_count(table, known, previous):
    assert regrade(table, previous, known) == grade(table, known)


@pytest.mark.parametrize(
    ("people", "level"), [(0, 1), (1, 2), (2, 2), (3, 3), (9, 3), (10, 4), (29, 4), (30, 5), (500, 5)]
)
def test_alarm_levels_rise_with_the_people_in_danger(people, level):
    assert alarm_level(ALARMS, Facts(trapped=people)).level == level


def test_dead_hurt_and_trapped_count_together_and_the_unknown_is_named():
    result = alarm_level(ALARMS, Facts(deaths=1, serious_injuries=2))
    assert (result.level, result.people, result.unknown) == (3, 3, ("trapped",))


def test_a_commander_who_lacks_force_raises_the_alarm_by_one_and_never_beyond_the_last():
    levels = [alarm_level(ALARMS, Facts(), at, force_insufficient=True).level for at in range(1, HIGHEST + 1)]
    assert levels == [2, 3, 4, 5, 5]


@given(st.integers(1, HIGHEST), facts, st.booleans())
def test_an_alarm_never_falls_and_stays_within_five(previous, known, insufficient):
    assert previous <= alarm_level(ALARMS, known, previous, insufficient).level <= HIGHEST


@given(st.lists(facts, min_size=2, max_size=6))
def test_an_alarm_carried_through_updates_only_rises(updates):
    levels = [1]
    for known in updates:
        levels.append(alarm_level(ALARMS, known, levels[-1]).level)
    assert all(later >= earlier for earlier, later in pairwise(levels))
