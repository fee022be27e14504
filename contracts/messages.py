"""The one catalogue of user-facing text: Chinese first, English beside it.

``messages.toml`` holds tables of keys, each with ``zh`` and ``en`` templates in ``str.format`` form.
"""

import os
import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

Language = Literal["zh", "en"]

CATALOGUE = Path(__file__).with_name("messages.toml")


class UnknownMessage(KeyError):
    """A key that the catalogue does not hold; carries the key."""


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """All templates by dotted key (``problem.stale_version``), each by language."""
    flat: dict[str, dict[str, str]] = {}
    _flatten("", tomllib.loads(CATALOGUE.read_text(encoding="utf-8")), flat)
    return flat


def _flatten(prefix: str, table: dict[str, object], into: dict[str, dict[str, str]]) -> None:
    for name, value in table.items():
        key = f"{prefix}{name}"
        if not isinstance(value, dict):
            raise TypeError(f"{CATALOGUE.name}: {key} is not a table")
        if "zh" in value:
            into[key] = value
        else:
            _flatten(f"{key}.", value, into)


def preferred_language() -> Language:
    """The language of a terminal or log: ``LIANDONG_LANG`` (zh or en), Chinese when unset."""
    return "en" if os.environ.get("LIANDONG_LANG", "zh").lower().startswith("en") else "zh"


def text(key: str, language: Language | None = None, /, **values: object) -> str:
    """The message ``key`` with ``values`` filled in.

    Raises UnknownMessage for a key that is not in the catalogue.
    """
    try:
        template = catalogue()[key][language or preferred_language()]
    except KeyError as error:
        raise UnknownMessage(key) from error
    return template.format(**values)


def both(key: str, /, **values: object) -> tuple[str, str]:
    """The message in (Chinese, English)."""
    return text(key, "zh", **values), text(key, "en", **values)
