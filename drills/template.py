"""Fills what a step says with what earlier steps have saved.

``{incident}`` is a saved value, ``{order.order_id}`` a part of one. A text that is nothing but one such
place becomes the value itself (a number stays a number); inside longer text it is written out.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

NAME = r"^[a-z_][a-z0-9_]*$"
_PLACE = re.compile(r"\{([a-z_][a-z0-9_.*]*)\}")


class NotSaved(LookupError):
    """A step uses something that no earlier step saved."""


def names_in(template: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON value
    """Every name that the template needs; raises ValueError for a brace that is part of no place."""
    if isinstance(template, Mapping):
        for item in template.values():
            yield from names_in(item)
    elif isinstance(template, list | tuple):
        for item in template:
            yield from names_in(item)
    elif isinstance(template, str):
        yield from (path.partition(".")[0] for path in _PLACE.findall(template))
        if set("{}") & set(_PLACE.sub("", template)):
            raise ValueError(f"no place to fill: {template}")


def fill(template: Any, values: Mapping[str, Any]) -> Any:  # noqa: ANN401 - any JSON value
    """The template with every place filled; raises NotSaved."""
    if isinstance(template, Mapping):
        return {name: fill(item, values) for name, item in template.items()}
    if isinstance(template, list | tuple):
        return [fill(item, values) for item in template]
    if not isinstance(template, str):
        return template
    if whole := _PLACE.fullmatch(template):
        return pick(values, whole[1])
    return _PLACE.sub(lambda found: str(pick(values, found[1])), template)


def pick(value: Any, path: str) -> Any:  # noqa: ANN401 - any JSON value
    """What stands at a dotted path; ``*`` is every item of a list, a number one of them. Raises NotSaved."""
    name, _, rest = path.partition(".")
    if name == "*" and isinstance(value, list):
        return [pick(item, rest) if rest else item for item in value]
    try:
        found = value[int(name)] if isinstance(value, list) else value[name]
    except (LookupError, TypeError, ValueError):
        raise NotSaved(path) from None
    return pick(found, rest) if rest else found
