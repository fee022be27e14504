"""The real servers of the test suite, chosen in one place.

``TEST_SERVERS=external|containers|local`` forces a kind. Otherwise: external where the environment
names all three; containers where a Docker engine answers that has the images; else local ones.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Literal

from liandong.local import home
from liandong.local.servers import Servers, servers, sqlalchemy_url

Kind = Literal["external", "containers", "local"]
NAMED = ("KAFKA_BOOTSTRAP_SERVERS", "DATABASE_URL", "REDIS_URL")
KAFKA_IMAGE, POSTGRES_IMAGE, REDIS_IMAGE = "apache/kafka:4.3.0", "postgres:18", "valkey/valkey:9"


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
    if shutil.which("docker") is None:
        return False
    asked = ["docker", "image", "inspect", KAFKA_IMAGE, POSTGRES_IMAGE, REDIS_IMAGE]
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
    from testcontainers.community.kafka import KafkaContainer  # noqa: PLC0415 - only where containers are used
    from testcontainers.community.postgres import PostgresContainer  # noqa: PLC0415
    from testcontainers.community.redis import RedisContainer  # noqa: PLC0415

    with ExitStack() as stack:
        kafka = stack.enter_context(KafkaContainer(KAFKA_IMAGE).with_kraft())
        postgres = stack.enter_context(PostgresContainer(POSTGRES_IMAGE, driver=None))
        redis = stack.enter_context(RedisContainer(REDIS_IMAGE))
        redis_url = f"redis://{redis.get_container_host_ip()}:{redis.get_exposed_port(6379)}/0"
        yield Servers(kafka.get_bootstrap_server(), sqlalchemy_url(postgres.get_connection_url()), redis_url)
