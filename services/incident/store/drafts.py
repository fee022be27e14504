"""What somebody is typing at intake, until it is a report."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel, col

from contracts.refusals import NotFound, StaleVersion
from services.incident.store.tables import DraftRow
from shared.database import UnitOfWork

MOST = 200
"""As many as are shown; nobody has more calls open."""
KEPT = timedelta(days=7)
"""A draft that nobody has touched for so long goes, and with it the caller's name and number."""
_DRAFT = SQLModel.metadata.tables["intake_draft"]


async def open_drafts(connection: AsyncConnection) -> Sequence[Row[Any]]:
    """The drafts of the node, the oldest call first."""
    query = select(_DRAFT).order_by(_DRAFT.c.begun_at, _DRAFT.c.draft_id).limit(MOST)
    return (await connection.execute(query)).all()


async def find_all(connection: AsyncConnection, drafts: Collection[str]) -> Sequence[Row[Any]]:
    """These drafts, as many of them as there are."""
    return (await connection.execute(select(_DRAFT).where(_DRAFT.c.draft_id.in_(drafts)))).all()


async def require(connection: AsyncConnection, draft_id: str) -> Row[Any]:
    """One draft; raises NotFound."""
    rows = await find_all(connection, [draft_id])
    if not rows:
        raise NotFound("draft.name", draft_id)
    return rows[0]


async def save(
    unit: UnitOfWork, draft_id: str, body: dict[str, Any], version: int, by: tuple[str, str]
) -> int:
    """Keep a draft, typed ``by`` (subject, name) on top of ``version``; its new version. Raises StaleVersion."""
    subject, name = by
    values = {"body": body, "taken_by": subject, "taken_by_name": name, "changed_at": unit.now}
    if version == 0:
        first = insert(DraftRow).values(draft_id=draft_id, version=1, begun_at=unit.now, **values)
        statement: Any = first.on_conflict_do_nothing()
    else:
        where = (col(DraftRow.draft_id) == draft_id, col(DraftRow.version) == version)
        statement = update(DraftRow).where(*where).values(version=version + 1, **values)
    written = await unit.connection.scalar(statement.returning(col(DraftRow.version)))
    if written is None:
        standing = await require(unit.connection, draft_id)
        raise StaleVersion(version, standing.version)
    return int(written)


async def drop(unit: UnitOfWork, draft_id: str) -> None:
    """A draft that is a report now, or that nobody needs."""
    await unit.connection.execute(delete(DraftRow).where(col(DraftRow.draft_id) == draft_id))


async def take_forgotten(
    unit: UnitOfWork, now: datetime, limit: int, left_out: Collection[str]
) -> Sequence[str]:
    """The drafts that nobody has touched for long, locked."""
    old = (col(DraftRow.changed_at) < now - KEPT, col(DraftRow.draft_id).not_in(left_out))
    query = select(col(DraftRow.draft_id)).where(*old).limit(limit).with_for_update(skip_locked=True)
    return list(await unit.connection.scalars(query))
