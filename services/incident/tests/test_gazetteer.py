"""Finding places and kinds by a few keys."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.plan.intake import Post
from contracts.values import Location
from services.incident.policy.gazetteer import CANDIDATES, Named, along, find_spots, initials, search
from services.incident.policy.spots import kinds, spots
from shared.plan_folder import load_plan

PLAN = load_plan(Path("plans/fushun"))
COUNTY = spots(PLAN, "210404")
KINDS = kinds(PLAN)


def names(query: str) -> list[str]:
    return [one.name for one in find_spots(COUNTY, query)]


def test_initials_are_those_of_the_pinyin_and_leave_the_rest_as_it_is():
    assert initials("和平路") == "hpl"
    assert initials("G202国道") == "g202gd"


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("hpl", "和平路（示例）"),
        ("和平", "和平路（示例）"),
        ("hgy", "望花区示例化工园"),
        ("化工园", "望花区示例化工园"),
        ("望花区", "望花区"),
        ("yltgq", ""),
    ],
)
def test_a_place_is_found_by_characters_and_by_initials(query, first):
    assert (names(query) or [""])[0] == first


def test_another_county_s_places_are_not_offered():
    assert names("抚顺县示例村") == []
    assert find_spots(spots(PLAN, "210400"), "fsxslc")[0].name == "抚顺县示例村"


def test_a_house_number_stays_with_the_road_and_the_place_is_only_about_there():
    (found, *_) = find_spots(COUNTY, "和平路118号")
    assert (found.name, found.what.approximate) == ("和平路（示例）118号", True)


@pytest.mark.parametrize(
    ("typed", "name", "lon"),
    [
        ("示例高速 12", "示例高速 K12", 123.79),
        ("slgsK12+500", "示例高速 K12.5", 123.795),
        ("slgs 99", "示例高速99", 123.79),
    ],
)
def test_a_kilometre_of_a_road_lies_between_its_posts(typed, name, lon):
    (found, *_) = find_spots(COUNTY, typed)
    assert (found.name, found.what.location.lon) == (name, pytest.approx(lon))


@pytest.mark.parametrize("typed", ["123.78,41.84", "41.84 123.78", "123.78， 41.84"])
def test_a_pair_of_degrees_is_a_place_whichever_comes_first(typed):
    (found,) = find_spots(COUNTY, typed)
    assert (found.what.location.lon, found.what.location.lat) == (123.78, 41.84)


def test_a_hazard_source_brings_its_id():
    (found, *_) = find_spots(COUNTY, "用氯企业")
    assert found.what.hazard_source_id == "wanghua-chlorine-1"


@pytest.mark.parametrize(
    ("typed", "kind"), [("gcmyjz", ("fire", "12G04")), ("xlsg", ("hazardous_chemicals", "12D02"))]
)
def test_a_kind_is_found_by_initials(typed, kind):
    assert kind in [one.what for one in search(KINDS, typed)]


@given(st.text(max_size=12))
def test_whatever_is_typed_gives_a_few_answers_or_none(typed):
    assert len(find_spots(COUNTY, typed)) <= CANDIDATES


@given(st.lists(st.text("和平路东西南北街", min_size=1, max_size=6), unique=True, max_size=30), st.data())
def test_a_name_typed_in_full_comes_first(known, data):
    if known:
        wanted = data.draw(st.sampled_from(known))
        assert search([Named(one, one) for one in known], wanted)[0].what == wanted


@given(st.floats(0, 20, allow_nan=False))
def test_along_a_road_one_is_between_its_ends_or_nowhere(km):
    posts = [Post(km=at, location=Location(lon=123 + at / 100, lat=41)) for at in (2, 5, 11)]
    found = along(posts, km)
    assert (found is not None) == (2 <= km <= 11)
    assert found is None or found.lon == pytest.approx(123 + km / 100, abs=1e-5)


def test_what_the_city_adds_as_a_table_is_found_by_characters_initials_and_whole_pinyin():
    for query in ("界河屯", "jht", "jiehetun", "jiehe"):
        assert names(query)[0] == "界河屯（示例）", query
    assert names("示例环路1") == ["示例环路 K1"]


def test_stations_of_teams_can_be_named():
    station = next(
        team.station for team in PLAN.seed.teams.values() if team.station and team.jurisdiction == "210404"
    )
    assert station in names(station)
