"""The operator guide's procedures, done as it says, on running nodes."""

import asyncio
import json

import httpx
import pytest
from aiokafka import AIOKafkaProducer
from typer.testing import CliRunner

from contracts.rights import SERVICES
from liandong.commands.consumer import app as consumer
from liandong.commands.dead_letter import app as dead_letter
from shared.http.auth import Role
from shared.kafka_access import KafkaAccess
from shared.tests.world import until

pytestmark = [pytest.mark.servers, pytest.mark.timeout(300)]
RUN = CliRunner()
COUNTY, TOPIC, FLOOD = "210421", "drill.210421.incident", 80
READERS = {"210421.dispatch", "210421.resources", "210421.notify"} | {
    f"210400.{service}" for service in SERVICES
}
"""Who reads a county's incidents: its own other services, and the city's."""


async def told(app, *arguments: str):
    return await asyncio.to_thread(RUN.invoke, app, [*arguments, "--purpose", "."])


async def flood(kafka: KafkaAccess) -> None:
    """Garbage on one topic of one county."""
    producer = AIOKafkaProducer(**kafka.client_options())
    await producer.start()
    try:
        for number in range(FLOOD):
            await producer.send_and_wait(TOPIC, b"garbage", key=f"{number}".encode())
    finally:
        await producer.stop()


async def paused() -> set[str]:
    """The services for which the topic rests."""
    outcome = await told(consumer, "status", "--json")
    topics = json.loads(outcome.output)
    assert {topic["topic"] for topic in topics if topic["paused"]} <= {TOPIC}
    return {topic["service"] for topic in topics if topic["paused"]}


async def readiness(nodes) -> dict[str, dict]:
    async with httpx.AsyncClient(trust_env=False, timeout=10) as http:
        names = list(nodes.children)
        answers = await asyncio.gather(*(http.get(f"{nodes.url(name)}/health/ready") for name in names))
    return {name: answer.json() for name, answer in zip(names, answers, strict=True)}


async def test_a_flood_of_garbage_pauses_one_topic_and_an_operator_goes_on(drill_nodes, monkeypatch):
    setup = drill_nodes.setup
    monkeypatch.setenv("LIANDONG_HOME", str(setup.folder))
    await flood(setup.servers.kafka_access)

    async def all_paused() -> bool:
        return await paused() == READERS

    await until(all_paused, 60)
    states = await readiness(drill_nodes)
    assert {name: state["ready"] for name, state in states.items()} == dict.fromkeys(states, True)
    assert {name for name, state in states.items() if state["degraded"]} == READERS

    # what the county reports now waits, what others report flows
    waiting = await reported(setup, COUNTY)
    flowing = await reported(setup, "210404")
    await until(lambda: known_in_city(setup, flowing), 60)
    assert not await known_in_city(setup, waiting)

    # trying again without having mended anything blows the fuse again; the guide's way on is --park
    again = await told(consumer, "resume", TOPIC)
    assert again.exit_code == 0, again.output
    await until(all_paused, 60)
    parked = await told(consumer, "resume", TOPIC, "--park")
    assert parked.exit_code == 0, parked.output
    await until(lambda: known_in_city(setup, waiting), 60)

    async def nothing_paused() -> bool:
        return await paused() == set()

    await until(nothing_paused, 60)
    listed = await told(
        dead_letter, "list", "--json", "--kind", "invalid", "--node", "210400", "--service", "notify"
    )
    letters = [letter for letter in json.loads(listed.output) if letter["topic"] == TOPIC]
    assert len(letters) == FLOOD
    assert (await told(consumer, "resume", TOPIC)).exit_code == 1
    await asyncio.gather(*(settle(drill_nodes, name) for name in READERS))


async def settle(nodes, name: str) -> None:
    """As the guide says: what is settled is closed."""
    headers = officer(nodes.setup, name.partition(".")[0])
    async with httpx.AsyncClient(trust_env=False, timeout=30) as http:
        letters = (await http.get(f"{nodes.url(name)}/dead-letters?limit=200", headers=headers)).json()
        for letter in letters:
            if letter["topic"] == TOPIC:
                url = f"{nodes.url(name)}/dead-letters/{letter['id']}/skip"
                assert (await http.post(url, headers=headers)).status_code == 200


def officer(setup, node: str) -> dict[str, str]:
    token = setup.token("guide", "guide", [Role.DUTY_OFFICER, Role.CALL_TAKER], node)
    return {"authorization": f"Bearer {token}"}


async def reported(setup, node: str) -> str:
    place = {"210421": (124.06, 41.72), "210404": (123.782, 41.842)}[node]
    body = {
        "channel": "119",
        "sector": "hazardous_chemicals",
        "event_type": "12D02",
        "title": "操作手册演练",
        "location": {"lon": place[0], "lat": place[1]},
    }
    async with httpx.AsyncClient(trust_env=False, timeout=10) as http:
        answer = await http.post(
            f"{setup.url(node, 'incident')}/reports", json=body, headers=officer(setup, node)
        )
    assert answer.status_code == 201, answer.text
    return answer.json()["incident_id"]


async def known_in_city(setup, incident: str) -> bool:
    async with httpx.AsyncClient(trust_env=False, timeout=10) as http:
        url = f"{setup.url('210400', 'incident')}/incidents/{incident}"
        return (await http.get(url, headers=officer(setup, "210400"))).status_code == 200
