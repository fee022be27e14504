"""``python -m benchmarks.duplicates [FILE]``: how well calls about one event are told from others, and what it costs.

FILE has one call a line as JSON: ``group`` (what happened about one time and place), ``event`` (which of its events the
call is about, as a person says), ``reported_at``, ``lon``, ``lat``, ``event_type``, ``words``, and if known ``address``,
``approximate``, ``phone``, ``hazard_source_id``. Every two calls of a group are a pair. Floor: the same kind within the
plan's distance and time. Weights were tuned on the 1st, 3rd, 5th … group of ``gold.jsonl``; the others are held out.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel, ValidationError
from rich.console import Console

from benchmarks.chain.load import quantile
from contracts.geo import distance_m
from contracts.messages import text
from contracts.plan import Plan
from contracts.values import Moment
from services.incident.policy.duplicates import Known, Told, candidates, compare
from shared.plan_folder import load_plan

HERE = Path(__file__).parent
GOLD, PLAN = HERE / "gold.jsonl", Path("plans/fushun")
OPEN, GOAL_MS = 1000, 20.0
"""How many open incidents a call is compared with, and within how many ms (p99)."""
_REMARK = "the calls were written by hand after patterns of real nights; none is a record of a real person."


class LabelledCall(BaseModel, extra="forbid"):
    """One line of the file."""

    group: str
    event: str
    reported_at: Moment
    lon: float
    lat: float
    event_type: str
    words: str
    sector: str = ""
    address: str = ""
    approximate: bool = False
    phone: str = ""
    hazard_source_id: str | None = None

    def told(self, plan: Plan) -> Told:
        """As the policy takes it."""
        sectors = [slug for slug, sector in plan.sectors.items() if self.event_type in sector.event_types]
        return Told(
            self.lon,
            self.lat,
            self.reported_at,
            self.sector or (sectors[0] if sectors else ""),
            self.event_type,
            self.words,
            self.address,
            self.approximate,
            self.hazard_source_id,
            frozenset([self.phone] if self.phone else []),
        )


@dataclass(frozen=True)
class Pair:
    """Two calls of a group; whether they are about one event."""

    earlier: LabelledCall
    later: LabelledCall

    @property
    def same(self) -> bool:
        """As the file says."""
        return self.earlier.event == self.later.event


@dataclass(frozen=True)
class Judged:
    """How one way of telling did: of the pairs it took for one event how many are (precision), and which share of all."""

    way: str
    pairs: int
    precision: float
    recall: float


def load(file: Path) -> list[LabelledCall]:
    """The calls of a file; raises ValueError naming the line."""
    calls = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                calls.append(LabelledCall.model_validate_json(line))
            except ValidationError as error:
                raise ValueError(f"{file}:{number}: {error}") from error
    return calls


def pairs(calls: Iterable[LabelledCall]) -> list[Pair]:
    """Every two calls of a group, the earlier first."""
    groups: dict[str, list[LabelledCall]] = {}
    for call in calls:
        groups.setdefault(call.group, []).append(call)
    return [
        Pair(one, other)
        for group in groups.values()
        for one, other in combinations(sorted(group, key=lambda call: call.reported_at), 2)
    ]


def halves(calls: Sequence[LabelledCall]) -> tuple[list[LabelledCall], list[LabelledCall]]:
    """The groups that weights were tuned on, and those held out."""
    names = list(dict.fromkeys(call.group for call in calls))
    tuned = set(names[::2])
    return [call for call in calls if call.group in tuned], [
        call for call in calls if call.group not in tuned
    ]


def judge(way: str, found: Sequence[Pair], is_same: Callable[[Pair], bool]) -> Judged:
    """Precision and recall of one way over these pairs."""
    taken = [pair for pair in found if is_same(pair)]
    right = sum(pair.same for pair in taken)
    all_same = sum(pair.same for pair in found)
    return Judged(way, len(found), right / max(len(taken), 1), right / max(all_same, 1))


def by_score(plan: Plan, least: float) -> Callable[[Pair], bool]:
    """Our way: a score from ``least`` on."""
    return lambda pair: score(pair, plan) >= least


def score(pair: Pair, plan: Plan) -> float:
    """The later call beside an incident as the earlier one told of it."""
    known = Known(**vars(pair.earlier.told(plan)))
    return compare(pair.later.told(plan), known, plan.intake).score


def by_rule(plan: Plan) -> Callable[[Pair], bool]:
    """The floor: the same kind, within distance and time."""
    rule = plan.intake.same_event
    assert rule.metres is not None and rule.minutes is not None
    metres, within = rule.metres, timedelta(minutes=rule.minutes)

    def same(pair: Pair) -> bool:
        one, other = pair.earlier, pair.later
        near = distance_m(one.lon, one.lat, other.lon, other.lat) <= metres
        return near and other.reported_at - one.reported_at <= within and one.event_type == other.event_type

    return same


def judged(calls: Sequence[LabelledCall], plan: Plan) -> list[Judged]:
    """The floor and our way at the scores that the plan proposes and joins from, and between."""
    rule, found = plan.intake.same_event, pairs(calls)
    scores = sorted({rule.proposed_from, 0.5, 0.9, *([rule.joins_from] if rule.joins_from else [])})
    ours = [judge(f"score ≥ {least:g}", found, by_score(plan, least)) for least in scores]
    return [judge("same kind, distance and time (floor)", found, by_rule(plan)), *ours]


@dataclass(frozen=True)
class Cost:
    """Milliseconds to compare one call with so many open incidents, all within reach."""

    way: str
    p50_ms: float
    p99_ms: float


def costs(calls: Sequence[LabelledCall], plan: Plan, samples: int) -> list[Cost]:
    """The floor and our way, each with every call in turn."""
    told = [call.told(plan) for call in calls]
    now, rule = datetime.now(UTC), plan.intake.same_event
    base = [replace(one, lon=123.9, lat=41.87, at=now) for one in told]
    known = [
        Known(
            **{**vars(base[number % len(base)]), "incident_id": str(number)},
        )
        for number in range(OPEN)
    ]
    known = [
        replace(one, lon=one.lon + (n % 40) * 2e-4, lat=one.lat + (n // 40) * 2e-4)
        for n, one in enumerate(known)
    ]

    def floor(one: Told) -> object:
        return [
            other
            for other in known
            if other.event_type == one.event_type
            and abs(other.at - one.at) <= timedelta(minutes=rule.minutes or 0)
            and distance_m(one.lon, one.lat, other.lon, other.lat) <= (rule.metres or 0)
        ]

    def ours(one: Told) -> object:
        return candidates(one, known, plan.intake)

    ways: dict[str, Callable[[Told], object]] = {"floor": floor, "score": ours}
    return [_cost(way, look, [base[n % len(base)] for n in range(samples)]) for way, look in ways.items()]


def _cost(way: str, look: Callable[[Told], object], told: Sequence[Told]) -> Cost:
    taken = []
    for one in told:
        began = time.perf_counter()
        look(replace(one, lon=one.lon + 4e-3))
        taken.append((time.perf_counter() - began) * 1000)
    return Cost(way, quantile(taken, 0.5), quantile(taken, 0.99))


def markdown(parts: dict[str, list[Judged]], cost: Sequence[Cost]) -> str:
    """Two tables."""
    lines = ["# Which calls are about one event", ""]
    lines += ["| calls | way | pairs | precision | recall |", "|---|---|---|---|---|"]
    lines += [
        f"| {part} | {one.way} | {one.pairs} | {one.precision:.3f} | {one.recall:.3f} |"
        for part, rows in parts.items()
        for one in rows
    ]
    floor, ours = cost
    lines += [
        "",
        f"| one call beside {OPEN:,} open incidents within reach | p50 (ms) | p99 (ms) |",
        "|---|---|---|",
    ]
    lines += [f"| {one.way} | {one.p50_ms:.2f} | {one.p99_ms:.2f} |" for one in cost]
    ratio = f"{ours.p99_ms / floor.p99_ms:.1f}"
    lines += ["", f"Scoring costs {ratio} × the floor (p99); the goal is p99 ≤ {GOAL_MS:g} ms."]
    return "\n".join(lines) + "\n"


def duplicates(
    file: Annotated[Path, typer.Argument(help="labelled calls, one a line as JSON")] = GOLD,
    plan: Annotated[Path, typer.Option(help="the plan whose distance, time and kinds count")] = PLAN,
    samples: Annotated[int, typer.Option(min=10)] = 500,
    save: Annotated[bool, typer.Option(help="write RESULTS.md, with gold.jsonl only")] = True,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Judge every pair of calls by each way, and time them."""
    console = Console(stderr=as_json)
    try:
        calls, rules = load(file), load_plan(plan)
    except (OSError, ValueError) as error:
        console.print(text("local.failed", reason=error), style="red", markup=False)
        raise typer.Exit(2) from None
    parts = {"all": judged(calls, rules)}
    if file == GOLD:
        tuned, held_out = halves(calls)
        parts |= {"tuned on": judged(tuned, rules), "held out": judged(held_out, rules)}
    cost = costs(calls, rules, samples)
    console.print(markdown(parts, cost), markup=False)
    if as_json:
        told = {part: [vars(one) for one in rows] for part, rows in parts.items()}
        json.dump({"judged": told, "cost": [vars(one) for one in cost]}, sys.stdout, ensure_ascii=False)
    if save and file == GOLD:
        made_by = f"\nMade by `python -m benchmarks.duplicates` on {os.cpu_count()} cores, {samples} samples each; {_REMARK}\n"
        (HERE / "RESULTS.md").write_text(markdown(parts, cost) + made_by, encoding="utf-8")


if __name__ == "__main__":
    typer.run(duplicates)
