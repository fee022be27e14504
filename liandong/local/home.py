"""Where the local servers keep their data: one folder per purpose (``up``, ``demo``, ``test``, …)."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import liandong


class AlreadyRunning(RuntimeError):
    """Another liandong uses this folder now."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"already running in {folder}")
        self.folder = folder


def root() -> Path:
    """``LIANDONG_HOME``, else ``.liandong`` beside the checkout."""
    given = os.environ.get("LIANDONG_HOME")
    return Path(given) if given else Path(liandong.__file__).resolve().parents[1] / ".liandong"


def cache() -> Path:
    """What may be made again at any time: ``XDG_CACHE_HOME`` or ``~/.cache``."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "liandong"


@contextmanager
def hold(purpose: str, fresh: bool) -> Iterator[Path]:
    """The folder of one purpose, held by this process until the block ends; ``fresh`` empties it first.

    Raises AlreadyRunning while another process holds it.
    """
    folder = root() / purpose
    folder.mkdir(parents=True, exist_ok=True)
    with (root() / f"{purpose}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(folder) from None
        yield _empty(folder) if fresh else folder


def _empty(folder: Path) -> Path:
    from liandong.local.processes import clear_leftovers  # noqa: PLC0415 - processes keeps its list in a home

    clear_leftovers(folder)
    shutil.rmtree(folder)
    folder.mkdir()
    return folder
