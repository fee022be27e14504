"""``liandong dead-letter``: what services could not take: list, show, retry, skip, dismiss. One line per record."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from contracts.messages import text
from liandong.addresses import Service
from liandong.commands.calls import FAILED, AsJson, Kind, Node, Purpose, Url, ask, ask_json, fail, services
from liandong.running import bar, console_of

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help=text("cli.dead_letters_list_show_retry"),
)
Id = Annotated[str, typer.Argument(metavar="ID", help=text("cli.id_or_an_unambiguous_beginning"))]
LetterKind = Annotated[str, typer.Option("--kind", help=text("cli.kind"))]
COLUMNS = ("id", "services", "kind", "topic", "offset", "parked_at", "retries", "reason")
SHORTEST = 8


@dataclass(frozen=True)
class Parked:
    """One record, and what each service that could not take it has kept of it."""

    letters: tuple[tuple[Service, dict[str, Any]], ...]

    @property
    def first(self) -> dict[str, Any]:
        """What the first of them says."""
        return self.letters[0][1]

    @property
    def ids(self) -> list[str]:
        """Their numbers, one per service."""
        return [str(letter["id"]) for _, letter in self.letters]

    @property
    def holders(self) -> str:
        """The names of the services."""
        return ", ".join(holder.name for holder, _ in self.letters)


@app.command("list", help=text("cli.dead_letter.list_parked"))
def list_parked(
    purpose: Purpose = "up",
    node: Node = "",
    service: Kind = "",
    url: Url = "",
    kind: LetterKind = "",
    resolved: Annotated[bool, typer.Option(help=text("cli.resolved_ones_too"))] = False,
    as_json: AsJson = False,
) -> None:
    """List open dead letters, one line per record, however many services parked it."""
    records = _records(services(purpose, node, service, url), resolved, kind)
    if as_json:
        letters = [{"service": holder.name, **letter} for one in records for holder, letter in one.letters]
        Console().print_json(json.dumps(letters, ensure_ascii=False))
        return
    table = Table(title=text("dead_letter.title", count=len(records)), title_justify="left")
    for column in COLUMNS:
        table.add_column(text(f"dead_letter.column_{column}"), overflow="fold")
    length = _shortest([id_ for one in records for id_ in one.ids])
    for one in records:
        letter = one.first
        place = f"{letter['partition']}:{letter['record_offset']}"
        kind_words = text(f"dead_letter.kind_{letter['kind']}")
        table.add_row(
            letter["id"][:length],
            one.holders,
            kind_words,
            letter["topic"],
            place,
            str(letter["parked_at"])[:19],
            str(letter["retries"]),
            text(f"dead_letter.why_{letter['kind']}", reason=letter["reason"]),
        )
    console_of().print(table)


@app.command("show", help=text("cli.dead_letter.show"))
def show(id_: Id, purpose: Purpose = "up", node: Node = "", service: Kind = "", url: Url = "") -> None:
    """Show the reason, headers and body of a dead letter (JSON)."""
    holder, letter = _record(id_, services(purpose, node, service, url)).letters[0]
    whole = ask_json(holder, "GET", f"/dead-letters/{letter['id']}")
    Console().print_json(json.dumps(whole, ensure_ascii=False))


@app.command("retry", help=text("cli.dead_letter.retry"))
def retry(
    id_: Annotated[str, typer.Argument(metavar="ID", help=text("cli.id_or_its_beginning"))] = "",
    every: Annotated[bool, typer.Option("--all", help=text("cli.all_of_a_kind"))] = False,
    kind: LetterKind = "",
    purpose: Purpose = "up",
    node: Node = "",
    service: Kind = "",
    url: Url = "",
    as_json: AsJson = False,
) -> None:
    """Try a dead letter again, or all of a kind; exit code 1, and why, where one still fails."""
    if every == bool(id_) or every != bool(kind):
        fail(text("dead_letter.which"))
        raise typer.Exit(2)
    holders = services(purpose, node, service, url)
    if every:
        raise typer.Exit(FAILED if _retry_all(holders, kind, as_json) else 0)

    def outcome_of(holder: Service, id_: str) -> tuple[bool, str, str]:
        outcome = ask_json(holder, "POST", f"/dead-letters/{id_}/retry")
        key = "dead_letter.resolved" if outcome["resolved"] else "dead_letter.still_parked"
        return outcome["resolved"], key, outcome["reason"]

    _each(_record(id_, holders), outcome_of, as_json)


@app.command("skip", help=text("cli.dead_letter.skip"))
def skip(
    id_: Id,
    purpose: Purpose = "up",
    node: Node = "",
    service: Kind = "",
    url: Url = "",
    as_json: AsJson = False,
) -> None:
    """Go on past events that will not come, or close any other dead letter; audited."""

    def outcome_of(holder: Service, id_: str) -> tuple[bool, str, str]:
        letter = ask_json(holder, "POST", f"/dead-letters/{id_}/skip")
        closed = letter["resolved_at"] is not None
        return closed, "dead_letter.skipped" if closed else "dead_letter.still_waits", letter["reason"]

    _each(_record(id_, services(purpose, node, service, url)), outcome_of, as_json)


@app.command("dismiss", help=text("cli.dead_letter.dismiss"))
def dismiss(
    id_: Id,
    reason: Annotated[str, typer.Option(help=text("cli.why_it_shall_have_no"))],
    purpose: Purpose = "up",
    node: Node = "",
    service: Kind = "",
    url: Url = "",
    as_json: AsJson = False,
) -> None:
    """Close a dead letter that was looked at and shall have no effect; the reason is audited."""

    def outcome_of(holder: Service, id_: str) -> tuple[bool, str, str]:
        ask_json(holder, "POST", f"/dead-letters/{id_}/dismiss", {"reason": reason})
        return True, "dead_letter.dismissed", reason

    _each(_record(id_, services(purpose, node, service, url)), outcome_of, as_json)


def _each(record: Parked, outcome_of: Callable[[Service, str], tuple[bool, str, str]], as_json: bool) -> None:
    """Do it at every service that keeps the record; exit code 1 where it did not come off."""
    told = []
    for holder, letter in record.letters:
        done, key, reason = outcome_of(holder, letter["id"])
        told.append({"service": holder.name, "id": letter["id"], "done": done, "reason": reason})
        if not as_json:
            words = text(key, id=letter["id"], reason=reason)
            Console().print(f"{holder.name}: {words}", markup=False, soft_wrap=True)
    if as_json:
        Console().print_json(json.dumps(told, ensure_ascii=False))
    raise typer.Exit(0 if all(one["done"] for one in told) else FAILED)


def _records(holders: Iterable[Service], resolved: bool, kind: str = "") -> list[Parked]:
    """The records that anybody keeps, the newest first."""
    query = f"/dead-letters?limit=200&resolved={str(resolved).lower()}" + (f"&kind={kind}" if kind else "")
    letters = [(one, letter) for one in holders for letter in ask_json(one, "GET", query)]
    letters.sort(key=_place)
    records = [Parked(tuple(group)) for _, group in groupby(letters, key=_place)]
    return sorted(records, key=lambda one: str(one.first["parked_at"]), reverse=True)


def _place(one: tuple[Service, dict[str, Any]]) -> tuple[str, int, int, bool]:
    letter = one[1]
    return letter["topic"], letter["partition"], letter["record_offset"], letter["resolved_at"] is not None


def _shortest(ids: Sequence[str]) -> int:
    """How many characters tell these apart."""
    for length in range(SHORTEST, 36):
        if len({id_[:length] for id_ in ids}) == len(set(ids)):
            return length
    return 36


def _record(beginning: str, holders: list[Service]) -> Parked:
    """The record of a dead letter's number or its beginning; ends the command unless there is exactly one."""
    records = [
        one for one in _records(holders, resolved=True) if any(id_.startswith(beginning) for id_ in one.ids)
    ]
    if len(records) > 1:
        fail(text("dead_letter.ambiguous", id=beginning, ids="、".join(one.ids[0] for one in records[:10])))
        raise typer.Exit(2)
    if records:
        return records[0]
    for holder in holders:  # an old one, behind the first two hundred
        answer = ask(holder, "GET", f"/dead-letters/{beginning}")
        if answer.status_code == 200:
            return Parked(((holder, answer.json()),))
    fail(text("dead_letter.unknown", id=beginning))
    raise typer.Exit(FAILED)


def _retry_all(holders: list[Service], kind: str, as_json: bool) -> int:
    """Every service's, a hundred at a time; how many still fail."""
    console, resolved, failures = console_of(stderr=as_json), 0, 0
    with bar(console) as progress:
        for holder in holders:
            task, after = progress.add_task(holder.name, total=None), 0
            while after is not None:
                outcome = ask_json(holder, "POST", "/dead-letters/retry", {"kind": kind, "after": after})
                after = outcome["next"]
                resolved += outcome["resolved"]
                failures += len(outcome["failures"])
                progress.update(task, advance=outcome["resolved"] + len(outcome["failures"]))
                for id_, reason in outcome["failures"].items():
                    console.print(text("dead_letter.still_parked", id=id_, reason=reason), markup=False)
    console.print(text("dead_letter.retried", resolved=resolved, failures=failures), markup=False)
    if as_json:
        Console().print_json(json.dumps({"resolved": resolved, "failures": failures}))
    return failures
