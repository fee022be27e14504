"""``liandong reports``: what came in and what became of it; those that wait for a person's decision first of all."""

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
COLUMNS = ("node", "status", "reported", "channel", "record", "title_column", "reason", "report", "incident")
WAITING = "parked"


@app.command(help=text("cli.reports.reports"))
def reports(
    purpose: Purpose = "up",
    node: Node = "",
    url: Url = "",
    incident: Annotated[str, typer.Option(help=text("cli.incident"))] = "",
    everything: Annotated[bool, typer.Option("--all", help=text("cli.decided_ones_too"))] = False,
    as_json: AsJson = False,
) -> None:
    """List the reports that wait for a person; exit code 1 while there are any."""
    found = [
        {"node": one.name.partition(".")[0], **report}
        for one in services(purpose, node, "incident", url)
        for report in all_pages(one, "/reports", "report_id", **_query(incident, everything))
    ]
    if as_json:
        Console().print_json(json.dumps(found, ensure_ascii=False))
    else:
        console_of().print(_table(found))
    raise typer.Exit(FAILED if any(report["status"] == WAITING for report in found) else 0)


def _query(incident: str, everything: bool) -> dict[str, str]:
    if incident:
        return {"incident_id": incident}
    return {} if everything else {"status": WAITING}


def _table(found: list[dict[str, Any]]) -> Table:
    table = Table(
        title=text("reports.title", count=sum(report["status"] == WAITING for report in found)),
        title_justify="left",
    )
    for column in COLUMNS:
        table.add_column(text(f"reports.{column}"), overflow="fold")
    for report in found:
        reported = datetime.fromisoformat(report["reported_at"]).astimezone(LOCAL)
        last = report["last_step"]
        table.add_row(
            report["node"],
            text(f"report_status.{report['status']}"),
            f"{reported:%m-%d %H:%M %z}",
            report["channel"],
            " ".join(filter(None, (report["source_system"], report["external_reference"]))),
            report["title"],
            last["reason_zh"] if last else "",
            report["report_id"],
            report["incident_id"],
            style="yellow" if report["status"] == WAITING else "",
        )
    return table
