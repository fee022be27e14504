"""``python -m benchmarks.board``: what the board costs with 100,000 incidents, beside the same board with 5,000."""

import json
import os
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer
from rich.console import Console
from sqlalchemy import create_engine, text

from benchmarks.chain.load import quantile
from liandong.local import home
from liandong.local.nodes import Nodes, Setup
from liandong.local.servers import Servers
from liandong.running import bar, console_of, progress_of_start, started_servers
from shared.http.auth import Role

HERE = Path(__file__).parent
NODE, SERVICE = "210404", "210404.incident"
FIRST_PORT = 18700
FLOOR = 5_000
"""How many incidents the board of the floor has: a page or more for most queries, so that it costs what pages cost."""
GOAL_MS = 20.0
QUERIES = {
    "all, newest first": ("officer", "/incidents"),
    "all, a page from the middle": ("officer", "/incidents?after={middle}"),
    "open": ("officer", "/incidents?open=true"),
    "open, the oldest": ("officer", "/incidents?open=true&after={early}"),
    "one status": ("officer", "/incidents?status=controlled"),
    "one sector": ("officer", "/incidents?sector=fire"),
    "one county": ("officer", "/incidents?origin=210421"),
    "commanded by the city": ("officer", "/incidents?commanded_by=210400"),
    "rarest grade": ("officer", "/incidents?grade=catastrophic"),
    "open, one sector, one grade": ("officer", "/incidents?open=true&sector=hazardous_chemicals&grade=major"),
    "a department competent for a sector": ("fire_rescue", "/incidents"),
    "a department consulted now and then": ("rare", "/incidents"),
    "a department consulted often, open": ("health", "/incidents?open=true"),
    "a machine that reported half of all": ("busy-gateway", "/incidents"),
    "a machine that reported a few": ("rare-sensor", "/incidents"),
    "duties, the most urgent first": ("officer", "/due-reports"),
    "duties that are overdue": ("officer", "/due-reports?status=overdue"),
    "reports that wait for a person": ("officer", "/reports?status=parked"),
    "the timeline of one incident": ("officer", "/incidents/{middle}/timeline"),
}
REPORT = {
    "channel": "119",
    "sector": "hazardous_chemicals",
    "event_type": "12D02",
    "title": "液氯储罐阀门泄漏",
    "location": {"lon": 123.782, "lat": 41.842, "address": "望花区示例化工园"},
}


@dataclass(frozen=True)
class Result:
    """One query: milliseconds with few incidents (the floor) and with many."""

    query: str
    floor_p50_ms: float
    floor_p99_ms: float
    p50_ms: float
    p99_ms: float

    @property
    def ratio(self) -> float:
        """How many times the floor."""
        return self.p50_ms / self.floor_p50_ms


@contextmanager
def node(folder: Path, servers: Servers, console: Console) -> Iterator[Setup]:
    """One incident service, as it is deployed, on an empty database."""
    setup = Setup(folder, servers, "live", (NODE,), first_port=FIRST_PORT)
    servers.database(setup.database(NODE, "incident"), fresh=True)
    nodes = Nodes(setup, only=[SERVICE])
    try:
        progress_of_start(nodes, console)
        yield setup
    finally:
        nodes.stop()


def client(setup: Setup, who: str) -> httpx.Client:
    """Somebody of the watch, a department or a machine, on a connection that stays."""
    watch = (Role.CALL_TAKER, Role.DUTY_OFFICER)
    roles = {
        "officer": watch,
        "busy-gateway": (Role.SYSTEM,),
        "rare-sensor": (Role.SYSTEM,),
    }.get(who, (Role.DEPARTMENT,))
    department = who if roles == (Role.DEPARTMENT,) else None
    headers = {"authorization": f"Bearer {setup.token(who, who, roles, NODE, department)}"}
    return httpx.Client(base_url=setup.url(NODE, "incident"), headers=headers, trust_env=False, timeout=30)


def template(setup: Setup) -> str:
    """The incident that all others are made of, with a consultation; its id."""
    with client(setup, "officer") as officer:
        incident = str(officer.post("/reports", json=REPORT).raise_for_status().json()["incident_id"])
        body = {"matter": "会商", "departments": ["health"]}
        officer.post(f"/incidents/{incident}/consultations", json=body).raise_for_status()
    return incident


def seed(setup: Setup, incident: str, incidents: int) -> None:
    """As many incidents as wanted, with duties, reports, consultations and timelines."""
    url = setup.servers.database_url(setup.database(NODE, "incident"))
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    statements = [one for one in (HERE / "seed.sql").read_text(encoding="utf-8").split(";\n") if one.strip()]
    with engine.connect() as connection:
        for statement in statements:
            values = {"incidents": incidents, "template": incident}
            used = {name: value for name, value in values.items() if f":{name}" in statement}
            connection.execute(text(statement), used)
    engine.dispose()


def measure(setup: Setup, incidents: int, samples: int, console: Console) -> dict[str, list[float]]:
    """Milliseconds of each query."""
    values = {
        name: f"0180-{at:012x}" for name, at in (("middle", incidents // 2), ("early", incidents // 20))
    }
    found: dict[str, list[float]] = {}
    with bar(console) as progress:
        task = progress.add_task(f"{incidents:,}", total=len(QUERIES))
        for name, (who, path) in QUERIES.items():
            with client(setup, who) as asking:
                url = path.format(**values)
                found[name] = [_request_milliseconds(asking, url) for _ in range(samples + samples // 10)][
                    samples // 10 :
                ]
            progress.advance(task)
    return found


def _request_milliseconds(asking: httpx.Client, url: str) -> float:
    started = time.perf_counter()
    asking.get(url).raise_for_status()
    return (time.perf_counter() - started) * 1000


def markdown(results: list[Result], incidents: int) -> str:
    """The table."""
    lines = [
        f"# The board: {incidents:,} incidents beside {FLOOR:,}",
        "",
        f"| query | {FLOOR:,}: p50 (ms) | p99 | {incidents:,}: p50 (ms) | p99 | p50, times the floor |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {one.query} | {one.floor_p50_ms:.1f} | {one.floor_p99_ms:.1f} | {one.p50_ms:.1f} "
        f"| {one.p99_ms:.1f}{'' if one.p99_ms <= GOAL_MS else ' (over the goal)'} | {one.ratio:.2f} |"
        for one in results
    ]
    return "\n".join(lines) + f"\n\nGoal: p99 ≤ {GOAL_MS:.0f} ms for every query.\n"


def board(
    incidents: Annotated[int, typer.Option(min=1000)] = 100_000,
    samples: Annotated[int, typer.Option(min=20)] = 400,
    save: Annotated[bool, typer.Option(help="write RESULTS.md")] = True,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Each query over HTTP, one after the other on one connection: first with few incidents, then with many."""
    console = console_of(stderr=as_json)
    runs: list[dict[str, Any]] = []
    with home.hold("bench", fresh=True) as folder, started_servers(folder, console) as servers:
        for size in (FLOOR, incidents):
            with node(folder / str(size), servers, console) as setup:
                seed(setup, template(setup), size)
                runs.append(measure(setup, size, samples, console))
    floor, many = runs
    results = [
        Result(
            name,
            statistics.median(floor[name]),
            quantile(floor[name], 0.99),
            statistics.median(many[name]),
            quantile(many[name], 0.99),
        )
        for name in QUERIES
    ]
    console.print(markdown(results, incidents), markup=False)
    if as_json:
        Console().print_json(json.dumps([asdict(result) for result in results]))
    made_by = (
        f"\nMade by `python -m benchmarks.board` on {os.cpu_count()} cores: the incident service as it is deployed, "
        f"PostgreSQL on the same machine, {samples} requests each.\n"
    )
    if save:
        (HERE / "RESULTS.md").write_text(markdown(results, incidents) + made_by, encoding="utf-8")


if __name__ == "__main__":
    typer.run(board)
