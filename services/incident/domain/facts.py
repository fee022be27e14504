"""What is known about an incident: dated statements, of which the latest known value of each fact holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from contracts.facts import Facts

FACTS = tuple(Facts.model_fields)


@dataclass(frozen=True)
class Statement:
    """Who said what, when; an unknown (None) fact says nothing."""

    facts: Facts
    source: str
    stated_at: datetime
    text: str = ""


@dataclass(frozen=True)
class Known:
    """The facts as they stand, and since when each is known."""

    facts: Facts = field(default_factory=Facts)
    since: Mapping[str, datetime] = field(default_factory=dict)


def learn(known: Known, statement: Statement) -> Known:
    """Take in a statement: a later value replaces an earlier one, an unknown one erases nothing.

    The order in which statements arrive does not matter, only when they were made.
    """
    told = {name: value for name in FACTS if (value := getattr(statement.facts, name)) is not None}
    newer = {name: value for name, value in told.items() if _is_newer(known, name, statement.stated_at)}
    if not newer:
        return known
    since = {**known.since, **dict.fromkeys(newer, statement.stated_at)}
    return Known(known.facts.model_copy(update=newer), since)


def _is_newer(known: Known, name: str, stated_at: datetime) -> bool:
    return name not in known.since or known.since[name] <= stated_at
