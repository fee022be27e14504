"""Where the plan's entries come from: what the city has still to confirm and who does, what says nothing at all.

A source covers its own entry: the plain values in it, also those grouped in parts without a provenance of
their own (the slots of a run card). It covers no entry inside it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from contracts.plan.sourced import Sourced

PLAIN = ("name", "boundaries")
"""What stands in a plan without a provenance: how it is called, and the boundaries, whose file has its licence."""
ADMISSIONS = ("待确认", "待核对", "待本市", "由本市填写", "由本市确定", "尚未填写", "未见文本")
"""Words by which an entry says itself that it is not settled."""


@dataclass(frozen=True)
class Entry:
    """One entry of the plan, or one plain value that stands in none.

    ``vouched``: it has a source or is marked ``to_confirm``; ``admits``: the words by which it says that it
    is not settled though it is not marked.
    """

    path: str
    to_confirm: bool
    vouched: bool
    admits: str = ""
    entry: Sourced | None = None


def unconfirmed(model: BaseModel) -> Iterator[str]:
    """The paths of everything marked ``to_confirm``, in the plan's order."""
    return (entry.path for entry in entries(model) if entry.to_confirm)


def unsourced(model: BaseModel) -> Iterator[str]:
    """The paths of what has neither a source nor the mark ``to_confirm``; a sound plan has none."""
    return (entry.path for entry in entries(model) if not entry.vouched)


def entries(value: object, path: str = "", covered: bool = False) -> Iterator[Entry]:
    """Every entry of a model and every plain value outside one, depth first, in the plan's order."""
    if isinstance(value, Sourced):
        yield _entry(value, path)
        covered = True
    elif not covered and not isinstance(value, BaseModel | dict | tuple):
        yield Entry(path, to_confirm=False, vouched=path in PLAIN)
        return
    for step, item in _parts(value):
        if not path and step.removeprefix(".") in PLAIN:
            continue
        yield from entries(item, f"{path}{step}".removeprefix("."), covered)


def texts(model: BaseModel) -> Iterator[tuple[str, str]]:
    """Every text that an entry itself says, its source apart, with the path of the entry."""
    for one in entries(model):
        if one.entry is not None:
            for own in plain_values(one.entry).values():
                yield from ((one.path, text) for text in _texts(own))


def plain_values(entry: Sourced) -> dict[str, object]:
    """What an entry itself says: its values without its provenance and without the entries inside it."""
    own = {
        name: getattr(entry, name) for name in type(entry).model_fields if name not in Sourced.model_fields
    }
    return {name: value for name, value in own.items() if not _holds_entries(value)}


def _entry(value: Sourced, path: str) -> Entry:
    vouched = bool(value.source) or value.to_confirm
    words = [value.source, *(text for own in plain_values(value).values() for text in _texts(own))]
    admits = next((word for word in ADMISSIONS for text in words if word in text), "")
    return Entry(path, value.to_confirm, vouched, "" if value.to_confirm else admits, value)


def _holds_entries(value: object) -> bool:
    return isinstance(value, Sourced) or any(_holds_entries(item) for _, item in _parts(value))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for _, item in _parts(value):
        yield from _texts(item)


def _parts(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, BaseModel):
        yield from ((f".{name}", getattr(value, name)) for name in type(value).model_fields)
    elif isinstance(value, dict):
        yield from ((f".{key}", item) for key, item in value.items())
    elif isinstance(value, tuple):
        yield from ((f"[{number}]", item) for number, item in enumerate(value))
