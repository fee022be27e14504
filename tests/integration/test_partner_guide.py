"""The partner guide, followed to the letter: the example program, and the script that makes something happen for it."""

import asyncio
import sys
from pathlib import Path

import pytest

from contracts.topics import topic_name
from drills.watch import Watch
from liandong.commands.up import leave_tokens

pytestmark = pytest.mark.servers
SCRIPT = Path("examples/partner_department/try_it.py")
CITY = "210400"


async def test_the_script_makes_a_consultation_and_a_warning_happen_and_lifts_it(drill_nodes):
    setup = drill_nodes.setup
    leave_tokens(setup)
    topics = [topic_name(CITY, stream, "exercise") for stream in ("consultation", "warning")]
    async with Watch(setup.servers.kafka_access, topics, lambda _: None, setup.drill_id) as watch:
        running = await asyncio.create_subprocess_exec(
            sys.executable,
            SCRIPT,
            setup.folder,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
        )
        told, _ = await asyncio.wait_for(running.communicate(), 60)
        assert running.returncode == 0, told.decode()
        wanted = {"consultation.convened", "warning.published", "warning.cancelled"}
        async with asyncio.timeout(20):
            while not wanted <= {event.type for event in watch.events}:
                await watch.wait_for_events(0.2)
    convened = next(event for event in watch.events if event.type == "consultation.convened")
    assert "health" in convened.body["departments"]
    assert told.decode().count("预警") >= 2
