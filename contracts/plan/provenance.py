"""Where the plan's entries come from: what the city has still to confirm, and what says nothing at all."""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from contracts.plan.sourced import Sourced


@dataclass(frozen=True)
class Entry:
    """One sourced entry of the plan; ``vouched``: it or what it stands in has a source or is marked."""

    path: str
    to_confirm: bool
    vouched: bool


def unconfirmed(model: BaseModel) -> Iterator[str]:
    """The paths of everything marked ``to_confirm``, in the plan's order."""
    return (entry.path for entry in entries(model) if entry.to_confirm)


def unsourced(model: BaseModel) -> Iterator[str]:
    """The paths of what has neither a source nor the mark ``to_confirm``; a sound plan has none."""
    return (entry.path for entry in entries(model) if not entry.vouched)


def entries(value: object, path: str = "", vouched: bool = False) -> Iterator[Entry]:
    """Everything sourced in a model, depth first, in the plan's order."""
    if isinstance(value, Sourced):
        vouched = vouched or bool(value.source) or value.to_confirm
        yield Entry(path, value.to_confirm, vouched)
    for step, item in _parts(value):
        yield from entries(item, f"{path}{step}".removeprefix("."), vouched)


def _parts(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, BaseModel):
        yield from ((f".{name}", getattr(value, name)) for name in type(value).model_fields)
    elif isinstance(value, dict):
        yield from ((f".{key}", item) for key, item in value.items())
    elif isinstance(value, tuple):
        yield from ((f"[{number}]", item) for number, item in enumerate(value))
