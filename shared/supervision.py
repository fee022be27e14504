"""Background work of a process: each piece goes on until we stop it, and one that ends takes the process with it."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable

import structlog

from shared.failures import reason_of

log = structlog.get_logger(__name__)


def terminate_process() -> None:
    """Ask this process to end in order, so that whoever started it starts it anew."""
    os.kill(os.getpid(), signal.SIGTERM)


class Supervisor:
    """Runs pieces of work that are not expected to end.

    However a piece ends (an exception, a return, a cancellation by somebody else), that is logged and
    ends the process; only ``stop`` ends work in peace.
    """

    def __init__(self, end_process: Callable[[], None] = terminate_process) -> None:
        self._end_process = end_process
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._stopping = False

    @property
    def ended_works(self) -> list[str]:
        """The names of the pieces that have ended although nobody stopped them."""
        return [] if self._stopping else [name for name, task in self._tasks.items() if task.done()]

    def start(self, name: str, work: Awaitable[None]) -> None:
        """Run a piece of work in the background."""

        async def running() -> None:
            await work

        task = asyncio.create_task(running(), name=name)
        self._tasks[name] = task
        task.add_done_callback(self._on_end)

    async def stop(self) -> None:
        """End all work in peace."""
        self._stopping = True
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    def _on_end(self, task: asyncio.Task[None]) -> None:
        error = None if task.cancelled() else task.exception()  # asked for in any case, or asyncio complains
        if self._stopping:
            return
        reason = "cancelled" if task.cancelled() else reason_of(error) if error else "returned"
        log.critical(
            "background work ended, the process ends", work=task.get_name(), reason=reason, exc_info=error
        )
        self._end_process()
