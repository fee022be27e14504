"""Plain geometry on the Earth: distances in metres, and whether a point lies in a shape. WGS-84 degrees."""

import math
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from shapely import prepare, transform
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


def middle(geometry: Mapping[str, Any]) -> tuple[float, float]:
    """Longitude and latitude of a point well inside a shape."""
    point = shape(geometry).representative_point()
    return round(point.x, 5), round(point.y, 5)


class Boundary:
    """One shape, prepared; distances to its edge are exact to about a percent at city scale.

    The shape is kept in metres east and north of its own middle (an equirectangular projection), so
    that a margin means the same in every direction.
    """

    def __init__(self, geometry: Mapping[str, Any]) -> None:
        degrees = shape(geometry)
        self._lon, self._lat = degrees.centroid.x, degrees.centroid.y
        self._shape = transform(degrees, self._metres, interleaved=False)
        self._edge = self._shape.boundary
        prepare(self._shape)

    def locate(self, lon: float, lat: float, margin_m: float) -> Whereabouts:
        """Inside, outside, or nearer to the edge than ``margin_m`` on either side."""
        point = Point(*self._metres(lon, lat))
        if self._edge.dwithin(point, margin_m):
            return Whereabouts.NEAR_EDGE
        return Whereabouts.INSIDE if self._shape.contains(point) else Whereabouts.OUTSIDE

    def _metres(self, lon: Any, lat: Any) -> tuple[Any, Any]:  # noqa: ANN401 - a number or an array
        east = METRES_PER_DEGREE * math.cos(math.radians(self._lat))
        return (lon - self._lon) * east, (lat - self._lat) * METRES_PER_DEGREE
