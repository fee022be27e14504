"""The real servers of the test suite, chosen in one place.

``TEST_SERVERS=external|containers|local`` forces a kind. Otherwise: external where the environment
names all three; containers where a Docker engine answers that has the images (and testcontainers'
reaper, or ``TESTCONTAINERS_RYUK_DISABLED=true``); else local ones.
"""

import asyncio
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Literal

from redis import Redis
from redis.backoff import ConstantBackoff
from redis.retry import Retry

from liandong.local import home
from liandong.local.kafka import broker_settings, until_joinable
from liandong.local.ports import LOOPBACK, free_port
from liandong.local.servers import Servers, servers, sqlalchemy_url
from shared.kafka_access import KafkaAccess

Kind = Literal["external", "containers", "local"]
NAMED = ("KAFKA_BOOTSTRAP_SERVERS", "DATABASE_URL", "REDIS_URL")
KAFKA_IMAGE, POSTGRES_IMAGE, VALKEY_IMAGE = "apache/kafka:4.3.0", "postgres:18.6", "valkey/valkey:9.1.2"
"""The same as in ``compose.yaml``."""
MEMORY, CLUSTER_ID = "-Xmx512m", "bGlhbmRvbmctdGVzdHMtMQ"


class MissingServers(RuntimeError):
    """The kind of servers that was asked for is not there; the suite fails, it never skips."""


@cache
def kind() -> Kind:
    """Which servers this run uses; raises MissingServers for a wish that can't be met."""
    wish = os.environ.get("TEST_SERVERS", "")
    if wish not in {"", "external", "containers", "local"}:
        raise MissingServers(f"TEST_SERVERS={wish}: external, containers or local")
    if wish == "external" and (missing := [name for name in NAMED if not os.environ.get(name)]):
        raise MissingServers(f"TEST_SERVERS=external needs {', '.join(missing)}")
    if wish:
        return wish  # type: ignore[return-value]  # checked above
    if all(os.environ.get(name) for name in NAMED):
        return "external"
    return "containers" if _docker_has_images() else "local"


def _docker_has_images() -> bool:
    """Nothing is pulled on the way: a suite that can't have its images takes local servers."""
    from testcontainers.core.config import testcontainers_config  # noqa: PLC0415 - only where containers are used

    if shutil.which("docker") is None:
        return False
    reaper = [] if testcontainers_config.ryuk_disabled else [testcontainers_config.ryuk_image]
    asked = ["docker", "image", "inspect", KAFKA_IMAGE, POSTGRES_IMAGE, VALKEY_IMAGE, *reaper]
    return subprocess.run(asked, capture_output=True, timeout=10, check=False).returncode == 0


@contextmanager
def running() -> Iterator[Servers]:
    """The servers, for one session."""
    if kind() == "containers":
        with _containers() as found:
            yield found
        return
    with home.hold("test", fresh=True) as folder, servers(folder, lambda *_: None, durable=False) as found:
        yield found


@contextmanager
def _containers() -> Iterator[Servers]:
    from testcontainers.community.postgres import PostgresContainer  # noqa: PLC0415 - only where containers are used

    with ExitStack() as stack:
        bootstrap = stack.enter_context(_kafka_container())
        postgres = stack.enter_context(PostgresContainer(POSTGRES_IMAGE, driver=None))
        valkey = _ValkeyContainer(stack)
        yield Servers(bootstrap, sqlalchemy_url(postgres.get_connection_url()), valkey.url, valkey=valkey)


class _ValkeyContainer:
    """Valkey's own image, which comes back where it was after a kill."""

    def __init__(self, stack: ExitStack) -> None:
        from testcontainers.core.container import DockerContainer  # noqa: PLC0415

        self._port = free_port()
        started = DockerContainer(VALKEY_IMAGE).with_bind_ports(6379, self._port)
        self._container = stack.enter_context(started).get_wrapped_container()
        self._wait()

    @property
    def url(self) -> str:
        """For ``redis.from_url``."""
        return f"redis://{LOOPBACK}:{self._port}/0"

    def kill(self) -> None:
        """kill -9."""
        self._container.kill()

    def start(self) -> None:
        """Start it again and wait until it answers."""
        self._container.start()
        self._wait()

    def _wait(self) -> None:
        with Redis.from_url(self.url, retry=Retry(ConstantBackoff(0.1), 100)) as valkey:
            valkey.ping()


@contextmanager
def _kafka_container() -> Iterator[str]:
    """Kafka's own image, which testcontainers' KafkaContainer does not know; the bootstrap address."""
    from testcontainers.core.container import DockerContainer  # noqa: PLC0415

    port = free_port()
    settings = {
        **broker_settings(1),
        "process.roles": "broker,controller",
        "node.id": 1,
        "controller.quorum.voters": "1@localhost:9093",
        "controller.listener.names": "CONTROLLER",
        "listeners": "PLAINTEXT://:9092,CONTROLLER://localhost:9093",
        "advertised.listeners": f"PLAINTEXT://{LOOPBACK}:{port}",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
    }
    container = DockerContainer(KAFKA_IMAGE).with_bind_ports(9092, port)
    container = container.with_env("CLUSTER_ID", CLUSTER_ID).with_env("KAFKA_HEAP_OPTS", MEMORY)
    for name, value in settings.items():
        container = container.with_env(f"KAFKA_{name.replace('.', '_').upper()}", str(value))
    with container:
        bootstrap = f"{LOOPBACK}:{port}"
        asyncio.run(until_joinable(KafkaAccess(bootstrap)))
        yield bootstrap
