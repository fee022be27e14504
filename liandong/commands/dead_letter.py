"""``liandong dead-letter``: what services could not take: list, show, retry, skip."""

import json
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from contracts.messages import text
from liandong.addresses import Service
from liandong.commands.calls import FAILED, AsJson, Kind, Node, Purpose, Url, answered, asked, fail, services
from liandong.running import bar, console_of

app = typer.Typer(
    no_args_is_help=True, help="死信：列表、查看、重试、跳过 (dead letters: list, show, retry, skip)"
)
Id = Annotated[str, typer.Argument(help="死信编号 (id)")]
LetterKind = Annotated[
    str, typer.Option("--kind", help="invalid, unknown, refused, gap, trimmed, failed：只看这一类 (kind)")
]


@app.command("list")
def list_parked(
    purpose: Purpose = "up",
    node: Node = "",
    service: Kind = "",
    url: Url = "",
    kind: LetterKind = "",
    resolved: Annotated[bool, typer.Option(help="也列出已处理的 (resolved ones too)")] = False,
    as_json: AsJson = False,
) -> None:
    """列出未处理的死信."""
    query = f"/dead-letters?limit=200&resolved={str(resolved).lower()}" + (f"&kind={kind}" if kind else "")
    found = [
        {"service": one.name, **letter}
        for one in services(purpose, node, service, url)
        for letter in asked(one, "GET", query)
    ]
    if as_json:
        Console().print_json(json.dumps(found, ensure_ascii=False))
        return
    table = Table(title=text("dead_letter.title", count=len(found)), title_justify="left")
    for column in ("id", "service", "kind", "topic", "record_offset", "parked_at", "retries", "reason"):
        table.add_column(column, overflow="fold")
    for letter in found:
        table.add_row(*(str(letter[str(column.header)]) for column in table.columns))
    console_of().print(table)


@app.command("show")
def show(id_: Id, purpose: Purpose = "up", node: Node = "", service: Kind = "", url: Url = "") -> None:
    """显示一条死信的原因、消息头和正文 (JSON)."""
    _, letter = _found(id_, services(purpose, node, service, url))
    Console().print_json(json.dumps(letter, ensure_ascii=False))


@app.command("retry")
def retry(
    id_: Annotated[str, typer.Argument(help="死信编号 (id)")] = "",
    every: Annotated[bool, typer.Option("--all", help="一类死信全部重试 (all of a kind)")] = False,
    kind: LetterKind = "",
    purpose: Purpose = "up",
    node: Node = "",
    service: Kind = "",
    url: Url = "",
) -> None:
    """重试一条死信，或一类的全部；有仍未生效的则退出码为 1，并说明原因."""
    if every == bool(id_) or every != bool(kind):
        fail(text("dead_letter.which"))
        raise typer.Exit(2)
    holders = services(purpose, node, service, url)
    if every:
        failures = _retry_all(holders, kind)
    else:
        holder, _ = _found(id_, holders)
        outcome = asked(holder, "POST", f"/dead-letters/{id_}/retry")
        key = "dead_letter.resolved" if outcome["resolved"] else "dead_letter.still_parked"
        Console().print(text(key, id=id_, reason=outcome["reason"]), markup=False)
        failures = 0 if outcome["resolved"] else 1
    raise typer.Exit(FAILED if failures else 0)


@app.command("skip")
def skip(id_: Id, purpose: Purpose = "up", node: Node = "", service: Kind = "", url: Url = "") -> None:
    """越过等不到的事件继续处理后面的；其他死信则不再处理。写入审计."""
    holder, _ = _found(id_, services(purpose, node, service, url))
    letter = asked(holder, "POST", f"/dead-letters/{id_}/skip")
    key = "dead_letter.skipped" if letter["resolved_at"] else "dead_letter.still_waits"
    Console().print(text(key, id=id_, reason=letter["reason"]), markup=False)
    raise typer.Exit(0 if letter["resolved_at"] else FAILED)


def _retry_all(holders: list[Service], kind: str) -> int:
    """Every service's, a hundred at a time; how many still fail."""
    console, resolved, failures = console_of(), 0, 0
    with bar(console) as progress:
        for holder in holders:
            task, after = progress.add_task(holder.name, total=None), 0
            while after is not None:
                outcome = asked(holder, "POST", "/dead-letters/retry", {"kind": kind, "after": after})
                after = outcome["next"]
                resolved += outcome["resolved"]
                failures += len(outcome["failures"])
                progress.update(task, advance=outcome["resolved"] + len(outcome["failures"]))
                for id_, reason in outcome["failures"].items():
                    console.print(text("dead_letter.still_parked", id=id_, reason=reason), markup=False)
    console.print(text("dead_letter.retried", resolved=resolved, failures=failures), markup=False)
    return failures


def _found(id_: str, holders: list[Service]) -> tuple[Service, dict[str, Any]]:
    for one in holders:
        answer = answered(one, "GET", f"/dead-letters/{id_}")
        if answer.status_code == 200:
            return one, answer.json()
    fail(text("dead_letter.unknown", id=id_))
    raise typer.Exit(FAILED)
