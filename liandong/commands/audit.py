"""``liandong audit verify``: follows the hash chain of audit logs, with nothing but their databases."""

import asyncio
import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import create_async_engine

from contracts.messages import text
from liandong.addresses import NoNodes, local
from liandong.local.servers import sqlalchemy_url
from liandong.running import console_of
from shared.audit import AuditReport, verify
from shared.http.auth import Role

app = typer.Typer(add_completion=False, no_args_is_help=True, help=text("cli.the_audit_log_verify"))
BROKEN, UNREACHABLE = 1, 2


@app.callback()
def audit() -> None:
    """The audit log: verify its chain of hashes."""


@app.command("verify", help=text("cli.audit.verify_chains"))
def verify_chains(
    purpose: Annotated[str, typer.Option(help=text("cli.local_nodes_up_demo"))] = "up",
    database_url: Annotated[list[str] | None, typer.Option(help=text("cli.databases"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=text("cli.for_programs"))] = False,
) -> None:
    """Follow every entry; exit code 1 where a chain is broken."""
    try:
        named = [(url.rpartition("@")[2], sqlalchemy_url(url)) for url in database_url or []]
        named = named or [(one.name, one.database) for one in local(purpose, (Role.AUDITOR,))]
        reports = {name: asyncio.run(_verify(url)) for name, url in named}
    except (NoNodes, OperationalError) as error:
        Console(stderr=True).print(
            text("audit.unreachable", reason=_reason(error)), style="red", markup=False
        )
        raise typer.Exit(UNREACHABLE) from None
    if as_json:
        told = {name: asdict(report) for name, report in reports.items()}
        Console().print_json(json.dumps(told, ensure_ascii=False))
    else:
        console_of().print(_table(reports))
    raise typer.Exit(BROKEN if any(report.broken for report in reports.values()) else 0)


def _reason(error: NoNodes | OperationalError) -> str:
    """One line of why; a driver's own tells of every address that it tried."""
    cause = error.orig if isinstance(error, OperationalError) else error
    return str(cause).strip().partition("\n")[0]


async def _verify(url: str) -> AuditReport:
    engine = create_async_engine(url)
    try:
        async with engine.connect() as connection:
            return await verify(connection)
    finally:
        await engine.dispose()


def _table(reports: dict[str, AuditReport]) -> Table:
    table = Table(title=text("audit.title"), title_justify="left")
    for column in ("service", "entries", "sealed", "forgotten", "broken"):
        table.add_column(text(f"audit.{column}"))
    for name, report in reports.items():
        shown = report.broken or text("audit.sound")
        table.add_row(name, str(report.entries), str(report.sealed), str(report.forgotten), shown)
    return table
