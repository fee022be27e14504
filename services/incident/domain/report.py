"""接报: what may be reported at all, and the incident it opens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

from contracts.events.incident import IncidentReported, ReportChannel
from contracts.facts import Facts
from contracts.plan import Plan
from contracts.privacy import holds_number, mask
from contracts.refusals import RuleViolated
from contracts.values import Grade, Location
from services.incident.domain.facts import Answer, Statement

CLOCKS_MAY_DIFFER = timedelta(minutes=5)
"""How far ahead of ours the clock of whoever reports may be."""
LONGEST_TITLE = 200
OLDEST = timedelta(days=366)
"""An occurrence longer ago than this is taken for a slip of the pen; a year of statistics may be caught up."""

Whereabouts = Literal["inside", "near_edge", "outside"]


class OccurredInFuture(RuleViolated):
    """``occurred_at`` is later than now."""

    KEY = "report.occurred_in_future"


class StatedInFuture(RuleViolated):
    """``stated_at`` is later than now."""

    KEY = "update.stated_in_future"


class OccurredTooLongAgo(RuleViolated):
    """``occurred_at`` is more than a year ago."""

    KEY = "report.occurred_too_long_ago"


class OutsideJurisdiction(RuleViolated):
    """The place lies outside the node's jurisdiction (属地管理)."""

    KEY = "report.outside_jurisdiction"


class KindMissing(RuleViolated):
    """Sector and event type go together, and the plan does not say what a call without them is taken for."""

    KEY = "report.kind_missing"


class UnknownPlace(RuleViolated):
    """The plan has no such place without a node within this jurisdiction."""

    KEY = "report.unknown_place"


class NotOneOfThese(RuleViolated):
    """The jurisdiction that the operator chose is none of those that the place may lie in."""

    KEY = "report.not_one_of_these"


class UnknownHazardSource(RuleViolated):
    """The plan has no such hazard source."""

    KEY = "report.unknown_hazard_source"


@dataclass(frozen=True)
class Report:
    """One report without its caller, who is kept apart; phone and identity numbers in its texts are masked.

    ``original`` has the texts that were masked, as they came; it stays in this service's store.
    (``channel``, ``source_system``, ``external_reference``) name the source's own record: two sensors both
    count from "A-1".
    """

    report_id: str
    channel: ReportChannel
    sector: str
    event_type: str
    title: str
    description: str
    location: Location
    occurred_at: datetime
    reported_at: datetime
    facts: Facts
    external_reference: str | None = None
    source_system: str = ""
    hazard_source_id: str | None = None
    place: str | None = None
    approximate: bool = False
    """It happened only about there: the middle of something large, or where somebody saw it from."""
    original: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    lies_in: str | None = None
    """Which jurisdiction it lies in, as the operator chose near a border."""
    call_id: str | None = None
    """The parked call that turned out to be real."""

    @property
    def by_unit(self) -> bool:
        """Whether the unit where it happened reports it itself."""
        return self.channel == "enterprise"

    @property
    def statement(self) -> Statement:
        """What the report says of the facts."""
        return Statement(
            self.facts,
            self.channel,
            self.reported_at,
            self.description,
            report_id=self.report_id,
            answers=self.answers,
        )


def without_numbers(report: Report) -> Report:
    """The report as it may be shown and published."""
    texts = {"title": report.title, "description": report.description, "address": report.location.address}
    original = {name: text for name, text in texts.items() if holds_number(text)}
    return replace(
        report,
        title=mask(report.title),
        description=mask(report.description),
        location=report.location.model_copy(update={"address": mask(report.location.address)}),
        original=original,
    )


def title_of(location: Location, event_type: str, plan: Plan) -> str:
    """What a report is called until somebody says: where it is, and of what kind."""
    where = location.address or f"{location.lon:.5f}, {location.lat:.5f}"
    return f"{where} {plan.event_name(event_type)}"[:LONGEST_TITLE]


def check_occurrence(occurred_at: datetime, now: datetime) -> None:
    """Raise OccurredInFuture or OccurredTooLongAgo for an impossible time."""
    if occurred_at > now + CLOCKS_MAY_DIFFER:
        minutes = CLOCKS_MAY_DIFFER.seconds // 60
        raise OccurredInFuture("occurred_at", "occurred_in_future", given=occurred_at, minutes=minutes)
    if occurred_at < now - OLDEST:
        raise OccurredTooLongAgo("occurred_at", "occurred_too_long_ago", given=occurred_at, days=OLDEST.days)


def check_stated(stated_at: datetime | None, now: datetime, field: str = "stated_at") -> None:
    """Raise StatedInFuture, for the field named, for a statement that nobody can have made yet."""
    if stated_at is not None and stated_at > now + CLOCKS_MAY_DIFFER:
        minutes = CLOCKS_MAY_DIFFER.seconds // 60
        raise StatedInFuture(field, "stated_in_future", given=stated_at, minutes=minutes)


def check_place(location: Location, where: Whereabouts, place: str) -> bool:
    """Whether the jurisdiction is unsure (near a border); raises OutsideJurisdiction."""
    if where == "outside":
        raise OutsideJurisdiction(
            "location", "outside_jurisdiction", lon=location.lon, lat=location.lat, place=place
        )
    return where == "near_edge"


def check_named_place(place: str | None, plan: Plan, node: str) -> None:
    """Raise UnknownPlace for a township, subdistrict, zone or grid that is not one of this jurisdiction."""
    if place is not None and not (place in plan.places and plan.is_within(place, node)):
        raise UnknownPlace("place", "unknown_place", place=place)


def check_lies_in(chosen: str | None, unsure: bool, options: Sequence[str], plan: Plan, node: str) -> bool:
    """Whether the jurisdiction is still unsure once the operator chose; raises NotOneOfThese.

    Near a border it is, until somebody finds that it lies within this node; what was found to lie elsewhere stays here
    until that place has taken it over.
    """
    if chosen is None:
        return unsure
    if chosen not in options:
        known = "、".join(f"{plan.place_name(code)}（{code}）" for code in options) or "—"
        raise NotOneOfThese("lies_in", "not_one_of_these", chosen=chosen, known=known)
    return not plan.is_within(chosen, node)


def check_hazard_source(hazard_source_id: str | None, plan: Plan) -> None:
    """Raise UnknownHazardSource for one that is not in the plan, at whatever node: it may lie beside the border."""
    if hazard_source_id is not None and hazard_source_id not in plan.seed.hazard_sources:
        raise UnknownHazardSource("hazard_source_id", "unknown_hazard_source", source=hazard_source_id)


def incident_reported(
    report: Report, incident_id: str, node: str, unsure: bool, grade: Grade
) -> IncidentReported:
    """The fact that a report opened an incident."""
    return IncidentReported(
        incident_id=incident_id,
        jurisdiction=node,
        report_id=report.report_id,
        channel=report.channel,
        sector=report.sector,
        event_type=report.event_type,
        title=report.title,
        description=report.description,
        location=report.location,
        jurisdiction_unsure=unsure,
        occurred_at=report.occurred_at,
        reported_at=report.reported_at,
        facts=report.facts,
        grade=grade,
        hazard_source_id=report.hazard_source_id,
        place=report.place,
        lies_in=report.lies_in,
    )
