"""Stream ``dispatch``: recommendations, orders and support of teams, written by the dispatch service."""

from typing import ClassVar

from pydantic import Field

from contracts.events.event import Event, Stream
from contracts.values import Grade, Id, JurisdictionCode, Line, Location, Moment, Slug, Value


class Pick(Value):
    """One team chosen for one slot of the run card, and why."""

    team_id: Id
    team_name: Line
    jurisdiction: JurisdictionCode
    capability: Slug
    distance_m: float = Field(ge=0, description="straight line times the plan's detour factor")
    eta_seconds: float = Field(ge=0)
    reason: Line


class Shortfall(Value):
    """What the run card asks for and nobody can give, and why."""

    capability: Slug
    missing: int = Field(ge=1)
    reason: Line


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
    recommended_at: Moment


class OrderEvent(DispatchEvent):
    """A fact about one order to one team; a receiver compares ``order_no`` and ignores lower ones."""

    SUBJECT: ClassVar = "order_id"

    order_id: Id
    order_no: int = Field(ge=1, description="rises with every order to the same team")
    team_id: Id
    team_name: Line


class OrderIssued(OrderEvent):
    """派警: a team is ordered to an incident and must acknowledge in time."""

    NAME: ClassVar = "dispatch.order_issued"

    task: Line
    destination: Location
    commanded_by: JurisdictionCode = Field(description="the node on whose behalf the order is given")
    issued_by: Line
    issued_at: Moment
    acknowledge_by: Moment


class OrderAcknowledged(OrderEvent):
    """接令."""

    NAME: ClassVar = "dispatch.acknowledged"

    acknowledged_at: Moment


class AcknowledgementOverdue(OrderEvent):
    """The team did not acknowledge in time."""

    NAME: ClassVar = "dispatch.acknowledgement_overdue"

    due_at: Moment
    noticed_at: Moment


class TeamDeparted(OrderEvent):
    """出动."""

    NAME: ClassVar = "dispatch.departed"

    departed_at: Moment


class TeamArrived(OrderEvent):
    """到场."""

    NAME: ClassVar = "dispatch.arrived"

    arrived_at: Moment


class TeamReleased(OrderEvent):
    """归队: the team is free again."""

    NAME: ClassVar = "dispatch.released"

    reason: Line
    released_at: Moment


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


class SupportOffered(SupportEvent):
    """同意增援: orders were issued to these teams; addressed to the node that asked."""

    NAME: ClassVar = "dispatch.support_offered"

    team_ids: tuple[Id, ...] = Field(min_length=1)
    missing: int = Field(ge=0, description="how many of those asked for could not be given")
    offered_at: Moment


class SupportDeclined(SupportEvent):
    """无法增援; addressed to the node that asked."""

    NAME: ClassVar = "dispatch.support_declined"

    reason: Line
    declined_at: Moment
