"""``liandong demo``: plays a drill on fresh nodes in exercise mode and judges it."""

import asyncio
import json
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated

import httpx
import typer
from aiokafka import AIOKafkaProducer
from rich.console import Console

from contracts.events import Stream
from contracts.messages import preferred_language, text
from contracts.rights import Principal
from contracts.topics import topic_name
from drills.clock import ClockMaster
from drills.log import SeenEvent
from drills.reporting import Reporter, notes_of
from drills.runner import Runner, Stage
from drills.scenario import WATCHED, Scenario, Step, UnreadableScenario, load_scenario
from drills.verdict import Verdict
from drills.watch import Watch
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
TELLING = ("team_name", "department", "grade", "subscriber", "level", "item_name", "commander")


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
    _show(verdict, console, as_json)
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
    """Play a script on running nodes, with commentary."""
    root = _root(script, setup.plan)
    kafka = setup.kafka(Principal(kind="drills", node=root))
    topics = [topic_name(code, name, "exercise") for code in script.jurisdictions for name in WATCHED]
    tokens = {
        who: setup.token(who, person.name, person.roles, person.node, person.department)
        for who, person in script.people.items()
    }
    told = _Commentary(console)
    async with AsyncExitStack() as stack:
        webhook = stack.enter_context(Webhook())
        producer = AIOKafkaProducer(**kafka.client_options(), acks="all")
        await producer.start()
        stack.push_async_callback(producer.stop)
        clock = ClockMaster(producer, topic_name(root, Stream.CLOCK, "exercise"), root, setup.drill_id)
        await clock.catch_up(kafka)
        watch = await stack.enter_async_context(Watch(kafka, topics, told.seen, setup.drill_id))
        http = await stack.enter_async_context(httpx.AsyncClient(trust_env=False, timeout=10))
        stack.enter_context(_partners(script, setup))
        stage = Stage(setup.url, tokens.__getitem__, watch, clock, webhook, http)
        reporter = await stack.enter_async_context(Reporter(script, http, setup.url, _player(setup)))

        def begins(step: Step, what: str) -> None:
            told.step(step, what)
            reporter.begins(step, what)

        verdict = await Runner(script, stage, begins, reporter.tell_verdict).play()
        reporter.ends(verdict)
        verdict.run_id = reporter.run_id
    if reporter.lost:
        console.print(text("drill.not_followed", count=reporter.lost), style="yellow")
    return verdict


def _player(setup: Setup) -> Callable[[str], str]:
    """The token of whoever plays the drill, at a node."""
    return cache(lambda node: setup.token("drill", text("drill.player"), [Role.SYSTEM], node))


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


def _root(script: Scenario, plan_folder: Path) -> str:
    plan, root = load_plan(plan_folder), script.jurisdictions[0]
    while above := plan.parent(root):
        root = above
    return root


@contextmanager
def _partners(script: Scenario, setup: Setup) -> Iterator[None]:
    children = []
    for partner in script.partners:
        who = f"partner-{partner.department}"
        environment = {
            **inherited_environment(),
            **setup.kafka(
                Principal(kind="partner", node=partner.node, name=partner.department)
            ).environment(),
            "NODE": partner.node,
            "MODE": "exercise",
            "DEPARTMENT": partner.department,
            "TOKEN": setup.token(who, who, [Role.DEPARTMENT], partner.node, partner.department),
            "INCIDENT_URL": setup.url(partner.node, "incident"),
            "NOTIFY_URL": setup.url(partner.node, "notify"),
            "RETRY_SECONDS": "0.5",
            "DESK": str(setup.folder / "desk" / partner.department),
        }
        children.append(Child(who, [sys.executable, str(PARTNER)], setup.folder, environment))
        children[-1].start()
    try:
        yield
    finally:
        stop_all(children, 3)


@dataclass
class _Commentary:
    """What the onlooker is told: each step, and each event with the milliseconds since the step began."""

    console: Console
    began: float = field(default_factory=time.time)

    def step(self, step: Step, what: str) -> None:
        self.began = time.time()
        name = step.name if preferred_language() == "zh" else step.name_en
        line = text("drill.step_line", name=name, at=step.at or "", what=what)
        self.console.print(line, style="cyan", markup=False)

    def seen(self, seen: SeenEvent) -> None:
        details = (seen.body[name] for name in TELLING if seen.body.get(name))
        milliseconds = (seen.at - self.began) * 1000
        line = text("drill.seen", ms=milliseconds, at=seen.node, type=seen.type, detail=next(details, ""))
        self.console.print(line, style="dim", markup=False)


def _show(verdict: Verdict, console: Console, as_json: bool) -> None:
    if as_json:
        Console(highlight=False).print_json(json.dumps(verdict.as_json(), ensure_ascii=False))
        return
    console.print(verdict.table())
    for note in verdict.notes:
        line = text("drill.note", at=note.noted_at, node=note.node, by=note.by, note=note.note)
        console.print(line, style="magenta", markup=False)
    for broken in verdict.broken:
        line = text("drill.broken", step=broken.name, expected=broken.expected, actual=broken.actual)
        console.print(line, style="bold red", markup=False)
    key = "drill.failed" if verdict.broken else "drill.passed"
    console.print(
        text(
            key,
            broken=len(verdict.broken),
            count=len(verdict.milestones),
            events=verdict.events,
            seconds=f"{verdict.seconds:.1f}",
        ),
        style="bold red" if verdict.broken else "bold green",
    )
