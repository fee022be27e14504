"""``liandong consumer``: what services read, which topics rest because their fuse is blown, and how to go on."""

import json
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from contracts.messages import text
from liandong.commands.calls import FAILED, AsJson, Kind, Node, Purpose, Url, asked, fail, services
from liandong.running import console_of

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="消费：状态、熔断后继续 (consumers: status, resume)"
)
NOT_PAUSED = "problem:topic_not_paused"


@app.command("status")
def status(
    purpose: Purpose = "up",
    node: Node = "",
    service: Kind = "",
    url: Url = "",
    every: Annotated[bool, typer.Option("--all", help="也列出正常的主题 (topics that flow too)")] = False,
    as_json: AsJson = False,
) -> None:
    """各服务读到哪里，哪些主题因熔断而暂停；有暂停的则退出码为 1."""
    found = [
        {"service": one.name, **topic}
        for one in services(purpose, node, service, url)
        for topic in asked(one, "GET", "/consumer")["topics"]
    ]
    paused = [topic for topic in found if topic["paused"]]
    if as_json:
        Console().print_json(json.dumps(found, ensure_ascii=False))
    else:
        _show(found if every else paused, len(paused))
    raise typer.Exit(FAILED if paused else 0)


@app.command("resume")
def resume(
    topic: Annotated[str, typer.Argument(help="主题，如 210404.incident (topic)")],
    park: Annotated[
        bool, typer.Option("--park", help="到目前为止读不了的都记为死信 (park what fails up to now)")
    ] = False,
    purpose: Purpose = "up",
    node: Node = "",
    service: Kind = "",
    url: Url = "",
) -> None:
    """继续读取因熔断而暂停的主题：原因已消除则重读，否则加 --park."""
    resumed = 0
    for one in services(purpose, node, service, url):
        paused = {
            other["topic"]: other["paused"]
            for other in asked(one, "GET", "/consumer")["topics"]
            if other["paused"]
        }
        if topic in paused and paused[topic]["parking_until"] is None:
            outcome = asked(one, "POST", f"/consumer/topics/{topic}/resume", {"park": park})
            Console().print(_line(one.name, outcome), markup=False)
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


def _line(name: str, outcome: dict[str, Any]) -> str:
    key = "consumer.parking_from_now" if outcome["parking_until"] else "consumer.resumed"
    return text(key, service=name, topic=outcome["topic"], until=json.dumps(outcome["parking_until"]))
