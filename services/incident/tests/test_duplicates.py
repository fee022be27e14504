"""How likely two reports are about one event: what is alike adds, what differs takes away, and nothing alone decides."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.plan.intake import Intake
from services.incident.policy.duplicates import Known, Told, candidates, compare, within
from services.incident.similar import surest
from shared.plan_folder import load_plan
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
    if away > within(INTAKE.same_event) * 1.001:
        best = known(phones=frozenset(), approximate=True)
        assert candidates(replace(north(FIRE, away), approximate=True), [best], INTAKE) == []
