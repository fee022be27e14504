"""The tables of the notify database; made by ``migrations``."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, DateTime, MetaData, Table
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


class Stored(SQLModel):
    """Tables of this service only."""

    metadata = MetaData()


def _at(nullable: bool = False) -> Any:  # noqa: ANN401 - SQLModel's own way of a column
    return Field(default=None, sa_column=Column(DateTime(timezone=True), nullable=nullable))


def _json(nullable: bool = False) -> Any:  # noqa: ANN401 - SQLModel's own way of a column
    return Field(default=None, sa_column=Column(JSONB(none_as_null=True), nullable=nullable))


class WarningRow(Stored, table=True):
    """One warning; ``origin_key`` names the rule or consultation that proposed it, once per incident."""

    __tablename__ = "warning"
    id: str = Field(primary_key=True)
    incident_id: str | None
    jurisdiction: str
    origin: str
    origin_key: str | None
    status: str
    version: int
    content: dict[str, Any] = _json()
    authors: list[dict[str, str]] = _json()
    reviewer: dict[str, str] | None = _json(nullable=True)
    signer: dict[str, str] | None = _json(nullable=True)
    drafted_at: datetime = _at()
    published_at: datetime | None = _at(nullable=True)
    cancelled_at: datetime | None = _at(nullable=True)
    reason: str


class IncidentRow(Stored, table=True):
    """What a warning needs to know of an incident, as its events told it."""

    __tablename__ = "incident_view"
    incident_id: str = Field(primary_key=True)
    jurisdiction: str
    sector: str
    event_type: str
    title: str
    address: str
    grade: str | None
    grade_revision: int
    grade_node: str
    grade_by_person: bool


class AdjustmentRow(Stored, table=True):
    """A question to the duty officer about a warning in force; at most one per warning is open."""

    __tablename__ = "adjustment"
    id: str = Field(primary_key=True)
    warning_id: str
    incident_id: str
    jurisdiction: str
    cause: str
    grade: str | None
    previous_grade: str | None
    asked_at: datetime = _at()
    status: str
    answer: str | None
    answered_by: str
    reason: str
    answered_at: datetime | None = _at(nullable=True)


class WaitingProposalRow(Stored, table=True):
    """A conclusion that asks for a warning about an incident not heard of yet."""

    __tablename__ = "waiting_proposal"
    consultation_id: str = Field(primary_key=True)
    incident_id: str
    proposed: dict[str, Any] = _json()


class SubscriberRow(Stored, table=True):
    """Who receives warnings, and where.

    ``failures`` in a row; after some of them nothing is sent there until ``resting_until`` (wall-clock time).
    """

    __tablename__ = "subscriber"
    id: str = Field(primary_key=True)
    name: str
    department: str | None
    channel: str
    target: str
    mode: str
    created_at: datetime = _at()
    removed_at: datetime | None = _at(nullable=True)
    failures: int
    resting_until: datetime | None = _at(nullable=True)


class MessageRow(Stored, table=True):
    """The exact text that goes to every subscriber of a warning."""

    __tablename__ = "message"
    warning_id: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    status: str
    body: str


class DeliveryRow(Stored, table=True):
    """One message to one recipient, his channel and address as they were when it was addressed.

    Pending ones are due at ``due_at``; one that is under way belongs to somebody until ``leased_until``.
    """

    __tablename__ = "delivery"
    id: str = Field(primary_key=True)
    warning_id: str
    incident_id: str | None
    subscriber_id: str
    kind: str
    status: str
    attempts: int
    due_at: datetime = _at()
    receipt: str
    reason: str
    recipient: str
    channel: str
    target: str
    mode: str
    expires_at: datetime | None = _at(nullable=True)
    leased_until: datetime | None = _at(nullable=True)
    created_at: datetime = _at()
    finished_at: datetime | None = _at(nullable=True)


class AcknowledgementRow(Stored, table=True):
    """A department that confirmed a warning."""

    __tablename__ = "acknowledgement"
    id: str = Field(primary_key=True)
    warning_id: str
    department: str
    acknowledged_by: str
    acknowledged_at: datetime = _at()


def table(row: type[Stored]) -> Table:
    """The Core table behind a row class."""
    return Stored.metadata.tables[str(row.__tablename__)]


warning, incident_view, waiting_proposal = table(WarningRow), table(IncidentRow), table(WaitingProposalRow)
subscriber, message, delivery = table(SubscriberRow), table(MessageRow), table(DeliveryRow)
acknowledgement, adjustment = table(AcknowledgementRow), table(AdjustmentRow)
