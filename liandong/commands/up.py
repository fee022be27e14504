"""``liandong up``: a city and two counties, live, on real local servers, until Ctrl-C."""

import asyncio
import signal
import time
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from contracts.messages import text
from contracts.plan import Plan
from contracts.rights import SERVICES
from liandong.local import home
from liandong.local.nodes import Nodes, Setup
from liandong.local.servers import Servers
from liandong.running import FAILURES, console_of, progress_of_start, require_places, started_servers
from shared.http.auth import Role
from shared.plan_folder import load_plan

app = typer.Typer(add_completion=False)
PLAN = Path("plans/fushun")
JURISDICTIONS = ("210400", "210404", "210421")
DEPARTMENT = "health"
KAFKA_PORT = 8099
"""Where partners find Kafka, at this start and at every other."""
TOKENS = "tokens.env"
SERVER_REST_SECONDS = 10.0


@app.command(help=text("cli.up.up"))
def up(
    plan: Annotated[Path, typer.Option(envvar="PLAN_DIR", help=text("cli.plan_folder"))] = PLAN,
    node: Annotated[list[str] | None, typer.Option(help=text("cli.jurisdictions"))] = None,
) -> None:
    """Start a city node and two county nodes (live, loopback channels only), until Ctrl-C."""
    console = console_of()
    try:
        places = nodes_to_run(load_plan(plan), node or ())
        with (
            home.hold("up", fresh=False) as folder,
            started_servers(folder, console, kafka_port=KAFKA_PORT) as servers,
        ):
            setup = Setup(folder, servers, "live", places, plan=plan)
            run_until_stopped(setup, console)
    except FAILURES as error:
        console.print(text("local.failed", reason=error), style="red", markup=False)
        raise typer.Exit(1) from None


def nodes_to_run(plan: Plan, asked: Collection[str]) -> tuple[str, ...]:
    """The nodes to run: those asked for, else the demo's, else the plan's top and its first two below.

    Raises UnknownPlaces for one the plan does not have.
    """
    known = plan.jurisdictions
    default = (
        JURISDICTIONS if set(JURISDICTIONS) <= known.keys() else (plan.root, *plan.children(plan.root)[:2])
    )
    places = tuple(asked) or default
    require_places(plan, places)
    return places


def run_until_stopped(setup: Setup, console: Console) -> None:
    """Start, show where everything is, restart what dies, stop on Ctrl-C or SIGTERM."""
    nodes = Nodes(setup)
    try:
        progress_of_start(nodes, console)
        leave_tokens(setup)
        console.print(addresses(setup))
        console.print(text("local.kafka_at", address=setup.servers.kafka_bootstrap))
        console.print(text("local.tokens", file=setup.folder / TOKENS), soft_wrap=True)
        console.print(text("local.up"), style="bold")
        console.print(console_address(setup), style="bold")
        asyncio.run(_watch(nodes, setup.servers, console))
    finally:
        console.print(text("local.stopping"))
        for name in nodes.stop():
            console.print(text("local.had_to_kill", name=name), style="yellow")
    console.print(text("local.stopped"))


async def _watch(nodes: Nodes, servers: Servers, console: Console) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    dead_since = 0.0
    while not stopped.is_set():
        for name in nodes.restart_dead():
            console.print(text("local.restarted", name=name), style="yellow")
        if servers.kafka is not None and not servers.kafka.alive:
            dead_since = dead_since or _announce_dead_kafka(console)
            if time.monotonic() - dead_since > SERVER_REST_SECONDS:
                servers.kafka.launch()
                console.print(text("local.restarted", name="kafka"), style="yellow")
                dead_since = 0.0
        with suppress(TimeoutError):
            async with asyncio.timeout(0.5):
                await stopped.wait()


def _announce_dead_kafka(console: Console) -> float:
    console.print(text("local.kafka_dead", seconds=int(SERVER_REST_SECONDS)), style="red")
    return time.monotonic()


def console_address(setup: Setup) -> str:
    """Where people log in; there the console of every other node can be chosen."""
    return text("local.console", url=setup.url(setup.jurisdictions[0], "incident"))


def addresses(setup: Setup) -> Table:
    """Every URL."""
    names = load_plan(setup.plan).jurisdictions
    table = Table(title=text("local.addresses"), title_justify="left")
    table.add_column(text("local.node"))
    for service in SERVICES:
        table.add_column(service)
    for node in setup.jurisdictions:
        urls = [setup.url(node, service) for service in SERVICES]
        table.add_row(f"{node} {names[node].name}", *urls)
    return table


def leave_tokens(setup: Setup) -> None:
    """A token per role and node, and where Kafka is, as shell assignments in a file that only its owner reads."""
    lines = [f"KAFKA_BOOTSTRAP_SERVERS={setup.servers.kafka_bootstrap}"]
    departments = load_plan(setup.plan).departments
    theirs = DEPARTMENT if DEPARTMENT in departments else next(iter(departments))
    for node in setup.jurisdictions:
        for role in Role:
            department = theirs if role is Role.DEPARTMENT else None
            token = setup.token(f"{role}@{node}", f"{role}@{node}", [role], node, department)
            lines.append(f"{role.upper()}_{node}={token}")
    file = setup.folder / TOKENS
    file.touch(mode=0o600)
    file.write_text("\n".join(lines) + "\n")
