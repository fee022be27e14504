"""Phone and identity numbers in free text: found and masked before a text leaves a service.

Who reports is kept apart (``caller``), but people type numbers into titles and descriptions too. Masked are
mobile and fixed-line numbers and 18-digit identity numbers, also with spaces, hyphens or full-width digits;
the first three and the last two digits stay, so that whoever has the original can tell which one is meant.
A letter directly before or after, and four hexadecimal digits with a hyphen before, protect a run of digits:
identifiers hold such runs, and one UUID in three thousand ends in twelve digits like those of a fixed line.
"""

import re
from collections.abc import Mapping
from typing import Any

_D = "[0-9０-９]"
_NUMBER = re.compile(
    rf"(?<![0-9０-９A-Za-z_])(?<![0-9]\.)(?<![0-9A-Fa-f]{{4}}-)(?:\+?86[- ]?)?"
    rf"(?:[1１][3-9３-９]{_D}[- ]?{_D}{{4}}[- ]?{_D}{{4}}|{_D}{{17}}[0-9０-９XxＸｘ]|[0０]{_D}{{2,3}}[- ]?{_D}{{7,8}})"
    rf"(?![0-9０-９A-Za-z_])"
)
_SHOWN_FIRST, _SHOWN_LAST = 3, 2
EXEMPT = frozenset({"proof", "receipt"})
"""Fields whose numbers are references of a sending, of an office and not of a person."""


def mask(text: str) -> str:
    """The text with the middle of every phone and identity number replaced by asterisks."""
    return _NUMBER.sub(lambda found: _mask_value(found.group()), text)


def holds_number(text: str) -> bool:
    """Whether there is anything to mask."""
    return _NUMBER.search(text) is not None


def masked_values(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """A JSON value with every text in it masked, but for exempt fields."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, Mapping):
        return {name: item if name in EXEMPT else masked_values(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [masked_values(item) for item in value]
    return value


def _mask_value(number: str) -> str:
    hidden = "*" * (len(number) - _SHOWN_FIRST - _SHOWN_LAST)
    return number[:_SHOWN_FIRST] + hidden + number[-_SHOWN_LAST:]
