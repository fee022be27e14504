"""``python -m benchmarks.storm``: 2,000 calls in 50 s, 30 % of them about an event that is known, accepted one way and the other.

Both ways are the real services of one node, started fresh, under the same calls at the same times; latency counts from when a call
was due to its answer. Floor: every call opens an incident (``if_similar: open``). Beside it every call is scored against all that is
open and joins what it is about (``if_similar: join``). Which event a call is about is known here and not told.
"""

import asyncio
import json
import os
import random
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import typer
import uvloop
from rich.console import Console

from benchmarks.chain.contenders import NODE, PLAN
from benchmarks.chain.load import Connections, quantile, schedule
from contracts.messages import text
from contracts.values import Location
from liandong.local import home
from liandong.local.nodes import Nodes, Setup
from liandong.local.servers import Servers
from liandong.running import bar, console_of, started_servers
from services.incident.context import Context, context_of
from shared.http.auth import Role
from shared.plan_folder import load_plan
from shared.provisioning.topics import create_topics

HERE = Path(__file__).parent
FIRST_PORT = 8400
REPEATS = 0.3
WAYS = {"open": "no scoring (floor)", "join": "scored, and joins"}
KINDS = (
    ("fire", "12G01", "{place}起火，浓烟很大", "{place}冒烟，看到明火"),
    ("hazardous_chemicals", "12D02", "{place}有刺鼻气味，疑似泄漏", "{place}泄漏，白雾很浓"),
    ("road_traffic", "12H01", "{place}两车相撞，有人受伤", "{place}追尾，车门打不开"),
    ("flood_drought", "11A01", "{place}积水过膝，老人被困", "{place}进水，水还在涨"),
)
ROADS = [f"{one}{other}路" for one in "东西南北中和平安新" for other in "宁海山河塔桥"]
NEAR_DEGREES = 0.0003
"""How far off callers of one event place it, in degrees of latitude: some 30 m."""
WARM = 100


@dataclass(frozen=True)
class Call:
    """One call, and which event it is about."""

    event: int
    body: dict[str, Any]


@dataclass
class Outcome:
    """What came of the calls of one way."""

    latencies: list[float] = field(default_factory=list)
    refused: int = 0
    incidents: dict[str, int] = field(default_factory=dict)
    """The event that opened each incident."""
    right: int = 0
    wrong: int = 0
    """Repeats that joined their event's incident; calls that joined another event's."""


def calls(count: int, context: Context, seed: int) -> list[Call]:
    """Calls of a storm over the whole district: each a new event, or again one of those before."""
    chance = random.Random(seed)
    made, events = list[Call](), list[tuple[float, float]]()
    for _ in range(count):
        if events and chance.random() < REPEATS:
            event = chance.randrange(len(events))
        else:
            event = len(events)
            events.append(_somewhere(context, chance))
        made.append(_call(event, events[event], chance))
    return made


def _somewhere(context: Context, chance: random.Random) -> tuple[float, float]:
    while True:
        lon, lat = chance.uniform(123.6, 124.0), chance.uniform(41.75, 41.95)
        if context.locate(Location(lon=lon, lat=lat)) == "inside":
            return lon, lat


def _call(event: int, at: tuple[float, float], chance: random.Random) -> Call:
    sector, event_type, *words = KINDS[event % len(KINDS)]
    place = f"{ROADS[event % len(ROADS)]}{event}号"
    lon, lat = (one + chance.uniform(-NEAR_DEGREES, NEAR_DEGREES) for one in at)
    body = {
        "channel": "119",
        "sector": sector,
        "event_type": event_type,
        "title": chance.choice(words).format(place=place),
        "location": {"lon": round(lon, 6), "lat": round(lat, 6), "address": place},
    }
    return Call(event, body)


def _request(call: Call, way: str, token: str) -> bytes:
    body = json.dumps({**call.body, "if_similar": way}, ensure_ascii=False).encode()
    head = f"POST /reports HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nauthorization: Bearer {token}\r\n"
    return f"{head}content-length: {len(body)}\r\n\r\n".encode() + body


async def _storm(port: int, token: str, way: str, made: list[Call], rate: float) -> Outcome:
    outcome, connections = Outcome(), Connections(port)
    start = time.monotonic() + 0.5

    async def one(call: Call, due: float) -> None:
        await asyncio.sleep(max(due - time.monotonic(), 0))
        status, body = await connections.post(_request(call, way, token))
        if status >= 300:
            outcome.refused += 1
            return
        outcome.latencies.append((time.monotonic() - due) * 1000)
        _judge(call, json.loads(body), outcome)

    due = schedule(rate, len(made) / rate, start)
    async with asyncio.TaskGroup() as group:
        for call, at in zip(made, due, strict=True):
            group.create_task(one(call, at))
    connections.close()
    return outcome


def _judge(call: Call, told: dict[str, Any], outcome: Outcome) -> None:
    if not told["merged"]:
        outcome.incidents[told["incident_id"]] = call.event
    elif outcome.incidents.get(told["incident_id"]) == call.event:
        outcome.right += 1
    else:
        outcome.wrong += 1


def _run(
    folder: Path, servers: Servers, way: str, made: list[Call], rate: float, context: Context
) -> Outcome:
    create_topics(servers.kafka_access, load_plan(PLAN).jurisdictions, "live")
    setup = Setup(folder, servers, "live", (NODE,), first_port=FIRST_PORT, extra={"LOG_LEVEL": "WARNING"})
    nodes = Nodes(setup)
    try:
        nodes.start()
        asyncio.run(nodes.ready(lambda _: None))
        token = setup.token("benchmark", "benchmark", [Role.CALL_TAKER], NODE)
        port = setup.port(NODE, "incident")
        warm = calls(WARM, context, seed=7)
        uvloop.run(_storm(port, token, "open", warm, rate))
        return uvloop.run(_storm(port, token, way, made, rate))
    finally:
        nodes.stop()


def storm(
    count: Annotated[int, typer.Option(min=10, help="calls")] = 2000,
    rate: Annotated[float, typer.Option(min=1, help="calls a second")] = 40.0,
    save: Annotated[bool, typer.Option(help="write RESULTS.md")] = True,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Calls of a storm, accepted without and with scoring: p50, p99, and what became of the repeats."""
    console, context = console_of(stderr=as_json), context_of(load_plan(PLAN), NODE)
    made = calls(count, context, seed=1)
    events = len({call.event for call in made})
    console.print(text("bench.takes", minutes=f"{len(WAYS) * (count / rate + 40) / 60:.0f}"))
    rows = []
    with bar(console) as progress:
        task = progress.add_task("storm", total=len(WAYS))
        for way in WAYS:
            with home.hold("bench", fresh=True) as folder, started_servers(folder, console) as servers:
                rows.append(_row(way, _run(folder, servers, way, made, rate, context), count - events))
            progress.advance(task)
    table = _table(rows, count, rate, events)
    if as_json:
        Console().print_json(json.dumps(rows))
    else:
        console.print(table, markup=False)
    if save:
        (HERE / "RESULTS.md").write_text(table, encoding="utf-8")


def _row(way: str, outcome: Outcome, repeats: int) -> dict[str, Any]:
    return {
        "way": WAYS[way],
        "p50": round(quantile(outcome.latencies, 0.5), 1),
        "p99": round(quantile(outcome.latencies, 0.99), 1),
        "refused": outcome.refused,
        "incidents": len(outcome.incidents),
        "repeats": repeats,
        "right": outcome.right,
        "wrong": outcome.wrong,
    }


def _table(rows: list[dict[str, Any]], count: int, rate: float, events: int) -> str:
    times = rows[1]["p99"] / rows[0]["p99"]
    lines = [
        "# A storm of calls",
        "",
        "| way | p50 (ms) | p99 (ms) | refused | incidents | repeats joined rightly | calls joined wrongly |",
        "|---|---|---|---|---|---|---|",
        *(
            f"| {row['way']} | {row['p50']} | {row['p99']} | {row['refused']} | {row['incidents']} "
            f"| {row['right']} of {row['repeats']} | {row['wrong']} |"
            for row in rows
        ),
        "",
        f"{count:,} calls at {rate:g}/s about {events:,} events all over one district. p99 with scoring: {times:.1f} × floor.",
        "",
        f"Made by `python -m benchmarks.storm` on {os.cpu_count()} cores, services, servers and load together.",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    typer.run(storm)
