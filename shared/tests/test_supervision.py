"""Nothing of a process may be dead while the rest goes on: whatever ends unasked ends the process."""

import asyncio

import pytest
from structlog.testing import capture_logs

from shared.supervision import Supervisor


async def raises() -> None:
    raise ZeroDivisionError("oops")


async def returns() -> None:
    await asyncio.sleep(0)


async def awaits_what_somebody_cancelled() -> None:
    other = asyncio.get_running_loop().create_future()
    other.cancel()
    await other


async def for_ever() -> None:
    await asyncio.Event().wait()


@pytest.mark.parametrize(
    ("work", "reason"),
    [
        (raises, "ZeroDivisionError('oops')"),
        (returns, "returned"),
        (awaits_what_somebody_cancelled, "cancelled"),
    ],
)
async def test_work_that_ends_unasked_is_named_and_ends_the_process(work, reason):
    ends: list[str] = []
    supervisor = Supervisor(lambda: ends.append("process"))
    supervisor.start("other", for_ever())
    with capture_logs() as told:
        supervisor.start("consumer", work())
        for _ in range(5):
            await asyncio.sleep(0)
    assert ends == ["process"]
    assert supervisor.ended_works == ["consumer"]
    assert [(line["log_level"], line["work"], line["reason"]) for line in told] == [
        ("critical", "consumer", reason)
    ]
    await supervisor.stop()


async def test_work_that_is_stopped_ends_in_peace():
    ends: list[str] = []
    supervisor = Supervisor(lambda: ends.append("process"))
    supervisor.start("consumer", for_ever())
    await asyncio.sleep(0)
    with capture_logs() as told:
        await supervisor.stop()
    assert (ends, told, supervisor.ended_works) == ([], [], [])
