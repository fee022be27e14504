"""The one catalogue of user-facing text: Chinese first, English beside it.

``messages.toml`` holds tables of keys, each with ``zh`` and ``en`` templates in ``str.format`` form.
"""

import os
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

Language = Literal["zh", "en"]

CATALOGUE = Path(__file__).with_name("messages.toml")


JOINTS: dict[Language, str] = {"zh": "、", "en": ", "}


@dataclass(frozen=True)
class Words:
    """A value of a message that reads differently in each language, such as a name of the plan."""

    zh: str
    en: str

    def read(self, language: Language) -> str:
        """The value in a language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True)
class Terms:
    """Codes in a message, each read by its entry ``prefix.code`` of the catalogue; a code without one stays as it is."""

    prefix: str
    codes: tuple[str, ...]

    def read(self, language: Language) -> str:
        """Their names in a language."""
        entries = catalogue()
        names = [entries.get(f"{self.prefix}.{code}", {}).get(language, code) for code in self.codes]
        return JOINTS[language].join(names) or "—"


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
    """The message ``key`` with ``values`` filled in; Words and Terms are read in its language.

    Raises UnknownMessage for a key that is not in the catalogue.
    """
    language = language or preferred_language()
    try:
        template = catalogue()[key][language]
    except KeyError as error:
        raise UnknownMessage(key) from error
    return template.format(
        **{
            name: value.read(language) if isinstance(value, Words | Terms) else value
            for name, value in values.items()
        }
    )


def both(key: str, /, **values: object) -> tuple[str, str]:
    """The message in (Chinese, English)."""
    return text(key, "zh", **values), text(key, "en", **values)
