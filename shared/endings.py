"""Ends what belongs to Kafka's clients: in time, and without being taken along."""

import asyncio
from collections.abc import Coroutine
from typing import Any


async def ends_well(ending: Coroutine[Any, Any, None], seconds: float) -> bool:
    """Whether it ends in time and without an error.

    aiokafka waits for tasks that it has cancelled itself; a task of its own keeps that from looking as if the caller,
    a piece of background work without which the process ends, had been cancelled.
    """
    task = asyncio.create_task(ending)
    try:
        await asyncio.wait({task}, timeout=seconds)
        return task.done() and not task.cancelled() and task.exception() is None
    finally:
        task.cancel()
