"""Stream ``incident``: from the first report to the end, written by the incident service of a node."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from contracts.events.event import Event, Stream
from contracts.facts import Facts
from contracts.reasons import Reasoned
from contracts.values import (
    Grade,
    Id,
    JurisdictionCode,
    Line,
    Location,
    Moment,
    OwedBy,
    PlaceCode,
    Prose,
    ResponseLevel,
    Slug,
    Text,
    Value,
)

GradeBasis = Literal["table", "person", "assumed"]
"""By the plan's table, by a person with reason, or assumed until a person grades."""
ReportChannel = Literal["119", "110", "120", "12350", "walk_in", "enterprise", "partner", "sensor"]


Revision = Annotated[int, Field(ge=0, lt=2**31)]
"""The how many-th change of a value that several nodes may set (ADR 0015); 0: an older program didn't count."""


class IncidentSnapshot(Value):
    """Everything another node needs to open its own view of an incident."""

    incident_id: Id
    jurisdiction: JurisdictionCode
    sector: Slug
    event_type: str
    title: Line
    location: Location
    occurred_at: Moment
    reported_at: Moment
    facts: Facts
    grade: Grade
    place: PlaceCode | None = Field(
        default=None, description="township, subdistrict, zone or grid it lies in"
    )
    grade_revision: Revision = Field(default=0, description="of the grade, as the sender knows it")
    lead_revision: Revision = Field(default=0, description="of who commands, as the sender knows it")
    alarm_least: Annotated[int, Field(ge=1, le=5)] | None = Field(
        default=None, description="the alarm level it does not fall below any more; empty: there is no scale"
    )
    amendments: Revision = Field(default=0, description="how often its particulars were amended")


class IncidentEvent(Event):
    """A fact about one incident; no caller's name or number is ever in it."""

    STREAM: ClassVar = Stream.INCIDENT
    SUBJECT: ClassVar = "incident_id"

    incident_id: Id
    jurisdiction: JurisdictionCode


class Answer(Value):
    """What was answered to a question of the plan that is no fact, and how that reads in Chinese."""

    question: Slug
    answer: Annotated[bool, Field(strict=True)] | Annotated[float, Field(allow_inf_nan=False)] | Line
    words: Line


class IncidentReported(IncidentEvent):
    """接报: a report opened an incident."""

    NAME: ClassVar = "incident.reported"

    report_id: Id
    channel: ReportChannel
    sector: Slug
    event_type: str
    title: Line
    description: Prose = ""
    location: Location
    jurisdiction_unsure: bool = Field(default=False, description="the place lies near a border")
    occurred_at: Moment
    reported_at: Moment
    facts: Facts
    grade: Grade = Field(description="the first grade, by the plan's table at the time of the report")
    hazard_source_id: Id | None = None
    place: PlaceCode | None = Field(
        default=None, description="township, subdistrict, zone or grid it lies in"
    )
    answers: tuple[Answer, ...] = Field(default=(), description="to the plan's questions that are no facts")
    lies_in: JurisdictionCode | None = Field(
        default=None, description="as the operator chose among those near the border"
    )


class ReportMerged(Reasoned, IncidentEvent):
    """A later report of the same source record was merged into the incident."""

    NAME: ClassVar = "incident.report_merged"

    report_id: Id
    channel: ReportChannel
    reported_at: Moment


class ReportParked(IncidentEvent):
    """A report came for an incident that is over here; a person decides what becomes of it."""

    NAME: ClassVar = "incident.report_parked"

    report_id: Id
    channel: ReportChannel
    source_system: Annotated[Text, Field(max_length=200)] = Field(
        default="", description="the machine or system that reports, where one does"
    )
    reported_at: Moment
    incident_status: Literal["closed", "false_report"]


class ReportRefused(IncidentEvent):
    """A person found a parked report false, or abuse of the line; it stays on file."""

    NAME: ClassVar = "incident.report_refused"

    report_id: Id
    outcome: Literal["false", "abuse"]
    reason: Prose
    by: Line
    refused_at: Moment


class IncidentReopened(IncidentEvent):
    """A person opened an incident again that was over, because of a report that came for it."""

    NAME: ClassVar = "incident.reopened"

    report_id: Id
    reason: Prose
    by: Line
    reopened_at: Moment


class IncidentUpdated(IncidentEvent):
    """续报: new facts (生产安全事故报告和调查处理条例 art. 13)."""

    NAME: ClassVar = "incident.updated"

    facts: Facts
    statement: Prose = ""
    source: Line
    stated_at: Moment
    entered_at: Moment | None = Field(
        default=None,
        description="when the writing node took it in; of two of the same moment the later holds",
    )
    report_id: Id | None = Field(default=None, description="the report that said so, where one did")
    from_incident: Id | None = Field(
        default=None, description="it was said of that incident, which is merged into this one"
    )
    answers: tuple[Answer, ...] = Field(default=(), description="to the plan's questions that are no facts")


class IncidentMerged(IncidentEvent):
    """合并: it is the same event as ``into``, where it goes on; reports and facts count there."""

    NAME: ClassVar = "incident.merged"

    into: Id
    reason: Prose
    by: Line
    merged_at: Moment


class IncidentUnmerged(IncidentEvent):
    """撤销合并: it is an event of its own after all, and goes on with what was said of it."""

    NAME: ClassVar = "incident.unmerged"

    out_of: Id = Field(description="the incident it was merged into")
    responding: bool = Field(description="teams are out for it")
    reason: Prose
    by: Line
    unmerged_at: Moment


class IncidentAbsorbed(IncidentEvent):
    """Another incident was merged into this one; what was said of it follows as updates of this one."""

    NAME: ClassVar = "incident.absorbed"

    absorbed: Id
    title: Line = Field(description="of the absorbed incident")
    reports: int = Field(ge=0, description="how many reports of it count here now")
    reason: Prose
    by: Line
    absorbed_at: Moment


class AbsorptionUndone(IncidentEvent):
    """What was said of an absorbed incident does not count here any more: it is one of its own again."""

    NAME: ClassVar = "incident.absorption_undone"

    separated: Id
    title: Line = Field(description="of the incident that goes on by itself")
    reports: int = Field(ge=0, description="how many reports went with it")
    reason: Prose
    by: Line
    undone_at: Moment


class IncidentSplit(IncidentEvent):
    """拆分: these reports told of another event; they count there and not here any more."""

    NAME: ClassVar = "incident.split"

    opened: Id = Field(description="the new incident")
    title: Line = Field(description="of the new incident")
    reports: Annotated[tuple[Id, ...], Field(min_length=1, max_length=200)]
    reason: Prose
    by: Line
    split_at: Moment


LinkKind = Literal["caused_by", "part_of"]
"""How one incident hangs on another: a secondary disaster (次生、衍生事件, 突发事件应对法 art. 86), or part of a larger one."""


class IncidentLinked(IncidentEvent):
    """关联: this incident was caused by the other, or is part of it; each keeps its own life."""

    NAME: ClassVar = "incident.linked"

    kind: LinkKind
    other: Id
    other_title: Line
    reason: Prose
    by: Line
    linked_at: Moment


class IncidentUnlinked(IncidentEvent):
    """The link does not hold."""

    NAME: ClassVar = "incident.unlinked"

    kind: LinkKind
    other: Id
    other_title: Line
    reason: Prose
    by: Line
    unlinked_at: Moment


Particular = Literal["sector", "event_type", "title", "location", "place", "hazard_source_id"]
"""One of the particulars (接报要素) that say what an incident is and where; ``lies_in`` belongs to the location."""


class IncidentAmended(IncidentEvent):
    """更正接报要素: what it is, or where, is not what was reported first; all particulars as they stand now."""

    NAME: ClassVar = "incident.amended"

    sector: Slug
    event_type: str
    title: Line
    location: Location
    jurisdiction_unsure: bool = Field(default=False, description="the place lies near a border")
    hazard_source_id: Id | None = None
    place: PlaceCode | None = None
    lies_in: JurisdictionCode | None = Field(
        default=None, description="as somebody found among those near the border"
    )
    grade: Grade = Field(description="as it stands after the amendment")
    changed: Annotated[tuple[Particular, ...], Field(min_length=1)]
    by: Line
    amended_at: Moment
    amendments: Annotated[Revision, Field(ge=1, description="the how many-th amendment of the incident")]


class DecidingFact(Value):
    """A fact that decided a grade: its value reached the threshold (included, "以上")."""

    fact: Slug
    value: float | bool
    at_least: float
    unit: Line = Field(
        description="of value and threshold, as the plan says it; of a yes-or-no fact what holds"
    )


class IncidentGraded(IncidentEvent):
    """The grade, with the criterion that decided and its article, or the person and the reason."""

    NAME: ClassVar = "incident.graded"

    grade: Grade
    previous_grade: Grade | None = None
    criterion: str = Field(description="decided_by in Chinese words; empty when no criterion is met")
    article: str
    facts: Facts
    basis: GradeBasis = "table"
    graded_by: Annotated[Text, Field(max_length=200)] = Field(
        default="", description="the person who graded, where no table does"
    )
    reason: Prose = ""
    computed: Grade | None = Field(default=None, description="what the table says beside a person's grade")
    revision: Revision = 0
    decided_by: tuple[DecidingFact, ...] = Field(
        default=(), description="the criterion: all of these facts together; empty when none is met"
    )


class AlarmChanged(IncidentEvent):
    """火警等级变化: by the people in danger, or because the commander found the force insufficient."""

    NAME: ClassVar = "incident.alarm_changed"

    scale: Line = Field(description="what the plan calls it")
    level: int = Field(ge=1, le=5)
    previous_level: int = Field(ge=1, le=5)
    least: int = Field(ge=1, le=5, description="it does not fall below this any more, whatever is counted")
    people: int = Field(ge=0, description="in danger, as far as known")
    raised_by: Annotated[Text, Field(max_length=200)] = Field(
        default="", description="the commander; empty: by count"
    )
    reason: Prose = ""


class IncidentEscalated(IncidentEvent):
    """A county hands the lead upward because the grade asks for it; addressed to ``target``."""

    NAME: ClassVar = "incident.escalated"

    target: JurisdictionCode
    grade: Grade
    reason: Line
    article: str
    snapshot: IncidentSnapshot


class CommandAssumed(IncidentEvent):
    """The level above takes command; addressed to the county ``target``."""

    NAME: ClassVar = "incident.command_assumed"

    target: JurisdictionCode
    commander: Line
    assumed_at: Moment
    snapshot: IncidentSnapshot
    revision: Revision = 0


class ResponseActivated(IncidentEvent):
    """启动应急响应: matter, level, expected duration and measures, as 突发事件应对法 art. 72 asks."""

    NAME: ClassVar = "incident.response_activated"

    matter: Line
    level: ResponseLevel
    expected_duration_hours: float = Field(gt=0, le=24 * 365)
    measures: tuple[Line, ...] = Field(min_length=1)
    approved_by: Line
    activated_at: Moment


class ResponseEnded(IncidentEvent):
    """终止应急响应 (突发事件应对法 art. 86)."""

    NAME: ClassVar = "incident.response_ended"

    level: ResponseLevel
    reason: Line
    ended_at: Moment


DutyId = Annotated[
    Id | None, Field(description="the duty of this incident at this node; empty: an older program")
]


class ReportSubmitted(IncidentEvent):
    """A statutory report was sent upward; who got it has still to confirm it."""

    NAME: ClassVar = "incident.report_submitted"

    duty: Slug
    target: JurisdictionCode | None = Field(default=None, description="the node the report went to")
    recipient: Line
    recipients: tuple[Line, ...] = Field(default=(), description="everybody who got it")
    proof: Line = Field(description="reference of the sending, e.g. a document or fax number")
    submitted_at: Moment
    duty_id: DutyId = None


class ReportReceived(IncidentEvent):
    """回执: a statutory report arrived; with it the duty is discharged.

    Said by the node it went to and addressed to the one that owed it (``target``), or written down by the latter.
    """

    NAME: ClassVar = "incident.report_received"

    duty: Slug
    duty_id: Id
    target: JurisdictionCode | None = Field(default=None, description="the node whose report it was")
    received_by: Line
    receipt: Line = Field(
        description="reference of the confirmation, e.g. a number, or name and time of a call"
    )
    received_at: Moment


class ReportingDueSoon(IncidentEvent):
    """A share of the time for a report has run without one: whoever owes it is reminded."""

    NAME: ClassVar = "incident.reporting_due_soon"

    duty: Slug
    article: str
    owner: Annotated[Text, Field(max_length=200)] = Field(default="", description="who owes the report")
    recipient: Line
    recipients: tuple[Line, ...] = ()
    elapsed: float = Field(gt=0, lt=1, description="the share of the time that has run, as the plan says it")
    due_at: Moment
    noticed_at: Moment
    duty_id: DutyId = None
    owed_by: OwedBy = "government"


class ReportingOverdue(IncidentEvent):
    """The time for a report ran out (突发事件应对法 art. 61: no late report), or nobody has confirmed the report."""

    NAME: ClassVar = "incident.reporting_overdue"

    duty: Slug
    article: str
    recipient: Line
    recipients: tuple[Line, ...] = Field(default=(), description="everybody who has not got it")
    owner: Annotated[Text, Field(max_length=200)] = Field(default="", description="who owes the report")
    due_at: Moment
    noticed_at: Moment = Field(description="later than due_at by how late it was noticed")
    duty_id: DutyId = None
    owed_by: OwedBy = "government"
    sent_at: Moment | None = Field(default=None, description="it went out then, and nobody has confirmed it")


class IncidentNoted(IncidentEvent):
    """记事: what somebody of the watch wrote down, also to correct a line of the timeline, which stays as it is."""

    NAME: ClassVar = "incident.noted"

    note: Prose
    by: Line
    noted_at: Moment = Field(description="when it was seen or said; later than that it was entered")
    corrects: Annotated[Text, Field(max_length=500)] = Field(
        default="", description="the line of the writing node's timeline that is wrong, as it reads"
    )


class IncidentControlled(IncidentEvent):
    """现场得到控制."""

    NAME: ClassVar = "incident.controlled"

    statement: Prose = ""
    controlled_at: Moment


class IncidentClosed(IncidentEvent):
    """处置结束; ``outcome`` says how it ended."""

    NAME: ClassVar = "incident.closed"

    outcome: Literal["ended", "false_report"]
    statement: Prose = ""
    facts: Facts
    closed_at: Moment
    lead_revision: Revision | None = Field(
        default=None, description="with it command goes back to the origin; empty: it had not been taken"
    )
