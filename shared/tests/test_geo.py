"""Distances in metres and places against a boundary."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.geo import METRES_PER_DEGREE, distance_m
from shared.geo import Boundary, Whereabouts

LON, LAT = 123.8, 41.85
EAST = METRES_PER_DEGREE * math.cos(math.radians(LAT))
SIDE = 5_000.0
MARGIN = 300.0
TOLERANCE = 10.0
lons, lats = st.floats(-180, 180), st.floats(-90, 90)


def at(east: float, north: float) -> tuple[float, float]:
    """The degrees of a place so many metres east and north of the middle."""
    return LON + east / EAST, LAT + north / METRES_PER_DEGREE


def ring(side: float) -> list[tuple[float, float]]:
    return [at(x, y) for x, y in ((-side, -side), (side, -side), (side, side), (-side, side), (-side, -side))]


SQUARE = Boundary({"type": "Polygon", "coordinates": [ring(SIDE)]})
WITH_A_HOLE = Boundary({"type": "Polygon", "coordinates": [ring(SIDE), ring(1_000)]})


def test_a_degree_of_latitude_is_111_km_and_one_of_longitude_less():
    assert distance_m(LON, 41, LON, 42) == pytest.approx(111_195, rel=1e-3)
    assert distance_m(123, LAT, 124, LAT) == pytest.approx(EAST, rel=1e-3)


@given(lons, lats, lons, lats)
def test_a_distance_is_the_same_both_ways_and_at_most_half_the_earth_round(lon1, lat1, lon2, lat2):
    there = distance_m(lon1, lat1, lon2, lat2)
    assert there == pytest.approx(distance_m(lon2, lat2, lon1, lat1), abs=1e-3)
    assert 0 <= there <= 20_016_000


@pytest.mark.parametrize(("east", "north"), [(1, 0), (-1, 0), (0, 1), (0, -1)])
@pytest.mark.parametrize(
    ("metres_inside", "expected"),
    [
        (MARGIN + TOLERANCE, Whereabouts.INSIDE),
        (MARGIN - TOLERANCE, Whereabouts.NEAR_EDGE),
        (TOLERANCE - MARGIN, Whereabouts.NEAR_EDGE),
        (-MARGIN - TOLERANCE, Whereabouts.OUTSIDE),
    ],
)
def test_the_margin_is_as_wide_to_the_north_as_to_the_east(east, north, metres_inside, expected):
    away = SIDE - metres_inside
    assert SQUARE.locate(*at(east * away, north * away), MARGIN) is expected


@given(st.floats(-9_000, 9_000), st.floats(-9_000, 9_000))
def test_every_place_is_judged_by_its_distance_to_the_edge(east, north):
    found = SQUARE.locate(*at(east, north), MARGIN)
    depth = SIDE - max(abs(east), abs(north))
    outside = math.hypot(max(abs(east) - SIDE, 0), max(abs(north) - SIDE, 0))
    if depth > MARGIN + TOLERANCE:
        assert found is Whereabouts.INSIDE
    elif outside > MARGIN + TOLERANCE:
        assert found is Whereabouts.OUTSIDE
    elif 0 <= depth < MARGIN - TOLERANCE or 0 < outside < MARGIN - TOLERANCE:
        assert found is Whereabouts.NEAR_EDGE


@given(st.floats(-9_000, 9_000), st.floats(-9_000, 9_000), st.floats(0, 2_000), st.floats(0, 2_000))
def test_a_wider_margin_only_makes_more_places_doubtful(east, north, one, other):
    narrow, wide = sorted((one, other))
    at_wide = SQUARE.locate(*at(east, north), wide)
    assert at_wide in {Whereabouts.NEAR_EDGE, SQUARE.locate(*at(east, north), narrow)}


def test_a_hole_is_outside_and_has_an_edge_of_its_own():
    assert WITH_A_HOLE.locate(*at(0, 0), MARGIN) is Whereabouts.OUTSIDE
    assert WITH_A_HOLE.locate(*at(1_100, 0), MARGIN) is Whereabouts.NEAR_EDGE
    assert WITH_A_HOLE.locate(*at(3_000, 0), MARGIN) is Whereabouts.INSIDE


def test_a_jurisdiction_in_two_pieces_is_one():
    far = [(lon + 1, lat) for lon, lat in ring(SIDE)]
    both = Boundary({"type": "MultiPolygon", "coordinates": [[ring(SIDE)], [far]]})
    assert both.locate(LON, LAT, MARGIN) is Whereabouts.INSIDE
    assert both.locate(LON + 1, LAT, MARGIN) is Whereabouts.INSIDE
    assert both.locate(LON + 0.5, LAT, MARGIN) is Whereabouts.OUTSIDE
