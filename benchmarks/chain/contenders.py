"""The three contenders, each as three processes with a database each on the same servers."""

import asyncio
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from sqlalchemy import make_url

from benchmarks.chain.load import Target
from contracts.events import Stream
from contracts.topics import topic_name
from liandong.local.nodes import Nodes, Setup
from liandong.local.ports import answers
from liandong.local.processes import Child, inherited_environment, stop_all, tail
from liandong.local.servers import Servers
from shared.http.auth import Role
from shared.plan_folder import load_plan
from shared.provisioning.topics import create_topics

NODE = "210404"
ROLES = ("intake", "dispatch", "notify")
PORTS = {"floor": 8390, "tutorial": 8391}
FIRST_PORT = 8400
PLAN = Path("plans/fushun")
START_SECONDS = 60.0
BODY = (
    '{{"channel":"119","sector":"hazardous_chemicals","event_type":"12D02","title":"液氯储罐阀门泄漏 {number}",'
    '"location":{{"lon":123.782,"lat":41.842,"address":"望花区示例化工园液氯库"}}}}'
)


def request(number: int, token: str = "") -> bytes:
    """One POST /reports as bytes."""
    body = BODY.format(number=number).encode()
    authorization = f"authorization: Bearer {token}\r\n" if token else ""
    head = f"POST /reports HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n{authorization}"
    return f"{head}content-length: {len(body)}\r\n\r\n".encode() + body


@contextmanager
def liandong(folder: Path, servers: Servers) -> Iterator[Target]:
    """The real services of one node. ``resources`` starts first, for the roster, and rests in the load."""
    create_topics(servers.kafka_access, load_plan(PLAN).jurisdictions, "live")
    setup = Setup(folder, servers, "live", (NODE,), first_port=FIRST_PORT, extra={"LOG_LEVEL": "WARNING"})
    nodes = Nodes(setup)
    try:
        nodes.start()
        asyncio.run(nodes.ready(lambda _: None))
        nodes.kill(f"{NODE}.resources")
        token = setup.token("benchmark", "benchmark", [Role.SYSTEM], NODE)
        topics = [topic_name(NODE, stream, "live") for stream in (Stream.DISPATCH, Stream.WARNING_DRAFT)]
        yield Target(setup.port(NODE, "incident"), lambda n: request(n, token), "incident_id", topics, NODE)
    finally:
        nodes.stop()


@contextmanager
def by_hand(name: str, folder: Path, servers: Servers) -> Iterator[Target]:
    """The floor or the tutorial way."""
    topics = [f"{name}.{role}" for role in ROLES]
    asyncio.run(_topics(servers.kafka_bootstrap, topics))
    children = [_child(name, role, folder, servers) for role in ROLES]
    try:
        for child in children:
            child.start()
        _wait(PORTS[name], children)
        yield Target(PORTS[name], request, "incident_id", topics[1:], f"{name}-")
    finally:
        stop_all(children, 3)


def _child(name: str, role: str, folder: Path, servers: Servers) -> Child:
    url = make_url(servers.database(f"bench_{name}_{role}", fresh=True))
    if name == "floor":
        url = url.set(drivername="postgresql")
    arguments = [
        role,
        servers.kafka_bootstrap,
        url.render_as_string(hide_password=False),
        str(PORTS[name]),
        name,
    ]
    command = [sys.executable, "-m", f"benchmarks.chain.{name}", *arguments]
    return Child(f"{name}-{role}", command, folder, inherited_environment())


def _wait(port: int, children: list[Child]) -> None:
    until = time.monotonic() + START_SECONDS
    workers = children[1:]
    while time.monotonic() < until:
        for child in children:
            child.require_alive()
        if answers(port) and all("ready" in tail(child.log) for child in workers):
            return
        time.sleep(0.1)
    raise TimeoutError(f"port {port}")


async def _topics(bootstrap: str, names: list[str]) -> None:
    client = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    try:
        await client.start()
        await client.create_topics([NewTopic(name, 3, 1) for name in names])
    finally:
        await client.close()
