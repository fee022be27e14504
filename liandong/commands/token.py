"""``liandong token``: a token of the local issuer, for development and drills."""

from typing import Annotated, Literal

import typer
from rich.console import Console

from contracts.messages import text
from liandong.local import home
from shared.http.auth import Role
from shared.http.local_issuer import LocalIssuer

app = typer.Typer()


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
        Console(stderr=True).print(text("local.no_such_folder", folder=folder), style="red", markup=False)
        raise typer.Exit(1)
    who = subject or f"{role[0]}@{node}"
    issued = LocalIssuer(folder / "keys", mode).issue(
        who, who, role, node, department or None, team or None, hours
    )
    typer.echo(issued)
