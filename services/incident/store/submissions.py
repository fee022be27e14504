"""Reports from the level below that reached this node, and whether somebody here has confirmed them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from contracts.refusals import NotFound
from services.incident.domain.submission import Submission
from services.incident.store.tables import SubmissionRow
from shared.database import UnitOfWork


def _submission(row: Row[Any]) -> Submission:
    return Submission(**{name: getattr(row, name) for name in Submission.__dataclass_fields__})


async def save(unit: UnitOfWork, submission: Submission) -> None:
    """A report as it stands now; sent once more it has the newer proof, and what was confirmed stays so."""
    statement = insert(SubmissionRow).values(**vars(submission))
    names = [name for name in vars(submission) if name != "duty_id"]
    changed = {name: statement.excluded[name] for name in names}
    unconfirmed = col(SubmissionRow.received_at).is_(None)
    await unit.connection.execute(
        statement.on_conflict_do_update(
            index_elements=[col(SubmissionRow.duty_id)], set_=changed, where=unconfirmed
        )
    )


async def require(unit: UnitOfWork, duty_id: str) -> Submission:
    """The report of a duty, locked; raises NotFound."""
    query = select(SubmissionRow).where(col(SubmissionRow.duty_id) == duty_id).with_for_update()
    row = (await unit.connection.execute(query)).one_or_none()
    if row is None:
        raise NotFound("submission.name", duty_id)
    return _submission(row)


async def page(
    connection: AsyncConnection, waiting: bool, incident_id: str | None, limit: int, after: str | None
) -> Sequence[Submission]:
    """Reports, the oldest first; ``waiting``: only those that nobody has confirmed. ``after`` names the last seen."""
    moment = (col(SubmissionRow.submitted_at), col(SubmissionRow.duty_id))
    query = select(SubmissionRow).order_by(*moment).limit(limit)
    if waiting:
        query = query.where(col(SubmissionRow.received_at).is_(None))
    if incident_id:
        query = query.where(col(SubmissionRow.incident_id) == incident_id)
    if after:
        last = select(*moment).where(moment[1] == after)
        query = query.where(tuple_(*moment) > last.scalar_subquery())
    return [_submission(row) for row in await connection.execute(query)]
