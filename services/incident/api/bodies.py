"""What comes in over HTTP; unknown fields are refused."""

from typing import Annotated, Any, Literal

from fastapi import Path, Query
from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from contracts.events.consultation import Position, ProposedWarning, SupportRequest
from contracts.events.incident import LinkKind, ReportChannel
from contracts.facts import Facts
from contracts.values import (
    Grade,
    Id,
    JurisdictionCode,
    Line,
    Location,
    Moment,
    PlaceCode,
    Prose,
    ResponseLevel,
    Slug,
    Text,
    Value,
)
from services.incident.domain.filed_report import Outcome
from services.incident.domain.incident import IncidentStatus

PathId = Annotated[Id, Path(description="id")]
Limit = Annotated[int, Query(ge=1, le=200)]
After = Annotated[Text, Query(max_length=100, description="only what stands behind this id")]
Minutes = Annotated[float, Field(gt=0, le=60 * 24 * 30, allow_inf_nan=False)]
Hours = Annotated[float, Field(gt=0, le=24 * 365, allow_inf_nan=False)]
Reason = Annotated[Line, Field(pattern=r"\S")]


class CallerPlaceBody(Value):
    """Where whoever reports is, which may be somewhere else than what they report: as they say it, or on the map."""

    words: Annotated[Text, Field(max_length=200)] = ""
    lon: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)] | None = None
    lat: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] | None = None

    @model_validator(mode="after")
    def _has_both_or_neither(self) -> "CallerPlaceBody":
        if (self.lon is None) != (self.lat is None):
            raise PydanticCustomError("half_a_place", "lon and lat go together")
        return self

    @property
    def kept(self) -> dict[str, Any] | None:
        """As it is kept; None when nothing is known."""
        told = self.model_dump(exclude_none=True, exclude_defaults=True)
        return told or None


class CallerBody(Value):
    """Who reports, how to call back, and where they are; kept apart, masked in the audit log, never in an event."""

    name: Annotated[Text, Field(max_length=100)] | None = Field(
        default=None, json_schema_extra={"personal": True}
    )
    phone: Annotated[Text, Field(max_length=40)] | None = Field(
        default=None, json_schema_extra={"personal": True}
    )
    place: CallerPlaceBody | None = Field(default=None, json_schema_extra={"personal": True})


Answers = Annotated[
    dict[Slug, Annotated[bool, Field(strict=True)] | Annotated[float, Field(allow_inf_nan=False)] | Line],
    Field(max_length=100, description="to the plan's questions that are no facts, by their names"),
]


class ReportBody(Value):
    """接报: one report of one caller or system."""

    channel: ReportChannel
    sector: Line | None = Field(
        default=None, description="with the event type; left out: what the plan takes such a call for"
    )
    event_type: Line | None = None
    title: Reason | None = Field(default=None, description="left out: made of place and kind")
    description: Prose = ""
    location: Location
    occurred_at: Moment | None = Field(default=None, description="now, if nobody can say")
    facts: Facts = Facts()
    caller: CallerBody | None = Field(default=None, json_schema_extra={"personal": True})
    external_reference: Annotated[Id, Field(description="the source's own number of this record")] | None = (
        None
    )
    source_system: (
        Annotated[
            Line,
            Field(description="which machine or system's number that is; a system token adds its own name"),
        ]
        | None
    ) = None
    hazard_source_id: Id | None = None
    place: PlaceCode | None = Field(
        default=None, description="township, subdistrict, zone or grid of the plan"
    )
    incident_id: Id | None = Field(
        default=None,
        description="the incident that it is about, where whoever takes it knows; else a new one",
    )
    approximate: bool = Field(default=False, description="the place is only about there")
    lies_in: JurisdictionCode | None = Field(
        default=None, description="which one it lies in, where it is near a border and somebody knows"
    )
    answers: Answers = Field(default_factory=dict)
    call_id: Id | None = Field(
        default=None,
        description="the call that was parked and is real after all; its number is this report's",
    )
    if_similar: Literal["open", "join"] = Field(
        default="open",
        description="join: without incident_id, join the open incident that it is about as likely as the plan asks for",
    )

    @field_validator("location")
    @classmethod
    def _is_no_blank_address(cls, location: Location) -> Location:
        """An address may be left out; blanks in its place are a slip of whoever fills the form."""
        if location.address and not location.address.strip():
            raise PydanticCustomError("blank", "the address is blank")
        return location


class DispositionBody(Value):
    """A person's decision on a parked report; the reason goes on record."""

    decision: Outcome
    reason: Annotated[Prose, Field(min_length=1, pattern=r"\S")]


class VersionBody(Value):
    """A command on an incident; ``version`` is the one it was given on, if that is to be checked."""

    version: int | None = None


class UpdateBody(Value):
    """续报: new facts, as they were stated; ``version`` is the one that the person looked at."""

    version: int
    facts: Facts = Facts()
    answers: Answers = Field(default_factory=dict)
    statement: Prose = ""
    source: Reason
    stated_at: Moment | None = Field(
        default=None, description="when it was stated or seen; now, if not given"
    )


class ParticularsBody(Value):
    """更正接报要素: what is not given stays; ``version`` is the one that the person looked at."""

    version: int
    sector: Line | None = None
    event_type: Line | None = None
    title: Reason | None = None
    location: Location | None = None
    place: PlaceCode | None = Field(default=None, description="with a location: none, if not given")
    hazard_source_id: Id | None = Field(default=None, description="with a location: none, if not given")
    lies_in: JurisdictionCode | None = Field(default=None, description="with a location: none, if not given")


class NoteBody(Value):
    """记事; to set a line of the timeline right, its number."""

    note: Annotated[Prose, Field(min_length=1, pattern=r"\S")]
    noted_at: Moment | None = Field(default=None, description="when it was seen or said; now, if not given")
    corrects: Annotated[int, Field(ge=1, lt=2**63)] | None = Field(default=None, description="entry_id")


class CommandBody(VersionBody):
    """Taking command."""

    commander: Reason


class GradeBody(VersionBody):
    """人工定级, where the plan has no table or beside its grade; the reason goes on record."""

    grade: Grade
    reason: Annotated[Prose, Field(min_length=1, pattern=r"\S")]


class BoardQuery(Value):
    """Which incidents the board shows; what is not given does not narrow it."""

    open: bool | None = Field(default=None, description="not yet over at this node")
    status: IncidentStatus | None = None
    sector: Slug | None = None
    grade: Grade | None = None
    origin: JurisdictionCode | None = Field(default=None, description="where it was reported")
    commanded_by: JurisdictionCode | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    after: Annotated[Text, Field(max_length=100, description="only what stands behind this id")] = ""


class AlarmBody(VersionBody):
    """力量不足: one alarm level more; the reason goes on record."""

    reason: Annotated[Prose, Field(min_length=1, pattern=r"\S")]


class ReceiptBody(Value):
    """回执: proof that a statutory report arrived."""

    received_by: Annotated[Reason, Field(description="who confirms it, and of which office")]
    receipt: Annotated[Reason, Field(description="its number, or name and time of a call")]


class SubmissionBody(Value):
    """Proof that a statutory report was sent, and that it arrived, if that is known already."""

    duty: Annotated[Id, Field(description="the duty's id, or its name: the last one of that name")]
    recipient: Line | None = Field(default=None, description="the plan's recipient, if not another one")
    proof: Annotated[Line, Field(description="reference of the sending, e.g. a document or fax number")]
    receipt: ReceiptBody | None = None


class DutyReceiptBody(ReceiptBody):
    """回执 for a report of this node, as who got it told the watch."""

    duty: Annotated[Id, Field(description="the duty's id, or its name: the last one of that name")]


class StatementBody(VersionBody):
    """A command with a statement of how things stand."""

    statement: Prose = ""


class CloseBody(StatementBody):
    """How it ended. ``teams_stay_out``: whoever closes knows that teams are out; they stay so until released."""

    outcome: Literal["ended", "false_report"] = "ended"
    teams_stay_out: bool = False


class DecisionBody(Value):
    """A person's decision on an incident as it stood at ``version``; the reason goes on record."""

    version: int
    reason: Annotated[Prose, Field(min_length=1, pattern=r"\S")]


class MergeBody(DecisionBody):
    """合并: the incident is the same event as ``into``, which was reported before it."""

    into: Id
    teams_stay_out: bool = Field(
        default=False,
        description="whoever merges knows that teams are out for it; they stay so until released",
    )


class SplitBody(DecisionBody):
    """拆分: these reports tell of another event."""

    reports: Annotated[tuple[Id, ...], Field(min_length=1, max_length=200)]


class LinkBody(DecisionBody):
    """关联: the incident was caused by the other, or is part of it."""

    kind: LinkKind
    other: Id


class ResponseBody(Value):
    """What 突发事件应对法 art. 72 asks a response to state; what is missing is refused by that article."""

    level: ResponseLevel
    matter: Line | None = None
    expected_duration_hours: Hours | None = None
    measures: Annotated[tuple[Line, ...], Field(max_length=100)] = ()


class EndBody(Value):
    """Ending a response is an act with a reason (art. 86)."""

    reason: Reason


class ConveneBody(Value):
    """召集会商; without ``departments`` the plan's matrix of sector × grade invites."""

    matter: Reason
    brief: Prose = ""
    chair: Reason | None = Field(default=None, description="the plan's chair of the grade, if not named")
    chair_account: Id | None = Field(
        default=None, description="who concludes; else the role the plan gives the chair"
    )
    deputy_account: Id | None = Field(default=None, description="who concludes in place of the chair")
    departments: Annotated[tuple[Slug, ...], Field(max_length=100)] | None = None
    opinion_minutes: Minutes | None = None


class OpinionBody(Value):
    """部门意见."""

    position: Position
    opinion: Prose


class TaskBody(Value):
    """A task with its owner, due in so many minutes from now."""

    department: Slug
    action: Reason
    due_minutes: Minutes


class ConclusionBody(Value):
    """会商结论 and what it sets in motion."""

    conclusion: Annotated[Prose, Field(min_length=1)]
    tasks: Annotated[tuple[TaskBody, ...], Field(max_length=100)] = ()
    response_level: ResponseLevel | None = None
    expected_duration_hours: Hours | None = Field(default=None, description="the plan's, if not stated")
    warning: ProposedWarning | None = None
    support: Annotated[tuple[SupportRequest, ...], Field(max_length=50)] = ()
