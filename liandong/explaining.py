"""What the scoring of like events would do with recorded calls, and why; nothing is sent anywhere."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from contracts.geo import distance_m
from contracts.messages import text
from contracts.plan import Plan
from contracts.values import LOCAL
from liandong.intake import EPOCH, Entry
from services.incident.policy.duplicates import Known, Match, Told, candidates, within

Verdict = Literal["same_record", "joins", "proposed", "new", "unreadable"]
NEWEST_INCIDENTS, NEWEST_CALLS = 1000, 3
"""As many as the service compares a call with."""


@dataclass(frozen=True)
class Explained:
    """One call: whether it is another record of the source's own, would join by itself, be proposed, or open its own."""

    entry: Entry
    verdict: Verdict
    other: int | None = None
    match: Match | None = None

    def row(self) -> dict[str, Any]:
        """As a line of the file."""
        report, match = self.entry.report or {}, self.match
        return {
            "record": self.entry.number,
            "at": self.entry.at.isoformat() if self.entry.at else None,
            "title": report.get("title", self.entry.reason),
            "verdict": self.verdict,
            "with": self.other,
            "score": match.score if match else None,
            "metres": round(match.metres) if match else None,
            "why": [_reason(one.reason, one.value, one.bits) for one in match.evidence] if match else [],
        }


def _reason(reason: str, value: object, bits: float) -> str:
    return f"{bits:+.0f} {text(f'similar.{reason}', value=value)}"


def explain(entries: Sequence[Entry], plan: Plan, advance: Callable[[], None]) -> Iterator[Explained]:
    """Every call in its order, compared with those before it as the service compares it with open incidents.

    A call that would be proposed opens an incident of its own here, for nobody is there to decide.
    """
    calls = defaultdict[str, list[Known]](list)
    records, opened = dict[str, str](), dict[str, int]()
    for entry in entries:
        yield _explained(entry, plan, calls, records, opened)
        advance()


def _explained(
    entry: Entry,
    plan: Plan,
    calls: dict[str, list[Known]],
    records: dict[str, str],
    opened: dict[str, int],
) -> Explained:
    report = entry.report
    if report is None:
        return Explained(entry, "unreadable")
    told, reference = _told(entry, report, plan), report["external_reference"]
    found: Explained
    if reference in records:
        incident = records[reference]
        found = Explained(entry, "same_record", opened[incident])
    else:
        match = next(iter(candidates(told, _near(told, calls, plan), plan.intake)), None)
        joins = plan.intake.same_event.joins_from
        other = opened[match.incident_id] if match else None
        if match and joins is not None and match.score >= joins:
            incident, found = match.incident_id, Explained(entry, "joins", other, match)
        else:
            incident = str(entry.number)
            opened[incident] = entry.number
            found = Explained(entry, "proposed" if match else "new", other, match)
    records[reference] = incident
    calls[incident].append(Known(**vars(told), incident_id=incident))
    return found


def _near(told: Told, calls: dict[str, list[Known]], plan: Plan) -> Iterator[Known]:
    rule, left = plan.intake.same_event, NEWEST_INCIDENTS
    reach = within(rule, rule.proposed_from, approximate=True)
    for known in reversed(list(calls.values())):
        first, newest = known[0], known[-1]
        if left and distance_m(told.lon, told.lat, first.lon, first.lat) <= reach:
            left -= 1
            yield replace(first, at=newest.at)
            yield from known[-NEWEST_CALLS:]


def _told(entry: Entry, report: dict[str, Any], plan: Plan) -> Told:
    location, at = report["location"], entry.at or EPOCH
    slug, _ = plan.sector(report["sector"])
    phone = report.get("caller", {}).get("phone")
    return Told(
        location["lon"],
        location["lat"],
        at.replace(tzinfo=LOCAL),
        slug,
        report["event_type"],
        f"{report['title']} {report['description']}",
        location["address"],
        report["approximate"],
        None,
        frozenset([phone] if phone else []),
    )
