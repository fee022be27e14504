"""A report has a source system, a status and its lineage; grade and lead say which change of theirs stands;
the timeline only grows.

A source record is named by its system too.
The unique key of a record changes, so a program of the version before is stopped first: its intake would be
refused. A record that a machine reported before belongs to that machine, as it will name itself from now on.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _reports()
    _stamps()
    _timeline()


def _timeline() -> None:
    op.execute("""
        CREATE FUNCTION timeline_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the timeline is append-only'; END $$
    """)
    op.execute("""
        CREATE TRIGGER timeline_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON timeline
        FOR EACH STATEMENT EXECUTE FUNCTION timeline_is_append_only()
    """)


def _stamps() -> None:
    for what in ("grade", "lead"):
        op.add_column("incident", sa.Column(f"{what}_revision", sa.Integer, nullable=True))
        op.add_column("incident", sa.Column(f"{what}_set_by", sa.Text, nullable=True))


def _reports() -> None:
    op.add_column("report", sa.Column("source_system", sa.Text, nullable=False, server_default=""))
    op.add_column("report", sa.Column("status", sa.Text, nullable=False, server_default="attached"))
    op.add_column("report", sa.Column("lineage", JSONB, nullable=False, server_default="[]"))
    op.execute("""
        UPDATE report SET source_system = taken_by WHERE taken_by IN (
          SELECT actor FROM audit_entry WHERE command = 'report.take' AND 'system' = ANY (string_to_array(roles, ','))
        )
    """)
    op.execute("""
        UPDATE report SET status = 'false' WHERE incident_id IN (
          SELECT incident_id FROM incident WHERE status = 'false_report'
        )
    """)
    op.drop_index("report_of_source_record", "report")
    op.create_index(
        "report_of_source_record",
        "report",
        ["channel", "source_system", "external_reference"],
        unique=True,
        postgresql_where=sa.text("external_reference IS NOT NULL AND NOT merged"),
    )
    op.create_index("report_board", "report", ["status", "report_id"])
    op.create_index("report_of_taker", "report", ["taken_by", "report_id"])
    op.create_index("consultation_of_department", "consultation", ["departments"], postgresql_using="gin")
    op.create_index("task_of_department", "task", ["department"])
