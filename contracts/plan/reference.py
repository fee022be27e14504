"""What is checked of a plan: a reference that must hold, and the finding where it does not."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from contracts.values import Value

Rule = Literal[
    "missing",
    "one_root",
    "circular",
    "wrong_answer",
    "repeated",
    "no_run_card",
    "no_departments",
    "no_duty",
    "no_criterion",
    "reserved",
    "unsourced",
    "unmarked",
    "misplaced",
    "no_province",
    "foreign_name",
    "not_linked",
    "nobody_may",
]
"""What can be wrong; each has its message ``plan.fault.<rule>`` in the catalogue."""


class Finding(Value):
    """One fault: where, by which rule, and what is concerned (what is missing, what stands twice, …)."""

    where: str
    rule: Rule = "missing"
    concerns: str = ""


@dataclass(frozen=True)
class Reference:
    """One thing that must hold: most are names in one place that must exist in another."""

    where: str
    concerns: str
    holds: bool
    rule: Rule = "missing"


def present(where: str, wanted: Iterable[object], known: Iterable[object]) -> Iterator[Reference]:
    """Everything wanted must be known."""
    have = set(known)
    for one in wanted:
        yield Reference(where, str(one), one in have)


def once(where: str, keys: Iterable[Hashable]) -> Iterator[Reference]:
    """Every key must stand once."""
    for key, count in Counter(keys).items():
        yield Reference(where, str(key), count == 1, "repeated")
