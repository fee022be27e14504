"""``liandong chaos``: proves on nodes of its own that kill -9 loses nothing and repeats nothing."""

import asyncio
import json
from collections import Counter
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from contracts.messages import text
from liandong.chaos import CHAIN, Assault, Chaos
from liandong.chaos_reports import Verdict
from liandong.chaos_view import CITY, COUNTY
from liandong.local import home
from liandong.local.nodes import MOST_REPLICAS, Nodes, Setup
from liandong.running import FAILURES, bar, console_of, progress_of_start, started_servers

app = typer.Typer(add_completion=False)
FIRST_PORT = 8300


@app.command(help=text("cli.chaos.chaos"))
def chaos(
    kills: Annotated[int, typer.Option(min=1, max=100_000, help=text("cli.how_many"))] = 30,
    broker: Annotated[bool, typer.Option("--broker", help=text("cli.kafka_too"))] = False,
    database: Annotated[bool, typer.Option("--database", help=text("cli.postgresql_too_or_frozen"))] = False,
    brokers: Annotated[int, typer.Option(min=1, max=5, help=text("cli.how_many_brokers"))] = 1,
    replicas: Annotated[int, typer.Option(min=1, max=MOST_REPLICAS, help=text("cli.of_each_service"))] = 1,
    rate: Annotated[float, typer.Option(min=0.1, max=200, help=text("cli.reports_a_second"))] = 5.0,
    seed: Annotated[int, typer.Option(help=text("cli.repeatable"))] = 1,
    as_json: Annotated[bool, typer.Option("--json", help=text("cli.for_programs"))] = False,
) -> None:
    """kill -9 at random, and see that every acknowledged report made one incident, one recommendation, one draft."""
    console = console_of(stderr=as_json)
    assault = Assault(kills, rate, broker or brokers > 1, database, seed)
    try:
        with (
            home.hold("chaos", fresh=True) as folder,
            started_servers(folder, console, durable=False, brokers=brokers) as servers,
        ):
            setup = Setup(folder, servers, "live", (CITY, COUNTY), first_port=FIRST_PORT, replicas=replicas)
            verdict = _run(Nodes(setup, CHAIN), assault, console)
    except FAILURES as error:
        console.print(text("local.failed", reason=error), style="red", markup=False)
        raise typer.Exit(2) from None
    if as_json:
        Console().print_json(json.dumps(verdict.plain(), ensure_ascii=False))
    else:
        _show(verdict, console)
    raise typer.Exit(0 if verdict.sound else 1)


def _run(nodes: Nodes, assault: Assault, console: Console) -> Verdict:
    try:
        progress_of_start(nodes, console)
        with bar(console) as progress:
            return asyncio.run(_watch(nodes, assault, progress))
    finally:
        console.print(text("local.stopping"))
        nodes.stop()


async def _watch(nodes: Nodes, assault: Assault, progress: Progress) -> Verdict:
    task = progress.add_task("kill -9", total=assault.kills)
    return await Chaos(nodes, assault, lambda _: progress.advance(task)).run()


def _show(verdict: Verdict, console: Console) -> None:
    table = Table(title=text("chaos.title"), title_justify="left", show_header=False)
    rows = {
        "acknowledged": verdict.acknowledged,
        "attempts": verdict.attempts,
        "answers": _counts(verdict.answers),
        "killed": _counts(verdict.killed),
        "lost": len(verdict.lost),
        "repeated": len(verdict.repeated),
        "parked": verdict.parked,
        "settled": f"{verdict.settled_seconds:.1f}",
        "seconds": f"{verdict.seconds:.1f}",
    }
    for name, value in rows.items():
        table.add_row(text(f"chaos.{name}"), str(value))
    console.print(table)
    for line in [*verdict.lost, *verdict.repeated][:50]:
        console.print(line, style="red", markup=False)
    console.print(text("chaos.sound" if verdict.sound else "chaos.broken"), style="bold")


def _counts(counted: Counter[str]) -> str:
    return ", ".join(f"{name} × {count}" for name, count in sorted(counted.items()))
