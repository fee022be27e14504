"""Requests stand at both nodes, material is followed to its last piece, and stock changes by movements only.

What was promised before has no expiry. What was signed for by the sender counts as received. A request of before is
taken for answered as far as it was; the node whose requests they are is filled in at the next start.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def _text(name: str, default: str | None = "") -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=default is None, server_default=default)


def _at(name: str) -> sa.Column[sa.DateTime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=True)


def _number(name: str, default: str = "0") -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, server_default=default)


def upgrade() -> None:
    _teams()
    _stock()
    _incidents()
    _reservations()
    _requests()


def _teams() -> None:
    for column in (_number("version", "1"), _text("service", "in_service"), _text("service_reason")):
        op.add_column("roster", column)
    op.add_column("roster", _at("left_at"))
    op.create_index("site_of_kind", "site", ["kind", "site_id"])


def _stock() -> None:
    op.create_index("stock_of_item", "stock", ["item", "depot_id"])
    op.create_table(
        "stock_movement",
        sa.Column("movement_id", sa.Text, primary_key=True),
        *(_text(name) for name in ("depot_id", "item", "kind")),
        *(_number(name) for name in ("change", "balance")),
        _text("reservation_id", None),
        *(_text(name) for name in ("reason", "by")),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("movement_of_stock", "stock_movement", ["depot_id", "item", "movement_id"])
    op.execute("""
        INSERT INTO stock_movement (movement_id, depot_id, item, kind, change, balance, moved_at)
        SELECT CAST(gen_random_uuid() AS text), depot_id, item, 'opening', quantity, quantity, clock_timestamp() FROM stock
    """)
    op.execute("""
        CREATE FUNCTION movements_are_append_only() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'stock movements are append-only'; END $$
    """)
    op.execute("""
        CREATE TRIGGER stock_movement_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON stock_movement
        FOR EACH STATEMENT EXECUTE FUNCTION movements_are_append_only()
    """)


def _incidents() -> None:
    op.create_table(
        "known_incident_part",
        sa.Column("incident_id", sa.Text, primary_key=True),
        sa.Column("node", sa.Text, primary_key=True),
        _at("ended_at"),
        _at("reopened_at"),
    )
    op.execute("""
        INSERT INTO known_incident_part (incident_id, node, ended_at)
        SELECT incident_id, origin, clock_timestamp() FROM known_incident WHERE over
    """)
    for column in (_text("lead"), _number("lead_revision"), _text("lead_set_by")):
        op.add_column("known_incident", column)
    op.execute("UPDATE known_incident SET lead = origin")
    op.drop_column("known_incident", "over")


def _reservations() -> None:
    op.alter_column("reservation", "delivered", new_column_name="received")
    op.alter_column("reservation", "delivered_at", new_column_name="received_at")
    for column in (
        _text("offer_id", None),
        _at("expires_at"),
        _number("damaged"),
        _text("settlement", None),
        _number("used"),
        _number("returned"),
        _at("expired_at"),
    ):
        op.add_column("reservation", column)
    op.execute("UPDATE reservation SET status = 'received' WHERE status = 'delivered'")
    op.create_check_constraint(
        "nothing_below_zero", "reservation", "damaged >= 0 AND used >= 0 AND returned >= 0"
    )
    op.create_index("reservation_of_request", "reservation", ["request_id"])
    held = sa.text("own AND status = 'reserved' AND expires_at IS NOT NULL")
    op.create_index("reservation_expiring", "reservation", ["expires_at"], postgresql_where=held)
    op.create_table(
        "reservation_news",
        sa.Column("reservation_id", sa.Text, primary_key=True),
        sa.Column("type", sa.Text, primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
    )


def _requests() -> None:
    for column in (
        _text("jurisdiction"),
        _at("answer_by"),
        sa.Column("accepts_offers", sa.Boolean, nullable=True),
        _text("status", "requested"),
        sa.Column("offers", JSONB, nullable=False, server_default="[]"),
        _number("offered"),
        _number("accepted"),
    ):
        op.add_column("material_request", column)
    op.execute("""
        UPDATE material_request SET status = CASE
            WHEN reserved >= quantity THEN 'accepted'
            WHEN missing > 0 AND reserved > 0 THEN 'short'
            WHEN missing > 0 THEN 'declined'
            ELSE 'requested' END
    """)
    for name in ("reserved", "missing"):
        op.drop_column("material_request", name)
    waiting = sa.text("status IN ('requested', 'partly')")
    op.create_index(
        "material_request_unanswered", "material_request", ["answer_by"], postgresql_where=waiting
    )
