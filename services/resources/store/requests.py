"""What this node asked of others, and how they answered."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from contracts.events.resource import MaterialRequested
from contracts.messages import text
from contracts.refusals import NotFound
from contracts.values import Location
from services.resources.store.tables import MaterialRequestRow
from shared.database import UnitOfWork


async def add(unit: UnitOfWork, event: MaterialRequested) -> None:
    """Keep what is asked; nothing is answered yet."""
    asked = event.model_dump(exclude={"jurisdiction", "destination"})
    answer = {"reserved": 0, "missing": 0, "reason": ""}
    values = {**asked, **event.destination.model_dump(), **answer}
    await unit.connection.execute(insert(MaterialRequestRow).values(**values))


async def note(unit: UnitOfWork, request_id: str, reserved: int, missing: int, reason: str = "") -> Location:
    """Part of an answer: so much more is promised, so much more is not to be had; where it was to go.

    Raises NotFound for an answer to what was never asked.
    """
    row = MaterialRequestRow
    changes: dict[str, Any] = {
        "reserved": col(row.reserved) + reserved,
        "missing": col(row.missing) + missing,
        **({"reason": reason} if reason else {}),
    }
    statement = update(row).where(col(row.request_id) == request_id).values(**changes)
    place = (row.lon, row.lat, row.address)
    noted = (await unit.connection.execute(statement.returning(*map(col, place)))).one_or_none()
    if noted is None:
        raise NotFound(text("resources.request"), request_id)
    return Location.model_construct(lon=noted.lon, lat=noted.lat, address=noted.address)


async def listed(
    connection: AsyncConnection, incident_id: str | None, limit: int, after: str
) -> Sequence[Row[Any]]:
    """Requests in the order of their making, of all incidents or of one."""
    query = select(MaterialRequestRow).where(col(MaterialRequestRow.request_id) > after)
    if incident_id:
        query = query.where(col(MaterialRequestRow.incident_id) == incident_id)
    return (await connection.execute(query.order_by(col(MaterialRequestRow.request_id)).limit(limit))).all()
