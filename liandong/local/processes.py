"""Child processes that are written down, so that what a killed run left behind is found and ended."""

import os
import signal
import subprocess
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

STOP_SECONDS = 12.0


class DiedAtStart(RuntimeError):
    """A process ended before it was ready; carries its name, exit code and the end of its log."""

    def __init__(self, name: str, code: int, log: Path) -> None:
        super().__init__(f"{name} ended with {code}:\n{tail(log)}")
        self.name, self.code, self.log = name, code, log


@dataclass
class Child:
    """One process of ours, its output in a log file, its pid on record in ``folder/pids``."""

    name: str
    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        """Where its output goes."""
        return self.folder / "logs" / f"{self.name}.log"

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches only us."""
        self.log.parent.mkdir(exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=dict(self.environment),
                start_new_session=True,
            )
        remember(self.folder, self.name, self.process.pid)

    def require_alive(self) -> None:
        """Raise DiedAtStart when it has ended."""
        if self.process is not None and (code := self.process.poll()) is not None:
            raise DiedAtStart(self.name, code, self.log)

    def kill(self) -> None:
        """End it the hard way: SIGKILL, no farewell."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def stop(self, seconds: float = STOP_SECONDS) -> bool:
        """Ask it to end; kill it when it does not in time. Whether it ended by itself."""
        gently = stop_all([self], seconds)
        return not gently


def stop_all(children: Iterable[Child], seconds: float = STOP_SECONDS) -> list[str]:
    """Stop several together; the names of those that had to be killed."""
    running = [child for child in children if child.process is not None]
    for child in running:
        if child.alive:
            child.process.terminate()  # type: ignore[union-attr]  # `running` has those with a process only
    killed = []
    until = _now() + seconds
    for child in running:
        assert child.process is not None
        try:
            child.process.wait(max(0.05, until - _now()))
        except subprocess.TimeoutExpired:
            child.kill()
            killed.append(child.name)
        forget(child.folder, child.name)
    return killed


def remember(folder: Path, name: str, pid: int) -> None:
    """Write a pid down together with its start time: pids are used again."""
    (folder / "pids").mkdir(exist_ok=True)
    (folder / "pids" / name).write_text(f"{pid} {psutil.Process(pid).create_time()}")


def forget(folder: Path, name: str) -> None:
    """Its process has ended."""
    (folder / "pids" / name).unlink(missing_ok=True)


def clear_leftovers(folder: Path) -> list[str]:
    """End what an earlier run in this folder left running; the names of what was ended."""
    found = [
        (file.name, left) for file in sorted((folder / "pids").glob("*")) if (left := _recorded_process(file))
    ]
    for _, process in found:
        process.send_signal(signal.SIGTERM)
    _, stubborn = psutil.wait_procs([process for _, process in found], timeout=5)
    for process in stubborn:
        process.kill()
    psutil.wait_procs(stubborn, timeout=5)
    for file in (folder / "pids").glob("*"):
        file.unlink()
    return [name for name, _ in found]


def _recorded_process(file: Path) -> psutil.Process | None:
    pid, _, started = file.read_text().partition(" ")
    try:
        process = psutil.Process(int(pid))
        same = abs(process.create_time() - float(started)) < 0.01
    except (psutil.NoSuchProcess, ValueError):
        return None
    return process if same and process.status() != psutil.STATUS_ZOMBIE else None


def tail(log: Path, lines: int = 20) -> str:
    """The end of a log file."""
    if not log.exists():
        return ""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])


def inherited_environment() -> dict[str, str]:
    """Our environment for a child, without what would make Python compile everything at every start."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _now() -> float:
    return time.monotonic()
