"""Tables and plots of the results."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl
from matplotlib import pyplot

from benchmarks.chain.load import Outcome, quantile

mpl.use("svg")


LATENCY_GOALS, RATE_GOALS = "≤ 2.5, in the end ≤ 1.5", "≥ 5, in the end ≥ 10"


@dataclass(frozen=True)
class Result:
    """One contender: the outcomes at the reference rates, and the highest rate with p99 within the limit."""

    name: str
    references: Sequence[Outcome]
    highest_rate: float


def markdown(results: Sequence[Result]) -> str:
    """The table and its ratios."""
    lines = [
        "# Chain: report → recommendation and warning draft",
        "",
        "| contender | rate (1/s) | p50 (ms) | p99 (ms) | refused | not ended in 15 s | CPU of its processes per report (ms) |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [_row(result.name, outcome) for result in results for outcome in result.references]
    lines += ["", "| contender | highest rate with p99 ≤ 50 ms (1/s) |", "|---|---|"]
    lines += [f"| {result.name} | {result.highest_rate:g} |" for result in results]
    by_name = {result.name: result for result in results}
    if {"floor", "liandong", "tutorial"} <= by_name.keys():
        lines += ["", *_ratios(by_name["liandong"], by_name["floor"], by_name["tutorial"])]
    return "\n".join(lines) + "\n"


def _row(name: str, outcome: Outcome) -> str:
    quantiles = f"{outcome.quantile(0.5):.1f} | {outcome.quantile(0.99):.1f}"
    return f"| {name} | {outcome.rate:g} | {quantiles} | {outcome.refused} | {outcome.lost} | {outcome.cpu_ms:.1f} |"


def _ratios(ours: Result, floor: Result, tutorial: Result) -> list[str]:
    tails = [
        f"- p99 at {own.rate:g}/s: {own.quantile(0.99) / other.quantile(0.99):.2f} × floor"
        for own, other in zip(ours.references, floor.references, strict=True)
    ]
    tails[-1] += f" (goal at 100/s now {LATENCY_GOALS})"
    tails += [
        f"- CPU per report at {own.rate:g}/s: {own.cpu_ms / other.cpu_ms:.2f} × floor (goal at 100/s ≤ 1.5)"
        for own, other in zip(ours.references, floor.references, strict=True)
    ]
    rate = (
        f"{ours.highest_rate / tutorial.highest_rate:.1f} × tutorial"
        if tutorial.highest_rate
        else "the tutorial way keeps within 50 ms at no rate, because each poll of 100 ms is longer"
    )
    return [*tails, f"- highest rate: {rate} (goal now {RATE_GOALS})"]


def figure(results: list[Result], file: Path) -> None:
    """The share of chains that took longer than a time, at the first reference rate."""
    shares = [1 - 0.5**step for step in range(1, 11)]
    plot, axes = pyplot.subplots(figsize=(7, 4))
    for result in results:
        axes.plot(
            [quantile(result.references[0].latencies, share) for share in shares],
            [1 - share for share in shares],
            marker="o",
            label=result.name,
        )
    axes.set(
        xscale="log", yscale="log", xlabel="ms from the scheduled send time", ylabel="share that took longer"
    )
    axes.grid(visible=True, which="both", alpha=0.3)
    axes.set_title(f"{results[0].references[0].rate:g} reports a second")
    axes.legend()
    plot.savefig(file, metadata={"Date": None})
