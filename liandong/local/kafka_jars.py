"""The jars of Apache Kafka, resolved once by jgo into the user's cache."""

import json
import threading
from collections.abc import Callable
from pathlib import Path

import jgo
from jgo.config import GlobalSettings

from liandong.local import home

KAFKA_VERSION = "4.3.0"
LOG4J_VERSION = "2.25.4"
COORDINATES = (
    f"org.apache.kafka:kafka_2.13:{KAFKA_VERSION}!",
    f"org.apache.kafka:kafka-tools:{KAFKA_VERSION}!",
    f"org.apache.kafka:connect-mirror:{KAFKA_VERSION}!",
    f"org.apache.logging.log4j:log4j-slf4j-impl:{LOG4J_VERSION}!",
)
"""Raw ("!"): else the BOM of the logging library brings an old kafka-clients (trap 31)."""
JARS = 94
"""About how many there are; for the progress bar only."""

Report = Callable[[int, int], None]
"""Told how many of how many are here."""


def classpath(report: Report) -> list[Path]:
    """The jars; downloads them the first time. Later starts ask no network."""
    known = home.cache() / f"kafka-{KAFKA_VERSION}.json"
    if known.exists():
        jars = [Path(jar) for jar in json.loads(known.read_text())]
        if jars and all(jar.exists() for jar in jars):
            return jars
    jars = _resolve(report)
    known.parent.mkdir(parents=True, exist_ok=True)
    known.write_text(json.dumps([str(jar) for jar in jars]))
    return jars


def _resolve(report: Report) -> list[Path]:
    store = GlobalSettings.load().repo_cache
    before, done = _count(store), threading.Event()

    def watch() -> None:
        while not done.wait(0.3):
            report(min(_count(store) - before, JARS), JARS)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        environment = jgo.build("+".join(COORDINATES))
    finally:
        done.set()
        watcher.join()
    report(JARS, JARS)
    return [Path(jar) for jar in environment.all_jars]


def _count(store: Path) -> int:
    return sum(1 for _ in store.rglob("*.jar")) if store.exists() else 0
