"""``compose.yaml`` as Docker would read it, with invented secrets."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
COMPOSE = ROOT / "compose.yaml"
VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?::(?P<kind>[-?])(?P<text>[^}]*))?\}")
SERVICES = ("incident", "dispatch", "resources", "notify")
NODES = ("210400", "210404")

Document = dict[str, Any]


@cache
def written() -> Document:
    """The file as it stands, anchors resolved."""
    return yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))


def variables() -> dict[str, str]:
    """Every variable of the file, with the mark after its name: ``?`` required, ``-`` has a default."""
    found = VARIABLE.finditer(COMPOSE.read_text(encoding="utf-8"))
    return {one["name"]: one["kind"] or "" for one in found}


def filled(given: Mapping[str, str] | None = None) -> Document:
    """The file with its variables replaced: by what is given, their default, or ``secret-NAME``."""
    return _filled(written(), given or {})


def _filled(value: Any, given: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {name: _filled(one, given) for name, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, given) for one in value]
    return VARIABLE.sub(lambda one: _value(one, given), value) if isinstance(value, str) else value


def _value(one: re.Match[str], given: Mapping[str, str]) -> str:
    default = one["text"] if one["kind"] == "-" else f"secret-{one['name']}"
    return given.get(one["name"], default)


def environment(name: str) -> dict[str, str]:
    """What a container is told, as its process sees it."""
    return {key: str(value) for key, value in filled()["services"][name]["environment"].items()}
