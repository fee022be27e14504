"""``liandong outbox``: what has not reached Kafka, what Kafka refuses, and sending again after Kafka lost its data."""

import json
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from contracts.messages import text
from liandong.commands.calls import FAILED, AsJson, Kind, Node, Purpose, Url, ask_json, fail, services
from liandong.running import bar, console_of

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help=text("cli.outboxes_status_resend_retry"),
)
MOMENTS = ["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d"]


@app.command("status", help=text("cli.outbox.status"))
def status(
    purpose: Purpose = "up", node: Node = "", service: Kind = "", url: Url = "", as_json: AsJson = False
) -> None:
    """How many events have not reached Kafka, and which it refused; exit code 1 while there are any."""
    found = [
        {"service": one.name, **ask_json(one, "GET", "/outbox")}
        for one in services(purpose, node, service, url)
    ]
    if as_json:
        Console().print_json(json.dumps(found, ensure_ascii=False))
    else:
        console_of().print(_table(found))
    raise typer.Exit(FAILED if any(one["refused"] for one in found) else 0)


@app.command("resend", help=text("cli.outbox.resend"))
def resend(
    since: Annotated[datetime | None, typer.Option(formats=MOMENTS, help=text("cli.written_since"))] = None,
    until: Annotated[datetime | None, typer.Option(formats=MOMENTS, help=text("cli.until"))] = None,
    stream: Annotated[str, typer.Option(help=text("cli.one_stream"))] = "",
    subject: Annotated[str, typer.Option(help=text("cli.one_aggregate"))] = "",
    purpose: Purpose = "up",
    node: Node = "",
    service: Kind = "",
    url: Url = "",
) -> None:
    """Send sent events again, with the same ids and numbers: whoever had them does nothing twice; after Kafka lost data."""
    if since is None and not subject:
        fail(text("outbox.which"))
        raise typer.Exit(2)
    body: dict[str, Any] = {
        "since": since and since.astimezone().isoformat(),
        "until": until and until.astimezone().isoformat(),
        "stream": stream or None,
        "subject": subject or None,
    }
    console, total = console_of(), 0
    with bar(console) as progress:
        for one in services(purpose, node, service, url):
            task, after, sent = progress.add_task(one.name, total=None), 0, 0
            while after is not None:
                outcome = ask_json(one, "POST", "/outbox/resend", {**body, "after": after})
                after, sent = outcome["next"], sent + outcome["resent"]
                progress.update(task, completed=sent)
            progress.update(task, total=sent)
            total += sent
    console.print(text("outbox.resent", count=total), markup=False)


@app.command("retry", help=text("cli.outbox.retry"))
def retry(purpose: Purpose = "up", node: Node = "", service: Kind = "", url: Url = "") -> None:
    """Send events that Kafka refused again, once the cause is mended."""
    counts = [
        ask_json(one, "POST", "/outbox/refused/retry", {})["resent"]
        for one in services(purpose, node, service, url)
    ]
    console_of().print(text("outbox.resent", count=sum(counts)), markup=False)


def _table(found: list[dict[str, Any]]) -> Table:
    table = Table(title=text("outbox.title"), title_justify="left")
    for column in ("service", "unsent", "topic", "subject", "refused_at", "reason"):
        table.add_column(column, overflow="fold")
    for one in found:
        table.add_row(one["service"], str(one["unsent"]), "", "", "", "")
        for row in one["refused"]:
            table.add_row("", "", row["topic"], row["subject"], row["refused_at"], row["reason"])
    return table
