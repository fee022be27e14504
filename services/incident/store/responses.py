"""Responses, this node's and those other nodes published."""

from typing import Any

from sqlalchemy import Row, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from contracts.values import ResponseLevel
from services.incident.domain.response import Response, ResponseStatus
from services.incident.store.tables import ResponseRow
from shared.database import UnitOfWork


def to_response(row: Row[Any]) -> Response:
    """The domain object of a row."""
    values = {name: getattr(row, name) for name in Response.__dataclass_fields__}
    words = {"level": ResponseLevel(row.level), "status": ResponseStatus(row.status)}
    return Response(**{**values, **words, "measures": tuple(row.measures)})


def to_row(response: Response) -> dict[str, Any]:
    """The columns of a response."""
    words = {"level": response.level.value, "status": response.status.value}
    return {**vars(response), **words, "measures": list(response.measures)}


async def of_incident(connection: AsyncConnection, incident_id: str) -> list[Response]:
    """All responses to an incident, the oldest first."""
    query = select(ResponseRow).where(col(ResponseRow.incident_id) == incident_id)
    rows = await connection.execute(query.order_by(col(ResponseRow.activated_at)))
    return [to_response(row) for row in rows]


async def running(connection: AsyncConnection, incident_id: str, node: str) -> Response | None:
    """The active response of a node."""
    where = (col(ResponseRow.incident_id) == incident_id, col(ResponseRow.jurisdiction) == node)
    query = select(ResponseRow).where(*where, col(ResponseRow.status) == ResponseStatus.ACTIVE.value)
    row = (await connection.execute(query)).one_or_none()
    return to_response(row) if row else None


async def add(unit: UnitOfWork, response: Response) -> bool:
    """Store a new response; False when its node has one running already."""
    statement = insert(ResponseRow).values(**to_row(response)).on_conflict_do_nothing()
    stored = await unit.connection.execute(statement.returning(col(ResponseRow.response_id)))
    return stored.one_or_none() is not None


async def save(unit: UnitOfWork, response: Response) -> None:
    """What was decided."""
    statement = update(ResponseRow).where(col(ResponseRow.response_id) == response.response_id)
    await unit.connection.execute(statement.values(**to_row(response)))
