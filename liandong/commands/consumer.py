"""``liandong consumer``: what services read, which topics rest because their fuse is blown, and how to go on."""

import json
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from contracts.messages import text
from liandong.commands.calls import FAILED, AsJson, Kind, Node, Purpose, Url, ask_json, fail, services
from liandong.running import console_of

app = typer.Typer(add_completion=False, no_args_is_help=True, help=text("cli.consumers_status_resume"))
NOT_PAUSED = "problem:topic_not_paused"


@app.command("status", help=text("cli.consumer.status"))
def status(
    purpose: Purpose = "up",
    node: Node = "",
    service: Kind = "",
    url: Url = "",
    every: Annotated[bool, typer.Option("--all", help=text("cli.topics_that_flow_too"))] = False,
    as_json: AsJson = False,
) -> None:
    """How far services have read and which topics rest because a fuse is blown; exit code 1 while one does."""
    found = [
        {"service": one.name, **topic}
        for one in services(purpose, node, service, url)
        for topic in ask_json(one, "GET", "/consumer")["topics"]
    ]
    paused = [topic for topic in found if topic["paused"]]
    if as_json:
        Console().print_json(json.dumps(found, ensure_ascii=False))
    else:
        _show(found if every else paused, len(paused))
    raise typer.Exit(FAILED if paused else 0)


@app.command("resume", help=text("cli.consumer.resume"))
def resume(
    topic: Annotated[str, typer.Argument(help=text("cli.topic"))],
    park: Annotated[bool, typer.Option("--park", help=text("cli.park_what_fails_up_to"))] = False,
    purpose: Purpose = "up",
    node: Node = "",
    service: Kind = "",
    url: Url = "",
) -> None:
    """Go on with a topic that rests: read it again once the cause is mended, else with --park."""
    resumed = 0
    for one in services(purpose, node, service, url):
        paused = {
            other["topic"]: other["paused"]
            for other in ask_json(one, "GET", "/consumer")["topics"]
            if other["paused"]
        }
        if topic in paused and paused[topic]["parking_until"] is None:
            outcome = ask_json(one, "POST", f"/consumer/topics/{topic}/resume", {"park": park})
            Console().print(_outcome_text(one.name, outcome), markup=False)
            resumed += 1
    if not resumed:
        fail(text("problem.topic_not_paused", topic=topic))
        raise typer.Exit(FAILED)


def _show(topics: list[dict[str, Any]], paused: int) -> None:
    table = Table(title=text("consumer.title", count=paused), title_justify="left")
    for column in ("service", "topic", "unread", "state", "since", "offsets", "reason"):
        table.add_column(column, overflow="fold")
    for topic in topics:
        at = topic["paused"]
        state = "flows" if at is None else "paused" if at["parking_until"] is None else "parking"
        unread = "-" if topic["unread"] is None else str(topic["unread"])
        rest = ("", "", "") if at is None else (at["paused_at"], json.dumps(at["offsets"]), at["reason"])
        table.add_row(topic["service"], topic["topic"], unread, text(f"consumer.{state}"), *rest)
    console_of().print(table)


def _outcome_text(name: str, outcome: dict[str, Any]) -> str:
    key = "consumer.parking_from_now" if outcome["parking_until"] else "consumer.resumed"
    return text(key, service=name, topic=outcome["topic"], until=json.dumps(outcome["parking_until"]))
