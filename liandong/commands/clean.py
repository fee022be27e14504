"""``liandong clean``: forget what the local servers hold."""

import shutil

import typer
from rich.console import Console

from contracts.messages import text
from liandong.local import home
from liandong.local.home import AlreadyRunning
from liandong.local.postgres import LocalPostgres
from liandong.local.processes import clear_leftovers

app = typer.Typer(add_completion=False)


@app.command(help=text("cli.clean.clean"))
def clean() -> None:
    """Forget the local servers' data; a running one is left alone."""
    failed = False
    for folder in sorted(path for path in home.root().glob("*") if path.is_dir()):
        try:
            with home.hold(folder.name, fresh=False):
                clear_leftovers(folder)
                LocalPostgres(folder).stop()
                shutil.rmtree(folder)
        except AlreadyRunning:
            failed = True
            Console(stderr=True).print(text("local.in_use", folder=folder), style="red", markup=False)
        else:
            Console().print(text("local.forgotten", folder=folder), markup=False)
    raise typer.Exit(1 if failed else 0)
