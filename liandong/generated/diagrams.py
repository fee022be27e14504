"""State diagrams in ``services/*/README.md``, drawn from the tables that decide.

A table is any ``…TRANSITIONS`` in a service's ``domain``; it is named after its status enum
(``WarningStatus``: warning) and begins with the first state. It is shown between two markers:
``<!-- generated: state warning -->`` and ``<!-- /generated -->``.
"""

import importlib
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path

from contracts.state_machine import Transitions, mermaid

MARKED = re.compile(r"(<!-- generated: state (\w+) -->\n).*?(<!-- /generated -->)", re.DOTALL)
Table = Transitions[StrEnum]


class UnshownTable(LookupError):
    """README and tables don't match: a marker without a table, or a table without a marker."""

    def __init__(self, readme: Path, names: set[str]) -> None:
        super().__init__(f"{readme}: {', '.join(sorted(names))}")
        self.readme, self.names = readme, names


def diagrams(root: Path) -> dict[Path, str]:
    """Every service README below ``root`` with the diagrams it should show.

    Raises UnshownTable.
    """
    readmes = sorted((root / "services").glob("*/README.md"))
    return {path: with_diagrams(path, tables(root, path.parent.name)) for path in readmes}


def tables(root: Path, service: str) -> dict[str, Table]:
    """The state machines of a service by name."""
    return {_name(table): table for table in _transition_tables(root, service)}


def _transition_tables(root: Path, service: str) -> Iterator[Table]:
    folder = root / "services" / service
    for path in sorted([*folder.glob("domain.py"), *folder.glob("domain/*.py")]):
        dotted = ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
        for name, value in vars(importlib.import_module(dotted)).items():
            if name.endswith("TRANSITIONS") and isinstance(value, Mapping):
                yield value


def _name(table: Table) -> str:
    states = type(next(iter(table))[0]).__name__.removesuffix("Status")
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", states).lower()


def with_diagrams(readme: Path, known: Mapping[str, Table]) -> str:
    """The README's text with every marked diagram drawn anew."""
    text = readme.read_text(encoding="utf-8")
    shown = {match[2] for match in MARKED.finditer(text)}
    if unmatched := shown ^ set(known):
        raise UnshownTable(readme, unmatched)
    return MARKED.sub(lambda match: f"{match[1]}{_diagram(known[match[2]])}{match[3]}", text)


def _diagram(table: Table) -> str:
    return f"```mermaid\n{mermaid(table, next(iter(table))[0])}\n```\n"
