"""What merging, splitting and linking do to incidents, their reports and what was said of them.

Of two incidents the later is locked before the earlier, as wherever a statement is passed on: a merged one always
lies later than what it is merged into.
"""

from collections.abc import Collection

from contracts.events.incident import LinkKind
from services.incident.context import Context
from services.incident.domain import filed_report, merging
from services.incident.domain import report as report_domain
from services.incident.domain.filed_report import FiledReport, ReportStatus
from services.incident.domain.incident import Incident, check_version
from services.incident.domain.merging import Because, Link, Pair
from services.incident.ending import require_quiet
from services.incident.filing import join, open_with
from services.incident.publishing import publish
from services.incident.settling import settle
from services.incident.store import incidents, links, reports, teams_out
from shared.database import UnitOfWork


async def merge(
    unit: UnitOfWork,
    context: Context,
    which: tuple[str, int],
    into: str,
    teams_stay_out: bool,
    because: Because,
) -> Incident:
    """合并: an incident, by id and version, into an earlier one; the merged one as it is then.

    Raises NotFound, StaleVersion, StillActive, TeamsStillOut and what ``domain.merging.merge`` raises.
    """
    connection, node = unit.connection, context.node
    merging.check_direction(
        await incidents.require(connection, which[0]), await incidents.require(connection, into)
    )
    merged = await incidents.require(connection, which[0], lock=True)
    check_version(merged, which[1])
    pair = Pair(merged, await incidents.require(connection, into, lock=True))
    await require_quiet(unit, context, merged, teams_stay_out)
    said = await incidents.statements(connection, merged.incident_id)
    earlier = await incidents.statements(connection, into)
    filed = [one for one in await reports.of_incident(unit, merged.incident_id) if _counts(one)]
    joined = merging.merge(pair, said, earlier, len(filed), because, context.plan, node)
    for statement in joined.passed_on:
        await incidents.keep(unit, into, node, statement)
    await _move(unit, filed, into, "merged", because.by)
    await settle(unit, context, pair.into, joined.pair.into)
    saved = await settle(unit, context, merged, joined.pair.merged)
    await publish(unit, context, joined.events, because.by)
    return saved


async def unmerge(unit: UnitOfWork, context: Context, which: tuple[str, int], because: Because) -> Incident:
    """撤销合并: the incident goes on by itself, with its reports and what was said of it; as it is then.

    Raises NotFound, StaleVersion, and what ``domain.merging.undo`` raises.
    """
    connection, node = unit.connection, context.node
    merged = await incidents.require(connection, which[0], lock=True)
    check_version(merged, which[1])
    if merged.merged_into is None:
        raise merging.NotMerged(title=merged.title)
    into = await incidents.require(connection, merged.merged_into, lock=True)
    withdrawn = await incidents.withdraw(unit, into.incident_id, incidents.brought_by(merged.incident_id))
    remaining = await incidents.statements(connection, into.incident_id)
    going = filed_report.going_back(await reports.of_incident(unit, into.incident_id), merged.incident_id)
    out = bool(await teams_out.of_incident(connection, merged.incident_id, node))
    joined = merging.undo(
        Pair(merged, into), withdrawn, remaining, len(going), out, because, context.plan, node
    )
    await _move(unit, going, merged.incident_id, "unmerged", because.by)
    await settle(unit, context, into, joined.pair.into)
    saved = await settle(unit, context, merged, joined.pair.merged)
    await publish(unit, context, joined.events, because.by)
    return saved


async def split(
    unit: UnitOfWork, context: Context, which: tuple[str, int], chosen: Collection[str], because: Because
) -> Incident:
    """拆分: a new incident, opened by the earliest of the chosen reports, which the others join; the new one.

    Raises NotFound, StaleVersion, OutsideJurisdiction, and what ``domain.merging.check_split`` raises.
    """
    incident = await incidents.require(unit.connection, which[0], lock=True)
    check_version(incident, which[1])
    filed = sorted(
        [await reports.require(unit.connection, one, lock=True) for one in sorted(set(chosen))],
        key=lambda one: (one.report.reported_at, one.report.report_id),
    )
    merging.check_split(incident, filed, context.plan, context.node)
    ids = [one.report.report_id for one in filed]
    withdrawn = await incidents.withdraw(unit, incident.incident_id, incidents.made_by(ids))
    remaining = await incidents.statements(unit.connection, incident.incident_id)
    first = filed[0].report
    near = report_domain.check_place(first.location, context.locate(first.location), context.name)
    options = context.may_lie_in(first.location)
    unsure = report_domain.check_lies_in(first.lies_in, near, options, context.plan, context.node)
    opened = await open_with(unit, context, first, unsure, because.by)
    left, events = merging.split(
        incident, opened, filed, (withdrawn, remaining), because, context.plan, context.node
    )
    await settle(unit, context, incident, left)
    await links.add(unit, opened.incident_id, "split_from", incident.incident_id, because)
    await publish(unit, context, events, because.by)
    for one in filed[1:]:
        opened = await join(unit, context, opened, one.report, one.report.statement, because.by)
    await _move(unit, filed, opened.incident_id, "split", because.by)
    return opened


async def link(
    unit: UnitOfWork, context: Context, which: tuple[str, int], kind: LinkKind, other: str, because: Because
) -> Incident:
    """关联: the incident was caused by the other, or is part of it.

    Raises NotFound, StaleVersion, SameIncident, Circular, AlreadyLinked.
    """
    await links.take_turn(unit)
    incident = await incidents.require(unit.connection, which[0], lock=True)
    check_version(incident, which[1])
    far = await incidents.require(unit.connection, other)
    hangs = await links.hangs_on(unit.connection, other, incident.incident_id, kind)
    event = merging.link(incident, far, kind, hangs, because, context.node)
    if not await links.add(unit, incident.incident_id, kind, other, because):
        raise merging.AlreadyLinked(title=far.title)
    await publish(unit, context, [event], because.by)
    return incident


async def unlink(
    unit: UnitOfWork, context: Context, which: tuple[str, int], kind: LinkKind, other: str, because: Because
) -> Incident:
    """The link does not hold; raises NotFound, StaleVersion, NotLinked."""
    incident = await incidents.require(unit.connection, which[0], lock=True)
    check_version(incident, which[1])
    far, standing = await incidents.load(unit.connection, other), Link(incident.incident_id, kind, other)
    if not await links.remove(unit, standing):
        raise merging.NotLinked(other=other)
    event = merging.unlink(standing, far.title if far else other, because, context.node)
    await publish(unit, context, [event], because.by)
    return incident


async def _move(unit: UnitOfWork, filed: Collection[FiledReport], to: str, reason: str, by: str) -> None:
    for one in filed:
        command = "move" if one.status is ReportStatus.ATTACHED else "attach"
        await reports.save(unit, one.after_command(command, to, reason, by, unit.now))


def _counts(filed: FiledReport) -> bool:
    return filed.status is ReportStatus.ATTACHED
