"""``liandong submissions``: statutory reports from the level below, those that nobody has confirmed first of all."""

import json
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from contracts.messages import text
from contracts.values import LOCAL
from liandong.commands.calls import FAILED, AsJson, Node, Purpose, Url, all_pages, services
from liandong.running import console_of

app = typer.Typer(add_completion=False)
COLUMNS = ("node", "submitted", "from", "duty", "proof", "received", "duty_id", "incident")


@app.command(help=text("cli.submissions.submissions"))
def submissions(
    purpose: Purpose = "up",
    node: Node = "",
    url: Url = "",
    incident: Annotated[str, typer.Option(help=text("cli.incident"))] = "",
    everything: Annotated[bool, typer.Option("--all", help=text("cli.confirmed_ones_too"))] = False,
    as_json: AsJson = False,
) -> None:
    """List the reports from below that wait for this level's receipt; exit code 1 while there are any."""
    narrowing = {"incident_id": incident} if incident else {}
    query = {"waiting": str(not everything).lower(), **narrowing}
    found = [
        {"node": one.name.partition(".")[0], **submission}
        for one in services(purpose, node, "incident", url)
        for submission in all_pages(one, "/submissions", "duty_id", **query)
    ]
    if as_json:
        Console().print_json(json.dumps(found, ensure_ascii=False))
    else:
        console_of().print(_table(found))
    raise typer.Exit(FAILED if any(_waits(one) for one in found) else 0)


def _waits(submission: dict[str, Any]) -> bool:
    return submission["received_at"] is None


def _table(found: list[dict[str, Any]]) -> Table:
    table = Table(title=text("submissions.title", count=sum(map(_waits, found))), title_justify="left")
    for column in COLUMNS:
        table.add_column(text(f"submissions.{column}"), overflow="fold")
    for one in found:
        submitted = datetime.fromisoformat(one["submitted_at"]).astimezone(LOCAL)
        table.add_row(
            one["node"],
            f"{submitted:%m-%d %H:%M %z}",
            one["jurisdiction"],
            one["duty"],
            one["proof"],
            " ".join(filter(None, (one["received_by"], one["receipt"]))),
            one["duty_id"],
            one["incident_id"],
            style="yellow" if _waits(one) else "dim",
        )
    return table
