"""Grading by the plan's tables: any criterion suffices, the highest wins, unknown is never zero."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.events.incident import DecidingFact
from contracts.facts import Facts, is_flag
from contracts.values import Grade
from services.incident.policy.alarm import HIGHEST, alarm_level
from services.incident.policy.grading import assess, by_person, grade, grade_after_facts, in_words
from shared.plan_folder import load_plan

PLAN = load_plan(Path("plans/fushun"))
WORK_SAFETY, FOREST = PLAN.grading["work_safety"], PLAN.grading["forest_fire"]
ALARMS = PLAN.alarm_scale("fire")
G, S, M, C = Grade.GENERAL, Grade.SIGNIFICANT, Grade.MAJOR, Grade.CATASTROPHIC
FACTS = tuple(Facts.model_fields)
LEAK = "12D02"

counts = st.none() | st.integers(0, 200)
hours = st.none() | st.floats(0, 100)
flags = st.none() | st.booleans()
facts = st.builds(
    Facts,
    deaths=counts,
    missing=counts,
    trapped=counts,
    serious_injuries=counts,
    direct_loss_yuan=st.none() | st.integers(0, 300_000_000),
    burnt_area_ha=st.none() | st.floats(0, 2_000),
    passenger_cars_derailed=counts,
    freight_cars_derailed=counts,
    main_line_blocked_hours=hours,
    other_line_blocked_hours=hours,
    people_moved=st.none() | st.integers(0, 200_000),
    people_held=counts,
    held_hours=hours,
    exploded=flags,
    boiler_mw=st.none() | st.floats(0, 1_200),
    boiler_out_hours=st.none() | st.floats(0, 500),
    city_intake_stopped=flags,
    load_lost_percent=hours,
    users_out_percent=hours,
    grid_load_mw=st.none() | st.floats(0, 1_200),
)
tables = st.sampled_from(list(PLAN.grading.values()))
event_types = st.sampled_from(["12D02", "12N01", "12N04", "12N06"])

THRESHOLDS = [
    (name, number, level)
    for name, table in PLAN.grading.items()
    for number, criterion in enumerate(table.criteria)
    for level in criterion.at_least
]
"""Every threshold of every table of the plan."""


def given_value(fact: str, least: float) -> float | bool:
    if is_flag(fact):
        return least >= 1
    return least if "float" in str(Facts.model_fields[fact].annotation) else int(least)


@pytest.mark.parametrize(("name", "number", "level"), THRESHOLDS)
def test_every_threshold_includes_its_own_number_and_not_one_less(name, number, level):
    table = PLAN.grading[name]
    criterion = table.criteria[number]
    alone = table.model_copy(update={"criteria": (criterion,)})
    besides = {one.fact: given_value(one.fact, one.at_least) for one in criterion.together_with}
    least, event_type = criterion.at_least[level], (*criterion.event_types, "12D02")[0]
    step = 0.01 if isinstance(given_value(criterion.fact, least), float) else 1

    def at(value: float, others: dict[str, float] = besides):
        told = Facts(**{criterion.fact: given_value(criterion.fact, value), **others})
        return grade(alone, told, event_type)

    assert at(least).grade is level
    assert [one.fact for one in at(least).decided_by] == list(criterion.facts)
    assert at(least).article == table.articles[level]
    assert at(least - step).grade.rank < level.rank or level is table.lowest
    for one in criterion.together_with:
        nearly = {**besides, one.fact: given_value(one.fact, one.at_least - 1)}
        assert at(least, nearly).criterion == ""
    if criterion.event_types:
        assert (
            grade(alone, Facts(**{criterion.fact: given_value(criterion.fact, least)}), "12D02").criterion
            == ""
        )


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
    result = grade(WORK_SAFETY, Facts(deaths=0, serious_injuries=60, direct_loss_yuan=20_000_000), LEAK)
    assert (result.grade, result.decided_by[0].fact) == (M, "serious_injuries")


def test_of_criteria_that_reach_the_same_grade_the_table_s_first_is_named():
    (decided,) = grade(WORK_SAFETY, Facts(deaths=3, serious_injuries=10), LEAK).decided_by
    assert decided.fact == "deaths"


def test_the_result_names_the_criterion_and_what_is_unknown():
    result = grade(WORK_SAFETY, Facts(deaths=3), LEAK)
    assert result.decided_by == (DecidingFact(fact="deaths", value=3, at_least=3, unit="人死亡"),)
    assert result.criterion == "3 人死亡（≥ 3）"
    assert in_words(result.decided_by, "en") == "deaths 3 (≥ 3)"
    assert result.unknown == ("serious_injuries", "direct_loss_yuan")


@given(tables, facts, event_types)
def test_what_nobody_told_is_listed_as_unknown_and_nothing_else(table, known, event_type):
    asked = {fact for one in table.criteria if one.applies_to(event_type) for fact in one.facts}
    unknown = grade(table, known, event_type).unknown
    assert set(unknown) == {fact for fact in asked if getattr(known, fact) is None}
    assert len(set(unknown)) == len(unknown)


@given(tables, event_types)
def test_nothing_known_is_the_lowest_grade_without_a_criterion(table, event_type):
    result = grade(table, Facts(), event_type)
    assert (result.grade, result.criterion, result.decided_by) == (table.lowest, "", ())


@given(tables, facts, facts, event_types)
def test_more_harm_never_grades_lower(table, one, two, event_type):
    told = {name: [v for v in (getattr(one, name), getattr(two, name)) if v is not None] for name in FACTS}
    more = Facts(**{name: max(values, default=None) for name, values in told.items()})
    assert grade(table, more, event_type).grade.rank >= grade(table, one, event_type).grade.rank


@given(tables, facts, event_types)
def test_the_grade_is_the_highest_any_single_criterion_gives(table, known, event_type):
    ones = [table.model_copy(update={"criteria": (criterion,)}) for criterion in table.criteria]
    alone = [grade(one, known, event_type).grade for one in ones]
    assert grade(table, known, event_type).grade is max(alone, key=lambda level: level.rank)


@given(tables, facts, event_types)
def test_every_result_has_the_article_of_its_grade(table, known, event_type):
    result = grade(table, known, event_type)
    assert result.article == table.articles[result.grade]


@pytest.mark.parametrize(
    ("told", "level"),
    [
        ({"passenger_cars_derailed": 18, "main_line_blocked_hours": 48}, C),
        ({"passenger_cars_derailed": 18}, M),
        ({"passenger_cars_derailed": 2, "main_line_blocked_hours": 24}, M),
        ({"freight_cars_derailed": 6, "other_line_blocked_hours": 48}, M),
        ({"freight_cars_derailed": 6, "other_line_blocked_hours": 47}, S),
        ({"freight_cars_derailed": 5}, G),
        ({"main_line_blocked_hours": 6}, S),
        ({"other_line_blocked_hours": 9}, G),
    ],
)
def test_railway_accidents_by_cars_derailed_and_hours_blocked(told, level):
    """铁路交通事故应急救援和调查处理条例 arts 9-12 (second-hand, to confirm)."""
    assert assess(PLAN, "210404", "railway_traffic", "12K01", Facts(**told)).grade is level


@pytest.mark.parametrize(
    ("event_type", "told", "level"),
    [
        ("12N04", {"held_hours": 2}, G),
        ("12N06", {"held_hours": 12}, S),
        ("12N07", {"people_held": 100, "held_hours": 24}, M),
        ("12N07", {"people_held": 100, "held_hours": 48}, C),
        ("12N04", {"people_held": 100, "held_hours": 48}, G),
        ("12N01", {"exploded": True}, S),
        ("12N01", {"exploded": True, "boiler_mw": 600}, C),
        ("12N01", {"exploded": False, "boiler_mw": 600, "boiler_out_hours": 240}, M),
        ("12N05", {"crane_overturned": True}, S),
        ("12N03", {"people_moved": 150_000}, C),
    ],
)
def test_special_equipment_by_people_held_moved_and_what_broke(event_type, told, level):
    """特种设备安全监察条例 arts 61-64 (second-hand, to confirm)."""
    assert assess(PLAN, "210404", "special_equipment", event_type, Facts(**told)).grade is level


@pytest.mark.parametrize(
    ("told", "level"),
    [
        ({"city_intake_stopped": True}, C),
        ({"county_intake_stopped": True}, M),
        ({"people_moved": 4_999}, G),
        ({"people_moved": 5_000}, S),
        ({"direct_loss_yuan": 5_000_000}, S),
    ],
)
def test_a_cut_water_source_is_an_environmental_emergency_and_not_one_of_work_safety(told, level):
    """生产安全事故报告和调查处理条例 art. 2; 国办函〔2014〕119号 (second-hand, to confirm)."""
    assert PLAN.sector("environment")[1].grading.production == "never"
    assert assess(PLAN, "210404", "environment", "12Q05", Facts(**told)).grade is level


@pytest.mark.parametrize(
    ("told", "level"),
    [
        ({"load_lost_percent": 60, "grid_load_mw": 600}, M),
        ({"load_lost_percent": 60, "grid_load_mw": 599}, S),
        ({"load_lost_percent": 60}, S),
        ({"users_out_percent": 30}, G),
        ({"users_out_percent": 50}, S),
        ({"load_lost_percent": 20, "deaths": 10}, M),
    ],
)
def test_power_by_the_share_of_load_and_users_or_by_casualties_whichever_is_higher(told, level):
    """电力安全事故应急处置和调查处理条例 art. 3 with annex (second-hand), art. 34."""
    assert assess(PLAN, "210404", "power_grid", "12P08", Facts(**told)).grade is level


def test_geological_disasters_have_lower_losses_than_article_3():
    """地质灾害防治条例 art. 4 (second-hand, to confirm)."""
    losses = {1_000_000: S, 5_000_000: M, 10_000_000: C, 999_999: G}
    assert {
        loss: assess(PLAN, "210404", "geological", "11D01", Facts(direct_loss_yuan=loss)).grade
        for loss in losses
    } == losses


def test_every_second_hand_table_is_to_be_confirmed():
    second_hand = ("railway", "special_equipment", "environment", "geological", "power_outage")
    assert all(PLAN.grading[name].to_confirm for name in second_hand)


@pytest.mark.parametrize(
    "sector", ["earthquake", "flood_drought", "weather", "medical", "epidemic", "social_security"]
)
@pytest.mark.parametrize(("node", "needed"), [("210404", S), ("210400", M)])
def test_what_no_table_grades_needs_the_level_above_until_a_person_grades(sector, node, needed):
    """突发事件应对法 art. 3: the standards are the State Council's; an earthquake with 100 dead is not 一般."""
    result = assess(PLAN, node, sector, "", Facts(deaths=100))
    assert (result.grade, result.basis) == (needed, "assumed")
    assert PLAN.lead_is_above(result.grade, node)


@pytest.mark.parametrize(("sector", "event_type"), [("fire", "12G03"), ("road_traffic", "12H02")])
def test_outside_production_the_numbers_are_only_an_analogy(sector, event_type):
    """生产安全事故报告和调查处理条例 art. 2: accidents of production only."""
    private, business = (
        PLAN.grading_table(sector, Facts(in_production=production)) for production in (False, True)
    )
    assert "参照" in private.articles[G] and "参照" not in business.articles[G]
    assert private.window_days == business.window_days == 7
    assert [PLAN.is_production(sector, Facts(in_production=told)) for told in (None, False, True)] == [
        False,
        False,
        True,
    ]


def test_a_crowd_is_no_accident_of_production_and_a_mine_always_is():
    assert not PLAN.is_production("crowds", Facts(in_production=True))
    assert PLAN.is_production("coal_mine", Facts())


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


LEAK_RESULTS = st.builds(
    lambda known: assess(PLAN, "210404", "hazardous_chemicals", LEAK, known),
    facts,
)


@given(LEAK_RESULTS, st.sampled_from(Grade))
def test_a_person_s_grade_stands_beside_the_table_s_unless_both_say_the_same(result, given_grade):
    graded = by_person(PLAN, result, given_grade, "commander", "why")
    assert graded.grade is given_grade
    if result.grade is given_grade:
        assert graded == result
    else:
        assert (graded.basis, graded.computed, graded.reason) == ("person", result.grade, "why")


@given(LEAK_RESULTS, LEAK_RESULTS, st.sampled_from(Grade))
def test_a_person_s_grade_holds_until_the_facts_grade_higher_than_when_it_was_given(then, now, given_grade):
    graded = by_person(PLAN, then, given_grade, "commander", "why")
    after = grade_after_facts(graded, now)
    if graded.basis == "table" or now.grade.rank > then.grade.rank:
        assert after == now
    else:
        assert (after.grade, after.basis, after.computed) == (given_grade, "person", now.grade)


def test_where_no_table_is_a_person_s_grade_has_nothing_beside_it_and_stays():
    assumed = assess(PLAN, "210404", "earthquake", "11C02", Facts())
    graded = by_person(PLAN, assumed, G, "officer", "why")
    assert (graded.grade, graded.basis, graded.computed) == (G, "person", None)
    assert grade_after_facts(graded, assumed) == graded
