"""``liandong due-reports``: the statutory reports that are owed, the most urgent first."""

import json
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from contracts.messages import text
from contracts.values import LOCAL
from liandong.commands.calls import FAILED, AsJson, Node, Purpose, Url, all_pages, services
from liandong.running import console_of

app = typer.Typer(add_completion=False)
COLUMNS = ("node", "status", "due", "left", "duty", "owner", "recipients", "incident")
STYLES = {"overdue": "bold red", "unconfirmed": "red", "running": "yellow", "sent": "yellow"}
LATE = ("overdue", "unconfirmed")


@app.command(help=text("cli.due_reports.due_reports"))
def due_reports(
    purpose: Purpose = "up",
    node: Node = "",
    url: Url = "",
    incident: Annotated[str, typer.Option(help=text("cli.incident"))] = "",
    everything: Annotated[bool, typer.Option("--all", help=text("cli.done_ones_too"))] = False,
    as_json: AsJson = False,
) -> None:
    """List the reports that are due by law, the most urgent first; exit code 1 while one is overdue or unconfirmed."""
    found = [
        {"node": one.name.partition(".")[0], **due_report}
        for one in services(purpose, node, "incident", url)
        for query in _queries(incident, everything)
        for due_report in all_pages(one, "/due-reports", "duty_id", **query)
    ]
    found.sort(key=lambda due_report: (due_report["status"] not in LATE, due_report["due_at"]))
    if as_json:
        Console().print_json(json.dumps(found, ensure_ascii=False))
    else:
        console_of().print(_table(found, datetime.now(UTC)))
    raise typer.Exit(FAILED if any(due_report["status"] in LATE for due_report in found) else 0)


def _queries(incident: str, everything: bool) -> list[dict[str, str]]:
    narrowing = {"incident_id": incident} if incident else {}
    return [narrowing] if everything else [{**narrowing, "status": status} for status in STYLES]


def _table(found: list[dict[str, Any]], now: datetime) -> Table:
    table = Table(title=text("due_reports.title", count=len(found)), title_justify="left")
    for column in COLUMNS:
        table.add_column(text(f"due_reports.{column}"), overflow="fold")
    for due_report in found:
        due = datetime.fromisoformat(due_report["due_at"])
        shown = due.astimezone(LOCAL)
        table.add_row(
            due_report["node"],
            text(f"due_report_status.{due_report['status']}"),
            f"{shown:%m-%d %H:%M %z}" + (f" {text('due_reports.at_once')}" if due_report["at_once"] else ""),
            f"{(due - now).total_seconds() / 60:+.0f}",
            f"{due_report['name']}（{due_report['article']}）",
            due_report["owner"],
            "\n".join(one["name"] for one in due_report["recipients"]) or due_report["recipient"],
            due_report["incident_id"],
            style=STYLES.get(due_report["status"], "dim"),
        )
    return table
