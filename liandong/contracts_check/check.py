"""All findings about the folder ``contracts`` together."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from contracts.events import EVENTS, Event
from liandong.contracts_check.asyncapi import check_asyncapi
from liandong.contracts_check.example_files import UnreadableExample
from liandong.contracts_check.examples import check_examples
from liandong.contracts_check.finding import Finding
from liandong.contracts_check.releases import check_releases
from liandong.generated.asyncapi import asyncapi
from liandong.generated.schemas import file_name, schemas


def check(root: Path, events: Iterable[type[Event]] = EVENTS) -> list[Finding]:
    """Everything wrong below ``root``/contracts, with paths below ``root``."""
    events = tuple(events)
    found = [*_orphans(root / "contracts", events)]
    for event in events:
        found += check_examples(root / "contracts" / "examples", event)
    try:
        found += _stale(root, events)
        found += check_releases(root / "contracts", events)
        found += check_asyncapi(root / "contracts" / "asyncapi.yaml")
    except UnreadableExample as error:
        found.append(Finding("unreadable", error.path))
    unique = dict.fromkeys((one.rule, one.where, tuple(one.values.items())) for one in found)
    return [Finding(rule, where.relative_to(root), dict(values)) for rule, where, values in unique]


def _stale(root: Path, events: tuple[type[Event], ...]) -> Iterator[Finding]:
    for path, wanted in (schemas(root, events) | asyncapi(root, events)).items():
        if not path.exists():
            yield Finding("missing", path)
        elif path.read_text(encoding="utf-8") != wanted:
            yield Finding("stale", path)


def _orphans(folder: Path, events: tuple[type[Event], ...]) -> Iterator[Finding]:
    names = {file_name(event) for event in events}
    for path in sorted((folder / "schemas").iterdir()):
        if path.stem not in names or path.suffix != ".json":
            yield Finding("orphan", path)
    for path in sorted((folder / "examples").rglob("*")):
        of_event = path.parent.name in names and path.parent.parent == folder / "examples"
        if (not path.is_dir() and not (of_event and path.suffix == ".json")) or (
            path.is_dir() and path.name not in names
        ):
            yield Finding("orphan", path)
