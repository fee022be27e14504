"""``python -m benchmarks.chain.profile``: where the CPU time of one report goes, by function, in each process.

py-spy samples the three processes of liandong while reports come at one rate. A sample counts for the innermost
function of our own on its stack, so that what a library does for us stands where we asked for it; and for the library
whose code ran. SQLAlchemy runs its statements on a greenlet, which hides who asked: those stand as "(SQLAlchemy)".
"""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import psutil
import typer
import uvloop
from rich.console import Console

from benchmarks.chain.contenders import NODE, liandong
from benchmarks.chain.load import run
from liandong.local import home
from liandong.running import console_of, started_servers

HERE = Path(__file__).parent
SERVICES = ("incident", "dispatch", "notify")
SAMPLES_PER_SECOND = 200
WARM_RATE, WARM_SECONDS = 40.0, 15.0
OURS = re.compile(r"(?:^|/)((?:contracts|shared|services)/[\w/]+\.py):\d+\)$")
LIBRARY = re.compile(r"site-packages/([\w-]+)")
STARTS = (
    "shared/service.py",
    "shared/supervision.py",
    "services/incident/__main__",
    "services/dispatch/__main__",
    "services/notify/__main__",
)
GREENLET = "(SQLAlchemy)"
ELSEWHERE = "(event loop and interpreter)"


@dataclass
class Samples:
    """How many samples fell to what, of one process."""

    cpu_ms: float
    """CPU time per report, measured by the system."""
    total: int = 0
    activities: Counter[str] = field(default_factory=Counter)
    functions: Counter[str] = field(default_factory=Counter)
    libraries: Counter[str] = field(default_factory=Counter)

    def add(self, frames: Sequence[str], count: int) -> None:
        """Take in one stack, the outermost frame first."""
        self.total += count
        self.activities[_activity(frames)] += count
        self.functions[_function(frames)] += count
        self.libraries[_library(frames)] += count

    def table(self, counts: Counter[str], most: int) -> list[tuple[str, float, float]]:
        """Name, milliseconds per report and share in percent of the largest."""
        return [
            (name, self.cpu_ms * count / self.total, 100 * count / self.total)
            for name, count in counts.most_common(most)
        ]


def _activity(frames: Sequence[str]) -> str:
    """The task or request that a stack belongs to: our outermost function below the server's own loop."""
    ours = [name for frame in frames if (name := _own(frame)) and not name.startswith(STARTS)]
    return ours[0] if ours else _name_of_rest(frames)


def _function(frames: Sequence[str]) -> str:
    return next((name for frame in reversed(frames) if (name := _own(frame))), "") or _name_of_rest(frames)


def _own(frame: str) -> str:
    found = OURS.search(frame)
    return f"{found[1]}: {frame.split(' (', maxsplit=1)[0]}" if found else ""


def _name_of_rest(frames: Sequence[str]) -> str:
    return GREENLET if any("/sqlalchemy/" in frame for frame in frames) else ELSEWHERE


def _library(frames: Sequence[str]) -> str:
    for frame in reversed(frames):
        if found := LIBRARY.search(frame):
            return found[1]
        if OURS.search(frame):
            return "liandong"
    return "Python"


def stacks(raw: str) -> Iterator[tuple[list[str], int]]:
    """The stacks of py-spy's raw format, the outermost frame first, with the number of their samples."""
    for line in raw.splitlines():
        stack, _, count = line.rpartition(" ")
        yield stack.split(";"), int(count)


def profile(
    rate: Annotated[float, typer.Option(min=1, help="reports per second")] = 20.0,
    seconds: Annotated[float, typer.Option(min=5)] = 30.0,
    save: Annotated[bool, typer.Option(help="write PROFILE.md")] = True,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Sample liandong's three processes under load and show where the CPU time of one report goes."""
    console = console_of(stderr=as_json)
    with home.hold("bench", fresh=True) as folder, started_servers(folder, console) as servers:
        with liandong(folder, servers) as target:
            bootstrap = servers.kafka_bootstrap
            uvloop.run(run(target, bootstrap, WARM_RATE, WARM_SECONDS, 0))
            pids = {name: _pid(folder, name) for name in SERVICES}
            before = {name: _cpu_seconds(pid) for name, pid in pids.items()}
            with ExitStack() as sampling:
                for name, pid in pids.items():
                    sampling.enter_context(_sampler(pid, folder / f"{name}.raw", seconds))
                uvloop.run(run(target, bootstrap, rate, seconds, 1_000_000))
                reports = rate * seconds
                spent = {
                    name: (_cpu_seconds(pid) - before[name]) * 1000 / reports for name, pid in pids.items()
                }
        results = {name: _samples((folder / f"{name}.raw").read_text(), spent[name]) for name in SERVICES}
    text = _markdown(results, rate)
    console.print(text, markup=False, highlight=False, soft_wrap=True)
    if as_json:
        Console().print_json(json.dumps({name: _plain(one) for name, one in results.items()}))
    if save:
        (HERE / "PROFILE.md").write_text(text, encoding="utf-8")


def _pid(folder: Path, name: str) -> int:
    (file,) = (folder / "pids").glob(f"{NODE}.{name}*")
    return int(file.read_text().split()[0])


def _cpu_seconds(pid: int) -> float:
    return sum(psutil.Process(pid).cpu_times()[:2])


class _sampler:  # noqa: N801 - used as a context
    def __init__(self, pid: int, file: Path, seconds: float) -> None:
        command = [
            str(Path(sys.executable).with_name("py-spy")),
            "record",
            "--pid",
            str(pid),
            "--format",
            "raw",
        ]
        options = [
            "--rate",
            str(SAMPLES_PER_SECOND),
            "--duration",
            str(round(seconds)),
            "--output",
            str(file),
        ]
        self._command = [*command, *options, "--nonblocking", "--full-filenames", "--gil"]

    def __enter__(self) -> None:
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def __exit__(self, *_: object) -> None:
        self._process.wait(60)


def _samples(raw: str, cpu_ms: float) -> Samples:
    samples = Samples(cpu_ms)
    for frames, count in stacks(raw):
        samples.add(frames, count)
    return samples


def _plain(samples: Samples) -> dict[str, object]:
    return {
        "cpu_ms": samples.cpu_ms,
        "samples": samples.total,
        "functions": dict(samples.functions.most_common()),
        "libraries": dict(samples.libraries.most_common()),
    }


def _markdown(results: dict[str, Samples], rate: float) -> str:
    lines = ["# Where the CPU time of one report goes", ""]
    lines += ["| process | CPU per report (ms) | samples |", "|---|---|---|"]
    lines += [f"| {name} | {one.cpu_ms:.2f} | {one.total} |" for name, one in results.items()]
    for name, samples in results.items():
        lines += ["", f"## {name}", "", "| whose code ran | ms per report | % |", "|---|---|---|"]
        lines += [_row(*row) for row in samples.table(samples.libraries, 12)]
        lines += ["", "| task or request | ms per report | % |", "|---|---|---|"]
        lines += [_row(*row) for row in samples.table(samples.activities, 12)]
        lines += ["", "| our function that asked for it | ms per report | % |", "|---|---|---|"]
        lines += [_row(*row) for row in samples.table(samples.functions, 25)]
    made = f"Made by `python -m benchmarks.chain.profile` at {rate:g} reports a second on {os.cpu_count()} cores,"
    return "\n".join([*lines, "", made, f"{SAMPLES_PER_SECOND} samples a second of each process.", ""])


def _row(name: str, milliseconds: float, share: float) -> str:
    return f"| {name} | {milliseconds:.2f} | {share:.0f} |"


if __name__ == "__main__":
    typer.run(profile)
