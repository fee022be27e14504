"""Golden examples: ``contracts/examples/<NAME>.v<VERSION>/{full,minimal,…,record}.json``.

``full`` sets every field there is, ``minimal`` only the required ones, ``record`` is a whole Kafka record
(topic, key, headers, value); any other name is one more body, kept from an earlier release perhaps.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contracts.events import Event
from liandong.generated.schemas import file_name

RECORD = "record"


@dataclass(frozen=True)
class Example:
    """One file; ``value`` is what it holds, ``body`` the event in it."""

    path: Path
    value: dict[str, Any]

    @property
    def is_record(self) -> bool:
        """Whether it holds a whole Kafka record."""
        return self.path.stem == RECORD

    @property
    def body(self) -> dict[str, Any]:
        """The event's body."""
        body: dict[str, Any] = self.value["value"] if self.is_record else self.value
        return body


class UnreadableExample(ValueError):
    """A file that holds no JSON object, or no whole record where one should be; carries the path."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


def examples_of(folder: Path, event: type[Event]) -> list[Example]:
    """The examples of one event below ``folder``, by name.

    Raises UnreadableExample.
    """
    return [read_example(path) for path in sorted((folder / file_name(event)).glob("*.json"))]


def read_example(path: Path) -> Example:
    """One file.

    Raises UnreadableExample.
    """
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise UnreadableExample(path) from error
    if not isinstance(value, dict) or (path.stem == RECORD and not _is_record(value)):
        raise UnreadableExample(path)
    return Example(path, value)


def _is_record(value: dict[str, Any]) -> bool:
    parts = {"topic": str, "key": str, "headers": dict, "value": dict}
    return value.keys() == parts.keys() and all(isinstance(value[name], one) for name, one in parts.items())
