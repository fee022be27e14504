"""The tables; times are timestamps with time zone, identifiers text."""

from datetime import datetime
from typing import Any

from sqlalchemy import ARRAY, CheckConstraint, DateTime, Index, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


def _moment(nullable: bool = False) -> Any:  # noqa: ANN401 - SQLModel's own Field
    return Field(default=None, sa_type=DateTime(timezone=True), nullable=nullable)


class RosterRow(SQLModel, table=True):
    """A team of this node's roster."""

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
    __table_args__ = (CheckConstraint("0 <= reserved AND reserved <= quantity", name="never_promised_twice"),)

    depot_id: str = Field(primary_key=True, sa_type=Text)
    item: str = Field(primary_key=True, sa_type=Text)
    quantity: int
    reserved: int


class SiteRow(SQLModel, table=True):
    """A shelter (应急避难场所) or a hazard source (危险源)."""

    __tablename__ = "site"

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
    """An incident that material can be promised to, until it is ``over``; ``origin`` is where it happened."""

    __tablename__ = "known_incident"

    incident_id: str = Field(primary_key=True, sa_type=Text)
    title: str = Field(sa_type=Text)
    origin: str = Field(sa_type=Text)
    over: bool


class ReservationRow(SQLModel, table=True):
    """A reservation of this node's stock (``own``), or the view of another node's for this one."""

    __tablename__ = "reservation"
    __table_args__ = (
        Index("reservation_of_incident", "incident_id", "reservation_id"),
        CheckConstraint("quantity > 0 AND delivered BETWEEN 0 AND quantity", name="no_more_than_reserved"),
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
    status: str = Field(sa_type=Text)
    carrier: str = Field(sa_type=Text)
    shipped_at: datetime | None = _moment(nullable=True)
    received_by: str = Field(sa_type=Text)
    delivered: int | None
    delivered_at: datetime | None = _moment(nullable=True)
    cancelled_at: datetime | None = _moment(nullable=True)
    reason: str = Field(sa_type=Text)


class MaterialRequestRow(SQLModel, table=True):
    """What this node asked of another, how much of it is promised and how much is not to be had there."""

    __tablename__ = "material_request"
    __table_args__ = (Index("material_request_of_incident", "incident_id", "request_id"),)

    request_id: str = Field(primary_key=True, sa_type=Text)
    incident_id: str = Field(sa_type=Text)
    target: str = Field(sa_type=Text)
    item: str = Field(sa_type=Text)
    quantity: int
    lon: float
    lat: float
    address: str = Field(sa_type=Text)
    requested_by: str = Field(sa_type=Text)
    requested_at: datetime = _moment()
    reserved: int
    missing: int
    reason: str = Field(sa_type=Text)
