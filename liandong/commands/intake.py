"""``liandong intake import``: recorded calls as input."""

import asyncio
import json
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from contracts.messages import text
from liandong.addresses import NoNodes, Service, local, remote
from liandong.commands.calls import ask
from liandong.intake import Entry, Tally, UnreadableInput, feed, load_entries, load_map
from liandong.local import home
from liandong.running import bar, console_of
from shared.http.auth import Role

app = typer.Typer(add_completion=False, no_args_is_help=True, help=text("cli.recorded_calls"))
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
    refused: Annotated[Path | None, typer.Option(help=text("cli.file_for_what_is_refused"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=text("cli.for_programs"))] = False,
) -> None:
    """Import at their own pace times speed; at the end how many were accepted, merged, refused."""
    try:
        entries = load_entries(file, load_map(mapping))
        service = remote(url) if url else local(purpose, (Role.CALL_TAKER,), node, "incident")[0]
    except (UnreadableInput, NoNodes) as error:
        Console(stderr=True).print(str(error), style="red", markup=False)
        raise typer.Exit(BAD_INPUT) from None
    ask(service, "GET", "/health/live")
    console = console_of(stderr=as_json)
    began = time.monotonic()
    tally = _feed(entries, service, speed, console)
    kept = refused or home.root() / "intake" / f"{file.stem}.refused.jsonl"
    _report(tally, kept, time.monotonic() - began, console, as_json)
    raise typer.Exit(REFUSED if tally.refused else 0)


def _feed(entries: list[Entry], service: Service, speed: float, console: Console) -> Tally:
    with bar(console) as progress:
        task = progress.add_task(text("intake.importing"), total=len(entries))
        return asyncio.run(feed(entries, service, speed, lambda: progress.advance(task)))


def _report(tally: Tally, file: Path, seconds: float, console: Console, as_json: bool) -> None:
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
    }
    if as_json:
        Console().print_json(json.dumps(told, ensure_ascii=False))
    else:
        console.print(text("intake.done", **told), markup=False)
        if tally.refused:
            console.print(text("intake.refused", **told), markup=False)
