"""``liandong demo``: plays a drill on fresh nodes in exercise mode and judges it."""

import asyncio
import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Annotated

import httpx
import typer
from rich.console import Console

from contracts.messages import text
from drills import playing
from drills.reporting import notes_of
from drills.scenario import Scenario, UnreadableScenario, load_scenario
from drills.verdict import Verdict
from drills.webhook import Webhook
from liandong.local import home
from liandong.local.nodes import Nodes, Setup
from liandong.local.processes import Child, inherited_environment, stop_all
from liandong.running import FAILURES, console_of, progress_of_start, require_places, started_servers
from shared.http.auth import Role
from shared.plan_folder import load_plan

app = typer.Typer(add_completion=False)
SCENARIO = Path("drills/scenarios/wanghua-chlorine-leak.yaml")
PARTNER = Path(__file__).resolve().parents[2] / "examples" / "partner_department" / "partner.py"
FIRST_PORT = 8100


@app.command(help=text("cli.demo.demo"))
def demo(
    scenario: Annotated[Path, typer.Argument(help=text("cli.scenario"))] = SCENARIO,
    plan: Annotated[Path | None, typer.Option(help=text("cli.plan_folder_else_the_scenario"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=text("cli.for_programs_demo"))] = False,
    first_port: Annotated[int, typer.Option(min=1024, max=65000, help=text("cli.first_port"))] = FIRST_PORT,
    watch: Annotated[
        bool,
        typer.Option(envvar="WATCH", help=text("cli.keep_the_nodes_up_at")),
    ] = False,
) -> None:
    """A drill: start nodes (MODE=exercise), call the public APIs by a script, judge every expectation."""
    console = console_of(stderr=as_json)
    try:
        script = load_scenario(scenario)
        folder_of_plan = plan or script.plan
        require_places(load_plan(folder_of_plan), script.jurisdictions)
        verdict = _play(script, folder_of_plan, first_port, console, watch)
    except (*FAILURES, UnreadableScenario) as error:
        console.print(text("local.failed", reason=error), style="red", markup=False)
        raise typer.Exit(2) from None
    playing.show(verdict, console, as_json)
    raise typer.Exit(1 if verdict.broken else 0)


def _play(script: Scenario, plan: Path, first_port: int, console: Console, watch: bool) -> Verdict:
    with (
        home.hold("demo", fresh=True) as folder,
        started_servers(folder, console, durable=False) as servers,
    ):
        places, drill = script.jurisdictions, script.new_run()
        setup = Setup(folder, servers, "exercise", places, drill, plan, first_port=first_port)
        nodes = Nodes(setup)
        try:
            progress_of_start(nodes, console)
            console.print(text("local.console", url=setup.url(places[0], "incident")), style="bold")
            console.print(text("drill.begins", title=script.title), style="bold")
            verdict = asyncio.run(play(script, setup, console))
            if watch:
                console.print(text("local.up"), style="bold")
                asyncio.run(_until_stopped())
            asyncio.run(_with_notes(verdict, setup, console))
            return verdict
        finally:
            console.print(text("local.stopping"))
            nodes.stop()


async def _until_stopped() -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    await stopped.wait()


async def play(script: Scenario, setup: Setup, console: Console) -> Verdict:
    """Play a script on running nodes of this machine, with commentary."""
    return await playing.play(script, setup, console, _partners(script, setup), Webhook())


async def _with_notes(verdict: Verdict, setup: Setup, console: Console) -> None:
    """What observers noted until now is kept with the run, here and in the folder of runs."""
    reader = cache(lambda node: setup.token("drill", text("drill.player"), [Role.AUDITOR], node))
    async with httpx.AsyncClient(trust_env=False, timeout=10) as http:
        try:
            verdict.notes = await notes_of(verdict.run_id, setup.jurisdictions, http, setup.url, reader)
        except httpx.HTTPError as error:
            console.print(text("drill.notes_not_read", reason=repr(error)), style="yellow", markup=False)
    kept = home.root() / "drill-runs" / f"{verdict.drill_id}-{verdict.run_id}.json"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(verdict.as_json(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    console.print(text("drill.kept", file=kept), markup=False)


@contextmanager
def _partners(script: Scenario, setup: Setup) -> Iterator[None]:
    children = []
    for partner in script.partners:
        told = playing.partner_environment(partner, setup, setup.folder / "desk")
        environment = {**inherited_environment(), **told}
        name = playing.partner_name(partner)
        children.append(Child(name, [sys.executable, str(PARTNER)], setup.folder, environment))
        children[-1].start()
    try:
        yield
    finally:
        stop_all(children, 3)
