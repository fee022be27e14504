"""What a drill's expectations came to: milestones, the closing table, the JSON for programs."""

from dataclasses import asdict, dataclass, field
from typing import Any

from rich.table import Table

from contracts.messages import preferred_language, text
from drills.log import Log

MOST_SHOWN = 200


@dataclass(frozen=True)
class Milestone:
    """One expectation and what came of it; ``milliseconds`` where time was taken."""

    step: str
    step_en: str
    where: str
    expected: str
    actual: str
    held: bool
    milliseconds: float | None = None

    @property
    def name(self) -> str:
        """The step's name in the language of the terminal."""
        return self.step if preferred_language() == "zh" else self.step_en


def shorten(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """A value as it fits into a table."""
    shown = str(value)
    return shown if len(shown) <= MOST_SHOWN else f"{shown[: MOST_SHOWN - 1]}…"


@dataclass(frozen=True)
class Note:
    """What an observer noted at a node, by the drill's clock and by the wall's (ISO 8601)."""

    node: str
    by: str
    note: str
    noted_at: str
    wall_at: str


@dataclass
class Verdict:
    """All milestones of one drill."""

    drill_id: str
    title: str
    milestones: list[Milestone] = field(default_factory=list)
    seconds: float = 0.0
    events: int = 0
    run_id: str = ""
    notes: list[Note] = field(default_factory=list)
    log: Log = field(default_factory=Log, repr=False)
    """What it was judged by; not told to programs, as it holds everything that anybody typed."""

    @property
    def broken(self) -> list[Milestone]:
        """The expectations that did not hold."""
        return [milestone for milestone in self.milestones if not milestone.held]

    def table(self) -> Table:
        """The closing table."""
        table = Table(title=text("drill.table", title=self.title), title_justify="left")
        for column in ("step", "where", "expected", "actual", "milliseconds", "held"):
            table.add_column(text(f"drill.{column}"), overflow="fold")
        for one in self.milestones:
            took = "" if one.milliseconds is None else f"{one.milliseconds:.0f}"
            mark = "[green]✔[/]" if one.held else "[bold red]✘[/]"
            table.add_row(one.name, one.where, one.expected, one.actual, took, mark)
        return table

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "drill_id": self.drill_id,
            "run_id": self.run_id,
            "title": self.title,
            "held": not self.broken,
            "seconds": round(self.seconds, 3),
            "events": self.events,
            "milestones": [asdict(milestone) for milestone in self.milestones],
            "notes": [asdict(note) for note in self.notes],
        }
