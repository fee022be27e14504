"""The tables; times are timestamps with time zone, identifiers text."""

from datetime import datetime
from typing import Any

from sqlalchemy import ARRAY, Column, Computed, DateTime, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


def _moment(nullable: bool = False) -> Any:  # noqa: ANN401 - SQLModel's own Field
    return Field(default=None, sa_type=DateTime(timezone=True), nullable=nullable)


class TeamRow(SQLModel, table=True):
    """A team of this node, as the resources service registered it.

    ``out_because``: why it can't be sent though nothing holds it: ``off_duty`` by the roster, else ``broken_down`` here.
    ``left_at``: since when it is on another roster, or on none.
    """

    __tablename__ = "team"
    __table_args__ = (Index("team_able", "capabilities", postgresql_using="gin"),)

    team_id: str = Field(primary_key=True, sa_type=Text)
    jurisdiction: str = Field(sa_type=Text)
    name: str = Field(sa_type=Text)
    kind: str = Field(sa_type=Text)
    team_class: str = Field(sa_type=Text)
    capabilities: list[str] = Field(sa_type=ARRAY(Text))
    crew: int
    lon: float
    lat: float
    address: str = Field(sa_type=Text)
    registered_at: datetime = _moment()
    call_sign: str = Field(sa_type=Text)
    last_order_no: int
    broken_down: str = Field(sa_type=Text)
    off_duty: str = Field(sa_type=Text)
    out_because: str = Field(
        sa_column=Column(
            Text,
            Computed("CASE WHEN off_duty <> '' THEN off_duty ELSE broken_down END", persisted=True),
            nullable=False,
        )
    )
    left_at: datetime | None = _moment(nullable=True)


class TeamElsewhereRow(SQLModel, table=True):
    """The roster of a linked node that a team was last registered on."""

    __tablename__ = "team_elsewhere"

    team_id: str = Field(primary_key=True, sa_type=Text)
    jurisdiction: str = Field(sa_type=Text)
    registered_at: datetime = _moment()


class IncidentViewRow(SQLModel, table=True):
    """What this service needs to know of an incident."""

    __tablename__ = "incident_view"

    incident_id: str = Field(primary_key=True, sa_type=Text)
    origin: str = Field(sa_type=Text)
    sector: str = Field(sa_type=Text)
    event_type: str = Field(sa_type=Text)
    title: str = Field(sa_type=Text)
    lon: float
    lat: float
    address: str = Field(sa_type=Text)
    grade: str = Field(sa_type=Text)
    grade_revision: int
    grade_set_by: str = Field(sa_type=Text)
    grade_by_person: bool
    lead: str = Field(sa_type=Text)
    lead_revision: int
    lead_set_by: str = Field(sa_type=Text)
    amendments: int


class IncidentPartRow(SQLModel, table=True):
    """What a node said of the end of its part of an incident. It may come before the incident."""

    __tablename__ = "incident_part"

    incident_id: str = Field(primary_key=True, sa_type=Text)
    node: str = Field(primary_key=True, sa_type=Text)
    ended_at: datetime | None = _moment(nullable=True)
    reopened_at: datetime | None = _moment(nullable=True)


class ConcernRow(SQLModel, table=True):
    """An incident concerns a department: it is consulted on it, or has a task in it. It may come before the incident."""

    __tablename__ = "concern"
    __table_args__ = (Index("concern_of_department", "department", "incident_id"),)

    incident_id: str = Field(primary_key=True, sa_type=Text)
    department: str = Field(primary_key=True, sa_type=Text)


class RecommendationRow(SQLModel, table=True):
    """One of this node's recommendations for an incident, numbered."""

    __tablename__ = "recommendation"
    __table_args__ = (Index("recommendation_version", "incident_id", "version", unique=True),)

    recommendation_id: str = Field(primary_key=True, sa_type=Text)
    incident_id: str = Field(sa_type=Text)
    grade: str = Field(sa_type=Text)
    run_card: str = Field(sa_type=Text)
    picks: list[Any] = Field(sa_type=JSONB)
    shortfalls: list[Any] = Field(sa_type=JSONB)
    counted: list[str] = Field(sa_type=ARRAY(Text))
    version: int
    cause: str = Field(sa_type=Text)
    asked_by: str = Field(sa_type=Text)
    recommended_at: datetime = _moment()


class _OrderColumns(SQLModel):
    """What is kept of an order, whoever gave it."""

    order_id: str = Field(primary_key=True, sa_type=Text)
    order_no: int
    team_id: str = Field(sa_type=Text)
    team_name: str = Field(sa_type=Text)
    jurisdiction: str = Field(sa_type=Text)
    incident_id: str = Field(sa_type=Text)
    task: str = Field(sa_type=Text)
    lon: float | None
    lat: float | None
    address: str = Field(sa_type=Text)
    commanded_by: str = Field(sa_type=Text)
    issued_by: str = Field(sa_type=Text)
    issued_at: datetime | None = _moment(nullable=True)
    acknowledge_by: datetime | None = _moment(nullable=True)
    capabilities: list[str] = Field(sa_type=ARRAY(Text))
    request_id: str | None = Field(sa_type=Text)
    status: str = Field(sa_type=Text)
    overdue_noticed_at: datetime | None = _moment(nullable=True)
    acknowledged_at: datetime | None = _moment(nullable=True)
    departed_at: datetime | None = _moment(nullable=True)
    arrived_at: datetime | None = _moment(nullable=True)
    released_at: datetime | None = _moment(nullable=True)
    release_reason: str = Field(sa_type=Text)
    release_cause: str | None = Field(sa_type=Text)


_LIVE = text("released_at IS NULL")


class OrderRow(_OrderColumns, table=True):
    """An order to a team of this node. ``one_live_order`` is the double-booking fence."""

    __tablename__ = "team_order"
    __table_args__ = (
        Index("one_live_order", "team_id", unique=True, postgresql_where=_LIVE),
        Index("live_order", "order_id", postgresql_where=_LIVE),
        Index("order_of_incident", "incident_id", "order_id"),
        Index(
            "order_unacknowledged",
            "acknowledge_by",
            postgresql_where=text("status = 'issued' AND overdue_noticed_at IS NULL"),
        ),
    )

    before: str | None = Field(sa_type=Text)
    entered_at: datetime | None = _moment(nullable=True)


class ForeignOrderRow(_OrderColumns, table=True):
    """The view of another node's order, from whatever was heard of it first."""

    __tablename__ = "foreign_order"
    __table_args__ = (
        Index("foreign_order_of_incident", "incident_id", "order_id"),
        Index("foreign_order_of_team", "team_id", "order_no"),
    )

    superseded: bool


class SupportRow(SQLModel, table=True):
    """A request for another node's teams: asked by this node, or of it."""

    __tablename__ = "support_request"
    __table_args__ = (
        Index("support_of_incident", "incident_id", "request_id"),
        Index(
            "support_unanswered",
            "answer_by",
            postgresql_where=text("status IN ('requested', 'partly') AND overdue_noticed_at IS NULL"),
        ),
    )

    request_id: str = Field(primary_key=True, sa_type=Text)
    incident_id: str = Field(sa_type=Text)
    jurisdiction: str = Field(sa_type=Text)
    target: str = Field(sa_type=Text)
    capability: str = Field(sa_type=Text)
    count: int
    task: str = Field(sa_type=Text)
    lon: float
    lat: float
    address: str = Field(sa_type=Text)
    requested_by: str = Field(sa_type=Text)
    requested_at: datetime = _moment()
    answer_by: datetime | None = _moment(nullable=True)
    then: list[str] = Field(sa_type=ARRAY(Text))
    follows: str | None = Field(sa_type=Text)
    status: str = Field(sa_type=Text)
    team_ids: list[str] = Field(sa_type=ARRAY(Text))
    reason: str = Field(sa_type=Text)
    overdue_noticed_at: datetime | None = _moment(nullable=True)


class WaitingSupportRow(SQLModel, table=True):
    """Support that a conclusion asks for, while its incident is not heard of yet."""

    __tablename__ = "waiting_support"
    __table_args__ = (Index("waiting_support_of_incident", "incident_id"),)

    id: int = Field(primary_key=True)
    incident_id: str = Field(sa_type=Text)
    asked: str = Field(sa_type=Text)
    requested_by: str = Field(sa_type=Text)
