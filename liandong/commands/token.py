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


@app.command()
def token(
    role: Annotated[list[Role], typer.Option(help="角色，可多个 (role, may be given again)")],
    node: Annotated[str, typer.Option(help="行政区划代码 (jurisdiction)")],
    subject: Annotated[str, typer.Option(help="人员或系统 (who it speaks for)")] = "",
    department: Annotated[str, typer.Option(help="成员单位代号 (department slug)")] = "",
    team: Annotated[str, typer.Option(help="队伍编号 (the team whose leader it is)")] = "",
    mode: Annotated[Literal["live", "exercise"], typer.Option(help="实战或演练")] = "live",
    purpose: Annotated[str, typer.Option(help="为哪一组本地节点签发 (up, demo)")] = "",
    hours: Annotated[float, typer.Option(min=0.01, max=24 * 31)] = 12,
) -> None:
    """签发令牌 (print a token); the nodes of the same folder accept it."""
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
