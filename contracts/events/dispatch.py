"""Stream ``dispatch``: recommendations, orders and support of teams, written by the dispatch service."""

from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from contracts.events.event import Event, Stream
from contracts.reasons import Reasoned
from contracts.values import Grade, Id, JurisdictionCode, Line, Location, Moment, Slug, Text, Value

Remark = Annotated[Text, Field(max_length=200)]
"""One line that may be empty."""


class OrderStatus(StrEnum):
    """How far a team is with an order; every status but the last holds the team."""

    ISSUED = "issued"
    ACKNOWLEDGED = "acknowledged"
    DEPARTED = "departed"
    ARRIVED = "arrived"
    RELEASED = "released"


class ReleaseCause(StrEnum):
    """Why an order ends.

    任务完成; 撤销 (not needed any more); 换防 (another team takes over); 故障减员 (the team can't go on);
    出借方撤回 (the node that lent it takes it back); 增援归还 (the node that asked gives it back).
    """

    COMPLETED = "completed"
    STOOD_DOWN = "stood_down"
    RELIEVED = "relieved"
    BROKEN_DOWN = "broken_down"
    RECALLED = "recalled"
    RETURNED = "returned"


RecommendationCause = Literal["reported", "amended", "graded", "command", "asked"]
"""What brought it: the report, other particulars, another grade, command assumed, a person."""


class Pick(Reasoned, Value):
    """One team chosen for one slot of the run card, and why."""

    team_id: Id
    team_name: Line
    jurisdiction: JurisdictionCode
    capability: Slug
    distance_m: float = Field(ge=0, description="straight line times the plan's detour factor")
    eta_seconds: float = Field(ge=0)


class Shortfall(Reasoned, Value):
    """What the run card asks for and nobody can give, and why."""

    capability: Slug
    missing: int = Field(ge=1)


class DispatchEvent(Event):
    """A fact about forces sent to one incident."""

    STREAM: ClassVar = Stream.DISPATCH
    incident_id: Id
    jurisdiction: JurisdictionCode


class Recommended(DispatchEvent):
    """调派建议: the nearest suitable teams for a run card, with reasons and shortfalls."""

    NAME: ClassVar = "dispatch.recommended"
    SUBJECT: ClassVar = "incident_id"

    recommendation_id: Id
    run_card: Line
    grade: Grade
    picks: tuple[Pick, ...]
    shortfalls: tuple[Shortfall, ...] = ()
    counted: tuple[Id, ...] = Field(
        default=(), description="teams with the incident already, whoever sent them, that fill slots"
    )
    version: int = Field(default=1, ge=1, description="the how many-th of the node for this incident")
    cause: RecommendationCause = "reported"
    asked_by: Remark = ""
    recommended_at: Moment


class OrderEvent(DispatchEvent):
    """A fact about one order to one team; a receiver compares ``order_no`` and ignores lower ones."""

    SUBJECT: ClassVar = "order_id"

    order_id: Id
    order_no: int = Field(ge=1, description="rises with every order to the same team")
    team_id: Id
    team_name: Line


class StepEvent(OrderEvent):
    """A step of an order; its time may have been entered later, with the reason (radio, no signal)."""

    entered_at: Moment | None = Field(default=None, description="when it was entered, if not when it was")
    entered_by: Remark = ""
    entered_because: Remark = ""


class OrderIssued(OrderEvent):
    """派警: a team is ordered to an incident and must acknowledge in time."""

    NAME: ClassVar = "dispatch.order_issued"

    task: Line
    destination: Location
    commanded_by: JurisdictionCode = Field(description="the node on whose behalf the order is given")
    issued_by: Line
    issued_at: Moment
    acknowledge_by: Moment
    capabilities: tuple[Slug, ...] = Field(default=(), description="of the team; empty: not told")
    request_id: Id | None = Field(default=None, description="the request for support it answers")
    override: Remark = Field(default="", description="why others are sent than were recommended")


class OrderAcknowledged(StepEvent):
    """接令."""

    NAME: ClassVar = "dispatch.acknowledged"

    acknowledged_at: Moment


class AcknowledgementOverdue(OrderEvent):
    """The team did not acknowledge in time."""

    NAME: ClassVar = "dispatch.acknowledgement_overdue"

    due_at: Moment
    noticed_at: Moment


class TeamDeparted(StepEvent):
    """出动."""

    NAME: ClassVar = "dispatch.departed"

    departed_at: Moment


class TeamArrived(StepEvent):
    """到场."""

    NAME: ClassVar = "dispatch.arrived"

    arrived_at: Moment


class TeamReleased(StepEvent):
    """归队: the team is free again."""

    NAME: ClassVar = "dispatch.released"

    reason: Line
    cause: ReleaseCause | None = Field(default=None, description="empty: an older program did not tell")
    released_at: Moment


class StepUndone(OrderEvent):
    """撤销误报: the last step was entered by mistake; the order stands as before it."""

    NAME: ClassVar = "dispatch.step_undone"

    undone: OrderStatus
    status: OrderStatus = Field(description="how the order stands now")
    by: Line
    undone_at: Moment


class DestinationChanged(OrderEvent):
    """改变目的地: the team goes elsewhere for the same incident."""

    NAME: ClassVar = "dispatch.destination_changed"

    destination: Location
    reason: Remark = ""
    by: Line
    changed_at: Moment


class LentTeam(OrderEvent):
    """增援队伍动态: how another node's team stands, retold by the node that commands it.

    For those who do not hear the lender: the incident's own county of a team of another county.
    """

    NAME: ClassVar = "dispatch.lent_team"

    lender: JurisdictionCode
    task: Line
    capabilities: tuple[Slug, ...] = ()
    destination: Location
    status: OrderStatus
    issued_at: Moment
    acknowledge_by: Moment
    overdue_noticed_at: Moment | None = None
    acknowledged_at: Moment | None = None
    departed_at: Moment | None = None
    arrived_at: Moment | None = None
    released_at: Moment | None = None
    cause: ReleaseCause | None = None


class SupportEvent(DispatchEvent):
    """A fact about one request for another node's teams."""

    SUBJECT: ClassVar = "request_id"

    request_id: Id
    target: JurisdictionCode = Field(description="the node the fact is addressed to")


class SupportRequested(SupportEvent):
    """请求增援: addressed to the node asked."""

    NAME: ClassVar = "dispatch.support_requested"

    capability: Slug
    count: int = Field(ge=1, le=1000)
    destination: Location
    task: Line
    requested_by: Line
    requested_at: Moment
    answer_by: Moment | None = Field(
        default=None, description="then the next lender is asked; empty: no limit"
    )
    follows: Id | None = Field(
        default=None, description="the request to another lender that left this missing"
    )


class SupportOffered(SupportEvent):
    """同意增援: orders were issued to these teams; addressed to the node that asked. Several offers add up."""

    NAME: ClassVar = "dispatch.support_offered"

    team_ids: tuple[Id, ...] = Field(min_length=1)
    missing: int = Field(ge=0, description="how many of those asked for could not be given")
    offered_by: Remark = Field(default="", description="the person who agreed; empty: by the plan's policy")
    offered_at: Moment


class SupportDeclined(Reasoned, SupportEvent):
    """无法增援, or no more than was offered; addressed to the node that asked."""

    NAME: ClassVar = "dispatch.support_declined"

    declined_at: Moment


class SupportWithdrawn(Reasoned, SupportEvent):
    """撤回请求: what is still missing is not needed of this lender any more; addressed to the node asked."""

    NAME: ClassVar = "dispatch.support_withdrawn"

    withdrawn_at: Moment


class SupportOverdue(SupportEvent):
    """逾时未答复: the node asked did not answer in time; said by the node that asked."""

    NAME: ClassVar = "dispatch.support_overdue"

    missing: int = Field(ge=1)
    due_at: Moment
    noticed_at: Moment


class SupportReturned(Reasoned, SupportEvent):
    """归还增援: the node that asked gives teams back; the lender releases them. Addressed to the lender."""

    NAME: ClassVar = "dispatch.support_returned"

    team_ids: tuple[Id, ...] = Field(min_length=1)
    returned_at: Moment


class SupportRecalled(SupportEvent):
    """撤回增援: the lender takes teams back, they are released; addressed to the node that asked."""

    NAME: ClassVar = "dispatch.support_recalled"

    team_ids: tuple[Id, ...] = Field(min_length=1)
    reason: Line
    recalled_at: Moment


class TeamTransferred(Event):
    """队伍转隶: a team is on another roster now, told by the level above both; the old roster lets it go."""

    STREAM: ClassVar = Stream.DISPATCH
    NAME: ClassVar = "dispatch.team_transferred"
    SUBJECT: ClassVar = "team_id"

    team_id: Id
    jurisdiction: JurisdictionCode
    target: JurisdictionCode = Field(description="the node whose roster it leaves")
    to: JurisdictionCode
    registered_at: Moment
