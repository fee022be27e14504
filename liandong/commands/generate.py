"""``liandong generate``: make every generated file anew."""

from typing import Annotated, NoReturn

import typer
from rich.console import Console

from contracts.messages import text
from liandong.contracts_check.example_files import UnreadableExample
from liandong.generated.diagrams import UnshownTable
from liandong.generated.files import ROOT, differing, leftover, write

app = typer.Typer(add_completion=False, help=text("cli.make_every_generated_file_anew"))
STALE = 1


@app.command(help=text("cli.generate.generate"))
def generate(
    check: Annotated[bool, typer.Option("--check", help=text("cli.only_look_exit_1_if"))] = False,
) -> None:
    """Write schemas, AsyncAPI, the diagrams of the services and the plans' boundaries."""
    console = Console(highlight=False)
    try:
        paths = sorted([*differing(), *leftover()]) if check else write()
    except UnshownTable as error:
        names = ", ".join(sorted(error.names))
        _refuse(text("generate.unshown", readme=error.readme.relative_to(ROOT), names=names))
    except UnreadableExample as error:
        fault = text("contracts.fault.unreadable")
        _refuse(text("contracts.finding", where=error.path.relative_to(ROOT), fault=fault))
    for path in paths:
        console.print(str(path.relative_to(ROOT)), markup=False)
    console.print(text("generate.stale" if check else "generate.written", count=len(paths)), markup=False)
    raise typer.Exit(STALE if check and paths else 0)


def _refuse(told: str) -> NoReturn:
    Console(stderr=True, highlight=False).print(told, style="red", markup=False)
    raise typer.Exit(STALE)
