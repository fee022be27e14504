"""``liandong token``: a token of the local issuer, for development and drills."""

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Literal, NoReturn

import typer
from rich.console import Console

from contracts.messages import text
from liandong.local import home
from liandong.local.nodes import ADDRESSES
from shared.http.auth import Role
from shared.http.local_issuer import LocalIssuer
from shared.plan_folder import load_plan

PLAN = "plans/fushun"
app = typer.Typer(add_completion=False)


@app.command(help=text("cli.token.token"))
def token(
    role: Annotated[list[Role], typer.Option(help=text("cli.role_may_be_given_again"))],
    node: Annotated[str, typer.Option(help=text("cli.jurisdiction"))],
    subject: Annotated[str, typer.Option(help=text("cli.who_it_speaks_for"))] = "",
    department: Annotated[str, typer.Option(help=text("cli.department_slug"))] = "",
    team: Annotated[str, typer.Option(help=text("cli.the_team_whose_leader_it"))] = "",
    mode: Annotated[Literal["live", "exercise"], typer.Option(help=text("cli.live_or_exercise"))] = "live",
    purpose: Annotated[str, typer.Option(help=text("cli.for_which_local_nodes_up"))] = "",
    hours: Annotated[float, typer.Option(min=0.01, max=24 * 31)] = 12,
) -> None:
    """Print a token that the nodes of the same folder accept."""
    folder = home.root() / (purpose or ("demo" if mode == "exercise" else "up"))
    if not folder.exists():
        _refuse(text("local.no_such_folder", folder=folder))
    known = load_plan(plan_of(folder))
    for name, given, entries in (
        ("node", node, known.jurisdictions),
        ("department", department, known.departments),
    ):
        if given and given not in entries:
            _refuse(text("token.unknown", name=name, given=given, plan=known.name, known="、".join(entries)))
    who = subject or f"{role[0]}@{node}"
    issued = LocalIssuer(folder / "keys", mode).issue(
        who, who, role, node, department or None, team or None, hours
    )
    typer.echo(issued)


def plan_of(folder: Path) -> Path:
    """The plan of the nodes that were started in a folder, or else the one that this machine's commands use."""
    with suppress(FileNotFoundError):
        return Path(json.loads((folder / ADDRESSES).read_text()).get("plan", PLAN))
    return Path(os.environ.get("PLAN_DIR") or PLAN)


def _refuse(line: str) -> NoReturn:
    Console(stderr=True).print(line, style="red", markup=False, soft_wrap=True)
    raise typer.Exit(1)
