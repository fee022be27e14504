"""``liandong dead-letter``: what services could not take: list, show, retry."""

import json
from typing import Annotated, Any

import httpx
import typer
from rich.console import Console
from rich.table import Table

from contracts.messages import text
from liandong.addresses import NoNodes, Service, local, remote
from liandong.running import console_of
from shared.http.auth import Role

app = typer.Typer(no_args_is_help=True, help="死信：列表、查看、重试 (dead letters: list, show, retry)")
Purpose = Annotated[str, typer.Option(help="哪一组本地节点 (local nodes: up, demo)")]
Node = Annotated[str, typer.Option(help="行政区划代码 (jurisdiction)")]
Kind = Annotated[str, typer.Option("--service", help="服务 (service)")]
Url = Annotated[str, typer.Option(help="服务地址，令牌取自 LIANDONG_TOKEN (a service anywhere)")]
AsJson = Annotated[bool, typer.Option("--json", help="机器可读 (for programs)")]
Id = Annotated[str, typer.Argument(help="死信编号 (id)")]
FAILED, UNREACHABLE = 1, 2


@app.command("list")
def list_parked(
    purpose: Purpose = "up",
    node: Node = "",
    service: Kind = "",
    url: Url = "",
    resolved: Annotated[bool, typer.Option(help="也列出已处理的 (resolved ones too)")] = False,
    as_json: AsJson = False,
) -> None:
    """列出未处理的死信."""
    found = [
        {"service": one.name, **letter}
        for one in _services(purpose, node, service, url)
        for letter in _asked(one, "GET", f"/dead-letters?limit=200&resolved={str(resolved).lower()}")
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
    _, letter = _found(id_, _services(purpose, node, service, url))
    Console().print_json(json.dumps(letter, ensure_ascii=False))


@app.command("retry")
def retry(id_: Id, purpose: Purpose = "up", node: Node = "", service: Kind = "", url: Url = "") -> None:
    """重试一条死信；仍未生效则退出码为 1，并说明原因."""
    holder, _ = _found(id_, _services(purpose, node, service, url))
    outcome = _asked(holder, "POST", f"/dead-letters/{id_}/retry")
    key = "dead_letter.resolved" if outcome["resolved"] else "dead_letter.still_parked"
    Console().print(text(key, id=id_, reason=outcome["reason"]), markup=False)
    raise typer.Exit(0 if outcome["resolved"] else FAILED)


def _services(purpose: str, node: str, service: str, url: str) -> list[Service]:
    if url:
        return [remote(url)]
    try:
        return local(purpose, (Role.DUTY_OFFICER,), node, service)
    except NoNodes as error:
        _fail(text("local.no_such_folder", folder=error))
        raise typer.Exit(UNREACHABLE) from None


def _found(id_: str, services: list[Service]) -> tuple[Service, dict[str, Any]]:
    for one in services:
        answer = _answer(one, "GET", f"/dead-letters/{id_}")
        if answer.status_code == 200:
            return one, answer.json()
    _fail(text("dead_letter.unknown", id=id_))
    raise typer.Exit(FAILED)


def _asked(service: Service, method: str, path: str) -> Any:  # noqa: ANN401 - any JSON value
    answer = _answer(service, method, path)
    if answer.is_error:
        _fail(f"{service.name}: {answer.text}")
        raise typer.Exit(FAILED)
    return answer.json()


def _answer(service: Service, method: str, path: str) -> httpx.Response:
    try:
        with httpx.Client(trust_env=False, timeout=10) as http:
            return http.request(method, service.url + path, headers=service.headers)
    except httpx.TransportError as error:
        _fail(text("local.unreachable", name=service.name, url=service.url, reason=error))
        raise typer.Exit(UNREACHABLE) from None


def _fail(line: str) -> None:
    Console(stderr=True).print(line, style="red", markup=False)
