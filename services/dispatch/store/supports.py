"""Requests for support and their answers, at the node that asked."""

from typing import Any

from sqlalchemy import Row, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from contracts.values import Location
from services.dispatch.domain.support import Support, SupportStatus
from services.dispatch.store.tables import SupportRow
from shared.database import UnitOfWork


def to_support(row: Row[Any]) -> Support:
    """The domain object of a row."""
    special = {"destination", "status", "team_ids"}
    plain = {name: getattr(row, name) for name in Support.__dataclass_fields__ if name not in special}
    place = Location.model_construct(lon=row.lon, lat=row.lat, address=row.address)
    status = SupportStatus(row.status)
    return Support(**plain, destination=place, status=status, team_ids=tuple(row.team_ids))


def to_row(support: Support) -> dict[str, Any]:
    """The columns of a request."""
    values = {name: value for name, value in vars(support).items() if name != "destination"}
    words = {"status": support.status.value, "team_ids": list(support.team_ids)}
    return {**values, **words, **support.destination.model_dump()}


async def add(unit: UnitOfWork, support: Support) -> None:
    """Store a request."""
    await unit.connection.execute(insert(SupportRow).values(**to_row(support)))


async def found(unit: UnitOfWork, request_id: str) -> Support | None:
    """A request of this node, locked."""
    query = select(SupportRow).where(col(SupportRow.request_id) == request_id).with_for_update()
    row = (await unit.connection.execute(query)).one_or_none()
    return to_support(row) if row else None


async def save(unit: UnitOfWork, support: Support) -> None:
    """What was answered."""
    where = col(SupportRow.request_id) == support.request_id
    await unit.connection.execute(update(SupportRow).where(where).values(**to_row(support)))


async def listed(connection: AsyncConnection, incident_id: str, limit: int) -> list[Support]:
    """The requests on an incident, the oldest first."""
    query = select(SupportRow).where(col(SupportRow.incident_id) == incident_id)
    rows = await connection.execute(query.order_by(col(SupportRow.request_id)).limit(limit))
    return [to_support(row) for row in rows]
