"""The tables; times are timestamps with time zone, identifiers text."""

from datetime import datetime
from typing import Any

from sqlalchemy import ARRAY, DateTime, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


def _moment(nullable: bool = False) -> Any:  # noqa: ANN401 - SQLModel's own Field
    return Field(default=None, sa_type=DateTime(timezone=True), nullable=nullable)


class TeamRow(SQLModel, table=True):
    """A team of this node, as the resources service registered it."""

    __tablename__ = "team"

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
    last_order_no: int


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
    over: bool
    amendments: int


class ConcernRow(SQLModel, table=True):
    """An incident concerns a department: it is consulted on it, or has a task in it. It may come before the incident."""

    __tablename__ = "concern"
    __table_args__ = (Index("concern_of_department", "department", "incident_id"),)

    incident_id: str = Field(primary_key=True, sa_type=Text)
    department: str = Field(primary_key=True, sa_type=Text)


class RecommendationRow(SQLModel, table=True):
    """One recommendation for an incident, its grade and its particulars."""

    __tablename__ = "recommendation"
    __table_args__ = (Index("recommendation_once", "incident_id", "grade", "amendments", unique=True),)

    recommendation_id: str = Field(primary_key=True, sa_type=Text)
    incident_id: str = Field(sa_type=Text)
    grade: str = Field(sa_type=Text)
    run_card: str = Field(sa_type=Text)
    picks: list[Any] = Field(sa_type=JSONB)
    shortfalls: list[Any] = Field(sa_type=JSONB)
    recommended_at: datetime = _moment()
    amendments: int


class OrderRow(SQLModel, table=True):
    """An order to a team of this node (``own``), or the view of another node's.

    ``one_live_order`` is the double-booking fence.
    """

    __tablename__ = "team_order"
    __table_args__ = (
        Index("one_live_order", "team_id", unique=True, postgresql_where=text("own AND released_at IS NULL")),
        Index("order_of_incident", "incident_id", "order_id"),
        Index(
            "order_unacknowledged",
            "acknowledge_by",
            postgresql_where=text("own AND status = 'issued' AND overdue_noticed_at IS NULL"),
        ),
    )

    order_id: str = Field(primary_key=True, sa_type=Text)
    own: bool
    order_no: int
    team_id: str = Field(sa_type=Text)
    team_name: str = Field(sa_type=Text)
    jurisdiction: str = Field(sa_type=Text)
    incident_id: str = Field(sa_type=Text)
    task: str = Field(sa_type=Text)
    lon: float
    lat: float
    address: str = Field(sa_type=Text)
    commanded_by: str = Field(sa_type=Text)
    issued_by: str = Field(sa_type=Text)
    issued_at: datetime = _moment()
    acknowledge_by: datetime = _moment()
    status: str = Field(sa_type=Text)
    overdue_noticed_at: datetime | None = _moment(nullable=True)
    acknowledged_at: datetime | None = _moment(nullable=True)
    departed_at: datetime | None = _moment(nullable=True)
    arrived_at: datetime | None = _moment(nullable=True)
    released_at: datetime | None = _moment(nullable=True)
    release_reason: str = Field(sa_type=Text)


class SupportRow(SQLModel, table=True):
    """A request of this node for another's teams, and its answer."""

    __tablename__ = "support_request"
    __table_args__ = (Index("support_of_incident", "incident_id", "request_id"),)

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
    status: str = Field(sa_type=Text)
    team_ids: list[str] = Field(sa_type=ARRAY(Text))
    missing: int
    reason: str = Field(sa_type=Text)
