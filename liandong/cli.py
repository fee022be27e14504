"""The command line ``liandong``: each command is a module of ``liandong/commands``, imported when it is called."""

import importlib
import sys
from importlib.metadata import version

from rich.console import Console
from rich.table import Table
from typer import rich_utils

from contracts.messages import text

COMMANDS = (
    "up",
    "demo",
    "token",
    "plan",
    "contracts",
    "intake",
    "reports",
    "due-reports",
    "submissions",
    "dead-letter",
    "consumer",
    "outbox",
    "kafka",
    "due-work",
    "audit",
    "chaos",
    "generate",
    "compose-env",
    "clean",
)
USAGE = 2


def main() -> None:
    """Run the command named first; exit code 2 for one that does not exist."""
    name, arguments = (sys.argv[1:2] or ["--help"])[0], sys.argv[2:]
    if name in COMMANDS:
        _title_panels()
        module = importlib.import_module(f"liandong.commands.{name.replace('-', '_')}")
        module.app(args=arguments, prog_name=f"liandong {name}")
    elif name in {"-V", "--version"}:
        Console(highlight=False).print(f"liandong {version('liandong')}")
    elif name in {"-h", "--help", "help"}:
        Console().print(_help())
    else:
        Console(stderr=True).print(text("command.unknown", name=name), style="red", markup=False)
        Console(stderr=True).print(_help())
        raise SystemExit(USAGE)


def _title_panels() -> None:
    """The words around a command's help in the reader's language; "Usage" and the line of --help are typer's own."""
    for title in ("options", "arguments", "commands"):
        setattr(rich_utils, f"{title.upper()}_PANEL_TITLE", text(f"cli.panel.{title}"))
    rich_utils.ERRORS_PANEL_TITLE = text("cli.panel.error")
    rich_utils.REQUIRED_LONG_STRING = text("cli.panel.required")
    rich_utils.DEFAULT_STRING = text("cli.panel.default", value="{}")
    rich_utils.ENVVAR_STRING = text("cli.panel.environment", value="{}")


def _help() -> Table:
    table = Table(title=text("command.title"), box=None, title_justify="left", show_header=False)
    for name in COMMANDS:
        table.add_row(f"liandong {name}", text(f"command.{name}"))
    return table
