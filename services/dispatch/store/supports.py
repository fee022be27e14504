"""Requests for support: those this node asked, and those asked of it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Row, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from contracts.refusals import NotFound
from contracts.values import Location
from services.dispatch.domain.support import WAITING, Support, SupportStatus
from services.dispatch.store.concerns import Audience
from services.dispatch.store.tables import SupportRow
from shared.database import UnitOfWork

_LISTS = ("team_ids", "then")
_WAITING = [status.value for status in WAITING]


def to_support(row: Row[Any]) -> Support:
    """The domain object of a row."""
    special = {"destination", "status", *_LISTS}
    plain = {name: getattr(row, name) for name in Support.__dataclass_fields__ if name not in special}
    plain |= {name: tuple(getattr(row, name)) for name in _LISTS}
    place = Location.model_construct(lon=row.lon, lat=row.lat, address=row.address)
    return Support(**plain, destination=place, status=SupportStatus(row.status))


def to_row(support: Support) -> dict[str, Any]:
    """The columns of a request."""
    values = {name: value for name, value in vars(support).items() if name != "destination"}
    lists = {name: list(getattr(support, name)) for name in _LISTS}
    return {**values, **lists, "status": support.status.value, **support.destination.model_dump()}


async def add(unit: UnitOfWork, support: Support) -> bool:
    """Store a request; False when it is known."""
    statement = insert(SupportRow).values(**to_row(support)).on_conflict_do_nothing()
    stored = await unit.connection.execute(statement.returning(col(SupportRow.request_id)))
    return stored.first() is not None


async def find(unit: UnitOfWork, request_id: str) -> Support | None:
    """A request, locked."""
    query = select(SupportRow).where(col(SupportRow.request_id) == request_id).with_for_update()
    row = (await unit.connection.execute(query)).one_or_none()
    return to_support(row) if row else None


async def require(unit: UnitOfWork, request_id: str) -> Support:
    """Like ``find``; raises NotFound."""
    support = await find(unit, request_id)
    if support is None:
        raise NotFound("dispatch.support", request_id)
    return support


async def save(unit: UnitOfWork, support: Support) -> None:
    """What was answered."""
    where = col(SupportRow.request_id) == support.request_id
    await unit.connection.execute(update(SupportRow).where(where).values(**to_row(support)))


async def waiting_for(unit: UnitOfWork, incident_id: str, asker: str) -> list[Support]:
    """What a node asked for an incident and still waits for, locked."""
    row = SupportRow
    query = select(row).where(col(row.incident_id) == incident_id, col(row.jurisdiction) == asker)
    query = query.where(col(row.status).in_(_WAITING)).order_by(col(row.request_id)).with_for_update()
    return [to_support(one) for one in await unit.connection.execute(query)]


async def take_unanswered(
    unit: UnitOfWork, limit: int, left_out: Collection[str], asker: str
) -> list[Support]:
    """Requests of this node whose answer is overdue, locked, skipping what another replica has in hand."""
    row = SupportRow
    query = select(row).where(
        col(row.jurisdiction) == asker,
        col(row.status).in_(_WAITING),
        col(row.overdue_noticed_at).is_(None),
        col(row.answer_by) <= unit.now,
        col(row.request_id).not_in(left_out),
    )
    query = query.order_by(col(row.answer_by)).limit(limit).with_for_update(skip_locked=True)
    return [to_support(one) for one in await unit.connection.execute(query)]


@dataclass(frozen=True)
class SupportFilter:
    """Which requests are looked for, by whom; what is None does not narrow it."""

    node: str
    incident_id: str | None = None
    role: Literal["asker", "lender"] | None = None
    waiting: bool | None = None
    audience: Audience | None = None


async def page(
    connection: AsyncConnection, wanted: SupportFilter, limit: int, after: str = ""
) -> list[Support]:
    """The requests, the oldest first, from behind the one named."""
    row = SupportRow
    query = select(row).where(col(row.request_id) > after)
    if wanted.incident_id:
        query = query.where(col(row.incident_id) == wanted.incident_id)
    if wanted.role:
        place = col(row.jurisdiction) if wanted.role == "asker" else col(row.target)
        query = query.where(place == wanted.node)
    if wanted.waiting is not None:
        waits = col(row.status).in_(_WAITING)
        query = query.where(waits if wanted.waiting else ~waits)
    if wanted.audience:
        query = query.where(wanted.audience.may_read(col(row.incident_id)))
    rows = await connection.execute(query.order_by(col(row.request_id)).limit(limit))
    return [to_support(one) for one in rows]
