"""Roster, depots and stock, sites, experts, reservations, requests for material."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _text(*names: str, nullable: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=nullable) for name in names]


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, primary_key=True)


def _at(*names: str, nullable: bool = False) -> list[sa.Column[sa.DateTime]]:
    return [sa.Column(name, sa.DateTime(timezone=True), nullable=nullable) for name in names]


def _number(*names: str, nullable: bool = False) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer, nullable=nullable) for name in names]


def _place() -> list[sa.Column[float] | sa.Column[str]]:
    degrees = [sa.Column(name, sa.Float, nullable=False) for name in ("lon", "lat")]
    return [*degrees, *_text("address")]


def upgrade() -> None:
    _what_exists()
    _stock()
    _reservations()


def _what_exists() -> None:
    op.create_table(
        "roster",
        _key("team_id"),
        *_text("jurisdiction", "name", "kind", "team_class"),
        sa.Column("capabilities", sa.ARRAY(sa.Text), nullable=False),
        *_number("crew"),
        *_text("station"),
        sa.Column("vehicles", JSONB, nullable=False),
        *_place(),
        *_at("registered_at"),
    )
    op.create_table(
        "site",
        _key("site_id"),
        *_text("kind", "name"),
        *_text("sector", nullable=True),
        *_text("detail"),
        *_place(),
    )
    op.create_table("expert", _key("expert_id"), *_text("name", "field"))


def _stock() -> None:
    op.create_table("depot", _key("depot_id"), *_text("name"), *_place())
    op.create_table(
        "stock",
        sa.Column("depot_id", sa.Text, sa.ForeignKey("depot.depot_id"), primary_key=True),
        _key("item"),
        *_number("quantity", "reserved"),
        sa.CheckConstraint("0 <= reserved AND reserved <= quantity", name="never_promised_twice"),
    )


def _reservations() -> None:
    op.create_table("known_incident", _key("incident_id"), *_text("title"))
    op.create_table(
        "reservation",
        _key("reservation_id"),
        sa.Column("own", sa.Boolean, nullable=False),
        *_text("request_id", "incident_id", "jurisdiction", "depot_id", "depot_name", "item", "item_name"),
        *_number("quantity"),
        *_text("unit", "for_jurisdiction"),
        *_place(),
        *_at("reserved_at"),
        *_text("status", "carrier"),
        *_at("shipped_at", nullable=True),
        *_text("received_by"),
        *_number("delivered", nullable=True),
        *_at("delivered_at", "cancelled_at", nullable=True),
        *_text("reason"),
    )
    op.create_index("reservation_of_incident", "reservation", ["incident_id", "reservation_id"])
    op.create_table(
        "material_request",
        _key("request_id"),
        *_text("incident_id", "target", "item"),
        *_number("quantity"),
        *_text("requested_by"),
        *_at("requested_at"),
        *_number("reserved", "missing"),
        *_text("reason"),
    )
    op.create_index("material_request_of_incident", "material_request", ["incident_id", "request_id"])
