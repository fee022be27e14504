"""Recorded calls in a drill: its clock is brought to each call's weekday and time, and never back."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from contracts.events import Stream
from contracts.topics import topic_name
from contracts.values import LOCAL
from liandong.original_times import original_times
from shared.clock import DrillClock
from shared.drill_clock import ClockFollower
from shared.provisioning.topics import create_topics
from shared.tests.world import running

pytestmark = pytest.mark.servers
ROOT, NODE = "210400", "210404"
PLAN = str(Path("plans/fushun").resolve())


@pytest.fixture
async def drill_clock(servers, tmp_path, monkeypatch):
    """A drill of its own on a real Kafka, and the clock of one of its services."""
    monkeypatch.setenv("LIANDONG_HOME", str(tmp_path))
    (tmp_path / "demo").mkdir()
    drill = f"drill-{tmp_path.name}"
    told = {
        "mode": "exercise",
        "plan": PLAN,
        "kafka": servers.kafka_bootstrap,
        "drill": drill,
        "services": {},
    }
    (tmp_path / "demo/nodes.json").write_text(json.dumps(told))
    kafka = servers.kafka_access
    create_topics(kafka, [ROOT], "exercise")
    clock = DrillClock()
    follower = ClockFollower(clock, kafka, topic_name(ROOT, Stream.CLOCK, "exercise"), lambda: None, drill)
    async with running(follower.run()):
        await follower.caught_up.wait()
        yield clock


async def test_calls_come_at_their_own_weekday_and_time_in_the_order_they_came(drill_clock):
    began = drill_clock.now()
    calls = [datetime(2016, 12, 31, 23, 58, 30), datetime(2017, 1, 1, 0, 3), datetime(2017, 1, 1, 0, 3)]  # noqa: DTZ001
    seen = []
    async with original_times("demo", NODE) as times:
        for at in calls:
            await times.reach(at)
            seen.append(drill_clock.now().astimezone(LOCAL))
        assert times.later % timedelta(weeks=1) == timedelta()
    for at, now in zip(calls, seen, strict=True):
        wanted = at.replace(tzinfo=LOCAL) + times.later
        assert timedelta() <= now - wanted < timedelta(seconds=3)
        assert (now.weekday(), now.hour, now.minute) == (at.weekday(), at.hour, at.minute)
    assert began <= seen[0].astimezone(UTC) <= began + timedelta(weeks=1, minutes=1)


async def test_a_second_import_goes_on_from_where_the_drill_stands(drill_clock):
    at = datetime(2017, 1, 1, 0, 3)  # noqa: DTZ001
    for _ in range(2):
        before = drill_clock.now()
        async with original_times("demo", NODE) as times:
            await times.reach(at)
        assert drill_clock.now() >= before
        assert drill_clock.now().astimezone(LOCAL).hour == 0
