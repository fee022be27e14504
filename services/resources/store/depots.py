"""Depots and their stock. Stock is taken under row locks, by item and then in the order of depots."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from contracts.plan.seed import Depot
from contracts.refusals import NotFound
from contracts.values import Location
from services.resources.domain.stock import Balance, MovementKind, balance_after
from services.resources.policy.allocating import Holding
from services.resources.store.tables import DepotRow, StockMovementRow, StockRow
from shared.database import UnitOfWork
from shared.ids import new_id

_HOLDINGS = text("""
SELECT d.depot_id, d.name, d.lon, d.lat, d.address, s.quantity, s.reserved
FROM stock s JOIN depot d USING (depot_id)
WHERE s.item = :item AND (CAST(:depot_id AS text) IS NULL OR s.depot_id = :depot_id)
ORDER BY s.depot_id FOR UPDATE OF s
""")
_PROMISE = text(
    "UPDATE stock SET reserved = reserved + :quantity WHERE depot_id = :depot_id AND item = :item"
)
_BALANCE = text("SELECT quantity, reserved FROM stock WHERE depot_id = :depot_id AND item = :item FOR UPDATE")
_SET = text("""
UPDATE stock SET quantity = :quantity, reserved = :reserved WHERE depot_id = :depot_id AND item = :item
""")
_STOCK = text("""
SELECT s.depot_id || '/' || s.item AS stock_id, s.depot_id, d.name AS depot_name, s.item, s.quantity, s.reserved
FROM stock s JOIN depot d USING (depot_id)
WHERE (s.depot_id, s.item) > (:after_depot, :after_item) AND (CAST(:item AS text) IS NULL OR s.item = :item)
ORDER BY s.depot_id, s.item LIMIT :limit
""")


@dataclass(frozen=True)
class Change:
    """One movement of one depot's stock of an item: ``quantity`` pieces, or as many as a count found."""

    depot_id: str
    item: str
    kind: MovementKind
    quantity: int
    by: str = ""
    reason: str = ""
    reservation_id: str | None = None


async def seed(unit: UnitOfWork, depots: dict[str, Depot]) -> None:
    """Depots with their first stock; what is known stays as it is."""
    if not depots:
        return
    rows = [{"depot_id": key, "name": one.name, **one.place.model_dump()} for key, one in depots.items()]
    await unit.connection.execute(insert(DepotRow).values(rows).on_conflict_do_nothing())
    for key, one in sorted(depots.items()):
        for held in sorted(one.stock, key=lambda held: held.item):
            if await _open(unit, key, held.item):
                await move(unit, Change(key, held.item, MovementKind.OPENING, held.quantity))


async def _open(unit: UnitOfWork, depot_id: str, item: str) -> bool:
    """An empty row for an item that a depot did not have; whether it is new."""
    row = {"depot_id": depot_id, "item": item, "quantity": 0, "reserved": 0}
    statement = insert(StockRow).values(row).on_conflict_do_nothing().returning(col(StockRow.item))
    return (await unit.connection.execute(statement)).first() is not None


async def move(unit: UnitOfWork, change: Change) -> Balance:
    """Change the stock and write down the movement with the balance after it. Raises MoreThanFree."""
    where = {"depot_id": change.depot_id, "item": change.item}
    await _open(unit, change.depot_id, change.item)
    row = (await unit.connection.execute(_BALANCE, where)).one()
    before = Balance(row.quantity, row.reserved)
    after = balance_after(before, change.kind, change.quantity)
    await unit.connection.execute(_SET, {**where, **vars(after)})
    written = {
        **where,
        "movement_id": str(new_id()),
        "kind": change.kind.value,
        "change": after.quantity - before.quantity,
        "balance": after.quantity,
        "reservation_id": change.reservation_id,
        "reason": change.reason,
        "by": change.by,
        "moved_at": unit.now,
    }
    await unit.connection.execute(insert(StockMovementRow).values(**written))
    return after


async def transfer(unit: UnitOfWork, change: Change, to_depot_id: str) -> tuple[Balance, Balance]:
    """From one depot to another, both locked in the order of depots. Raises MoreThanFree."""
    for depot_id in sorted((change.depot_id, to_depot_id)):
        await _open(unit, depot_id, change.item)
        await unit.connection.execute(_BALANCE, {"depot_id": depot_id, "item": change.item})
    out = Change(
        change.depot_id, change.item, MovementKind.TRANSFER_OUT, change.quantity, change.by, change.reason
    )
    into = Change(
        to_depot_id, change.item, MovementKind.TRANSFER_IN, change.quantity, change.by, change.reason
    )
    return await move(unit, out), await move(unit, into)


async def holdings(unit: UnitOfWork, item: str, depot_id: str | None = None) -> list[Holding]:
    """What depots have of an item, locked until the end of the unit."""
    rows = await unit.connection.execute(_HOLDINGS, {"item": item, "depot_id": depot_id})
    return [
        Holding(
            row.depot_id,
            row.name,
            Location.model_construct(lon=row.lon, lat=row.lat, address=row.address),
            row.quantity - row.reserved,
            row.quantity,
        )
        for row in rows
    ]


async def promise(unit: UnitOfWork, depot_id: str, item: str, quantity: int) -> None:
    """Set stock aside; a negative quantity frees it again."""
    values = {"depot_id": depot_id, "item": item, "quantity": quantity}
    await unit.connection.execute(_PROMISE, values)


async def require(connection: AsyncConnection, depot_id: str) -> None:
    """Raise NotFound for a depot this node does not have."""
    query = select(DepotRow.depot_id).where(col(DepotRow.depot_id) == depot_id)
    if (await connection.execute(query)).one_or_none() is None:
        raise NotFound("resources.depot", depot_id)


async def stock(connection: AsyncConnection, item: str | None, limit: int, after: str) -> Sequence[Row[Any]]:
    """Stock of all items or of one, by depot, from behind a ``stock_id``."""
    depot_id, _, after_item = after.rpartition("/")
    values = {"item": item, "limit": limit, "after_depot": depot_id, "after_item": after_item}
    return (await connection.execute(_STOCK, values)).all()


async def movements(
    connection: AsyncConnection, depot_id: str | None, item: str | None, limit: int, after: str
) -> Sequence[Row[Any]]:
    """Movements in the order in which they were made, of all stock or of one depot or item."""
    row = StockMovementRow
    query = select(row).where(col(row.movement_id) > after)
    if depot_id:
        query = query.where(col(row.depot_id) == depot_id)
    if item:
        query = query.where(col(row.item) == item)
    return (await connection.execute(query.order_by(col(row.movement_id)).limit(limit))).all()


async def page(connection: AsyncConnection, limit: int, after: str) -> Sequence[Row[Any]]:
    """Depots by their id."""
    query = select(DepotRow).where(col(DepotRow.depot_id) > after)
    return (await connection.execute(query.order_by(col(DepotRow.depot_id)).limit(limit))).all()
