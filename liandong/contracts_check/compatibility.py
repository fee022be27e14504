"""Whether a schema may replace its released one (the rule: ``contracts/README.md``, evolution).

Nodes upgrade when they can, so a reader is sometimes older and sometimes newer than the writer. What
both survive is a new optional field; words for people (titles, descriptions, examples) are free.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Schema = dict[str, Any]
LOWER = ("minimum", "exclusiveMinimum", "minLength", "minItems")
UPPER = ("maximum", "exclusiveMaximum", "maxLength", "maxItems")
MEANING = ("default", "format", "pattern", "additionalProperties", "uniqueItems")


@dataclass(frozen=True)
class Change:
    """An incompatible change of ``field`` (``tasks[].due_at``); ``rule`` is a message key."""

    field: str
    rule: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True)
class _Field:
    required: bool
    types: tuple[str, ...]
    choices: frozenset[str] | None
    keywords: dict[str, Any] = field(default_factory=dict)


def incompatible(released: Schema, current: Schema) -> list[Change]:
    """Every change that a reader or writer of the released schema would not survive."""
    before, after = _fields(released), _fields(current)
    gone = [path for path in before if path not in after and _parent(path) in after]
    changes = [Change(path, "removed") for path in gone]
    changes += [change for path in before if path in after for change in _between(path, before, after)]
    added = [path for path in after if path not in before and _parent(path) in before]
    return changes + [Change(path, "new_required") for path in added if after[path].required]


def _fields(schema: Schema) -> dict[str, _Field]:
    return dict(_walk("", schema, schema.get("$defs", {}), required=True))


def _walk(path: str, given: Schema, defs: Schema, *, required: bool) -> Iterator[tuple[str, _Field]]:
    whole = _resolve(given, defs)
    variants = [_resolve(one, defs) for one in whole.get("anyOf", [whole])]
    yield path, _field(whole, variants, required)
    for variant in variants:
        for name, one in variant.get("properties", {}).items():
            inner = f"{path}.{name}" if path else name
            yield from _walk(inner, one, defs, required=name in variant.get("required", ()))
        if "items" in variant:
            yield from _walk(f"{path}[]", variant["items"], defs, required=True)


def _resolve(schema: Schema, defs: Schema) -> Schema:
    target = defs[schema["$ref"].rsplit("/", 1)[1]] if "$ref" in schema else {}
    return {**target, **schema}


def _field(whole: Schema, variants: list[Schema], required: bool) -> _Field:
    lists = [one.get("enum", [one["const"]] if "const" in one else None) for one in variants]
    choices = [str(choice) for one in lists if one is not None for choice in one]
    keywords = {key: one[key] for one in variants for key in (*LOWER, *UPPER, *MEANING) if key in one}
    if "default" in whole:
        keywords["default"] = whole["default"]
    types = tuple(sorted(str(one.get("type", "any")) for one in variants))
    return _Field(required, types, frozenset(choices) if choices else None, keywords)


def _parent(path: str) -> str:
    return path[:-2] if path.endswith("[]") else path.rpartition(".")[0]


def _between(path: str, before: dict[str, _Field], after: dict[str, _Field]) -> Iterator[Change]:
    old, new = before[path], after[path]
    if old.required != new.required:
        yield Change(path, "now_required" if new.required else "now_optional")
    if old.types != new.types:
        yield Change(path, "type", "|".join(old.types), "|".join(new.types))
    yield from _choices(path, old.choices, new.choices)
    for key in (*LOWER, *UPPER, *MEANING):
        was, now = old.keywords.get(key), new.keywords.get(key)
        if was != now:
            yield Change(path, _rule(key, was, now), f"{key} {_value_text(was)}", f"{key} {_value_text(now)}")


def _choices(path: str, old: frozenset[str] | None, new: frozenset[str] | None) -> Iterator[Change]:
    if old is None or new is None:
        if old != new:
            yield Change(path, "type", _choices_text(old), _choices_text(new))
        return
    if old - new:
        yield Change(path, "choice_lost", _choices_text(old - new))
    if new - old:
        yield Change(path, "choice_gained", new=_choices_text(new - old))


def _rule(key: str, was: Any, now: Any) -> str:  # noqa: ANN401 - any JSON value
    if key in MEANING:
        return "meaning"
    if was is None or now is None:
        return "bound_tightened" if was is None else "bound_loosened"
    return "bound_tightened" if (now > was) == (key in LOWER) else "bound_loosened"


def _choices_text(choices: frozenset[str] | None) -> str:
    return ", ".join(sorted(choices)) if choices is not None else "-"


def _value_text(value: object) -> str:
    return "-" if value is None else str(value)
