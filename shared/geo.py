"""Plain geometry on the Earth: distances in metres, and whether a point lies in a shape. WGS-84 degrees."""

import math
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from shapely.geometry import Point, shape

EARTH_RADIUS_M = 6_371_008.8
METRES_PER_DEGREE = math.pi * EARTH_RADIUS_M / 180


class Whereabouts(StrEnum):
    """How a point lies to a shape."""

    INSIDE = "inside"
    NEAR_EDGE = "near_edge"
    OUTSIDE = "outside"


def distance_m(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Great-circle distance in metres (haversine)."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    half = math.sin((phi2 - phi1) / 2) ** 2
    half += math.cos(phi1) * math.cos(phi2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(half)))


class Boundary:
    """One shape, prepared; distances to its edge are exact to about a percent at city scale."""

    def __init__(self, geometry: Mapping[str, Any]) -> None:
        self._shape = shape(geometry)
        self._edge = self._shape.boundary

    def locate(self, lon: float, lat: float, margin_m: float) -> Whereabouts:
        """Inside, outside, or nearer to the edge than ``margin_m`` on either side."""
        point = Point(lon, lat)
        margin = margin_m / (METRES_PER_DEGREE * math.cos(math.radians(lat)))
        if self._edge.distance(point) <= margin:
            return Whereabouts.NEAR_EDGE
        return Whereabouts.INSIDE if self._shape.contains(point) else Whereabouts.OUTSIDE
