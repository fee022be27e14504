"""kill -9 of any service, or of Kafka, loses nothing and repeats nothing; without Kafka reports are still taken."""

import asyncio
import time
from datetime import UTC, datetime

import httpx
import pytest
from typer.testing import CliRunner

from liandong.chaos import CHAIN, Assault, Chaos
from liandong.chaos_reports import Reports
from liandong.chaos_view import CITY, COUNTY
from liandong.commands.outbox import app as outbox
from liandong.local.kafka import LocalKafka
from liandong.local.nodes import Nodes, Setup
from liandong.local.postgres import LocalPostgres
from liandong.local.servers import Servers
from shared.http.auth import Role
from shared.kafka_access import KafkaAccess
from shared.plan_folder import load_plan
from shared.provisioning.topics import create_topics
from tests.integration.conftest import FIRST_PORT, PLAN

pytestmark = [pytest.mark.servers, pytest.mark.timeout(600)]
KILLS = 30
RUN = CliRunner()


@pytest.fixture(scope="module")
def live_nodes(servers, tmp_path_factory):
    """The services a report passes through, two of each, live, on servers of their own that may be killed."""
    folder = tmp_path_factory.mktemp("chaos")
    kafka, postgres = LocalKafka(folder, lambda *_: None), LocalPostgres(folder, durable=False)
    postgres.start()
    mine = Servers(kafka.bootstrap, postgres.url, servers.redis_url, kafka, postgres)
    setup = Setup(folder, mine, "live", (CITY, COUNTY), first_port=FIRST_PORT + 100, replicas=2)
    nodes = Nodes(setup, CHAIN)
    try:
        kafka.start()
        for name in CHAIN:
            mine.database(setup.database(*name.split(".")), fresh=True)
        create_topics(KafkaAccess(kafka.bootstrap), load_plan(PLAN).jurisdictions, "live")
        nodes.start()
        asyncio.run(nodes.ready(lambda _: None))
        yield nodes
    finally:
        nodes.stop()
        kafka.stop()
        postgres.stop()


async def test_thirty_kills_lose_and_repeat_nothing(live_nodes):
    """Of two replicas of each service, the broker and the database server; the last is frozen, too."""
    verdict = await Chaos(live_nodes, Assault(KILLS, rate=3, broker=True, database=True)).run()
    assert verdict.lost == []
    assert verdict.repeated == []
    assert verdict.parked == 0
    assert sum(verdict.killed.values()) == KILLS
    assert verdict.acknowledged > 30


async def test_without_kafka_reports_are_accepted_and_arrive_later(live_nodes):
    setup, kafka = live_nodes.setup, live_nodes.setup.servers.kafka
    taker = {"authorization": f"Bearer {setup.token('t', 't', [Role.CALL_TAKER], COUNTY)}"}
    officer = {"authorization": f"Bearer {setup.token('o', 'o', [Role.DUTY_OFFICER], COUNTY)}"}
    body = {
        "channel": "119",
        "sector": "hazardous_chemicals",
        "event_type": "12D02",
        "title": "Kafka 中断期间的报告",
        "location": {"lon": 123.782, "lat": 41.842},
    }
    async with httpx.AsyncClient(trust_env=False, timeout=5) as http:
        kafka.kill()
        began = time.monotonic()
        answers = [
            await http.post(f"{setup.url(COUNTY, 'incident')}/reports", json=body, headers=taker)
            for _ in range(5)
        ]
        assert [answer.status_code for answer in answers] == [201] * 5
        assert time.monotonic() - began < 5
        await asyncio.to_thread(kafka.start)
        for answer in answers:
            url = (
                f"{setup.url(COUNTY, 'dispatch')}/recommendations?incident_id={answer.json()['incident_id']}"
            )
            async with asyncio.timeout(60):
                await recommended(http, url, officer)


async def test_kafka_lost_and_empty_is_filled_again_from_the_outboxes(live_nodes, monkeypatch):
    """The operator guide's procedure, under load: broker back, send again, topics anew, in this order."""
    setup, kafka = live_nodes.setup, live_nodes.setup.servers.kafka
    monkeypatch.setenv("LIANDONG_HOME", str(setup.folder))
    reports = Reports(setup, rate=10, name="chaos-2")
    began = datetime.now(UTC).astimezone().strftime("%Y-%m-%dT%H:%M:%S%z")
    async with httpx.AsyncClient(trust_env=False, timeout=6) as http:
        before = await known_everywhere(reports, http)
        async with reports.streaming(http):
            await asyncio.sleep(4)
            await asyncio.to_thread(kafka.lose_data)
            await asyncio.sleep(1)
            await asyncio.to_thread(kafka.start)
            for name in CHAIN:
                node, _, service = name.partition(".")
                which = ["--purpose", ".", "--node", node, "--service", service]
                done = await asyncio.to_thread(RUN.invoke, outbox, ["resend", "--since", began, *which])
                assert done.exit_code == 0, done.output
            create_topics(KafkaAccess(kafka.bootstrap), load_plan(PLAN).jurisdictions, "live")
            await asyncio.sleep(4)
        verdict = await reports.compare(http, besides=before)
    assert (verdict.lost, verdict.repeated, verdict.parked) == ([], [], 0)
    assert verdict.acknowledged > 50


async def known_everywhere(reports: Reports, http: httpx.AsyncClient) -> dict[str, set[str]]:
    """The incidents at each node once the city knows all that stands at the county: nothing of it comes later."""
    async with asyncio.timeout(60):
        while True:
            found = await reports.known_incidents(http)
            if found[COUNTY] <= found[CITY]:
                return found
            await asyncio.sleep(0.2)


async def recommended(http: httpx.AsyncClient, url: str, headers: dict[str, str]) -> None:
    """Until there is exactly one recommendation."""
    while True:
        if len((await http.get(url, headers=headers)).json()) == 1:
            return
        await asyncio.sleep(0.1)
