"""Tables and plots of the results."""

from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl
from matplotlib import pyplot

from benchmarks.chain.load import Outcome, quantile

mpl.use("svg")


@dataclass(frozen=True)
class Result:
    """One contender: the outcome at 100/s, and the highest rate with p99 within the limit."""

    name: str
    reference: Outcome
    highest_rate: float


def markdown(results: list[Result]) -> str:
    """The table with its two ratios."""
    by_name = {result.name: result for result in results}
    lines = [
        "# Chain: report → recommendation and warning draft",
        "",
        "| contender | p50 at 100/s (ms) | p99 at 100/s (ms) | lost | highest rate with p99 ≤ 50 ms (1/s) |",
        "|---|---|---|---|---|",
    ]
    for result in results:
        outcome = result.reference
        quantiles = f"{outcome.quantile(0.5):.1f} | {outcome.quantile(0.99):.1f}"
        lines.append(
            f"| {result.name} | {quantiles} | {outcome.lost + outcome.refused} | {result.highest_rate:g} |"
        )
    if {"floor", "liandong", "tutorial"} <= by_name.keys():
        ours, floor, tutorial = (by_name[name] for name in ("liandong", "floor", "tutorial"))
        tail = ours.reference.quantile(0.99) / floor.reference.quantile(0.99)
        rate = ours.highest_rate / tutorial.highest_rate if tutorial.highest_rate else float("inf")
        ratios = (
            f"p99 at 100/s: {tail:.2f} × floor (goal now ≤ 2.5, in the end ≤ 1.5). "
            f"Highest rate: {rate:.1f} × tutorial (goal now ≥ 5, in the end ≥ 10); ∞ where the tutorial way "
            "holds the limit at no rate."
        )
        lines += ["", ratios]
    return "\n".join(lines) + "\n"


def figure(results: list[Result], file: Path) -> None:
    """The share of chains that took longer than a time, at 100/s."""
    shares = [1 - 0.5**step for step in range(1, 11)]
    plot, axes = pyplot.subplots(figsize=(7, 4))
    for result in results:
        axes.plot(
            [quantile(result.reference.latencies, share) for share in shares],
            [1 - share for share in shares],
            marker="o",
            label=result.name,
        )
    axes.set(
        xscale="log", yscale="log", xlabel="ms from the scheduled send time", ylabel="share that took longer"
    )
    axes.grid(visible=True, which="both", alpha=0.3)
    axes.legend()
    plot.savefig(file, metadata={"Date": None})
