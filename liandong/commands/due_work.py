"""``liandong due-work``: deadlines and other due work that could not be done and was put aside: list, retry."""

import json

import typer
from rich.console import Console
from rich.table import Table

from contracts.messages import text
from liandong.commands.calls import FAILED, AsJson, Kind, Node, Purpose, Url, ask_json, services
from liandong.running import console_of

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help=text("cli.due_work_put_aside_list"),
)


@app.command("list", help=text("cli.due_work.list_parked"))
def list_parked(
    purpose: Purpose = "up", node: Node = "", service: Kind = "", url: Url = "", as_json: AsJson = False
) -> None:
    """List due work that was put aside; exit code 1 while there is any."""
    found = [
        {"service": one.name, **work}
        for one in services(purpose, node, service, url)
        for work in ask_json(one, "GET", "/due-work")
    ]
    if as_json:
        Console().print_json(json.dumps(found, ensure_ascii=False))
    else:
        table = Table(title=text("due_work.title", count=len(found)), title_justify="left")
        for column in ("service", "tick", "key", "parked_at", "reason"):
            table.add_column(column, overflow="fold")
        for work in found:
            table.add_row(*(work[str(column.header)] for column in table.columns))
        console_of().print(table)
    raise typer.Exit(FAILED if found else 0)


@app.command("retry", help=text("cli.due_work.retry"))
def retry(purpose: Purpose = "up", node: Node = "", service: Kind = "", url: Url = "") -> None:
    """Try due work that was put aside again, once the cause is mended."""
    counts = [
        ask_json(one, "POST", "/due-work/retry", {})["released"]
        for one in services(purpose, node, service, url)
    ]
    console_of().print(text("due_work.released", count=sum(counts)), markup=False)
