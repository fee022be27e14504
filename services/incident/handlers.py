"""What other nodes and services say: mirrors of the levels below, command from above, lines of the timeline.

Everything about an incident becomes a line. What a level above says about incidents that never
concerned this node is not kept.
"""

from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement

from contracts.events import EVENTS, Event, Stream
from contracts.events.dispatch import LentTeam, OrderIssued, OrderStatus, StepUndone, TeamReleased
from contracts.events.incident import (
    AbsorptionUndone,
    AlarmChanged,
    CommandAssumed,
    IncidentAmended,
    IncidentClosed,
    IncidentControlled,
    IncidentEscalated,
    IncidentGraded,
    IncidentLinked,
    IncidentMerged,
    IncidentReopened,
    IncidentReported,
    IncidentSnapshot,
    IncidentSplit,
    IncidentUnlinked,
    IncidentUnmerged,
    IncidentUpdated,
    ReportReceived,
    ReportSubmitted,
    ResponseActivated,
    ResponseEnded,
)
from services.incident.context import Context
from services.incident.domain import alarm, grading, lead, mirror, particulars, submission
from services.incident.domain import incident as domain
from services.incident.domain import response as response_domain
from services.incident.domain.authority import require_authority
from services.incident.domain.due_report import TRANSITIONS, Receipt, follow_receipt
from services.incident.domain.facts import unlearn
from services.incident.domain.incident import Incident
from services.incident.domain.merging import Because, Link
from services.incident.passing_on import pass_on
from services.incident.publishing import publish
from services.incident.recording import record
from services.incident.settling import settle, settle_duties
from services.incident.store import due_reports, incidents, links, responses, submissions, teams_out
from shared import inbox
from shared.database import UnitOfWork
from shared.event_application import Handlers
from shared.ids import new_id
from shared.received import Received


async def on_reported(received: Received[IncidentReported], unit: UnitOfWork, context: Context) -> None:
    """A level below opened an incident: this node gets a mirror of it."""
    event = received.event
    if context.plan.is_within(event.jurisdiction, context.node):
        incident = await incidents.add_or_load(
            unit, alarm.with_alarm_of_facts(mirror.mirror(event), context.plan)
        )
        require_authority("report", event.jurisdiction, incident.origin, context.plan)
        await incidents.keep(unit, event.incident_id, event.jurisdiction, mirror.first_statement(event))
        await settle_duties(unit, context, incident)
        await record(received, unit, context)


async def on_updated(received: Received[IncidentUpdated], unit: UnitOfWork, context: Context) -> None:
    """New facts stated at another node, which may bring another grade or other duties."""
    event = received.event
    if incident := await _incident_spoken_of(received, unit, context, "update"):
        await incidents.keep(unit, event.incident_id, event.jurisdiction, mirror.statement_of(event))
        learnt = alarm.with_alarm_of_facts(mirror.follow_update(incident, event), context.plan)
        updated = await _verify_grade(unit, context, learnt)
        await _accept_decision(received, unit, context, incident, updated)
        await pass_on(unit, context, incident, mirror.statement_of(event), received.envelope.source)


async def on_amended(received: Received[IncidentAmended], unit: UnitOfWork, context: Context) -> None:
    """The origin set right what it is or where: grade and duties here follow."""
    if incident := await _incident_spoken_of(received, unit, context, "amend"):
        amended = particulars.with_amendment(incident, received.event, context.plan)
        verified = await _verify_grade(
            unit, context, alarm.with_alarm_of_facts(amended, context.plan), reclassified=True
        )
        await _accept_decision(received, unit, context, incident, verified)


async def on_graded(received: Received[IncidentGraded], unit: UnitOfWork, context: Context) -> None:
    """Another node graded: what is owed here changes, and a node that leads may have to hand it on."""
    event = received.event
    if incident := await _incident_spoken_of(received, unit, context, "grade"):
        graded, events = incident, list[Event]()
        if await inbox.is_newest(unit, received, "grade"):
            graded, events = lead.follow_grade(incident, event, context.plan, context.node)
        verified, more = await _verify_grade(unit, context, graded)
        await _accept_decision(received, unit, context, incident, (verified, [*events, *more]))


async def on_alarm_changed(received: Received[AlarmChanged], unit: UnitOfWork, context: Context) -> None:
    """Another node's word of the alarm level."""
    if incident := await _incident_spoken_of(received, unit, context, "alarm"):
        await incidents.save(unit, incident, alarm.follow(incident, received.event, context.plan))
    await record(received, unit, context)


async def on_escalated(received: Received[IncidentEscalated], unit: UnitOfWork, context: Context) -> None:
    """A level below hands the lead to this node: its own duties begin, and it may have to hand it on."""
    event, writer = received.event, received.envelope.jurisdiction
    if event.target != context.node:
        await record(received, unit, context)
        return
    require_authority("escalate", writer, event.snapshot.jurisdiction, context.plan)
    incident = await incidents.add_or_load(unit, _incident_from_snapshot(event.snapshot, context))
    require_authority("escalate", writer, incident.origin, context.plan)
    decision = lead.receive_escalation(incident, event, writer, context.plan, context.node)
    await _accept_decision(received, unit, context, incident, decision)


async def on_command_assumed(received: Received[CommandAssumed], unit: UnitOfWork, context: Context) -> None:
    """Another node commands now; an incident this node had not heard of is opened from the snapshot."""
    event = received.event
    require_authority("command", event.jurisdiction, event.snapshot.jurisdiction, context.plan)
    if event.target == context.node:
        await incidents.add_or_load(unit, _incident_from_snapshot(event.snapshot, context))
    if incident := await _incident_spoken_of(received, unit, context, "command"):
        if await inbox.is_newest(unit, received, "command"):
            await incidents.save(unit, incident, lead.follow_command(incident, event, context.plan))
        await record(received, unit, context)


async def on_response_activated(
    received: Received[ResponseActivated], unit: UnitOfWork, context: Context
) -> None:
    """Another node's response, kept as it was published; forces respond."""
    event = received.event
    if incident := await _incident_spoken_of(received, unit, context, "respond"):
        if await inbox.is_newest(unit, received, "status"):
            followed = mirror.follow(incident, "respond", event.jurisdiction, context.node)
            await incidents.save(unit, incident, followed)
        await responses.add(unit, response_domain.of_event(event, str(new_id())))
        await record(received, unit, context)


async def on_response_ended(received: Received[ResponseEnded], unit: UnitOfWork, context: Context) -> None:
    """Another node's response is over."""
    event = received.event
    running = await responses.running(unit.connection, event.incident_id, event.jurisdiction)
    if running is not None:
        ended, _ = response_domain.end(running, event.reason, event.ended_at)
        await responses.save(unit, ended)
    await record(received, unit, context)


async def on_controlled(received: Received[IncidentControlled], unit: UnitOfWork, context: Context) -> None:
    """The scene is under control, says another node."""
    incident = await _incident_spoken_of(received, unit, context, "control")
    await _follow(received, unit, context, incident, "control")


async def on_closed(received: Received[IncidentClosed], unit: UnitOfWork, context: Context) -> None:
    """Another node closed its part; if it commanded, command goes back to the origin, which answers for the grade."""
    event = received.event
    if incident := await _incident_spoken_of(received, unit, context, "close"):
        followed = incident
        if await inbox.is_newest(unit, received, "status"):
            ending = "close" if event.outcome == "ended" else "dismiss"
            followed = mirror.follow(incident, ending, event.jurisdiction, context.node)
        if await inbox.is_newest(unit, received, "command"):
            followed = lead.follow_release(followed, event, context.plan)
        await _accept_decision(
            received, unit, context, incident, await _verify_grade(unit, context, followed)
        )
    else:
        await record(received, unit, context)


async def on_reopened(received: Received[IncidentReopened], unit: UnitOfWork, context: Context) -> None:
    """Another node opened its part again."""
    incident = await _incident_spoken_of(received, unit, context, "reopen")
    await _follow(received, unit, context, incident, "reopen")


async def on_merged(received: Received[IncidentMerged], unit: UnitOfWork, context: Context) -> None:
    """The node below found it to be the same event as another one: it goes on there."""
    event = received.event
    if incident := await _incident_spoken_of(received, unit, context, "merge"):
        if await inbox.is_newest(unit, received, "status"):
            await settle(unit, context, incident, mirror.follow_merge(incident, event, context.node))
        await record(received, unit, context)


async def on_unmerged(received: Received[IncidentUnmerged], unit: UnitOfWork, context: Context) -> None:
    """It is an event of its own after all, with its own duties."""
    event = received.event
    if incident := await _incident_spoken_of(received, unit, context, "merge"):
        if await inbox.is_newest(unit, received, "status"):
            await settle(unit, context, incident, mirror.follow_unmerge(incident, event, context.node))
        await record(received, unit, context)


async def on_absorption_undone(
    received: Received[AbsorptionUndone], unit: UnitOfWork, context: Context
) -> None:
    """What was said of the other incident does not count here any more."""
    if incident := await _incident_spoken_of(received, unit, context, "merge"):
        await _without(received, unit, context, incident, incidents.brought_by(received.event.separated))


async def on_split(received: Received[IncidentSplit], unit: UnitOfWork, context: Context) -> None:
    """What some reports said does not count here any more, but at an incident of its own."""
    event = received.event
    if incident := await _incident_spoken_of(received, unit, context, "split"):
        because = Because(event.reason, event.by, event.split_at)
        await links.add(unit, event.opened, "split_from", event.incident_id, because)
        await _without(received, unit, context, incident, incidents.made_by(event.reports))


async def on_linked(received: Received[IncidentLinked], unit: UnitOfWork, context: Context) -> None:
    """Another node links it; whether this node knows the other incident does not matter."""
    event = received.event
    if await _incident_spoken_of(received, unit, context, "link"):
        because = Because(event.reason, event.by, event.linked_at)
        await links.add(unit, event.incident_id, event.kind, event.other, because)
        await record(received, unit, context)


async def on_unlinked(received: Received[IncidentUnlinked], unit: UnitOfWork, context: Context) -> None:
    """Another node takes a link back."""
    event = received.event
    if await _incident_spoken_of(received, unit, context, "link"):
        await links.remove(unit, Link(event.incident_id, event.kind, event.other))
        await record(received, unit, context)


async def on_report_submitted(
    received: Received[ReportSubmitted], unit: UnitOfWork, context: Context
) -> None:
    """A level below reported to this node: somebody here has to confirm that it arrived."""
    event = received.event
    await _incident_spoken_of(received, unit, context, "submit")
    if event.target == context.node and event.duty_id is not None:
        await submissions.save(unit, submission.of_event(event, event.duty_id))
    await record(received, unit, context)


async def on_report_received(received: Received[ReportReceived], unit: UnitOfWork, context: Context) -> None:
    """The node that a report of this one went to confirms it; a duty that is over meanwhile stays as it is."""
    event = received.event
    act = "receive" if event.target else "submit"
    if await _incident_spoken_of(received, unit, context, act) and event.target == context.node:
        standing = await due_reports.of_incident(unit.connection, event.incident_id, lock=True)
        receipt = Receipt(event.received_by, event.receipt)
        done = [
            follow_receipt(due_report, receipt, event.received_at)
            for due_report in standing
            if due_report.duty_id == event.duty_id and (due_report.status, "receive") in TRANSITIONS
        ]
        await due_reports.save_all(unit, done)
    await record(received, unit, context)


async def on_order_issued(received: Received[OrderIssued], unit: UnitOfWork, context: Context) -> None:
    """Forces are on their way: the incident is being responded to."""
    incident = await incidents.load(unit.connection, received.event.incident_id, lock=True)
    await _hold(received, unit, out=True)
    await _follow(received, unit, context, incident, "respond")


async def on_team_moved(
    received: Received[TeamReleased] | Received[StepUndone], unit: UnitOfWork, context: Context
) -> None:
    """A team goes home, or did not after all."""
    event = received.event
    if isinstance(event, TeamReleased):
        await _hold(received, unit, out=False)
    elif event.undone is OrderStatus.RELEASED:
        await _hold(received, unit, out=True)
    await record(received, unit, context)


async def on_lent_team(received: Received[LentTeam], unit: UnitOfWork, context: Context) -> None:
    """A lent team as the node that commands tells; that node itself has heard it from the lender."""
    if received.envelope.jurisdiction != context.node:
        await record(received, unit, context)


async def _hold(received: Received[Any], unit: UnitOfWork, out: bool) -> None:
    newest = await inbox.is_newest(unit, received, "out")
    await teams_out.save(unit, received.event, out if newest else None)


async def _follow(
    received: Received[Any], unit: UnitOfWork, context: Context, incident: Incident | None, command: str
) -> None:
    writer = received.envelope.jurisdiction
    if incident is not None and await inbox.is_newest(unit, received, "status"):
        await settle(unit, context, incident, mirror.follow(incident, command, writer, context.node))
    await record(received, unit, context)


def _incident_from_snapshot(snapshot: IncidentSnapshot, context: Context) -> Incident:
    return alarm.with_alarm_of_facts(mirror.from_snapshot(snapshot), context.plan)


async def _incident_spoken_of(
    received: Received[Any], unit: UnitOfWork, context: Context, act: str
) -> Incident | None:
    """The incident spoken of, locked; None when this node has none. Raises NoAuthority."""
    incident = await incidents.load(unit.connection, received.event.incident_id, lock=True)
    if incident is not None:
        require_authority(act, received.envelope.jurisdiction, incident.origin, context.plan)
    return incident


async def _verify_grade(
    unit: UnitOfWork, context: Context, incident: Incident, reclassified: bool = False
) -> domain.Decision:
    """The grade as this node sees it, where it commands and answers for it."""
    if incident.lead.jurisdiction != context.node:
        return incident, []
    said = await incidents.statements(unit.connection, incident.incident_id)
    return grading.verify(incident, said, context.plan, context.node, reclassified)


async def _without(
    received: Received[Any],
    unit: UnitOfWork,
    context: Context,
    incident: Incident,
    which: ColumnElement[bool],
) -> None:
    """The incident without some statements, graded anew where this node answers for the grade."""
    withdrawn = await incidents.withdraw(unit, incident.incident_id, which)
    remaining = await incidents.statements(unit.connection, incident.incident_id)
    left = replace(incident, known=unlearn(incident.known, withdrawn, remaining))
    decision = await _verify_grade(unit, context, alarm.with_alarm_of_facts(left, context.plan))
    await _accept_decision(received, unit, context, incident, decision)


async def _accept_decision(
    received: Received[Any], unit: UnitOfWork, context: Context, before: Incident, decision: domain.Decision
) -> None:
    """What was heard takes effect, is a line of the timeline, and what follows from it is published."""
    after, events = decision
    await settle(unit, context, before, after)
    await record(received, unit, context)
    await publish(unit, context, events, received.envelope.source)


_ABOUT_INCIDENTS = {
    Stream.INCIDENT,
    Stream.CONSULTATION,
    Stream.DISPATCH,
    Stream.RESOURCE,
    Stream.WARNING,
    Stream.WARNING_DRAFT,
    Stream.DELIVERY,
}
_LINES: dict[type[Event], Any] = {
    event: record
    for event in EVENTS
    if event.STREAM in _ABOUT_INCIDENTS and "incident_id" in event.model_fields
}
HANDLERS: Handlers[Context] = {
    **_LINES,
    IncidentReported: on_reported,
    IncidentAmended: on_amended,
    IncidentUpdated: on_updated,
    IncidentGraded: on_graded,
    AlarmChanged: on_alarm_changed,
    IncidentEscalated: on_escalated,
    CommandAssumed: on_command_assumed,
    ResponseActivated: on_response_activated,
    ResponseEnded: on_response_ended,
    IncidentControlled: on_controlled,
    IncidentClosed: on_closed,
    IncidentReopened: on_reopened,
    IncidentMerged: on_merged,
    IncidentUnmerged: on_unmerged,
    AbsorptionUndone: on_absorption_undone,
    IncidentSplit: on_split,
    IncidentLinked: on_linked,
    IncidentUnlinked: on_unlinked,
    ReportSubmitted: on_report_submitted,
    ReportReceived: on_report_received,
    OrderIssued: on_order_issued,
    TeamReleased: on_team_moved,
    StepUndone: on_team_moved,
    LentTeam: on_lent_team,
}
