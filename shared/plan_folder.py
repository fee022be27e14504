"""Reads a plan folder: every ``*.yaml`` holds some top-level parts of the plan, ``boundaries.geojson`` the shapes."""

import json
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from contracts.plan import Plan


class UnreadablePlan(ValueError):
    """The folder is no plan; the message names file, place and rule."""


def load_plan(folder: Path) -> Plan:
    """The plan in a folder; raises UnreadablePlan."""
    parts: dict[str, Any] = {}
    for file in sorted(folder.glob("*.yaml")):
        for name, value in _read(file).items():
            if name in parts:
                raise UnreadablePlan(f"{file.name}: '{name}' stands in another file too")
            parts[name] = value
    if not parts:
        raise UnreadablePlan(f"{folder}: no *.yaml")
    parts["boundaries"] = _boundaries(folder / "boundaries.geojson")
    try:
        return Plan.model_validate(parts)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UnreadablePlan(f"{folder}: {where}: {first['msg']}") from error


def _read(file: Path) -> dict[str, Any]:
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise UnreadablePlan(f"{file}: {error}") from error
    if not isinstance(content, dict):
        raise UnreadablePlan(f"{file}: not a mapping")
    return content


def _boundaries(file: Path) -> dict[str, Any]:
    if not file.exists():
        return {}
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    return {feature["properties"]["code"]: feature["geometry"] for feature in features}
