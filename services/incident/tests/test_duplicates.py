"""How likely two reports are about one event: what is alike adds, what differs takes away, and nothing alone decides."""

import asyncio
import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.geo import METRES_PER_DEGREE
from contracts.plan.intake import Intake
from services.incident.policy.duplicates import Known, Told, candidates, cells, compare, within
from services.incident.similar import Turns, surest
from shared import deadlines
from shared.plan_folder import load_plan
from shared.unavailable import DatabaseUnavailable
from tests.integration.conftest import PLAN

FUSHUN = load_plan(PLAN)
INTAKE: Intake = FUSHUN.intake
AT = datetime(2026, 3, 4, 13, 10, tzinfo=UTC)
METRE = 1 / 111_195
FIRE = Told(123.9, 41.87, AT, "fire", "12G03", "三楼窗户冒黑烟，有明火", "幸福家园3号楼")
PHONE = frozenset(["13800138000"])


def known(told: Told = FIRE, incident_id: str = "i-1", **changes: object) -> Known:
    """An incident that was told so."""
    return replace(Known(**{**vars(told), "incident_id": incident_id}), **changes)  # type: ignore[arg-type]


def score(told: Told, **changes: object) -> float:
    return compare(told, known(**changes), INTAKE).score


def north(told: Told, metres: float) -> Told:
    return replace(told, lat=told.lat + metres * METRE)


def test_the_same_told_again_joins_and_a_fire_600_m_away_in_the_same_minute_does_not():
    other = replace(north(FIRE, 600), words="菜市场着火，铁皮棚", address="新华街便民市场")
    (again,) = candidates(replace(FIRE, at=AT + timedelta(minutes=1)), [known()], INTAKE)
    assert surest([again], FUSHUN) == again
    assert surest(candidates(other, [known()], INTAKE), FUSHUN) is None


def test_another_building_of_one_estate_is_another_event():
    joins_from = INTAKE.same_event.joins_from
    assert score(FIRE, address="幸福家园12号楼") < joins_from < score(FIRE, address="幸福家园3号楼2单元")


def test_who_called_about_it_is_always_shown_and_nowhere_else_proposed():
    away = replace(north(FIRE, 20_000), phones=PHONE)
    assert candidates(away, [known()], INTAKE) == []
    (found,) = candidates(away, [known(phones=PHONE)], INTAKE)
    assert found.score <= 0.5 and "same_phone" in {one.reason for one in found.evidence}
    assert surest([found], FUSHUN) is None


def test_a_kind_that_nobody_knows_yet_says_nothing():
    (kind,) = (
        one
        for one in compare(replace(FIRE, event_type="19000", sector="other"), known(), INTAKE).evidence
        if one.aspect == "kind"
    )
    assert (kind.bits, kind.reason) == (0.0, "undetermined")


def test_an_incident_told_of_in_several_ways_counts_once_by_its_best():
    ways = [known(), known(north(FIRE, 400)), known(incident_id="i-2", at=AT - timedelta(minutes=50))]
    found = candidates(FIRE, ways, INTAKE)
    assert [one.incident_id for one in found] == ["i-1", "i-2"]
    assert found[0].metres == 0


def test_without_distance_and_time_in_the_plan_nothing_is_proposed():
    assert candidates(FIRE, [known()], Intake()) == []


def test_a_plan_that_names_no_score_lets_nothing_join_by_itself():
    plan = FUSHUN.model_copy(
        update={
            "intake": INTAKE.model_copy(
                update={"same_event": INTAKE.same_event.model_copy(update={"joins_from": None})}
            )
        }
    )
    assert surest(candidates(FIRE, [known()], INTAKE), plan) is None


places = st.floats(0, 3000)
minutes = st.floats(0, 600)


@given(places, places, minutes)
def test_nearer_is_never_less_likely(one, other, age):
    near, far = sorted((one, other))
    at = AT - timedelta(minutes=age)
    assert score(north(FIRE, near), at=at) >= score(north(FIRE, far), at=at)


@given(minutes, minutes, places)
def test_sooner_is_never_less_likely(one, other, away):
    soon, late = sorted((one, other))
    told = north(FIRE, away)
    assert score(told, at=AT - timedelta(minutes=soon)) >= score(told, at=AT - timedelta(minutes=late))


@given(places, minutes, st.text(max_size=30), st.text(max_size=30), st.booleans())
def test_either_may_have_come_first(away, age, words, address, rough):
    one = replace(
        north(FIRE, away), words=words, address=address, approximate=rough, at=AT - timedelta(minutes=age)
    )
    assert compare(one, known(), INTAKE).score == pytest.approx(compare(FIRE, known(one), INTAKE).score)


@given(st.floats(0, 60_000))
def test_what_is_not_looked_up_would_not_have_been_proposed(away):
    best = known(phones=frozenset(), approximate=True)
    rule = INTAKE.same_event
    if away > within(rule, rule.proposed_from, approximate=True) * 1.001:
        assert candidates(replace(north(FIRE, away), approximate=True), [best], INTAKE) == []
    if away > within(rule, rule.proposed_from, approximate=False) * 1.001:
        assert candidates(north(FIRE, away), [replace(best, approximate=False)], INTAKE) == []


@given(st.floats(0, 60_000), st.booleans(), st.booleans())
def test_what_is_not_looked_up_would_not_have_joined(away, about, of_source):
    rule, source = INTAKE.same_event, "source-1" if of_source else None
    assert rule.joins_from is not None
    told = replace(north(FIRE, away), approximate=about, hazard_source_id=source)
    best = known(phones=frozenset(), approximate=about, hazard_source_id=source)
    if away > within(rule, rule.joins_from, about, of_source) * 1.001:
        assert compare(told, best, INTAKE).score < rule.joins_from


def test_what_only_joins_is_looked_up_nearer_and_a_common_hazard_source_reaches_farther():
    rule = INTAKE.same_event
    assert rule.metres is not None and rule.joins_from is not None
    reach = [within(rule, likelihood, False) for likelihood in (rule.joins_from, rule.proposed_from)]
    assert reach == [2 * rule.metres, 3 * rule.metres]
    assert within(rule, rule.joins_from, False, of_source=True) == 3 * rule.metres
    assert within(rule, 0.999_999_9, False) == 0.0


def test_nothing_waits_for_its_turn_where_nothing_joins_by_itself():
    for joins in (None, 0.999_999_9):
        assert cells(123.8, 41.8, False, INTAKE.same_event.model_copy(update={"joins_from": joins})) == []


@given(places, st.booleans(), st.booleans(), st.floats(0, 6.28), st.floats(41, 42))
def test_calls_that_may_join_each_other_have_a_cell_in_common(away, about, also, angle, lat):
    rule = INTAKE.same_event
    assert rule.joins_from is not None
    if away <= within(rule, rule.joins_from, about or also) * 0.999:
        east = away * math.sin(angle) / (METRES_PER_DEGREE * math.cos(math.radians(lat)))
        there = 123.8 + east, lat + away * math.cos(angle) / METRES_PER_DEGREE
        one, other = cells(123.8, lat, about, rule), cells(*there, also, rule)
        assert set(one) & set(other)
        assert len(one) <= (9 if about else 4) and one == sorted(set(one))


def test_a_road_that_is_called_by_a_number_is_no_house():
    one, other = replace(FIRE, address="开发区3号路12号"), replace(FIRE, address="开发区3号路88号")
    assert "other_house" in {found.reason for found in compare(one, known(other), INTAKE).evidence}


async def test_turns_in_one_cell_come_one_after_the_other_and_elsewhere_at_once():
    turns, order = Turns(), list[str]()

    async def one(name: str, *near: int) -> None:
        async with turns.taken(near):
            order.append(f"{name}+")
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            order.append(f"{name}-")

    await asyncio.gather(one("a", 1, 2), one("b", 2, 3), one("c", 7))
    assert order.index("a-") < order.index("b+")
    assert order.index("c+") < order.index("a-")
    assert not turns._locks and not turns._wanted


async def test_a_turn_that_does_not_come_in_time_is_said_and_leaves_the_others_alone():
    turns = Turns()

    async def asks(*_: object) -> None:
        async with turns.taken([0, 1]):
            raise AssertionError

    async with turns.taken([1]):
        with pytest.raises(DatabaseUnavailable):
            await deadlines.RequestDeadline(asks, 0.05)({"type": "http"}, asks, asks)  # type: ignore[arg-type]
        async with turns.taken([0]):
            pass
    async with turns.taken([0, 1]):
        pass
