"""Teams, incidents as seen from here, recommendations, orders with their fence, requests for support."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, primary_key=True)


def _at(*names: str, nullable: bool = False) -> list[sa.Column[sa.DateTime]]:
    return [sa.Column(name, sa.DateTime(timezone=True), nullable=nullable) for name in names]


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _place() -> list[sa.Column[float] | sa.Column[str]]:
    degrees = [sa.Column(name, sa.Float, nullable=False) for name in ("lon", "lat")]
    return [*degrees, *_text("address")]


def upgrade() -> None:
    _teams()
    _incidents()
    _orders()
    _supports()


def _teams() -> None:
    op.create_table(
        "team",
        _key("team_id"),
        *_text("jurisdiction", "name", "kind", "team_class"),
        sa.Column("capabilities", sa.ARRAY(sa.Text), nullable=False),
        _number("crew"),
        *_place(),
        *_at("registered_at"),
        _number("last_order_no"),
    )


def _incidents() -> None:
    op.create_table(
        "incident_view",
        _key("incident_id"),
        *_text("origin", "sector", "event_type", "title"),
        *_place(),
        *_text("grade"),
        sa.Column("over", sa.Boolean, nullable=False),
    )
    op.create_table(
        "recommendation",
        _key("recommendation_id"),
        *_text("incident_id", "grade", "run_card"),
        sa.Column("picks", JSONB, nullable=False),
        sa.Column("shortfalls", JSONB, nullable=False),
        *_at("recommended_at"),
    )
    op.create_index("recommendation_once", "recommendation", ["incident_id", "grade"], unique=True)


def _orders() -> None:
    op.create_table(
        "team_order",
        _key("order_id"),
        sa.Column("own", sa.Boolean, nullable=False),
        _number("order_no"),
        *_text("team_id", "team_name", "jurisdiction", "incident_id", "task"),
        *_place(),
        *_text("commanded_by", "issued_by"),
        *_at("issued_at", "acknowledge_by"),
        *_text("status"),
        *_at("overdue_noticed_at", "acknowledged_at", "departed_at", "arrived_at", nullable=True),
        *_at("released_at", nullable=True),
        *_text("release_reason"),
    )
    fence = sa.text("own AND released_at IS NULL")
    op.create_index("one_live_order", "team_order", ["team_id"], unique=True, postgresql_where=fence)
    op.create_index("order_of_incident", "team_order", ["incident_id", "order_id"])
    silent = sa.text("own AND status = 'issued' AND overdue_noticed_at IS NULL")
    op.create_index("order_unacknowledged", "team_order", ["acknowledge_by"], postgresql_where=silent)


def _supports() -> None:
    op.create_table(
        "support_request",
        _key("request_id"),
        *_text("incident_id", "jurisdiction", "target", "capability"),
        _number("count"),
        *_text("task"),
        *_place(),
        *_text("requested_by"),
        *_at("requested_at"),
        *_text("status"),
        sa.Column("team_ids", sa.ARRAY(sa.Text), nullable=False),
        _number("missing"),
        *_text("reason"),
    )
    op.create_index("support_of_incident", "support_request", ["incident_id", "request_id"])
