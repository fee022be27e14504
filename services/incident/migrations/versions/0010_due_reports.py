"""What is owed by law is a due report; a clock tells the time."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.rename_table("clock", "due_report")
    for index in ("pkey", "wakes", "board", "by_due", "id"):
        op.execute(f"ALTER INDEX clock_{index} RENAME TO due_report_{index}")
    op.execute("ALTER TRIGGER clock_changed ON due_report RENAME TO due_report_changed")
