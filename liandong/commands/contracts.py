"""``liandong contracts``: check the published language, list it, release it."""

import json
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from contracts.events import EVENTS, Event
from contracts.messages import text
from liandong.contracts_check.check import check
from liandong.contracts_check.example_files import examples_of
from liandong.contracts_check.finding import Finding
from liandong.contracts_check.releases import release
from liandong.generated.files import ROOT
from liandong.generated.schemas import file_name
from shared.contract_files import CONTRACTS, load_topics

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help=text("cli.the_contracts_check_list_release"),
)
AsJson = Annotated[bool, typer.Option("--json", help=text("cli.for_programs"))]
BROKEN = 1
SCHEMAS, EXAMPLES, RELEASED = CONTRACTS / "schemas", CONTRACTS / "examples", CONTRACTS / "released"


@app.command("check", help=text("cli.contracts.check_contracts"))
def check_contracts(as_json: AsJson = False) -> None:
    """Schemas fresh, examples valid, nothing orphaned, nothing released broken, AsyncAPI fresh and valid."""
    findings = check(ROOT)
    _tell_json(findings) if as_json else _tell(findings)
    raise typer.Exit(BROKEN if findings else 0)


def _tell(findings: list[Finding]) -> None:
    console = Console(highlight=False)
    for finding in findings:
        told = text("contracts.finding", where=finding.where, fault=finding.fault())
        console.print(told, style="red", markup=False, soft_wrap=True)
    console.print(text("contracts.broken" if findings else "contracts.sound", **_counts(findings)))


def _counts(findings: list[Finding]) -> dict[str, int]:
    return {
        "findings": len(findings),
        "events": len(EVENTS),
        "examples": len(list(EXAMPLES.glob("*/*.json"))),
        "released": len(list((RELEASED / "schemas").glob("*.json"))),
    }


def _tell_json(findings: list[Finding]) -> None:
    told = [
        {"rule": one.rule, "where": str(one.where), "zh": one.fault("zh"), "en": one.fault("en")}
        for one in findings
    ]
    _print_json({**_counts(findings), "findings": told})


@app.command("list", help=text("cli.contracts.list_contracts"))
def list_contracts(as_json: AsJson = False) -> None:
    """Every event: its stream, who writes it, what it says, its examples and whether it is released."""
    rows = [_row(event) for event in EVENTS]
    if as_json:
        _print_json(rows)
        return
    table = Table(title=text("contracts.title", events=len(rows)), title_justify="left")
    for column in ("type", "stream", "owner", "examples", "released", "meaning"):
        table.add_column(text(f"contracts.column.{column}"), no_wrap=column == "type")
    for row in rows:
        mark = "✓" if row["released"] else ""
        cells = (row["stream"], row["owner"], str(row["examples"]), mark, row["meaning"])
        table.add_row(row["name"], *cells)
    Console().print(table)


def _row(event: type[Event]) -> dict[str, Any]:
    topic = load_topics().streams[event.STREAM]
    return {
        "name": file_name(event),
        "type": event.type_name(),
        "stream": event.STREAM.value,
        "owner": topic.owner,
        "readers": list(topic.readers),
        "key": topic.key,
        "subject": event.SUBJECT,
        "schema": event.schema_uri(),
        "examples": len(examples_of(EXAMPLES, event)),
        "released": (RELEASED / "schemas" / f"{file_name(event)}.json").exists(),
        "meaning": (event.__doc__ or "").strip().splitlines()[0],
    }


@app.command("release", help=text("cli.contracts.release_contracts"))
def release_contracts() -> None:
    """Take schemas and examples as released; refused while anything is found against them."""
    findings = check(ROOT)
    if findings:
        _tell(findings)
        raise typer.Exit(BROKEN)
    Console().print(text("contracts.released", count=release(CONTRACTS)))


def _print_json(answer: object) -> None:
    Console().print_json(json.dumps(answer, ensure_ascii=False))
