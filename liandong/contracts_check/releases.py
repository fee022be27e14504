"""``contracts/released``: schemas and examples as they stood at the last release."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from shutil import copytree, rmtree
from typing import Any

from pydantic import ValidationError

from contracts.events import Event
from liandong.contracts_check.compatibility import incompatible
from liandong.contracts_check.example_files import examples_of
from liandong.contracts_check.finding import Finding
from liandong.contracts_check.validation import faults, lenient_schema
from liandong.generated.schemas import file_name, schema

FOLDER = "released"
PARTS = ("schemas", "examples")


def check_releases(folder: Path, events: Iterable[type[Event]]) -> Iterator[Finding]:
    """What the events of today break of those released; ``folder`` is ``contracts``."""
    today = {file_name(event): event for event in events}
    for path in sorted((folder / FOLDER / "schemas").glob("*.json")):
        if path.stem not in today:
            yield Finding("withdrawn", path)
        else:
            yield from _check(folder, today[path.stem], path)


def _check(folder: Path, event: type[Event], path: Path) -> Iterator[Finding]:
    try:
        released: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        yield Finding("unreadable", path)
        return
    for change in incompatible(released, schema(event)):
        values = {"field": change.field, "old": change.old, "new": change.new}
        yield Finding(f"change.{change.rule}", path, values)
    for example in examples_of(folder / FOLDER / "examples", event):
        try:
            event.read(json.dumps(example.body).encode())
        except ValidationError as error:
            yield Finding("old_example", example.path, {"fault": error.errors()[0]["msg"]})
    for example in examples_of(folder / "examples", event):
        for fault in faults(lenient_schema(released), example.body):
            yield Finding("new_example", example.path, {"fault": fault})


def release(folder: Path) -> int:
    """Take schemas and examples of today as released; returns how many schemas there are.

    Call it only when nothing is found against ``check_releases``.
    """
    for part in PARTS:
        rmtree(folder / FOLDER / part, ignore_errors=True)
        copytree(folder / part, folder / FOLDER / part)
    return len(list((folder / FOLDER / "schemas").glob("*.json")))
