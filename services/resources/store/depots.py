"""Depots and their stock. Stock is taken under row locks in the order of depots."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from contracts.plan.seed import Depot, Expert, Site
from contracts.values import Location
from services.resources.policy.allocating import Holding
from services.resources.store.tables import DepotRow, ExpertRow, SiteRow, StockRow
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
SELECT s.depot_id, d.name AS depot_name, s.item, s.quantity, s.reserved
FROM stock s JOIN depot d USING (depot_id) ORDER BY s.depot_id, s.item
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


async def seed_sites(unit: UnitOfWork, kind: str, sites: dict[str, Site]) -> None:
    """Shelters or hazard sources; what is known stays as it is."""
    if sites:
        rows = [
            {
                "site_id": key,
                "kind": kind,
                "name": one.name,
                "sector": one.sector,
                "detail": one.detail,
                **one.place.model_dump(),
            }
            for key, one in sites.items()
        ]
        await unit.connection.execute(insert(SiteRow).values(rows).on_conflict_do_nothing())


async def seed_experts(unit: UnitOfWork, experts: dict[str, Expert]) -> None:
    """Experts; who is known stays as they are."""
    if experts:
        rows = [{"expert_id": key, "name": one.name, "field": one.field} for key, one in experts.items()]
        await unit.connection.execute(insert(ExpertRow).values(rows).on_conflict_do_nothing())


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


async def stock(connection: AsyncConnection) -> Sequence[Row[Any]]:
    """All stock."""
    return (await connection.execute(_STOCK)).all()


async def listed(connection: AsyncConnection) -> Sequence[Row[Any]]:
    """All depots."""
    return (await connection.execute(select(DepotRow).order_by(col(DepotRow.depot_id)))).all()


async def sites(connection: AsyncConnection, kind: str) -> Sequence[Row[Any]]:
    """All shelters or all hazard sources."""
    query = select(SiteRow).where(col(SiteRow.kind) == kind).order_by(col(SiteRow.site_id))
    return (await connection.execute(query)).all()


async def experts(connection: AsyncConnection) -> Sequence[Row[Any]]:
    """All experts."""
    return (await connection.execute(select(ExpertRow).order_by(col(ExpertRow.expert_id)))).all()
