"""Reads a plan folder: every ``*.yaml`` holds some top-level parts of the plan, ``boundaries.geojson`` the shapes."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from contracts.plan import Plan

ANCHORS = "x-"
"""Top-level keys that begin so only hold YAML anchors."""
MERGE = "tag:yaml.org,2002:merge"


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
        content = yaml.load(file.read_text(encoding="utf-8"), Loader=_NoDuplicates)  # noqa: S506 - a safe loader
    except yaml.YAMLError as error:
        raise UnreadablePlan(f"{file}: {error}") from error
    if not isinstance(content, dict):
        raise UnreadablePlan(f"{file}: not a mapping")
    return {name: value for name, value in content.items() if not str(name).startswith(ANCHORS)}


class _NoDuplicates(yaml.CSafeLoader):
    """YAML's own rule, which the library forgets: a key stands once in a mapping."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value if key.tag != MERGE]
        if repeated := [key for key, count in Counter(keys).items() if count > 1]:
            raise yaml.constructor.ConstructorError(
                None, None, f"'{repeated[0]}' stands twice", node.start_mark
            )
        return super().construct_mapping(node, deep)


def _boundaries(file: Path) -> dict[str, Any]:
    if not file.exists():
        return {}
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    return {feature["properties"]["code"]: feature["geometry"] for feature in features}
