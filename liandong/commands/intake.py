"""``liandong intake import``: recorded calls as input."""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, get_args

import httpx
import typer
from rich.console import Console

from contracts.messages import text
from contracts.plan import Plan
from contracts.values import LOCAL
from liandong.addresses import NoNodes, Service, local, remote
from liandong.commands.calls import ask
from liandong.explaining import Verdict, explain
from liandong.intake import (
    Entry,
    Tally,
    UnreadableInput,
    feed,
    feed_at_their_times,
    load_entries,
    load_map,
)
from liandong.local import home
from liandong.original_times import original_times
from liandong.running import bar, console_of
from services.incident.policy.spots import spots
from shared.http.auth import Role
from shared.plan_folder import UnreadablePlan, load_plan

app = typer.Typer(add_completion=False, no_args_is_help=True, help=text("cli.recorded_calls"))
PLAN = Path("plans/fushun")
REFUSED, BAD_INPUT = 1, 2


@app.callback()
def intake() -> None:
    """Recorded calls."""


@app.command("import", help=text("cli.intake.import_calls"))
def import_calls(
    file: Annotated[Path, typer.Argument(help=text("cli.records"))],
    mapping: Annotated[Path, typer.Option("--map", help=text("cli.mapping_file_yaml"))],
    speed: Annotated[float, typer.Option(min=0, help=text("cli.times_the_pace_0_at"))] = 0.0,
    node: Annotated[str, typer.Option(help=text("cli.jurisdiction"))] = "210404",
    purpose: Annotated[str, typer.Option(help=text("cli.local_nodes_up_demo"))] = "up",
    url: Annotated[str, typer.Option(help=text("cli.an_intake_anywhere"))] = "",
    plan: Annotated[Path, typer.Option(envvar="PLAN_DIR", help=text("cli.plan_folder"))] = PLAN,
    join: Annotated[bool, typer.Option("--join", help=text("cli.intake.join"))] = False,
    explanation: Annotated[Path | None, typer.Option("--explain", help=text("cli.intake.explain"))] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=text("cli.intake.dry_run"))] = False,
    keep_times: Annotated[bool, typer.Option("--keep-times", help=text("cli.intake.keep_times"))] = False,
    refused: Annotated[Path | None, typer.Option(help=text("cli.file_for_what_is_refused"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=text("cli.for_programs"))] = False,
) -> None:
    """Import at their own pace times speed; at the end how many were accepted, merged, refused."""
    console = console_of(stderr=as_json)
    try:
        city = load_plan(plan)
        entries = load_entries(file, load_map(mapping), spots(city, node))
        told = _explain(entries, city, explanation, console) if explanation or dry_run else {}
        if dry_run:
            _say(told, console, as_json)
            raise typer.Exit(0)
        if keep_times and (url or purpose == "up"):
            raise NoNodes(text("intake.times_in_a_drill_only", purpose=url or purpose))
        service = remote(url) if url else local(purpose, (Role.CALL_TAKER,), node, "incident")[0]
        if join:
            entries = [_joining(entry) for entry in entries]
        ask(service, "GET", "/health/live")
        began = time.monotonic()
        tally, times = _feed(entries, service, speed, (purpose, node) if keep_times else None, console)
    except (UnreadableInput, UnreadablePlan, NoNodes) as error:
        Console(stderr=True).print(str(error), style="red", markup=False)
        raise typer.Exit(BAD_INPUT) from None
    kept = refused or home.root() / "intake" / f"{file.stem}.refused.jsonl"
    _report(tally, kept, time.monotonic() - began, {**told, **times}, console, as_json)
    raise typer.Exit(REFUSED if tally.refused else 0)


def _joining(entry: Entry) -> Entry:
    return replace(entry, report={**entry.report, "if_similar": "join"} if entry.report else None)


def _explain(entries: list[Entry], plan: Plan, file: Path | None, console: Console) -> dict[str, Any]:
    """How many calls the scoring would merge, and each with its reasons in a file."""
    with bar(console) as progress:
        task = progress.add_task(text("intake.explaining"), total=len(entries))
        rows = [one.row() for one in explain(entries, plan, lambda: progress.advance(task))]
    counted = Counter(row["verdict"] for row in rows)
    if file is not None:
        lines = (json.dumps(row, ensure_ascii=False) for row in rows)
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    told = {verdict: counted[verdict] for verdict in get_args(Verdict)}
    console.print(text("intake.explained", total=len(rows), **told), markup=False)
    if file is None:
        for row in rows:
            if row["verdict"] in {"joins", "proposed"}:
                console.print(
                    text("intake.explained_row", **{**row, "why": "；".join(row["why"])}), markup=False
                )
    return {"explained": told, "explained_file": str(file) if file else None}


def _feed(
    entries: list[Entry],
    service: Service,
    speed: float,
    drill: tuple[str, str] | None,
    console: Console,
) -> tuple[Tally, dict[str, Any]]:
    """What became of the records; with ``drill`` (its nodes and one of them) each at its original time, and how exactly."""
    with bar(console) as progress:
        task = progress.add_task(text("intake.importing"), total=len(entries))

        def advance() -> None:
            progress.advance(task)

        if drill is None:
            return asyncio.run(feed(entries, service, speed, advance)), {}
        return asyncio.run(_at_their_times(entries, service, drill, advance))


async def _at_their_times(
    entries: list[Entry], service: Service, drill: tuple[str, str], advance: Callable[[], None]
) -> tuple[Tally, dict[str, Any]]:
    async with original_times(*drill) as times:
        tally = await feed_at_their_times(entries, service, times.reach, advance)
    wanted = {entry.number: entry.at.replace(tzinfo=LOCAL) + times.later for entry in entries if entry.at}
    off = [0.0]
    async with httpx.AsyncClient(trust_env=False, timeout=10, headers=service.headers) as http:
        for number, report_id in tally.reports.items():
            answer = (await http.get(f"{service.url}/reports/{report_id}")).raise_for_status()
            off.append(
                abs((datetime.fromisoformat(answer.json()["reported_at"]) - wanted[number]).total_seconds())
            )
    return tally, {"weeks_later": times.later.days // 7, "seconds_off": round(max(off), 2)}


def _say(told: dict[str, Any], console: Console, as_json: bool) -> None:
    if as_json:
        Console().print_json(json.dumps(told, ensure_ascii=False))


def _report(
    tally: Tally, file: Path, seconds: float, more: dict[str, Any], console: Console, as_json: bool
) -> None:
    if tally.refused:
        file.parent.mkdir(parents=True, exist_ok=True)
        lines = (json.dumps(one, ensure_ascii=False) for one in tally.refused)
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    told = {
        "total": tally.total,
        "accepted": tally.accepted,
        "merged": tally.merged,
        "refused": len(tally.refused),
        "refused_file": str(file) if tally.refused else None,
        "seconds": round(seconds, 2),
        **more,
    }
    _say(told, console, as_json)
    if not as_json:
        console.print(text("intake.done", **told), markup=False)
        if "seconds_off" in told:
            console.print(text("intake.at_their_times", **told), markup=False)
        if tally.refused:
            console.print(text("intake.refused", **told), markup=False)
