"""Plays a drill on running nodes, wherever they are: a machine, containers or a cluster."""

import json
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, AsyncExitStack
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Protocol

import httpx
from aiokafka import AIOKafkaProducer
from rich.console import Console

from contracts.events import Stream
from contracts.messages import preferred_language, text
from contracts.rights import Principal
from contracts.topics import topic_name
from drills.clock import ClockMaster
from drills.log import SeenEvent
from drills.reporting import Reporter
from drills.runner import Runner, Stage
from drills.scenario import WATCHED, Partner, Scenario, Step
from drills.verdict import Verdict
from drills.watch import Watch
from drills.webhook import Webhook
from shared.http.auth import Role
from shared.kafka_access import KafkaAccess
from shared.plan_folder import load_plan

TELLING = ("team_name", "department", "grade", "subscriber", "level", "item_name", "commander")


class Grounds(Protocol):
    """Where a drill is played."""

    @property
    def plan(self) -> Path:
        """The folder of the nodes' plan."""

    @property
    def drill_id(self) -> str:
        """The run's name, which the nodes know."""

    def url(self, node: str, service: str) -> str:
        """The root of a service's API."""

    def token(
        self, subject: str, name: str, roles: Iterable[Role], node: str, department: str | None = None
    ) -> str:
        """A token that the nodes accept."""

    def kafka(self, principal: Principal) -> KafkaAccess:
        """How someone gets into Kafka."""


async def play(
    script: Scenario,
    grounds: Grounds,
    console: Console,
    partners: AbstractContextManager[None],
    webhook: Webhook,
) -> Verdict:
    """Play a script on running nodes, with commentary; ``partners`` take part while the block is open."""
    root = root_of(script, grounds.plan)
    kafka = grounds.kafka(Principal(kind="drills", node=root))
    topics = [topic_name(code, name, "exercise") for code in script.jurisdictions for name in WATCHED]
    tokens = {
        who: grounds.token(who, person.name, person.roles, person.node, person.department)
        for who, person in script.people.items()
    }
    told = _Commentary(console)
    async with AsyncExitStack() as stack:
        stack.enter_context(webhook)
        producer = AIOKafkaProducer(**kafka.client_options(), acks="all")
        await producer.start()
        stack.push_async_callback(producer.stop)
        clock = ClockMaster(producer, topic_name(root, Stream.CLOCK, "exercise"), root, grounds.drill_id)
        await clock.catch_up(kafka)
        watch = await stack.enter_async_context(Watch(kafka, topics, told.seen, grounds.drill_id))
        http = await stack.enter_async_context(httpx.AsyncClient(trust_env=False, timeout=10))
        stack.enter_context(partners)
        stage = Stage(grounds.url, tokens.__getitem__, watch, clock, webhook, http)
        reporter = await stack.enter_async_context(Reporter(script, http, grounds.url, player(grounds)))

        def begins(step: Step, what: str) -> None:
            told.step(step, what)
            reporter.begins(step, what)

        verdict = await Runner(script, stage, begins, reporter.tell_verdict).play()
        reporter.ends(verdict)
        verdict.run_id = reporter.run_id
    if reporter.lost:
        console.print(text("drill.not_followed", count=reporter.lost), style="yellow")
    return verdict


def player(grounds: Grounds) -> Callable[[str], str]:
    """The token of whoever plays the drill, at a node."""
    return cache(lambda node: grounds.token("drill", text("drill.player"), [Role.SYSTEM], node))


def partner_environment(partner: Partner, grounds: Grounds, desk: Path) -> dict[str, str]:
    """What the example of a partner department is told, to take part."""
    who = partner_name(partner)
    principal = Principal(kind="partner", node=partner.node, name=partner.department)
    return {
        **grounds.kafka(principal).environment(),
        "NODE": partner.node,
        "MODE": "exercise",
        "DEPARTMENT": partner.department,
        "TOKEN": grounds.token(who, who, [Role.DEPARTMENT], partner.node, partner.department),
        "INCIDENT_URL": grounds.url(partner.node, "incident"),
        "NOTIFY_URL": grounds.url(partner.node, "notify"),
        "RETRY_SECONDS": "0.5",
        "DESK": str(desk / partner.department),
    }


def partner_name(partner: Partner) -> str:
    """What its process is called."""
    return f"partner-{partner.department}"


def root_of(script: Scenario, plan_folder: Path) -> str:
    """The topmost place above a drill's, which sets its clock."""
    plan, root = load_plan(plan_folder), script.jurisdictions[0]
    while above := plan.parent(root):
        root = above
    return root


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


def show(verdict: Verdict, console: Console, as_json: bool) -> None:
    """The verdict as a table, or for programs."""
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
