"""The plan on disk is sound, its places lie where it says, and the demo's counties can help each other."""

from collections import Counter
from pathlib import Path

import pytest

from contracts.plan import check, references, unconfirmed, unsourced
from contracts.values import Grade
from shared.geo import Boundary, Whereabouts
from shared.plan_folder import load_plan

PLAN = load_plan(Path(__file__).parents[1])
WELL_INSIDE_M = 500
KINDS = ("teams", "depots", "shelters", "hazard_sources")
SITES = [
    (key, entry.jurisdiction, getattr(entry, "home", None) or entry.place)
    for kind in KINDS
    for key, entry in getattr(PLAN.seed, kind).items()
]
DEMO_NODES = ("210400", "210404", "210421")
LEAK = ("hazardous_chemicals", "12D02")


def able(*nodes: str) -> Counter[str]:
    """How many seeded teams of these nodes have each capability."""
    return Counter(
        capability
        for team in PLAN.seed.teams.values()
        if team.jurisdiction in nodes
        for capability in PLAN.team_kinds[team.kind].capabilities
    )


def wanted(card) -> Counter[str]:
    return Counter({slot.capability: slot.count for slot in card.slots})


def test_every_reference_resolves_and_every_entry_is_vouched_for():
    assert check(PLAN) == []
    assert list(unsourced(PLAN)) == []
    assert sum(1 for _ in references(PLAN)) > 1000


@pytest.mark.parametrize(("key", "code", "place"), SITES, ids=[key for key, *_ in SITES])
def test_every_site_lies_well_inside_its_jurisdiction(key, code, place):
    assert Boundary(PLAN.boundaries[code]).locate(place.lon, place.lat, WELL_INSIDE_M) is Whereabouts.INSIDE


@pytest.mark.parametrize("node", DEMO_NODES)
def test_every_demo_node_has_something_of_everything(node):
    for kind in KINDS:
        assert [key for key, entry in getattr(PLAN.seed, kind).items() if entry.jurisdiction == node]
    assert able(node).keys() >= {"fire_fighting", "hazmat", "rescue", "medical", "cordon"}
    assert any(depot.stock for depot in PLAN.seed.depots.values() if depot.jurisdiction == node)


def test_nothing_of_the_seed_and_no_number_of_force_pretends_to_be_confirmed():
    open_entries = set(unconfirmed(PLAN))
    for kind in (*KINDS, "items", "experts"):
        assert {f"seed.{kind}.{key}" for key in getattr(PLAN.seed, kind)} <= open_entries
    assert {f"run_cards.{slug}" for slug in PLAN.run_cards} <= open_entries
    assert {f"grades.{grade}" for grade in PLAN.grades} <= open_entries
    assert {"travel.speed_kmh", "timers.acknowledge_seconds", "warnings.valid_hours"} <= open_entries
    assert {"grading.power_outage", "grading.by_analogy", "alarm_scales.fire"} <= open_entries


def test_the_law_s_own_numbers_need_no_confirmation():
    assert not {"grading.work_safety", "reporting_clocks.unit_report"} & set(unconfirmed(PLAN))


@pytest.mark.parametrize("node", DEMO_NODES[1:])
def test_each_county_can_answer_a_small_leak_alone(node):
    _, card = PLAN.run_card(*LEAK, Grade.GENERAL)
    assert wanted(card) <= able(node)


def test_a_graver_leak_in_wanghua_is_answered_partly_and_fushunxian_can_cover_the_rest():
    _, card = PLAN.run_card(*LEAK, Grade.SIGNIFICANT)
    short = wanted(card) - able("210404")
    assert short["hazmat"] == 2
    assert short <= able("210421")
    assert all(able("210404")[capability] for capability in wanted(card))


@pytest.mark.parametrize("slug", PLAN.run_cards)
def test_city_and_counties_together_can_fill_every_run_card(slug):
    assert wanted(PLAN.run_cards[slug]) <= able(*DEMO_NODES)


def test_an_alarm_asks_for_more_at_every_level():
    levels = [PLAN.run_card("fire", "12G01", Grade.GENERAL, level) for level in range(1, 6)]
    assert all(levels)
    assert len({slug for slug, _ in levels}) == len(levels)


def test_a_leak_gets_a_warning_drafted_at_once():
    assert PLAN.auto_draft(*LEAK, Grade.GENERAL) is not None
    assert PLAN.auto_draft("fire", "12G01", Grade.GENERAL) is None


def test_a_consultation_of_a_graver_incident_invites_more():
    few = PLAN.invitees("hazardous_chemicals", Grade.GENERAL)
    many = PLAN.invitees("hazardous_chemicals", Grade.MAJOR)
    assert set(few) < set(many)


def test_lead_levels_do_not_cite_the_article_about_several_regions():
    assert not [name.lead_article for name in PLAN.grades.values() if "第十八条" in name.lead_article]


def test_a_county_hands_significant_incidents_on_and_the_city_major_ones():
    assert not PLAN.lead_is_above(Grade.GENERAL, "210404")
    assert PLAN.lead_is_above(Grade.SIGNIFICANT, "210404")
    assert not PLAN.lead_is_above(Grade.SIGNIFICANT, "210400")
    assert PLAN.lead_is_above(Grade.MAJOR, "210400")


def test_the_clocks_run_by_the_law_s_hours():
    limits = {slug: duty.limit_minutes for slug, duty in PLAN.reporting_clocks.items()}
    assert (limits["unit_report"], limits["county_report_up"], limits["city_report_up"]) == (60, 120, 120)
    assert PLAN.duties("210404", Grade.MAJOR).keys() > PLAN.duties("210404").keys()


def test_the_tree_knows_above_and_below():
    assert PLAN.root == PLAN.parent("210404") == "210400"
    assert "210421" in PLAN.children("210400")
    assert PLAN.is_within("210404", "210400")
    assert not PLAN.is_within("210400", "210404")
    assert not PLAN.is_within("999999", "210400")
    assert "210424" not in PLAN.jurisdictions
