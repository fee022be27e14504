"""Compares what came with what was expected, as a part: what the expectation doesn't name is free.

An object matches when every named member does. A list matches an equally long list item by item. Beside
plain values there are ``{least: n}``, ``{most: n}``, ``{length: n}``, ``{some: x}`` (at least one item
matches), ``{every: x}`` (of at least one), ``{starts: text}`` and ``{contains: text}``. A truth value is no number.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

_Rule = Callable[[Any, Any], bool]
_RULES: Mapping[str, _Rule] = {
    "least": lambda wanted, found: _is_number(found) and found >= wanted,
    "most": lambda wanted, found: _is_number(found) and found <= wanted,
    "length": lambda wanted, found: isinstance(found, Sequence) and len(found) == wanted,
    "some": lambda wanted, found: isinstance(found, list) and any(not mismatch(wanted, x) for x in found),
    "every": lambda wanted, found: (
        isinstance(found, list) and found != [] and all(not mismatch(wanted, x) for x in found)
    ),
    "starts": lambda wanted, found: isinstance(found, str) and found.startswith(wanted),
    "contains": lambda wanted, found: isinstance(found, str) and wanted in found,
}


def mismatch(wanted: Any, found: Any, where: str = "") -> str:  # noqa: ANN401 - any JSON value
    """Where and how it differs, empty when it matches."""
    if isinstance(wanted, Mapping):
        return _mismatch_of_object(wanted, found, where)
    if isinstance(wanted, list) and isinstance(found, list) and len(wanted) == len(found):
        pairs = enumerate(zip(wanted, found, strict=True))
        return next((bad for i, (w, f) in pairs if (bad := mismatch(w, f, f"{where}[{i}]"))), "")
    same = wanted == found and isinstance(wanted, bool) == isinstance(found, bool)
    return "" if same else f"{where or 'value'} = {found!r}, expected {wanted!r}"


def _mismatch_of_object(wanted: Mapping[str, Any], found: Any, where: str) -> str:  # noqa: ANN401
    if len(wanted) == 1 and (name := next(iter(wanted))) in _RULES:
        fits = _RULES[name](wanted[name], found)
        return "" if fits else f"{where or 'value'} = {found!r}, expected {name} {wanted[name]!r}"
    if not isinstance(found, Mapping):
        return f"{where or 'value'} = {found!r}, expected an object"
    for name, item in wanted.items():
        place = f"{where}.{name}" if where else name
        if name not in found:
            return f"{place} is missing"
        if bad := mismatch(item, found[name], place):
            return bad
    return ""


def _is_number(found: Any) -> bool:  # noqa: ANN401 - any JSON value
    return isinstance(found, int | float) and not isinstance(found, bool)
