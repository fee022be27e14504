"""Events are numbered per aggregate without a gap, and exist only when their unit of work does."""

import asyncio
import json
import random
from collections import Counter, defaultdict

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider

from contracts.envelope import Envelope
from contracts.events.incident import IncidentClosed, IncidentUpdated
from contracts.facts import Facts
from shared.outbox import LARGEST_BODY, EventTooLarge

pytestmark = pytest.mark.servers
SUBJECTS = ["a", "b", "c"]


async def stored(world):
    return await world.rows("SELECT * FROM outbox ORDER BY id")


async def numbers(world) -> dict[str, list[int]]:
    """Subject → its sequence numbers in the order of their ids."""
    found = defaultdict(list)
    for row in await stored(world):
        found[row.subject].append(row.sequence)
    return dict(found)


async def writes(world, seed: int, units: int) -> Counter[str]:
    """A writer whose units hold one to four events and sometimes roll back; what it committed."""
    chance, written = random.Random(seed), Counter()
    for _ in range(units):
        chosen = [chance.choice(SUBJECTS) for _ in range(chance.randint(1, 4))]
        fails = chance.random() < 0.2
        try:
            async with world.database.begin(world.clock.now(), "test") as unit:
                unit.publish(*(world.controlled(subject) for subject in chosen))
                if fails:
                    raise ZeroDivisionError
        except ZeroDivisionError:
            continue
        written.update(chosen)
    return written


async def test_concurrent_writers_number_each_aggregate_in_order_and_without_gap(world):
    written = sum(await asyncio.gather(*(writes(world, seed, 20) for seed in range(6))), Counter())
    assert await numbers(world) == {subject: list(range(1, n + 1)) for subject, n in written.items()}


async def test_the_events_of_one_unit_keep_their_order_and_those_of_aggregates_count_apart(world):
    await world.publish(*(world.controlled(subject) for subject in "abab"))
    await world.publish(world.controlled("b"))
    assert [(row.subject, row.sequence) for row in await stored(world)] == [
        ("a", 1),
        ("b", 1),
        ("a", 2),
        ("b", 2),
        ("b", 3),
    ]


async def test_units_that_write_the_same_aggregates_in_another_order_do_not_deadlock(world):
    orders = ["abc", "cba", "bca", "acb"] * 5
    await asyncio.gather(
        *(world.publish(*(world.controlled(subject) for subject in order)) for order in orders)
    )
    assert await numbers(world) == {subject: list(range(1, 21)) for subject in SUBJECTS}


async def test_the_relay_is_woken_by_a_commit_that_published_and_by_no_other(world):
    woken = []
    world.database.on_published = lambda: woken.append(1)
    await world.publish()
    with pytest.raises(ZeroDivisionError):
        async with world.database.begin(world.clock.now(), "test") as unit:
            unit.publish(world.controlled())
            raise ZeroDivisionError
    assert woken == []
    await world.publish(world.controlled(), world.controlled())
    assert woken == [1]
    assert len(await stored(world)) == 2


async def test_what_is_stored_is_a_whole_envelope(world):
    await world.publish(world.controlled("incident-7", "火已扑灭"))
    row = (await stored(world))[0]
    headers = {**json.loads(row.headers), "ce_sequence": str(row.sequence)}
    envelope = Envelope.from_headers([(name, value.encode()) for name, value in headers.items()])
    assert (envelope.source, envelope.subject) == (f"/{world.node}/tiny", "incident-7")
    assert (envelope.time, envelope.sequence, envelope.causationid) == (world.clock.now(), 1, "test")
    assert (row.topic, row.key) == (f"{world.node}.incident", "incident-7")
    assert "火已扑灭" in row.body


async def test_a_drills_events_say_so_and_go_to_the_drills_topics(make_world):
    world = make_world(mode="exercise", drill_id="drill-1")
    await world.publish(world.controlled())
    row = (await stored(world))[0]
    headers = json.loads(row.headers)
    assert (headers["ce_status"], headers["ce_drill"]) == ("exercise", "drill-1")
    assert row.topic == f"drill.{world.node}.incident"


async def test_the_current_trace_is_stored_with_the_event(world):
    tracer = TracerProvider().get_tracer(__name__)
    with tracer.start_as_current_span("test"):
        current = trace.get_current_span().get_span_context()
        await world.publish(world.controlled())
    stored_trace = json.loads((await stored(world))[0].headers)["traceparent"]
    assert stored_trace.split("-")[1] == f"{current.trace_id:032x}"


def closed(world, statement: str) -> IncidentClosed:
    facts = Facts()
    return IncidentClosed(
        incident_id="x",
        jurisdiction=world.node,
        outcome="ended",
        statement=statement,
        facts=facts,
        closed_at=world.clock.now(),
    )


async def test_an_event_that_kafka_would_refuse_is_refused_at_once(world):
    text = "火" * 20_000
    await world.publish(closed(world, text))
    huge = IncidentUpdated.model_construct(
        incident_id="x", jurisdiction=world.node, facts=Facts(), statement="火" * LARGEST_BODY, source="x"
    )
    with pytest.raises(EventTooLarge) as refused:
        await world.publish(huge)
    assert refused.value.type_name == "cn.liandong.incident.updated.v1"
    assert refused.value.size > LARGEST_BODY
    assert [len(row.body) > 20_000 for row in await stored(world)] == [True]
