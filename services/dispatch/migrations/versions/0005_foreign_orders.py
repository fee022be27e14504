"""Own orders and the view of other nodes' become two things; what each node said of the end of an incident is kept.

An incident that was over here stays so by its origin's word. Who commands is told anew by the next command; until then
it is the origin. Requests that were answered stay as they were.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _text(name: str, default: str = "") -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default=default)


def _at(name: str) -> sa.Column[sa.DateTime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=True)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, server_default="0")


def _list(name: str) -> sa.Column[list[str]]:
    return sa.Column(name, sa.ARRAY(sa.Text), nullable=False, server_default="{}")


def upgrade() -> None:
    _incidents()
    _foreign_orders()
    _own_orders()
    _recommendations()
    _supports()
    _teams()


def _incidents() -> None:
    op.create_table(
        "incident_part",
        sa.Column("incident_id", sa.Text, primary_key=True),
        sa.Column("node", sa.Text, primary_key=True),
        _at("ended_at"),
        _at("reopened_at"),
    )
    op.execute("""
        INSERT INTO incident_part (incident_id, node, ended_at)
        SELECT incident_id, origin, clock_timestamp() FROM incident_view WHERE over
    """)
    for column in (_text("lead"), _number("lead_revision"), _text("lead_set_by")):
        op.add_column("incident_view", column)
    for column in (_number("grade_revision"), _text("grade_set_by")):
        op.add_column("incident_view", column)
    by_person = sa.Column("grade_by_person", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("incident_view", by_person)
    op.execute("UPDATE incident_view SET lead = origin")
    op.drop_column("incident_view", "over")
    op.create_table(
        "waiting_support",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        _text("incident_id"),
        _text("asked"),
        _text("requested_by"),
    )
    op.create_index("waiting_support_of_incident", "waiting_support", ["incident_id"])


def _foreign_orders() -> None:
    op.create_table(
        "foreign_order",
        sa.Column("order_id", sa.Text, primary_key=True),
        _number("order_no"),
        *(_text(name) for name in ("team_id", "team_name", "jurisdiction", "incident_id", "task")),
        sa.Column("lon", sa.Float, nullable=True),
        sa.Column("lat", sa.Float, nullable=True),
        *(_text(name) for name in ("address", "commanded_by", "issued_by")),
        *(_at(name) for name in ("issued_at", "acknowledge_by")),
        _list("capabilities"),
        sa.Column("request_id", sa.Text, nullable=True),
        _text("status"),
        *(_at(name) for name in ("overdue_noticed_at", "acknowledged_at", "departed_at", "arrived_at")),
        _at("released_at"),
        _text("release_reason"),
        sa.Column("release_cause", sa.Text, nullable=True),
        sa.Column("superseded", sa.Boolean, nullable=False, server_default=sa.false()),
    )
    moved = """order_id, order_no, team_id, team_name, jurisdiction, incident_id, task, lon, lat, address, commanded_by,
        issued_by, issued_at, acknowledge_by, status, overdue_noticed_at, acknowledged_at, departed_at, arrived_at,
        released_at, release_reason"""
    op.execute(f"INSERT INTO foreign_order ({moved}) SELECT {moved} FROM team_order WHERE NOT own")  # noqa: S608 - constant
    op.create_index("foreign_order_of_incident", "foreign_order", ["incident_id", "order_id"])
    op.create_index("foreign_order_of_team", "foreign_order", ["team_id", "order_no"])


def _own_orders() -> None:
    op.execute("DELETE FROM team_order WHERE NOT own")
    for name in ("one_live_order", "order_unacknowledged"):
        op.drop_index(name, "team_order")
    op.drop_column("team_order", "own")
    op.add_column("team_order", _list("capabilities"))
    for name in ("request_id", "release_cause", "before"):
        op.add_column("team_order", sa.Column(name, sa.Text, nullable=True))
    op.add_column("team_order", _at("entered_at"))
    op.execute(
        "UPDATE team_order o SET capabilities = t.capabilities FROM team t WHERE t.team_id = o.team_id"
    )
    live = sa.text("released_at IS NULL")
    op.create_index("one_live_order", "team_order", ["team_id"], unique=True, postgresql_where=live)
    op.create_index("live_order", "team_order", ["order_id"], postgresql_where=live)
    silent = sa.text("status = 'issued' AND overdue_noticed_at IS NULL")
    op.create_index("order_unacknowledged", "team_order", ["acknowledge_by"], postgresql_where=silent)


def _recommendations() -> None:
    op.drop_index("recommendation_once", "recommendation")
    op.drop_column("recommendation", "amendments")
    op.add_column("recommendation", _number("version"))
    op.add_column("recommendation", _text("cause", "reported"))
    op.add_column("recommendation", _text("asked_by"))
    op.add_column("recommendation", _list("counted"))
    op.execute("""
        UPDATE recommendation r SET version = n.version FROM (
            SELECT recommendation_id, row_number() OVER (PARTITION BY incident_id ORDER BY recommendation_id) AS version
            FROM recommendation
        ) n WHERE n.recommendation_id = r.recommendation_id
    """)
    op.create_index("recommendation_version", "recommendation", ["incident_id", "version"], unique=True)


def _supports() -> None:
    op.drop_column("support_request", "missing")
    op.add_column("support_request", _list("then"))
    op.add_column("support_request", sa.Column("follows", sa.Text, nullable=True))
    for name in ("answer_by", "overdue_noticed_at"):
        op.add_column("support_request", _at(name))
    op.execute("""
        UPDATE support_request SET status = 'short' WHERE status = 'offered' AND cardinality(team_ids) < count
    """)
    waiting = sa.text("status IN ('requested', 'partly') AND overdue_noticed_at IS NULL")
    op.create_index("support_unanswered", "support_request", ["answer_by"], postgresql_where=waiting)


def _teams() -> None:
    op.add_column("team", _text("out_because"))
    op.add_column("team", _at("left_at"))
    op.create_index("team_able", "team", ["capabilities"], postgresql_using="gin")
    op.create_table(
        "team_elsewhere",
        sa.Column("team_id", sa.Text, primary_key=True),
        _text("jurisdiction"),
        _at("registered_at"),
    )
