"""The tables; times are timestamps with time zone, identifiers text."""

from datetime import datetime
from typing import Any

from sqlalchemy import ARRAY, CheckConstraint, DateTime, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


def _moment(nullable: bool = False) -> Any:  # noqa: ANN401 - SQLModel's own Field
    return Field(default=None, sa_type=DateTime(timezone=True), nullable=nullable)


class RosterRow(SQLModel, table=True):
    """A team of this node's roster; ``left_at``: since when another node's roster has it."""

    __tablename__ = "roster"

    team_id: str = Field(primary_key=True, sa_type=Text)
    jurisdiction: str = Field(sa_type=Text)
    name: str = Field(sa_type=Text)
    kind: str = Field(sa_type=Text)
    team_class: str = Field(sa_type=Text)
    capabilities: list[str] = Field(sa_type=ARRAY(Text))
    crew: int
    station: str = Field(sa_type=Text)
    vehicles: list[Any] = Field(sa_type=JSONB)
    lon: float
    lat: float
    address: str = Field(sa_type=Text)
    registered_at: datetime = _moment()
    version: int
    service: str = Field(sa_type=Text)
    service_reason: str = Field(sa_type=Text)
    call_sign: str = Field(sa_type=Text)
    changed_by: str = Field(sa_type=Text)
    left_at: datetime | None = _moment(nullable=True)


class DepotRow(SQLModel, table=True):
    """应急物资库."""

    __tablename__ = "depot"

    depot_id: str = Field(primary_key=True, sa_type=Text)
    name: str = Field(sa_type=Text)
    lon: float
    lat: float
    address: str = Field(sa_type=Text)


class StockRow(SQLModel, table=True):
    """What a depot has of one item, and how much of it is promised."""

    __tablename__ = "stock"
    __table_args__ = (
        CheckConstraint("0 <= reserved AND reserved <= quantity", name="never_promised_twice"),
        Index("stock_of_item", "item", "depot_id"),
    )

    depot_id: str = Field(primary_key=True, sa_type=Text)
    item: str = Field(primary_key=True, sa_type=Text)
    quantity: int
    reserved: int


class StockMovementRow(SQLModel, table=True):
    """Why a depot's stock changed, and what it was afterwards; rows are only ever added."""

    __tablename__ = "stock_movement"
    __table_args__ = (Index("movement_of_stock", "depot_id", "item", "movement_id"),)

    movement_id: str = Field(primary_key=True, sa_type=Text)
    depot_id: str = Field(sa_type=Text)
    item: str = Field(sa_type=Text)
    kind: str = Field(sa_type=Text)
    change: int
    balance: int
    reservation_id: str | None = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    by: str = Field(sa_type=Text)
    moved_at: datetime = _moment()


class SiteRow(SQLModel, table=True):
    """A shelter (应急避难场所) or a hazard source (危险源)."""

    __tablename__ = "site"
    __table_args__ = (Index("site_of_kind", "kind", "site_id"),)

    site_id: str = Field(primary_key=True, sa_type=Text)
    kind: str = Field(sa_type=Text)
    name: str = Field(sa_type=Text)
    sector: str | None = Field(default=None, sa_type=Text)
    detail: str = Field(sa_type=Text)
    lon: float
    lat: float
    address: str = Field(sa_type=Text)


class ExpertRow(SQLModel, table=True):
    """An expert by field; no contact data."""

    __tablename__ = "expert"

    expert_id: str = Field(primary_key=True, sa_type=Text)
    name: str = Field(sa_type=Text)
    field: str = Field(sa_type=Text)


class KnownIncidentRow(SQLModel, table=True):
    """An incident that material can be promised to; ``origin`` is where it happened, ``lead`` who commands."""

    __tablename__ = "known_incident"

    incident_id: str = Field(primary_key=True, sa_type=Text)
    title: str = Field(sa_type=Text)
    origin: str = Field(sa_type=Text)
    lead: str = Field(sa_type=Text)
    lead_revision: int
    lead_set_by: str = Field(sa_type=Text)


class KnownIncidentPartRow(SQLModel, table=True):
    """What a node said of the end of its part of an incident, also of one that is not known here."""

    __tablename__ = "known_incident_part"

    incident_id: str = Field(primary_key=True, sa_type=Text)
    node: str = Field(primary_key=True, sa_type=Text)
    ended_at: datetime | None = _moment(nullable=True)
    reopened_at: datetime | None = _moment(nullable=True)


class ReservationRow(SQLModel, table=True):
    """A reservation of this node's stock (``own``), or the view of another node's for this one."""

    __tablename__ = "reservation"
    __table_args__ = (
        Index("reservation_of_incident", "incident_id", "reservation_id"),
        Index("reservation_of_request", "request_id"),
        Index(
            "reservation_expiring",
            "expires_at",
            postgresql_where=text("own AND status = 'reserved' AND expires_at IS NOT NULL"),
        ),
        CheckConstraint("quantity > 0 AND received BETWEEN 0 AND quantity", name="no_more_than_reserved"),
        CheckConstraint("damaged >= 0 AND used >= 0 AND returned >= 0", name="nothing_below_zero"),
    )

    reservation_id: str = Field(primary_key=True, sa_type=Text)
    own: bool
    request_id: str = Field(sa_type=Text)
    incident_id: str = Field(sa_type=Text)
    jurisdiction: str = Field(sa_type=Text)
    depot_id: str = Field(sa_type=Text)
    depot_name: str = Field(sa_type=Text)
    item: str = Field(sa_type=Text)
    item_name: str = Field(sa_type=Text)
    quantity: int
    unit: str = Field(sa_type=Text)
    for_jurisdiction: str = Field(sa_type=Text)
    lon: float
    lat: float
    address: str = Field(sa_type=Text)
    reserved_at: datetime = _moment()
    offer_id: str | None = Field(sa_type=Text)
    expires_at: datetime | None = _moment(nullable=True)
    status: str = Field(sa_type=Text)
    carrier: str = Field(sa_type=Text)
    shipped_at: datetime | None = _moment(nullable=True)
    received_by: str = Field(sa_type=Text)
    received: int | None
    damaged: int
    received_at: datetime | None = _moment(nullable=True)
    settlement: str | None = Field(sa_type=Text)
    used: int
    returned: int
    cancelled_at: datetime | None = _moment(nullable=True)
    expired_at: datetime | None = _moment(nullable=True)
    reason: str = Field(sa_type=Text)


class ReservationNewsRow(SQLModel, table=True):
    """What another node said of a reservation that is not known here yet: it may be for this node."""

    __tablename__ = "reservation_news"

    reservation_id: str = Field(primary_key=True, sa_type=Text)
    type: str = Field(primary_key=True, sa_type=Text)
    body: str = Field(sa_type=Text)


class MaterialRequestRow(SQLModel, table=True):
    """A request for material: of this node to another, or of another to this one."""

    __tablename__ = "material_request"
    __table_args__ = (
        Index("material_request_of_incident", "incident_id", "request_id"),
        Index(
            "material_request_unanswered",
            "answer_by",
            postgresql_where=text("status IN ('requested', 'partly')"),
        ),
    )

    request_id: str = Field(primary_key=True, sa_type=Text)
    incident_id: str = Field(sa_type=Text)
    jurisdiction: str = Field(sa_type=Text)
    target: str = Field(sa_type=Text)
    item: str = Field(sa_type=Text)
    quantity: int
    lon: float
    lat: float
    address: str = Field(sa_type=Text)
    requested_by: str = Field(sa_type=Text)
    requested_at: datetime = _moment()
    answer_by: datetime | None = _moment(nullable=True)
    accepts_offers: bool | None
    status: str = Field(sa_type=Text)
    offers: list[Any] = Field(sa_type=JSONB)
    offered: int
    accepted: int
    reason: str = Field(sa_type=Text)
