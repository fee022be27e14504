"""What commands that talk to services share: which services, their answers, and what to say when there is none."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any
from urllib.parse import urlencode

import httpx
import typer
from rich.console import Console

from contracts.messages import preferred_language, text
from liandong.addresses import NoNodes, Service, local, remote
from shared.http.auth import Role

Purpose = Annotated[str, typer.Option(help=text("cli.local_nodes_up_demo"))]
Node = Annotated[str, typer.Option(help=text("cli.jurisdiction"))]
Kind = Annotated[str, typer.Option("--service", "--consumer", help=text("cli.service"))]
Url = Annotated[str, typer.Option(help=text("cli.a_service_anywhere"))]
AsJson = Annotated[bool, typer.Option("--json", help=text("cli.for_programs"))]
PAGE = 200
MOST_SHOWN = 500
FAILED, UNREACHABLE = 1, 2
"""Exit codes: the service said no; there is no such service, or it does not answer."""


def services(purpose: str, node: str, service: str, url: str) -> list[Service]:
    """The services a command is for; ends the command when there are none."""
    try:
        return [remote(url)] if url else local(purpose, (Role.DUTY_OFFICER,), node, service)
    except NoNodes as error:
        fail(str(error))
        raise typer.Exit(UNREACHABLE) from None


def ask_json(service: Service, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401 - any JSON value
    """The answer as JSON; ends the command when the service says no."""
    answer = ask(service, method, path, body)
    if answer.is_error:
        fail(f"{service.name}: {words_of(answer)}")
        raise typer.Exit(FAILED)
    return answer.json()


def all_pages(service: Service, path: str, key: str, **query: str) -> Iterator[dict[str, Any]]:
    """Everything a list has, page by page; ``key`` names the field that a page goes on behind."""
    after = ""
    while page := ask_json(service, "GET", f"{path}?{urlencode({**query, 'limit': PAGE, 'after': after})}"):
        yield from page
        after = page[-1][key]


def ask(service: Service, method: str, path: str, body: Mapping[str, Any] | None = None) -> httpx.Response:
    """Whatever the service answers; ends the command when it does not."""
    try:
        with httpx.Client(trust_env=False, timeout=60) as http:
            return http.request(method, service.url + path, headers=service.headers, json=body)
    except httpx.TransportError as error:
        fail(text("local.unreachable", name=service.name, url=service.url, reason=error))
        raise typer.Exit(UNREACHABLE) from None


def words_of(answer: httpx.Response) -> str:
    """What a service refused, in the reader's language; the answer itself where it is no problem of ours."""
    try:
        problem = answer.json()
    except ValueError:
        return f"HTTP {answer.status_code}: {answer.text[:MOST_SHOWN]}"
    told = problem.get("detail" if preferred_language() == "zh" else "detail_en")
    return str(told or answer.text[:MOST_SHOWN])


def fail(line: str) -> None:
    """Say what went wrong, on standard error."""
    Console(stderr=True).print(line, style="red", markup=False)
