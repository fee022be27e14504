"""Orders: this node's, and the view of those other nodes gave."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from contracts.messages import text
from contracts.refusals import NotFound
from contracts.values import Location
from services.dispatch.domain.order import Order, OrderStatus
from services.dispatch.store.concerns import Audience
from services.dispatch.store.tables import OrderRow
from shared.database import UnitOfWork


def to_order(row: Row[Any]) -> Order:
    """The domain object of a row."""
    names = [name for name in Order.__dataclass_fields__ if name not in {"destination", "status"}]
    place = Location.model_construct(lon=row.lon, lat=row.lat, address=row.address)
    plain = {name: getattr(row, name) for name in names}
    return Order(**plain, destination=place, status=OrderStatus(row.status))


def to_row(order: Order, own: bool) -> dict[str, Any]:
    """The columns of an order."""
    values = {name: value for name, value in vars(order).items() if name != "destination"}
    return {**values, "status": order.status.value, "own": own, **order.destination.model_dump()}


async def add(unit: UnitOfWork, orders: Sequence[Order]) -> list[str]:
    """Store orders; the ids of teams that another live order holds, which got none."""
    rows = [to_row(order, own=True) for order in orders]
    statement = insert(OrderRow).values(rows).on_conflict_do_nothing().returning(col(OrderRow.team_id))
    stored = set((await unit.connection.execute(statement)).scalars())
    return [order.team_id for order in orders if order.team_id not in stored]


async def holding(connection: AsyncConnection, team_id: str) -> Order | None:
    """The live order that holds a team of this node."""
    where = (col(OrderRow.team_id) == team_id, col(OrderRow.own), col(OrderRow.released_at).is_(None))
    row = (await connection.execute(select(OrderRow).where(*where))).one_or_none()
    return to_order(row) if row else None


async def require(unit: UnitOfWork, order_id: str) -> Order:
    """An order of this node, locked; raises NotFound."""
    query = select(OrderRow).where(col(OrderRow.order_id) == order_id, col(OrderRow.own)).with_for_update()
    row = (await unit.connection.execute(query)).one_or_none()
    if row is None:
        raise NotFound(text("dispatch.order"), order_id)
    return to_order(row)


async def save(unit: UnitOfWork, order: Order, own: bool = True) -> None:
    """What was decided."""
    where = (col(OrderRow.order_id) == order.order_id, col(OrderRow.own) == own)
    await unit.connection.execute(update(OrderRow).where(*where).values(**to_row(order, own)))


async def watch(unit: UnitOfWork, order: Order) -> None:
    """Keep a view of another node's order."""
    await unit.connection.execute(
        insert(OrderRow).values(**to_row(order, own=False)).on_conflict_do_nothing()
    )


async def watched(connection: AsyncConnection, order_id: str) -> Order | None:
    """The view of another node's order."""
    query = select(OrderRow).where(col(OrderRow.order_id) == order_id, ~col(OrderRow.own))
    row = (await connection.execute(query.with_for_update())).one_or_none()
    return to_order(row) if row else None


async def take_unacknowledged(unit: UnitOfWork, limit: int, left_out: Collection[str]) -> list[Order]:
    """Orders whose acknowledgement is overdue, locked, skipping what another replica has in hand."""
    query = select(OrderRow).where(
        col(OrderRow.own),
        col(OrderRow.status) == OrderStatus.ISSUED.value,
        col(OrderRow.overdue_noticed_at).is_(None),
        col(OrderRow.acknowledge_by) <= unit.now,
        col(OrderRow.order_id).not_in(left_out),
    )
    query = query.order_by(col(OrderRow.acknowledge_by)).limit(limit).with_for_update(skip_locked=True)
    return [to_order(row) for row in await unit.connection.execute(query)]


@dataclass(frozen=True)
class OrderFilter:
    """Which orders are asked for, by whom; what is None does not narrow it."""

    incident_id: str | None = None
    live: bool | None = None
    audience: Audience | None = None


async def listed(connection: AsyncConnection, wanted: OrderFilter, limit: int, after: str) -> list[Order]:
    """Orders in the order of their giving, from behind the one named."""
    query = select(OrderRow).where(col(OrderRow.order_id) > after)
    if wanted.incident_id:
        query = query.where(col(OrderRow.incident_id) == wanted.incident_id)
    if wanted.live is not None:
        released = col(OrderRow.released_at)
        query = query.where(released.is_(None) if wanted.live else released.is_not(None))
    if wanted.audience:
        query = query.where(wanted.audience.may_read(col(OrderRow.incident_id)))
    rows = await connection.execute(query.order_by(col(OrderRow.order_id)).limit(limit))
    return [to_order(row) for row in rows]
