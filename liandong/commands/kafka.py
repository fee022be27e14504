"""``liandong kafka``: who may do what at a Kafka that asks for names."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from contracts.messages import text
from contracts.plan import Plan
from contracts.rights import Principal, Right, others_of, rights_of, services_of
from contracts.topics import Mode
from liandong.commands.calls import UNREACHABLE, AsJson, fail
from liandong.generated.strimzi import as_yaml, resources_of
from liandong.running import UnknownPlaces, console_of, require_places
from shared.contract_files import load_topics
from shared.plan_folder import UnreadablePlan, load_plan

app = typer.Typer(add_completion=False, no_args_is_help=True, help=text("cli.kafka_rights"))


Nodes = Annotated[list[str] | None, typer.Option("--node", help=text("cli.kafka.nodes"))]
Partners = Annotated[list[str] | None, typer.Option("--partner", help=text("cli.kafka.partners"))]


@app.command(help=text("cli.kafka.rights"))
def rights(
    mode: Annotated[Mode, typer.Option(help=text("cli.kafka.mode"))] = "live",
    node: Annotated[str, typer.Option(help=text("cli.kafka.node"))] = "",
    plan: Annotated[Path, typer.Option(help=text("cli.plan_folder"))] = Path("plans/fushun"),
    as_json: AsJson = False,
) -> None:
    """List every user that the plan allows for, and what it may do; exit code 2 for a plan or node that is not there."""
    try:
        city = load_plan(plan)
        require_places(city, [node] if node else [])
    except (UnreadablePlan, UnknownPlaces) as error:
        fail(str(error))
        raise typer.Exit(UNREACHABLE) from None
    nodes = [node] if node else list(city.jurisdictions)
    principals = [*services_of(nodes), *others_of(nodes, city.departments, mode)]
    found = [_row(one, city, mode) for one in principals]
    if as_json:
        Console().print_json(json.dumps(found, ensure_ascii=False))
    else:
        console_of().print(_table(found))


@app.command(help=text("cli.kafka.strimzi"))
def strimzi(
    node: Nodes = None,
    partner: Partners = None,
    mode: Annotated[Mode, typer.Option(help=text("cli.kafka.mode"))] = "live",
    plan: Annotated[Path, typer.Option(help=text("cli.plan_folder"))] = Path("plans/fushun"),
) -> None:
    """Print KafkaTopic and KafkaUser for the Kafka of these nodes; exit code 2 for a plan, node or department not there."""
    nodes, departments = node or [], partner or []
    try:
        city = load_plan(plan)
        require_places(city, nodes)
    except (UnreadablePlan, UnknownPlaces) as error:
        fail(str(error))
        raise typer.Exit(UNREACHABLE) from None
    unknown = [name for name in departments if name not in city.departments]
    if unknown or not nodes:
        fail(
            text("kafka_rights.unknown", names=", ".join(unknown))
            if unknown
            else text("kafka_rights.no_node")
        )
        raise typer.Exit(UNREACHABLE)
    known = [Principal(kind="partner", node=nodes[0], name=name) for name in departments]
    typer.echo(as_yaml(resources_of(nodes, city, mode, known)), nl=False)


def _row(principal: Principal, plan: Plan, mode: Mode) -> dict[str, Any]:
    allowed = rights_of(principal, load_topics(), plan, mode)
    topics = [one for one in allowed if one.resource == "topic"]
    return {
        "user": principal.user(mode),
        "writes": [one.name for one in topics if one.operation == "Write"],
        "reads": [one.name for one in topics if one.operation == "Read"],
        "groups": [_pattern(one) for one in allowed if one.resource == "group"],
    }


def _pattern(right: Right) -> str:
    return f"{right.name}*" if right.pattern == "prefixed" else right.name


def _table(found: list[dict[str, Any]]) -> Table:
    table = Table(title=text("kafka_rights.title", count=len(found)), title_justify="left", show_lines=True)
    for column in ("user", "writes", "reads", "groups"):
        table.add_column(text(f"kafka_rights.{column}"), overflow="fold")
    for row in found:
        table.add_row(row["user"], *(" ".join(row[name]) for name in ("writes", "reads", "groups")))
    return table
