"""Distances in metres and places against a boundary."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.geo import METRES_PER_DEGREE, Boundary, Whereabouts, distance_m

LON, LAT = 123.8, 41.85
EAST = METRES_PER_DEGREE * math.cos(math.radians(LAT))
SIDE = 5_000.0


def corner(east: float, north: float) -> tuple[float, float]:
    return LON + east / EAST, LAT + north / METRES_PER_DEGREE


SQUARE = Boundary(
    {
        "type": "Polygon",
        "coordinates": [
            [
                corner(x, y)
                for x, y in ((-SIDE, -SIDE), (SIDE, -SIDE), (SIDE, SIDE), (-SIDE, SIDE), (-SIDE, -SIDE))
            ]
        ],
    }
)


def test_a_degree_of_latitude_is_111_km():
    assert distance_m(LON, 41, LON, 42) == pytest.approx(111_195, rel=1e-3)


@given(st.floats(-9_000, 9_000), st.floats(-9_000, 9_000))
def test_the_margin_is_the_same_in_every_direction(east, north):
    lon, lat = corner(east, north)
    depth = SIDE - max(abs(east), abs(north))
    outside = math.hypot(max(abs(east) - SIDE, 0), max(abs(north) - SIDE, 0))
    found = SQUARE.locate(lon, lat, 300)
    if depth > 310:
        assert found is Whereabouts.INSIDE
    elif outside > 310:
        assert found is Whereabouts.OUTSIDE
    elif (0 <= depth < 290) or 0 < outside < 290:
        assert found is Whereabouts.NEAR_EDGE
