"""A bad record is parked with its reason, the rest flows, and an operator sees, shows and retries it."""

import asyncio
import json
from datetime import UTC, datetime

import pytest
from aiokafka import AIOKafkaProducer
from typer.testing import CliRunner

from contracts.envelope import Envelope, Status
from contracts.events.incident import IncidentControlled
from contracts.rights import SERVICES
from liandong.addresses import local
from liandong.commands.consumer import app as consumer
from liandong.commands.dead_letter import app
from liandong.commands.due_work import app as due_work
from liandong.commands.outbox import app as outbox
from shared.http.auth import Role
from shared.ids import new_id

pytestmark = pytest.mark.servers
RUN = CliRunner()


def told(*arguments: str):
    return RUN.invoke(app, [*arguments, "--purpose", "."])


async def parked(reason: str) -> list[dict]:
    async with asyncio.timeout(30):
        while True:
            listed = await asyncio.to_thread(
                told, "list", "--json", "--node", "210400", "--service", "dispatch"
            )
            found = [letter for letter in json.loads(listed.output) if reason in letter["reason"]]
            if found:
                return found
            await asyncio.sleep(0.2)


async def test_bad_records_are_parked_with_their_reason_and_the_rest_flows(drill_nodes, monkeypatch):
    setup = drill_nodes.setup
    monkeypatch.setenv("LIANDONG_HOME", str(setup.folder))
    producer = AIOKafkaProducer(**setup.servers.kafka_access.client_options())
    await producer.start()
    topic = "drill.210404.incident"
    event = IncidentControlled(
        incident_id="nobody-knows", jurisdiction="210404", controlled_at=datetime.now(UTC)
    )
    envelope = Envelope(
        id=new_id(),
        type=event.type_name(),
        source="/210404/incident",
        subject=event.subject,
        time=datetime.now(UTC),
        dataschema=event.schema_uri(),
        status=Status.EXERCISE,
        sequence=1,
        correlationid="x",
        causationid="x",
    )
    good = envelope.to_headers()
    live = [(name, b"actual" if name == "ce_status" else value) for name, value in good]
    anonymous = [(name, value) for name, value in good if name != "ce_id"]
    body = event.model_dump_json().encode()
    try:
        for headers, value in ((good, b"{broken"), (live, body), (anonymous, body), ([], None)):
            await producer.send_and_wait(topic, value, key=b"x", headers=headers)
    finally:
        await producer.stop()
    for reason in ("body of", "status actual", "ce_id is missing", "ce_specversion is missing"):
        assert await parked(reason)
    letter = (await parked("ce_id is missing"))[0]
    shown = json.loads(told("show", letter["id"]).output)
    assert shown["body"] == body.decode()
    again = told("retry", letter["id"])
    assert again.exit_code == 1
    assert "ce_id is missing" in again.output
    assert told("show", "00000000-0000-0000-0000-000000000000").exit_code == 1
    every = told("retry", "--all", "--kind", "invalid", "--node", "210400", "--consumer", "dispatch")
    assert every.exit_code == 1 and "ce_id is missing" in every.output
    for wrong in (["retry"], ["retry", letter["id"], "--all"], ["retry", "--all"]):
        assert told(*wrong).exit_code == 2
    assert told("skip", letter["id"]).exit_code == 0
    assert letter["id"] not in told("list", "--json", "--node", "210400", "--service", "dispatch").output
    broken = (await parked("body of"))[0]
    listed = told("list", "--node", "210400").output
    assert listed.count(f":{broken['record_offset']} ") == 1, "one line, however many services parked it"
    assert "无法解析" in listed and "搁置它的服务" in listed and "消息不合契约" in listed
    closed = told("dismiss", broken["id"][:30], "--reason", "试验消息", "--node", "210400", "--json")
    assert closed.exit_code == 0 and len(json.loads(closed.output)) > 1
    remaining = json.loads(told("list", "--json", "--node", "210400").output)
    assert broken["record_offset"] not in {one["record_offset"] for one in remaining if one["topic"] == topic}
    assert told("dismiss", "0", "--reason", "x", "--node", "210400").exit_code == 2
    service = local(".", (Role.DUTY_OFFICER,), "210400", "dispatch")[0]
    assert service.url == setup.url("210400", "dispatch")


async def test_what_waits_is_seen_on_the_command_line_and_exit_codes_say_whether_anything_does(
    drill_nodes, monkeypatch
):
    monkeypatch.setenv("LIANDONG_HOME", str(drill_nodes.setup.folder))
    where = ["--purpose", ".", "--node", "210404"]
    for app_, arguments in ((outbox, ["status"]), (due_work, ["list"]), (consumer, ["status"])):
        for shape in ([], ["--json"]):
            done = await asyncio.to_thread(RUN.invoke, app_, [*arguments, *where, *shape])
            assert done.exit_code == 0, done.output
    unsent = json.loads((await asyncio.to_thread(RUN.invoke, outbox, ["status", *where, "--json"])).output)
    assert {one["service"] for one in unsent} == {f"210404.{name}" for name in SERVICES}
    for app_, arguments in ((outbox, ["retry"]), (due_work, ["retry"])):
        assert (await asyncio.to_thread(RUN.invoke, app_, [*arguments, *where])).exit_code == 0
    assert (await asyncio.to_thread(RUN.invoke, outbox, ["resend", *where])).exit_code == 2
    assert (await asyncio.to_thread(RUN.invoke, consumer, ["resume", "no.topic", *where])).exit_code == 1
    nobody = await asyncio.to_thread(RUN.invoke, outbox, ["status", "--purpose", "nowhere"])
    assert nobody.exit_code == 2
