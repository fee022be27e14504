"""Whether a point lies in a shape, and how far from its edge. WGS-84 degrees."""

import math
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from shapely import prepare, transform
from shapely.geometry import Point, shape

from contracts.geo import METRES_PER_DEGREE


class Whereabouts(StrEnum):
    """How a point lies to a shape."""

    INSIDE = "inside"
    NEAR_EDGE = "near_edge"
    OUTSIDE = "outside"


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

    def metres_outside(self, lon: float, lat: float) -> float:
        """How far a point lies from the shape; 0 inside it."""
        return float(self._shape.distance(Point(*self._metres(lon, lat))))

    def _metres(self, lon: Any, lat: Any) -> tuple[Any, Any]:  # noqa: ANN401 - a number or an array
        east = METRES_PER_DEGREE * math.cos(math.radians(self._lat))
        return (lon - self._lon) * east, (lat - self._lat) * METRES_PER_DEGREE
