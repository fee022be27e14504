"""``python -m benchmarks.growth``: readiness and retention with ten million rows beside ten thousand."""

import asyncio
import json
import os
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
import uvloop
from rich.console import Console
from rich.progress import Progress
from sqlalchemy import Connection, create_engine, text

from benchmarks.chain.load import quantile
from liandong.local import home
from liandong.local.servers import Servers
from liandong.running import bar, console_of, started_servers
from shared.clock import SystemClock
from shared.database import Database, migrate
from shared.health import database_progress
from shared.outbox import Origin
from shared.partitions import PARTITIONED, make_ready
from shared.retention import forget
from shared.settings import ServiceSettings

HERE = Path(__file__).parent
MIGRATIONS = HERE.parents[1] / "services" / "notify" / "migrations"
DAYS, MONTHS = 10, 5
"""How far back rows of the outbox, and of the inbox, reach: past the days for which they are kept."""
_ID = """(lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(md5(n::text), 1, 3)
  || '8' || substr(md5(n::text), 4, 15))::uuid"""
_OUTBOX = f"""
INSERT INTO outbox (event_id, topic, key, stream, subject, sequence, headers, body, written_at, sent_at)
SELECT {_ID}, '210400.warning', n::text, CASE WHEN n % 10 = 0 THEN 'monitoring' ELSE 'warning' END,
  CASE WHEN n % 10 = 0 THEN 'notify' ELSE n::text END, n, repeat('h', 300), repeat('b', 500), at, at
FROM generate_series(1, :rows) n, LATERAL (SELECT now() - interval '{DAYS} days' * (:rows - n) / :rows AS at) t
"""
_INBOX = f"""
INSERT INTO inbox (consumer, event_id, received_at)
SELECT 'notify', {_ID}, at
FROM generate_series(1, :rows) n, LATERAL (SELECT now() - interval '{MONTHS} months' * (:rows - n) / :rows AS at) t
"""
_REACHED = "INSERT INTO stream_position VALUES ('notify', '/210400/notify', 'monitoring', 'notify', :rows)"
_PLAIN = "CREATE TABLE plain AS SELECT * FROM outbox"
_PLAIN_INDEX = "CREATE INDEX plain_sent ON plain (sent_at)"
_DELETE = "DELETE FROM plain WHERE sent_at < now() - interval '8 days'"
FEW = 10_000
_REMARK = (
    " The round drops three days of the outbox and two months of the inbox; dropping is the same however many rows they have, "
    "what grows is the time in which the file system removes the files, at the commit."
)
_RETENTION, _PLAINLY = "one round of retention (ms)", "its outbox as a plain table, by DELETE (ms)"


@dataclass(frozen=True)
class Result:
    """Milliseconds with so many rows: one look at readiness, one round of retention, the same by DELETE."""

    rows: int
    ready_p50_ms: float
    ready_p99_ms: float
    dropped_ms: float
    deleted_ms: float


def measure(servers: Servers, rows: int, samples: int) -> Result:
    """A database with so many rows in outbox and inbox each, from before the time for which they are kept until now."""
    url = servers.database(f"growth_{rows}", fresh=True)
    migrate(url, MIGRATIONS)
    engine = create_engine(url)
    with engine.begin() as connection:
        _make_past_partitions(connection)
        for statement in (_OUTBOX, _INBOX, _REACHED):
            connection.execute(text(statement), {"rows": rows})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in (_PLAIN, _PLAIN_INDEX, "VACUUM ANALYZE"):
            connection.execute(text(statement))
        ready, dropped = uvloop.run(_of_service(url, samples))
        began = time.perf_counter()
        connection.execute(text(_DELETE))
        deleted = (time.perf_counter() - began) * 1000
    engine.dispose()
    return Result(rows, quantile(ready, 0.5), quantile(ready, 0.99), dropped, deleted)


def _make_past_partitions(connection: Connection) -> None:
    now = datetime.now(UTC)
    for table in PARTITIONED:
        for days in range(DAYS if table.period == "day" else 31 * MONTHS, 0, -1):
            make_ready(connection, now - timedelta(days=days), [table])


async def _of_service(url: str, samples: int) -> tuple[list[float], float]:
    """How long looks at readiness and one round of retention take, in ms."""
    settings = ServiceSettings(node="210400", database_url=url, kafka_bootstrap_servers="127.0.0.1:1")
    database = Database(settings, Origin(settings, "notify"))

    async def look() -> None:
        async with database.reading() as connection:
            await database_progress(connection, "notify", "/210400/notify")

    async def retain() -> None:
        await forget(database, SystemClock(), settings.audit_kept_days)

    await look()
    ready = [await _milliseconds(look) for _ in range(samples)]
    dropped = await _milliseconds(retain)
    await database.close()
    return ready, dropped


async def _milliseconds(work: Callable[[], Awaitable[None]]) -> float:
    began = time.perf_counter()
    await work()
    await asyncio.sleep(0)
    return (time.perf_counter() - began) * 1000


def markdown(results: list[Result]) -> str:
    """The table; many rows beside few."""
    few, many = results
    lines = [
        "# What growth costs",
        "",
        f"| rows in outbox and in inbox | readiness p50 (ms) | p99 (ms) | {_RETENTION} | {_PLAINLY} |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {one.rows:,} | {one.ready_p50_ms:.2f} | {one.ready_p99_ms:.2f} | {one.dropped_ms:.0f} | {one.deleted_ms:.0f} |"
        for one in results
    ]
    return "\n".join(lines) + (
        f"\n\n{many.rows / few.rows:,.0f} × the rows cost readiness {many.ready_p50_ms / few.ready_p50_ms:.2f} × (p50) and "
        f"{many.ready_p99_ms / few.ready_p99_ms:.2f} × (p99), retention {many.dropped_ms / few.dropped_ms:.2f} ×; "
        f"deleting {many.deleted_ms / few.deleted_ms:,.0f} ×.\n"
    )


def growth(
    rows: Annotated[int, typer.Option(min=FEW)] = 10_000_000,
    samples: Annotated[int, typer.Option(min=10)] = 300,
    save: Annotated[bool, typer.Option(help="write RESULTS.md")] = True,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Fill, look, forget; once with few rows and once with many."""
    console = console_of(stderr=as_json)
    with (
        home.hold("bench", fresh=True) as folder,
        started_servers(folder, console, durable=False) as servers,
        bar(console) as progress,
    ):
        results = _both(servers, rows, samples, progress)
    console.print(markdown(results), markup=False)
    if as_json:
        Console().print_json(json.dumps([asdict(result) for result in results]))
    made_by = (
        f"\nMade by `python -m benchmarks.growth` on {os.cpu_count()} cores, {samples} looks each.{_REMARK}\n"
    )
    if save:
        (HERE / "RESULTS.md").write_text(markdown(results) + made_by, encoding="utf-8")


def _both(servers: Servers, rows: int, samples: int, progress: Progress) -> list[Result]:
    task = progress.add_task("rows", total=2)
    found = []
    for count in (FEW, rows):
        found.append(measure(servers, count, samples))
        progress.advance(task)
    return found


if __name__ == "__main__":
    typer.run(growth)
