"""What code asks the plan, and what it answers."""

import pytest
from pydantic import ValidationError

from contracts.facts import Facts
from contracts.plan import UnknownEventType, UnknownSector, agenda, check, unconfirmed, unsourced
from contracts.plan.provenance import entries
from contracts.plan.reporting import Recipient
from contracts.plan.run_card import RunCard
from contracts.tests.small_plan import FIGURE, SMALL, card, duty, place, small_plan
from contracts.values import Grade, ResponseLevel, Value

PLAN = small_plan()
NOTHING = Facts()
OPEN = {"value": 60, "to_confirm": True}
G, S, M, C = Grade.GENERAL, Grade.SIGNIFICANT, Grade.MAJOR, Grade.CATASTROPHIC


def test_the_small_plan_is_sound():
    assert check(PLAN) == []


def test_a_plan_cannot_be_changed_and_takes_no_unknown_parts():
    with pytest.raises(ValidationError):
        PLAN.name = "other"
    with pytest.raises(ValidationError, match="surprise"):
        small_plan(surprise=1)


def test_the_tree_is_walked_up_and_down():
    assert PLAN.root == "210000"
    assert (PLAN.parent("210101"), PLAN.parent("210000")) == ("210100", None)
    assert PLAN.children("210100") == ["210101", "210102"]
    assert PLAN.children("210101") == []


@pytest.mark.parametrize(
    ("code", "ancestor", "expected"),
    [
        ("210101", "210101", True),
        ("210101", "210100", True),
        ("210101", "210000", True),
        ("210100", "210101", False),
        ("210101", "210102", False),
        ("999999", "210000", False),
        ("999999", "999999", False),
    ],
)
def test_within_is_the_place_itself_or_anything_below_it(code, ancestor, expected):
    assert PLAN.is_within(code, ancestor) is expected


PLACES = {
    "210101001": {"name": "street", "name_en": "x", "kind": "subdistrict", "within": "210101", "source": "x"},
    "210101001001": {"name": "grid", "name_en": "x", "kind": "grid", "within": "210101001", "source": "x"},
}


def test_a_place_below_the_county_lies_within_everything_above_it_and_has_no_node():
    plan = small_plan(places=PLACES)
    assert check(plan) == []
    above = ("210101001", "210101", "210100", "210000")
    assert [plan.is_within("210101001001", code) for code in above] == [True] * 4
    assert not plan.is_within("210101001", "210101001001")
    assert not plan.is_within("210101001", "210102")
    assert plan.children("210101") == []
    assert (plan.place_name("210101001"), plan.place_name("1")) == ("street", "1")


@pytest.mark.parametrize(
    ("code", "within", "rules"),
    [
        ("210102001", "210101", {"circular"}),
        ("210101002", "210100", {"missing", "circular"}),
        ("210101003", "210101003", {"circular"}),
    ],
)
def test_a_place_lies_in_the_county_its_code_begins_with(code, within, rules):
    plan = small_plan(places={**PLACES, code: {**PLACES["210101001"], "within": within}})
    assert {found.rule for found in check(plan)} == rules


def test_a_place_is_linked_to_the_level_above_and_to_those_directly_below():
    assert {code for code in PLAN.jurisdictions if PLAN.is_linked("210100", code)} == {
        "210000",
        "210101",
        "210102",
    }
    assert not PLAN.is_linked("210101", "210102")
    assert not PLAN.is_linked("210101", "999999")


def test_a_sector_is_found_by_slug_or_chinese_name():
    assert PLAN.sector("chemistry") == PLAN.sector("化工")
    with pytest.raises(UnknownSector) as unknown:
        PLAN.sector("nonsense")
    assert (unknown.value.field, unknown.value.values["sector"]) == ("sector", "nonsense")
    with pytest.raises(UnknownSector) as misspelt:
        PLAN.sector("chemisty")
    assert misspelt.value.values["known"].zh.startswith("化工（chemistry）")


def test_an_event_type_belongs_to_its_sector():
    PLAN.require_event_type("chemistry", "12D02")
    assert (PLAN.event_name("12D02"), PLAN.event_name("19000")) == ("leak", "19000")
    with pytest.raises(UnknownEventType):
        PLAN.require_event_type("chemistry", "12G01")
    with pytest.raises(UnknownSector):
        PLAN.require_event_type("nonsense", "12D02")


@pytest.mark.parametrize(("code", "above"), [("210101", {S, M, C}), ("210100", {M, C}), ("210000", set())])
def test_a_grade_is_handed_up_where_its_lead_level_lies_above(code, above):
    assert {grade for grade in Grade if PLAN.lead_is_above(grade, code)} == above


def owed(plan, code, grade, facts=NOTHING, sector="chemistry"):
    return set(plan.duties(code, sector, facts, grade))


def test_a_level_owes_its_own_duties_and_the_urgent_ones_from_their_grade_on():
    assert owed(PLAN, "210101", G) == {"county"}
    assert owed(PLAN, "210101", C) == {"county", "county_urgent"}
    assert owed(PLAN, "210100", C) == {"city"}


def test_a_duty_is_owed_for_the_sectors_classes_and_kinds_of_accident_it_is_for():
    clocks = {
        "all": duty("county"),
        "production": duty("county", production=True),
        "other": duty("county", production=False),
        "chemistry": duty("county", sectors=["chemistry"]),
        "rest": duty("county", except_sectors=["chemistry"]),
        "disasters": duty("county", classes=["natural_disaster"]),
        "accidents": duty("county", classes=["accident"], production=True),
    }
    chemistry = SMALL["sectors"]["chemistry"]
    road = {
        **chemistry,
        "name": "road",
        "grading": {"production": "by_fact", "table": "table", "source": "example"},
    }
    flood = {
        **chemistry,
        "name": "flood",
        "event_class": "natural_disaster",
        "grading": {"production": "never", "source": "example"},
    }
    sectors = {"chemistry": chemistry, "road": road, "flood": flood}
    plan = small_plan(reporting_duties=clocks, sectors=sectors)
    business = Facts(in_production=True)
    assert owed(plan, "210101", G) == {"all", "production", "chemistry", "accidents"}
    assert owed(plan, "210101", G, business, "road") == {"all", "production", "rest", "accidents"}
    assert owed(plan, "210101", G, NOTHING, "road") == {"all", "other", "rest"}
    assert owed(plan, "210101", G, business, "flood") == {"all", "other", "rest", "disasters"}


def test_an_incident_of_a_sector_that_only_a_neighbour_s_newer_plan_has_is_still_reported_at_once():
    plan = small_plan(
        reporting_duties={
            "at_once": duty("county", production=False),
            "two_hours": duty("county", production=True),
        }
    )
    assert owed(plan, "210101", G, NOTHING, "lithium") == {"at_once"}
    assert plan.competent_departments("lithium") == "lithium"


@pytest.mark.parametrize(("grade", "name"), [(G, "city"), (S, "province"), (M, "province"), (C, "capital")])
def test_a_recipient_is_that_of_the_nearest_grade_not_above(grade, name):
    names = {"significant": "province", "general": "city", "catastrophic": "capital"}
    recipient = Recipient.model_validate({"kind": "next_level", "by_grade": names})
    assert recipient.name(grade, "") == name


def test_a_recipient_below_its_lowest_grade_is_that_of_the_lowest_and_names_the_departments():
    names = {"major": "province ({departments})", "catastrophic": "capital"}
    recipient = Recipient.model_validate({"kind": "competent_department", "by_grade": names})
    assert recipient.name(G, PLAN.competent_departments("chemistry")) == "province (health)"


def test_a_consultation_invites_by_every_rule_up_to_the_grade_each_once():
    assert PLAN.invitees("chemistry", G) == ("health", "police")
    assert PLAN.invitees("chemistry", C) == ("health", "police", "press", "army", "navy")
    assert PLAN.invitees("nonsense", C) == ()


@pytest.mark.parametrize(
    ("event_type", "grade", "expected"),
    [
        ("12D01", G, "any"),
        ("12D01", S, "any"),
        ("12D01", M, "any_major"),
        ("12D02", G, "leak"),
        ("12D02", C, "leak"),
    ],
)
def test_the_card_of_the_event_type_comes_first_then_the_highest_grade_reached(event_type, grade, expected):
    slug, _ = PLAN.run_card("chemistry", event_type, grade)
    assert slug == expected


def test_a_higher_alarm_has_its_own_card_or_none():
    slug, _ = PLAN.run_card("chemistry", "12D01", G, alarm_level=2)
    assert slug == "alarm_2"
    assert PLAN.run_card("chemistry", "12D01", G, alarm_level=3) is None
    assert PLAN.run_card("nonsense", "12D01", C) is None


def test_two_cards_for_the_same_case_are_a_fault():
    cards = {**SMALL["run_cards"], "again": card("chemistry", "general")}
    assert [found.rule for found in check(small_plan(run_cards=cards))] == ["repeated"]


def test_of_several_drafts_the_one_of_the_highest_grade_reached_is_taken():
    assert PLAN.auto_draft("chemistry", "12D02", S).level == "yellow"
    assert PLAN.auto_draft("chemistry", "12D02", C).level == "red"
    assert PLAN.auto_draft("chemistry", "12D01", C) is None


def test_a_sector_has_an_alarm_scale_or_none():
    assert PLAN.alarm_scale("chemistry").name == "alarm"
    assert PLAN.alarm_scale("nonsense") is None


def test_what_is_marked_is_listed_by_its_path_and_what_says_nothing_is_a_fault():
    marked = small_plan(
        timers={
            "acknowledge_seconds": {"value": 60, "to_confirm": True},
            "undo_seconds": {"value": 60, "source": "example"},
            "other": {"value": 1},
        }
    )
    assert list(unconfirmed(marked)) == ["timers.acknowledge_seconds"]
    assert list(unsourced(marked)) == ["timers.other"]
    assert [(found.where, found.rule) for found in check(marked)] == [("timers.other", "unsourced")]


def sector(**changes: object):
    return small_plan(sectors={"chemistry": {**SMALL["sectors"]["chemistry"], **changes}})


def test_a_source_covers_its_own_entry_and_none_inside_it():
    plan = sector(competent={"departments": ["health"]})
    assert plan.sectors["chemistry"].source
    assert [(found.where, found.rule) for found in check(plan)] == [
        ("sectors.chemistry.competent", "unsourced")
    ]


def test_a_plain_value_outside_every_entry_is_a_fault_and_one_inside_is_covered():
    class Loose(Value):
        name: str = "called so"
        figure: float = 3
        card: dict[str, RunCard]

    loose = Loose(card=PLAN.run_cards)
    assert [entry.path for entry in entries(loose) if not entry.vouched] == ["figure"]
    assert PLAN.run_cards["any"].slots[0].count == 1


@pytest.mark.parametrize("words", ["由本市填写", "草案（待确认）", "转载，待核对"])
def test_an_entry_that_says_it_is_not_settled_must_be_marked_so(words):
    plan = sector(source=words)
    assert [(found.where, found.rule) for found in check(plan)] == [("sectors.chemistry", "unmarked")]
    assert check(sector(source=words, to_confirm=True)) == []


@pytest.mark.parametrize(
    ("changes", "path", "departments"),
    [
        ({"timers": {"acknowledge_seconds": OPEN}}, "timers.acknowledge_seconds", ("health",)),
        ({"travel": {"detour_factor": OPEN, "speed_kmh": FIGURE}}, "travel.detour_factor", ("police",)),
        (
            {"timers": {"acknowledge_seconds": {**OPEN, "confirm_by": ["navy"]}}},
            "timers.acknowledge_seconds",
            ("navy",),
        ),
        (
            {"run_cards": {**SMALL["run_cards"], "leak": card("chemistry", "major", to_confirm=True)}},
            "run_cards.leak",
            ("army",),
        ),
    ],
)
def test_who_confirms_is_said_by_the_entry_the_plan_s_parts_or_the_sector_s_departments(
    changes, path, departments
):
    chemistry = {
        **SMALL["sectors"]["chemistry"],
        "competent": {"departments": ["army"], "source": "example"},
    }
    (item,) = agenda(small_plan(sectors={"chemistry": chemistry}, **changes))
    assert (item.path, item.departments) == (path, departments)


def test_the_agenda_says_what_stands_there_now_in_the_plan_s_own_names():
    matrix = {"chemistry": {**SMALL["consultations"]["matrix"]["chemistry"], "to_confirm": True}}
    plan = small_plan(consultations={**SMALL["consultations"], "matrix": matrix})
    (item,) = agenda(plan)
    assert (item.path, item.name) == ("consultations.matrix.chemistry", "化工")
    assert item.value == "general: health、police；significant: press；major: army；catastrophic: navy"


def test_what_nobody_has_told_is_no_accident_of_production():
    sectors = {
        slug: {**SMALL["sectors"]["chemistry"], "name": slug, "grading": {**rule, "source": "example"}}
        for slug, rule in {
            "mine": {"production": "always", "table": "table"},
            "road": {"production": "by_fact", "table": "table", "outside_production": "table"},
            "quake": {"production": "never"},
        }.items()
    }
    plan = small_plan(sectors=sectors)
    told = [Facts(), Facts(in_production=False), Facts(in_production=True)]
    assert {slug: [plan.is_production(slug, facts) for facts in told] for slug in sectors} == {
        "mine": [True, True, True],
        "road": [False, False, True],
        "quake": [False, False, False],
    }
    assert plan.grading_table("quake", Facts()) is None


@pytest.mark.parametrize(("code", "grade"), [("210101", S), ("210100", M), ("210000", C)])
def test_what_needs_the_level_above_has_the_lowest_grade_that_is_led_there(code, grade):
    assert PLAN.grade_of_level_above(code) is grade


def test_the_measures_of_a_level_are_its_own_and_all_those_below_for_this_class_of_event():
    levels = {
        level: {
            **SMALL["responses"]["levels"][level],
            "measures": [
                {"text": f"{level} all", "source": "example"},
                {"text": f"{level} unrest", "source": "example", "classes": ["social_security"]},
            ],
        }
        for level in ("IV", "III", "II", "I")
    }
    responses = small_plan(responses={**SMALL["responses"], "levels": levels}).responses
    accident = [one.text for one in responses.measures(ResponseLevel.III, "accident")]
    assert accident == ["IV all", "III all"]
    assert len(responses.measures(ResponseLevel.I, "social_security")) == 8


@pytest.mark.parametrize(("code", "issuer"), [("11B04", "station"), ("12D02", "anybody"), ("99999", None)])
def test_the_issuer_of_the_longest_fitting_prefix_issues(code, issuer):
    found = PLAN.warnings.issuer(code)
    assert (found.issuer if found else None) == issuer


def test_a_plan_names_its_own_province_and_no_other_except_as_a_source():
    assert check(sector(name="辽宁省石化")) == []
    assert check(sector(source="参照江苏省的预案")) == []
    assert [(one.where, one.rule, one.concerns) for one in check(sector(name="江苏省石化"))] == [
        ("sectors.chemistry", "foreign_name", "江苏省")
    ]


def test_the_places_of_a_plan_lie_in_one_province_that_exists():
    elsewhere = {**SMALL["jurisdictions"], "320101": place("county", "210100")}
    assert ("jurisdictions.320101", "foreign_name") in {
        (one.where, one.rule) for one in check(small_plan(jurisdictions=elsewhere))
    }
    nowhere = {code.replace("21", "99", 1): one for code, one in SMALL["jurisdictions"].items()}
    assert "no_province" in {one.rule for one in check(small_plan(jurisdictions=nowhere))}
