"""What is known about an incident: dated statements, of which the latest known value of each fact holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from contracts.facts import Facts

FACTS = tuple(Facts.model_fields)
CASUALTIES = frozenset({"deaths", "missing", "serious_injuries"})
"""伤亡人数: what 生产安全事故报告和调查处理条例 art. 13 counts within its window; other facts count always."""


@dataclass(frozen=True)
class Statement:
    """Who said what, when; an unknown (None) fact says nothing.

    ``record`` names the source's own record, where it has one: what it sends again is compared with that.
    """

    facts: Facts
    source: str
    stated_at: datetime
    text: str = ""
    record: str = ""


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


def counted(statements: Iterable[Statement], until: datetime | None) -> Facts:
    """The facts that grade: of casualties only what was stated before the end of the window.

    When it was entered does not matter; ``until`` is None where nothing ends the window.
    """
    held = Known()
    for one in statements:
        held = learn(held, one if until is None or one.stated_at < until else _without_casualties(one))
    return held.facts


def _without_casualties(statement: Statement) -> Statement:
    left = {name: getattr(statement.facts, name) for name in FACTS if name not in CASUALTIES}
    return replace(statement, facts=Facts(**left))


def news(statement: Statement, earlier: Iterable[Statement]) -> Statement:
    """What a record newly says: only the facts in which it differs from what it said itself before.

    A source that sends its old record again says nothing new, so it erases nothing that others have learnt
    since.
    """
    said = Known()
    for one in earlier:
        said = learn(said, one)
    told = {name: getattr(statement.facts, name) for name in FACTS}
    new = {name: value for name, value in told.items() if value != getattr(said.facts, name)}
    return replace(
        statement, facts=Facts(**{name: value for name, value in new.items() if value is not None})
    )


def _is_newer(known: Known, name: str, stated_at: datetime) -> bool:
    return name not in known.since or known.since[name] <= stated_at
