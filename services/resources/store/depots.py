"""Depots and their stock. Stock is taken under row locks in the order of depots."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from contracts.messages import text as message
from contracts.plan.seed import Depot
from contracts.refusals import NotFound
from contracts.values import Location
from services.resources.policy.allocating import Holding
from services.resources.store.tables import DepotRow, StockRow
from shared.database import UnitOfWork

_HOLDINGS = text("""
SELECT d.depot_id, d.name, d.lon, d.lat, d.address, s.quantity - s.reserved AS available
FROM stock s JOIN depot d USING (depot_id)
WHERE s.item = :item AND (CAST(:depot_id AS text) IS NULL OR s.depot_id = :depot_id)
ORDER BY s.depot_id FOR UPDATE OF s
""")
_PROMISE = text(
    "UPDATE stock SET reserved = reserved + :quantity WHERE depot_id = :depot_id AND item = :item"
)
_SHIP = text("""
UPDATE stock SET reserved = reserved - :quantity, quantity = quantity - :quantity
WHERE depot_id = :depot_id AND item = :item
""")
_STOCK = text("""
SELECT s.depot_id || '/' || s.item AS stock_id, s.depot_id, d.name AS depot_name, s.item, s.quantity, s.reserved
FROM stock s JOIN depot d USING (depot_id)
WHERE s.depot_id || '/' || s.item > :after AND (CAST(:item AS text) IS NULL OR s.item = :item)
ORDER BY stock_id LIMIT :limit
""")


async def seed(unit: UnitOfWork, depots: dict[str, Depot]) -> None:
    """Depots with their first stock; what is known stays as it is."""
    if not depots:
        return
    rows = [{"depot_id": key, "name": one.name, **one.place.model_dump()} for key, one in depots.items()]
    await unit.connection.execute(insert(DepotRow).values(rows).on_conflict_do_nothing())
    stock = [
        {"depot_id": key, "item": held.item, "quantity": held.quantity, "reserved": 0}
        for key, one in depots.items()
        for held in one.stock
    ]
    if stock:
        await unit.connection.execute(insert(StockRow).values(stock).on_conflict_do_nothing())


async def holdings(unit: UnitOfWork, item: str, depot_id: str | None) -> list[Holding]:
    """What depots have of an item and have not promised, locked until the end of the unit."""
    rows = await unit.connection.execute(_HOLDINGS, {"item": item, "depot_id": depot_id})
    return [
        Holding(
            row.depot_id,
            row.name,
            Location.model_construct(lon=row.lon, lat=row.lat, address=row.address),
            row.available,
        )
        for row in rows
    ]


async def promise(unit: UnitOfWork, depot_id: str, item: str, quantity: int) -> None:
    """Set stock aside; a negative quantity frees it again."""
    values = {"depot_id": depot_id, "item": item, "quantity": quantity}
    await unit.connection.execute(_PROMISE, values)


async def take(unit: UnitOfWork, depot_id: str, item: str, quantity: int) -> None:
    """Promised stock leaves the depot."""
    await unit.connection.execute(_SHIP, {"depot_id": depot_id, "item": item, "quantity": quantity})


async def require(connection: AsyncConnection, depot_id: str) -> None:
    """Raise NotFound for a depot this node does not have."""
    query = select(DepotRow.depot_id).where(col(DepotRow.depot_id) == depot_id)
    if (await connection.execute(query)).one_or_none() is None:
        raise NotFound(message("resources.depot"), depot_id)


async def stock(connection: AsyncConnection, item: str | None, limit: int, after: str) -> Sequence[Row[Any]]:
    """Stock of all items or of one, by depot."""
    values = {"item": item, "limit": limit, "after": after}
    return (await connection.execute(_STOCK, values)).all()


async def listed(connection: AsyncConnection, limit: int, after: str) -> Sequence[Row[Any]]:
    """Depots by their id."""
    query = select(DepotRow).where(col(DepotRow.depot_id) > after)
    return (await connection.execute(query.order_by(col(DepotRow.depot_id)).limit(limit))).all()
