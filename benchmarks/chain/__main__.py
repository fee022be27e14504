"""``python -m benchmarks.chain``: the three contenders side by side in one run."""

import json
import math
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from typing import Annotated, Any

import psutil
import typer
import uvloop
from rich.console import Console
from rich.progress import Progress

from benchmarks.chain.contenders import by_hand, liandong
from benchmarks.chain.load import Outcome, Target, run
from benchmarks.chain.results import Result, figure, markdown
from contracts.messages import text
from liandong.local import home
from liandong.local.servers import Servers
from liandong.running import bar, console_of, started_servers

HERE = Path(__file__).parent
REFERENCE_RATES = (20.0, 100.0)
"""A rate that two cores hold with ease, and the one that the goal names."""
LIMIT_MS = 50.0
RATES = (5, 10, 20, 30, 40, 50, 75, 100, 150, 200, 250, 300, 400, 500, 600, 800, 1000, 1250, 1500)
WARM_RATE, WARM_SECONDS = 40.0, 15.0
Contender = Callable[[Path, Servers], AbstractContextManager[Target]]
CONTENDERS: dict[str, Contender] = {
    "floor": partial(by_hand, "floor"),
    "liandong": liandong,
    "tutorial": partial(by_hand, "tutorial"),
}


@dataclass
class Measurement:
    """One contender under load; report numbers never repeat."""

    target: Target
    bootstrap: str
    folder: Path
    numbers: Iterator[int] = field(default_factory=lambda: count(step=1_000_000))

    def at(self, rate: float, seconds: float) -> Outcome:
        """The outcome at one rate."""
        before = self._cpu_seconds()
        outcome = uvloop.run(run(self.target, self.bootstrap, rate, seconds, next(self.numbers)))
        outcome.cpu_ms = (self._cpu_seconds() - before) * 1000 / (rate * seconds)
        return outcome

    def _cpu_seconds(self) -> float:
        files = (self.folder / "pids").glob(f"{self.target.processes}*")
        pids = [int(file.read_text().split()[0]) for file in files]
        return sum(sum(psutil.Process(pid).cpu_times()[:2]) for pid in pids if psutil.pid_exists(pid))


def chain(
    seconds: Annotated[float, typer.Option(min=1, help="at each reference rate")] = 20.0,
    step_seconds: Annotated[float, typer.Option(min=1, help="at each rate of the search")] = 6.0,
    only: Annotated[list[str] | None, typer.Option(help="contenders")] = None,
    save: Annotated[bool, typer.Option(help="write RESULTS.md and latency.svg")] = True,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Latency at 20/s and 100/s and the highest rate with p99 ≤ 50 ms, liandong beside floor and tutorial."""
    console = console_of(stderr=as_json)
    names = [name for name in CONTENDERS if not only or name in only]
    longest = len(names) * (WARM_SECONDS + len(REFERENCE_RATES) * seconds + len(RATES) * step_seconds) / 60
    console.print(text("bench.takes", minutes=f"{longest:.0f}"))
    with (
        home.hold("bench", fresh=True) as folder,
        started_servers(folder, console) as servers,
        bar(console) as progress,
    ):
        results = [_measure(name, folder, servers, (seconds, step_seconds), progress) for name in names]
    console.print(markdown(results), markup=False)
    if as_json:
        Console().print_json(json.dumps([_plain(result) for result in results]))
    if save and len(results) == len(CONTENDERS):
        (HERE / "RESULTS.md").write_text(markdown(results) + _made_by(), encoding="utf-8")
        figure(results, HERE / "latency.svg")
    raise typer.Exit(
        1
        if any(outcome.lost or outcome.refused for result in results for outcome in result.references)
        else 0
    )


def _measure(
    name: str, folder: Path, servers: Servers, spans: tuple[float, float], progress: Progress
) -> Result:
    task = progress.add_task(name, total=len(RATES) + 1 + len(REFERENCE_RATES))
    with CONTENDERS[name](folder, servers) as target:
        load = Measurement(target, servers.kafka_bootstrap, folder)
        load.at(WARM_RATE, WARM_SECONDS)
        references = []
        for rate in REFERENCE_RATES:
            progress.advance(task)
            references.append(load.at(rate, spans[0]))
        progress.advance(task)
        best = 0.0
        for rate in RATES:
            outcome = load.at(rate, spans[1])
            progress.advance(task)
            if outcome.quantile(0.99) > LIMIT_MS:
                break
            best = rate
        progress.update(task, completed=len(RATES) + 1 + len(REFERENCE_RATES))
    return Result(name, references, best)


def _plain(result: Result) -> dict[str, Any]:
    return {
        "name": result.name,
        "highest_rate": result.highest_rate,
        "references": [_plain_outcome(outcome) for outcome in result.references],
    }


def _plain_outcome(outcome: Outcome) -> dict[str, float | None]:
    quantiles = {f"p{round(share * 100)}_ms": outcome.quantile(share) for share in (0.5, 0.99)}
    finite = {name: value if math.isfinite(value) else None for name, value in quantiles.items()}
    return {"rate": outcome.rate, **finite, "lost": outcome.lost, "cpu_ms": outcome.cpu_ms}


def _made_by() -> str:
    return f"\nMade by `make bench` on {os.cpu_count()} cores, with Kafka, PostgreSQL and all contenders on the same machine.\n"


if __name__ == "__main__":
    typer.run(chain)
