"""A duty has an id of its own, can be owed again, and is discharged by the receipt; reports from below are kept.
What decided a grade stands as facts and thresholds; the alarm level stands at the incident. Personal data of a
report can be removed.

The primary key of a clock changes, so a program of the version before is stopped first. A duty that it discharged
by the proof of sending alone stays discharged.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ADDED = {"duty_id": "", "trigger": "received", "owed_by": "government", "grade": "general"}
RECEIPT = (
    ("received_at", sa.DateTime(timezone=True)),
    ("received_by", sa.Text),
    ("receipt", sa.Text),
)


def upgrade() -> None:
    _clocks()
    _submissions()
    _retention()
    _board()
    op.add_column("timeline", sa.Column("corrects", sa.BigInteger, nullable=True))
    op.add_column("incident", sa.Column("decided_by", JSONB, nullable=True))
    op.add_column("incident", sa.Column("alarm_level", sa.Integer, nullable=True))
    op.add_column("incident", sa.Column("alarm_least", sa.Integer, nullable=True))


def _board() -> None:
    op.drop_index("incident_board", "incident")
    for column in ("status", "sector", "grade", "origin", "commanded_by"):
        op.create_index(f"incident_by_{column}", "incident", [column, "incident_id"])
    op.create_index(
        "incident_open",
        "incident",
        ["incident_id"],
        postgresql_where=sa.text("status IN ('reported', 'responding', 'controlled')"),
    )


def _retention() -> None:
    op.add_column("report", sa.Column("personal_removed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "report_with_personal",
        "report",
        ["reported_at"],
        postgresql_where=sa.text("personal_removed_at IS NULL"),
    )


def _clocks() -> None:
    op.add_column("clock", sa.Column("occurrence", sa.Integer, nullable=False, server_default="1"))
    for name, value in ADDED.items():
        op.add_column("clock", sa.Column(name, sa.Text, nullable=False, server_default=value))
    for name, kind in RECEIPT:
        op.add_column("clock", sa.Column(name, kind, nullable=True))
    op.execute("UPDATE clock SET duty_id = gen_random_uuid()::text")
    op.execute("UPDATE clock SET owed_by = 'unit', trigger = 'occurred' WHERE duty LIKE 'unit%'")
    op.execute("""
        UPDATE clock c SET grade = i.grade FROM incident i WHERE i.incident_id = c.incident_id
    """)
    for name in ("occurrence", *ADDED):
        op.alter_column("clock", name, server_default=None)
    op.drop_constraint("clock_pkey", "clock")
    op.create_primary_key("clock_pkey", "clock", ["incident_id", "duty", "occurrence"])
    op.drop_index("clock_wakes", "clock")
    op.create_index(
        "clock_wakes",
        "clock",
        [sa.text("coalesce(wakes_at, due_at)")],
        postgresql_where=sa.text("status IN ('running', 'sent')"),
    )
    op.create_index("clock_board", "clock", ["status", "due_at", "duty_id"])
    op.create_index("clock_by_due", "clock", ["due_at", "duty_id"])
    op.create_index("clock_id", "clock", ["duty_id"], unique=True)


def _submissions() -> None:
    texts = ("incident_id", "jurisdiction", "duty", "recipient", "proof")
    op.create_table(
        "submission",
        sa.Column("duty_id", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in texts),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, kind, nullable=True) for name, kind in RECEIPT),
    )
    op.create_index(
        "submission_waiting",
        "submission",
        ["submitted_at", "duty_id"],
        postgresql_where=sa.text("received_at IS NULL"),
    )
    op.create_index("submission_of_incident", "submission", ["incident_id"])
