"""Every example city's plan is sound, its places are real, and nothing of it pretends to be settled."""

from pathlib import Path

import pytest

from contracts.plan import agenda, check
from contracts.values import Grade
from liandong.boundaries import places_of
from liandong.placement import places_outside
from shared.plan_folder import load_plan

FOLDERS = sorted(path.parent for path in Path(__file__).parents[1].glob("*/1-places.yaml"))
CITIES = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


def test_there_is_a_second_city():
    assert FOLDERS


@CITIES
def test_it_is_sound_and_its_sites_lie_where_they_belong(folder):
    plan = load_plan(folder)
    assert [*check(plan), *places_outside(plan)] == []


@CITIES
def test_its_places_are_those_of_the_boundaries(folder):
    plan = load_plan(folder)
    assert {code: one.name for code, one in plan.jurisdictions.items()} == places_of(plan.root)


@CITIES
def test_its_force_and_seed_are_examples_to_be_confirmed(folder):
    plan = load_plan(folder)
    still_open = {item.path for item in agenda(plan)}
    assert {f"run_cards.{slug}" for slug in plan.run_cards} <= still_open
    assert {f"seed.teams.{key}" for key in plan.seed.teams} <= still_open


@CITIES
def test_each_of_its_counties_can_answer_a_leak(folder):
    plan = load_plan(folder)
    _, card = plan.run_card("hazardous_chemicals", "12D02", Grade.GENERAL)
    for county in plan.children(plan.root):
        kinds = [team.kind for team in plan.seed.teams.values() if team.jurisdiction == county]
        able = {capability for kind in kinds for capability in plan.team_kinds[kind].capabilities}
        assert {slot.capability for slot in card.slots} <= able
