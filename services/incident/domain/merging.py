"""合并、拆分、关联: two incidents that are one event, one that is two, and those that hang together.

The earlier of two stays: from its first report the reporting times of 条例 art. 9 run. Facts are joined as a later
report of the same event joins: statement by statement, so that each can be taken back again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from contracts.events import Event
from contracts.events.incident import (
    AbsorptionUndone,
    IncidentAbsorbed,
    IncidentLinked,
    IncidentMerged,
    IncidentSplit,
    IncidentUnlinked,
    IncidentUnmerged,
    LinkKind,
)
from contracts.plan import Plan
from contracts.refusals import Refusal, RuleViolated
from contracts.state_machine import advance
from services.incident.domain import grading
from services.incident.domain.facts import Statement, said, unlearn
from services.incident.domain.filed_report import TRANSITIONS as REPORT_TRANSITIONS
from services.incident.domain.filed_report import FiledReport
from services.incident.domain.incident import OPEN, TRANSITIONS, Decision, Incident
from services.incident.domain.lead import escalate, require_command
from services.incident.domain.particulars import NotReportedHere


class SameIncident(RuleViolated):
    """An incident is not merged into itself, nor linked to itself."""

    KEY = "merging.same_incident"


class EarlierStays(RuleViolated):
    """The incident that was reported first stays, for its reporting times run on."""

    KEY = "merging.earlier_stays"


class NotOpen(Refusal):
    """The incident that is to stay is over."""

    STATUS = 409
    KEY = "merging.not_open"


class NotMerged(Refusal):
    """The incident is not merged into another one."""

    STATUS = 409
    KEY = "merging.not_merged"


class MergedOn(Refusal):
    """The incident that it was merged into was itself merged since; that is undone first."""

    STATUS = 409
    KEY = "merging.merged_on"


class NotItsReport(RuleViolated):
    """A report to be split off is not one of this incident, as it counts now."""

    KEY = "merging.not_its_report"


class OpeningReportStays(RuleViolated):
    """The report that opened an incident stays with it; the others can be split off."""

    KEY = "merging.opening_report_stays"


class CameWithMerged(RuleViolated):
    """A report came with a merged incident; it goes back with that."""

    KEY = "merging.came_with_merged"


class Circular(RuleViolated):
    """The other incident already hangs on this one."""

    KEY = "merging.circular"


class AlreadyLinked(Refusal):
    """The link is there."""

    STATUS = 409
    KEY = "merging.already_linked"


class NotLinked(Refusal):
    """There is no such link."""

    STATUS = 404
    KEY = "merging.not_linked"


@dataclass(frozen=True)
class Because:
    """Who decided that, why and when."""

    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Pair:
    """An incident, and the one that it is merged into."""

    merged: Incident
    into: Incident


@dataclass(frozen=True)
class Joined:
    """Both after a merger or its undoing, what happened, and the statements that count at ``into`` from now on."""

    pair: Pair
    events: list[Event]
    passed_on: tuple[Statement, ...] = ()


def check_direction(merged: Incident, into: Incident) -> None:
    """Raise SameIncident, or EarlierStays where the one that is to go was reported first."""
    if merged.incident_id == into.incident_id:
        raise SameIncident("into", "same_incident")
    if (into.reported_at, into.incident_id) > (merged.reported_at, merged.incident_id):
        raise EarlierStays("into", "earlier_stays", first=merged.title, later=into.title)


def merge(
    pair: Pair,
    told: Sequence[Statement],
    earlier: Sequence[Statement],
    reports: int,
    because: Because,
    plan: Plan,
    node: str,
) -> Joined:
    """The later is merged into the earlier, which learns what was ``told`` of it, with the ``reports`` it has.

    Raises NotReportedHere, NotInCommand, SameIncident, EarlierStays, NotOpen, RefusedTransition.
    """
    merged, into = pair.merged, pair.into
    check_direction(merged, into)
    for one in (merged, into):
        _require_origin(one, plan, node)
    require_command(merged, node)
    if into.status not in OPEN:
        raise NotOpen(title=into.title)
    status = advance(TRANSITIONS, merged.status, "merge")
    passed_on = tuple(_as_passed_on(one, merged) for one in told if said(one))
    learnt, updates = grading.learn_all(into, passed_on, earlier, plan, node)
    gone = replace(merged, status=status, merged_into=into.incident_id)
    return Joined(Pair(gone, learnt), [*_merger(pair, reports, because, node), *updates], passed_on)


def _merger(pair: Pair, reports: int, because: Because, node: str) -> list[Event]:
    """The merger as each of the two tells it."""
    merged = IncidentMerged(
        incident_id=pair.merged.incident_id,
        jurisdiction=node,
        into=pair.into.incident_id,
        reason=because.reason,
        by=because.by,
        merged_at=because.at,
    )
    absorbed = IncidentAbsorbed(
        incident_id=pair.into.incident_id,
        jurisdiction=node,
        absorbed=pair.merged.incident_id,
        title=pair.merged.title,
        reports=reports,
        reason=because.reason,
        by=because.by,
        absorbed_at=because.at,
    )
    return [merged, absorbed]


def pass_on(
    merged: Incident,
    into: Incident,
    statement: Statement,
    earlier: Sequence[Statement],
    plan: Plan,
    node: str,
) -> tuple[Incident, list[Event], Statement]:
    """What is said of a merged incident counts where it is merged into, also when that is closed meanwhile.

    Where that was false it changes nothing: (as it was, no event, the statement as it would count).
    """
    passed = _as_passed_on(statement, merged)
    if (into.status, "update") not in TRANSITIONS:
        return into, [], passed
    learnt, events = grading.learn_all(into, [passed], earlier, plan, node)
    return learnt, events, passed


def undo(
    pair: Pair,
    withdrawn: Sequence[Statement],
    remaining: Sequence[Statement],
    reports: int,
    responding: bool,
    because: Because,
    plan: Plan,
    node: str,
) -> Joined:
    """撤销合并: the merged one goes on by itself; at the other, what was said of it does not count any more.

    ``responding``: teams are out for it. Raises NotReportedHere, MergedOn, RefusedTransition.
    """
    merged, into = pair.merged, pair.into
    _require_origin(merged, plan, node)
    status = advance(TRANSITIONS, merged.status, "unmerge")
    if into.merged_into is not None:
        raise MergedOn(title=into.title)
    if responding:
        status = advance(TRANSITIONS, status, "respond")
    left, graded = without(into, withdrawn, remaining, plan, node)
    again, escalated = escalate(replace(merged, status=status, merged_into=None), plan, node)
    told = _separation(pair, reports, responding, because, node)
    return Joined(Pair(again, left), [*told, *graded, *escalated])


def _separation(pair: Pair, reports: int, responding: bool, because: Because, node: str) -> list[Event]:
    """The undoing as each of the two tells it."""
    unmerged = IncidentUnmerged(
        incident_id=pair.merged.incident_id,
        jurisdiction=node,
        out_of=pair.into.incident_id,
        responding=responding,
        reason=because.reason,
        by=because.by,
        unmerged_at=because.at,
    )
    undone = AbsorptionUndone(
        incident_id=pair.into.incident_id,
        jurisdiction=node,
        separated=pair.merged.incident_id,
        title=pair.merged.title,
        reports=reports,
        reason=because.reason,
        by=because.by,
        undone_at=because.at,
    )
    return [unmerged, undone]


def without(
    incident: Incident, withdrawn: Sequence[Statement], remaining: Sequence[Statement], plan: Plan, node: str
) -> Decision:
    """The incident without statements that do not count any more, graded anew unless it was false."""
    left = replace(incident, known=unlearn(incident.known, withdrawn, remaining))
    if (left.status, "update") not in TRANSITIONS:
        return left, []
    return grading.regrade(left, remaining, plan, node)


def check_split(incident: Incident, chosen: Sequence[FiledReport], plan: Plan, node: str) -> None:
    """Raise NotReportedHere, NotItsReport, OpeningReportStays, CameWithMerged, RefusedTransition."""
    _require_origin(incident, plan, node)
    if incident.merged_into is not None:
        raise MergedOn(title=incident.title)
    advance(TRANSITIONS, incident.status, "update")
    for filed in chosen:
        report = filed.report
        if filed.incident_id != incident.incident_id or (filed.status, "move") not in REPORT_TRANSITIONS:
            raise NotItsReport("reports", "not_its_report", report=report.report_id)
        if report.reported_at == incident.reported_at:
            raise OpeningReportStays("reports", "opening_report_stays", title=report.title)
        if filed.lineage[-1].reason == "merged":
            raise CameWithMerged("reports", "came_with_merged", title=report.title)


def split(
    incident: Incident,
    opened: Incident,
    chosen: Sequence[FiledReport],
    statements: tuple[Sequence[Statement], Sequence[Statement]],
    because: Because,
    plan: Plan,
    node: str,
) -> Decision:
    """拆分: the chosen reports tell of the incident ``opened`` with the first of them, and do not count here any more.

    ``statements``: those that the reports made, and the remaining ones.
    """
    event = IncidentSplit(
        incident_id=incident.incident_id,
        jurisdiction=node,
        opened=opened.incident_id,
        title=opened.title,
        reports=tuple(filed.report.report_id for filed in chosen),
        reason=because.reason,
        by=because.by,
        split_at=because.at,
    )
    withdrawn, remaining = statements
    left, graded = without(incident, withdrawn, remaining, plan, node)
    return left, [event, *graded]


@dataclass(frozen=True)
class Link:
    """How one incident hangs on another one."""

    incident_id: str
    kind: LinkKind
    other: str


def link(
    incident: Incident, other: Incident, kind: LinkKind, hangs: bool, because: Because, node: str
) -> Event:
    """关联; ``hangs``: the other hangs on this one already, directly or by others. Raises SameIncident, Circular."""
    if incident.incident_id == other.incident_id:
        raise SameIncident("other", "same_incident")
    if hangs:
        raise Circular("other", "circular", title=other.title)
    return IncidentLinked(
        incident_id=incident.incident_id,
        jurisdiction=node,
        kind=kind,
        other=other.incident_id,
        other_title=other.title,
        reason=because.reason,
        by=because.by,
        linked_at=because.at,
    )


def unlink(standing: Link, title: str, because: Because, node: str) -> Event:
    """The link, to an incident of that title, does not hold."""
    return IncidentUnlinked(
        incident_id=standing.incident_id,
        jurisdiction=node,
        kind=standing.kind,
        other=standing.other,
        other_title=title,
        reason=because.reason,
        by=because.by,
        unlinked_at=because.at,
    )


def _as_passed_on(statement: Statement, merged: Incident) -> Statement:
    return replace(statement, from_incident=merged.incident_id)


def _require_origin(incident: Incident, plan: Plan, node: str) -> None:
    if incident.origin != node:
        raise NotReportedHere(origin=plan.place_name(incident.origin))
