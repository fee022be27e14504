"""Reads a plan folder: every ``*.yaml`` holds some top-level parts of the plan, ``boundaries.geojson`` the shapes,
``gazetteer*.csv`` more places that callers name.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from contracts.messages import preferred_language, text
from contracts.plan import Finding, Plan, check
from shared.gazetteer_file import UnreadableGazetteer, read_gazetteer
from shared.http.problem import field_error

ANCHORS = "x-"
"""Top-level keys that begin so only hold YAML anchors."""
MOST_FAULTS = 20


class UnreadablePlan(ValueError):
    """The folder is no plan; the message names file, place and rule, one fault a line."""


class UnsoundPlan(UnreadablePlan):
    """The folder is a plan, but something in it does not hold; the message names each place."""


def load_plan(folder: Path) -> Plan:
    """The plan in a folder, checked: what services work with. Raises UnreadablePlan and UnsoundPlan."""
    plan = read_plan(folder)
    if faults := check(plan):
        lines = [text("plan.finding", where=one.where, fault=fault_text(one)) for one in faults]
        raise UnsoundPlan(_most(lines))
    return plan


def fault_text(finding: Finding) -> str:
    """What is wrong, in words."""
    return text(f"plan.fault.{finding.rule}", concerns=finding.concerns)


def read_plan(folder: Path) -> Plan:
    """The plan in a folder, sound or not; raises UnreadablePlan."""
    parts: dict[str, Any] = {}
    files: dict[str, str] = {}
    for file in sorted(folder.glob("*.yaml")):
        for name, value in _read_yaml(file).items():
            if name in parts:
                raise UnreadablePlan(f"{file}: '{name}' stands in {files[name]} too")
            parts[name], files[name] = value, file.name
    if not parts:
        raise UnreadablePlan(f"{folder}: no *.yaml")
    parts["boundaries"] = _boundaries(folder / "boundaries.geojson")
    parts["landmarks"] = (parts.get("landmarks") or {}) | _gazetteer(folder)
    try:
        return Plan.model_validate(parts)
    except ValidationError as error:
        raise UnreadablePlan(_faults(folder, files, error)) from error


def _faults(folder: Path, files: Mapping[str, str], error: ValidationError) -> str:
    faults = error.errors(include_url=False, include_input=False)
    told = (_fault(folder / files.get(str(one["loc"][0]), ""), dict(one)) for one in faults)
    return _most(list(told))


def _most(lines: Sequence[str]) -> str:
    """The first lines, and how many more there are."""
    more = len(lines) - MOST_FAULTS
    last = [text("plan.more_faults", count=more)] if more > 0 else []
    return "\n".join([*lines[:MOST_FAULTS], *last])


def _fault(file: Path, fault: Mapping[str, Any]) -> str:
    """The file, the place in it and the rule in words; what pydantic says itself in brackets."""
    words = field_error(fault)["message" if preferred_language() == "zh" else "message_en"]
    return f"{file}: {words} ({fault['msg']})"


def _read_yaml(file: Path) -> dict[str, Any]:
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), Loader=_NoDuplicates)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UnreadablePlan(f"{file}: {error}") from error
    if not isinstance(content, dict):
        raise UnreadablePlan(f"{file}: not a mapping")
    return {name: value for name, value in content.items() if not str(name).startswith(ANCHORS)}


class _NoDuplicates(yaml.CSafeLoader):
    """YAML's own rule, which the library forgets: a key stands once in a mapping.

    Judged on the document as written, before merge keys (``<<``) are filled in.
    """

    def get_single_node(self) -> yaml.Node | None:
        """The document as written; raises ComposerError for a key that stands twice."""
        root = super().get_single_node()
        for mapping in _mappings(root, set()):
            for (_, key), count in Counter(_keys(mapping)).items():
                if count > 1:
                    raise yaml.composer.ComposerError(None, None, f"'{key}' stands twice", mapping.start_mark)
        return root


def _keys(mapping: yaml.MappingNode) -> list[tuple[str, str]]:
    return [(key.tag, key.value) for key, _ in mapping.value if isinstance(key, yaml.ScalarNode)]


def _mappings(node: yaml.Node | None, seen: set[int]) -> Iterator[yaml.MappingNode]:
    if not isinstance(node, yaml.CollectionNode) or id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        yield node
    for item in node.value:
        for part in item if isinstance(item, tuple) else (item,):
            yield from _mappings(part, seen)


def _gazetteer(folder: Path) -> dict[str, Any]:
    try:
        tables = [read_gazetteer(file) for file in sorted(folder.glob("gazetteer*.csv"))]
    except UnreadableGazetteer as error:
        raise UnreadablePlan(_most(str(error).splitlines())) from error
    return {name: landmark for table in tables for name, landmark in table.items()}


def _boundaries(file: Path) -> dict[str, Any]:
    if not file.exists():
        return {}
    try:
        features = json.loads(file.read_text(encoding="utf-8"))["features"]
        return {feature["properties"]["code"]: feature["geometry"] for feature in features}
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadablePlan(f"{file}: not a GeoJSON collection of places with a code: {error!r}") from error
