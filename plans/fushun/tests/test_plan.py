"""The plan on disk is sound, and every place of the seed lies where it says."""

from pathlib import Path

import pytest

from contracts.plan import check, references, unconfirmed
from contracts.values import Grade
from shared.geo import Boundary, Whereabouts
from shared.plan_folder import load_plan

PLAN = load_plan(Path(__file__).parents[1])
WELL_INSIDE_M = 500
SITES = [
    (key, entry.jurisdiction, getattr(entry, "home", None) or entry.place)
    for kind in ("teams", "depots", "shelters", "hazard_sources")
    for key, entry in getattr(PLAN.seed, kind).items()
]
DEMO_NODES = ("210400", "210404", "210421")


def test_every_reference_resolves():
    assert check(PLAN) == []
    assert sum(1 for _ in references(PLAN)) > 100


@pytest.mark.parametrize(("key", "code", "place"), SITES, ids=[key for key, *_ in SITES])
def test_every_site_lies_well_inside_its_jurisdiction(key, code, place):
    assert Boundary(PLAN.boundaries[code]).locate(place.lon, place.lat, WELL_INSIDE_M) is Whereabouts.INSIDE


def test_every_figure_without_a_source_is_listed_for_confirmation():
    listed = set(unconfirmed(PLAN))
    for path in (
        "travel.speed_kmh",
        "timers.acknowledge_seconds",
        "warnings.valid_hours",
        "grades.significant",
    ):
        assert path in listed


@pytest.mark.parametrize("node", DEMO_NODES[1:])
def test_each_county_can_answer_a_small_leak_and_not_a_large_one(node):
    able = [
        PLAN.team_kinds[team.kind].capabilities
        for team in PLAN.seed.teams.values()
        if team.jurisdiction == node
    ]
    _, small = PLAN.run_card("hazardous_chemicals", "12D02", Grade.GENERAL)
    _, large = PLAN.run_card("hazardous_chemicals", "12D02", Grade.SIGNIFICANT)
    assert all(sum(slot.capability in team for team in able) >= slot.count for slot in small.slots)
    assert not all(sum(slot.capability in team for team in able) >= slot.count for slot in large.slots)


def test_a_leak_gets_a_warning_drafted_at_once():
    assert PLAN.auto_draft("hazardous_chemicals", "12D02", Grade.GENERAL) is not None
    assert PLAN.auto_draft("fire", "12G01", Grade.GENERAL) is None


def test_a_consultation_of_a_graver_incident_invites_more():
    few = PLAN.invitees("hazardous_chemicals", Grade.GENERAL)
    many = PLAN.invitees("hazardous_chemicals", Grade.MAJOR)
    assert set(few) < set(many)


def test_the_tree_knows_above_and_below():
    assert PLAN.root == PLAN.parent("210404") == "210400"
    assert "210421" in PLAN.children("210400")
    assert PLAN.is_within("210404", "210400")
    assert not PLAN.is_within("210400", "210404")
    assert not PLAN.is_within("999999", "210400")
