"""What every command that starts local nodes shows while they start."""

import asyncio
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from aiokafka.errors import KafkaError
from confluent_kafka import KafkaException
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from sqlalchemy.exc import OperationalError

from contracts.messages import text
from contracts.plan import Plan
from liandong.local.home import AlreadyRunning
from liandong.local.kafka import CannotStartKafka
from liandong.local.nodes import Nodes, NotReady
from liandong.local.ports import PortTaken
from liandong.local.processes import DiedAtStart
from liandong.local.servers import Servers, UnusableKafka, servers
from shared.plan_folder import UnreadablePlan, load_plan
from shared.provisioning.topics import create_topics

WIDTH = 140


class UnknownPlaces(ValueError):
    """Nodes are asked for that the plan does not have; the message names both."""


FAILURES = (
    AlreadyRunning,
    UnreadablePlan,
    UnknownPlaces,
    UnusableKafka,
    CannotStartKafka,
    NotReady,
    PortTaken,
    DiedAtStart,
    KafkaError,
    KafkaException,
    OperationalError,
)
"""What can go wrong while starting, each with a message that says what."""


def require_places(plan: Plan, codes: Collection[str]) -> None:
    """Raise UnknownPlaces unless the plan has every one of these jurisdictions."""
    if unknown := [code for code in codes if code not in plan.jurisdictions]:
        known = ", ".join(plan.jurisdictions)
        raise UnknownPlaces(
            text("local.unknown_places", codes=", ".join(unknown), plan=plan.name, known=known)
        )


def console_of(stderr: bool = False) -> Console:
    """A console for people; in a file or pipe, where there is no width, wide enough for our tables."""
    console = Console(stderr=stderr, highlight=False)
    return console if console.is_terminal else Console(stderr=stderr, highlight=False, width=WIDTH)


def bar(console: Console) -> Progress:
    """A progress bar as all of ours look."""
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=not console.is_terminal,
    )


@contextmanager
def started_servers(
    folder: Path, console: Console, durable: bool = True, kafka_port: int = 0, brokers: int = 1
) -> Iterator[Servers]:
    """The servers, with a progress bar for the first download."""
    with ExitStack() as stack:
        with bar(console) as progress:
            task = progress.add_task(text("local.starting_servers"), total=None)
            running = stack.enter_context(
                servers(
                    folder,
                    lambda here, of: progress.update(task, completed=here, total=of),
                    durable,
                    kafka_port,
                    brokers,
                )
            )
            progress.update(task, completed=1, total=1)
        console.print(text("local.servers", servers=running.description()))
        yield running


def progress_of_start(nodes: Nodes, console: Console) -> None:
    """Create topics, start the nodes, wait until all are ready."""
    setup = nodes.setup
    places = load_plan(setup.plan).jurisdictions  # all of them: a city reads every county's topics
    create_topics(setup.servers.kafka_access, places, setup.mode, setup.servers.replication)
    nodes.start()
    with bar(console) as progress:
        task = progress.add_task(text("local.starting_nodes"), total=len(nodes.children))
        asyncio.run(nodes.ready(lambda _: progress.advance(task)))
