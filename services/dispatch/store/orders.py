"""Orders of this node, with their fence; and every order that stands, for those who read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Row, false, or_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from contracts.events.dispatch import OrderStatus, ReleaseCause
from contracts.refusals import NotFound
from contracts.values import Location
from services.dispatch.domain.foreign import ForeignOrder
from services.dispatch.domain.order import Order
from services.dispatch.store.concerns import Audience
from services.dispatch.store.foreign import to_foreign
from services.dispatch.store.tables import ForeignOrderRow, IncidentViewRow, OrderRow
from shared.database import UnitOfWork
from shared.statements import Statement

_HELD = Statement("""
SELECT team_id, team_name, jurisdiction, capabilities FROM (
  SELECT order_id, team_id, team_name, jurisdiction, capabilities FROM team_order
  WHERE incident_id = %(incident_id)s AND released_at IS NULL
  UNION ALL
  SELECT order_id, team_id, team_name, jurisdiction, capabilities FROM foreign_order
  WHERE incident_id = %(incident_id)s AND released_at IS NULL AND NOT superseded
) AS standing ORDER BY order_id
""")
_SPECIAL = {"destination", "status", "capabilities", "release_cause", "before"}


def to_order(row: Row[Any]) -> Order:
    """The domain object of a row."""
    names = [name for name in Order.__dataclass_fields__ if name not in _SPECIAL]
    return Order(
        **{name: getattr(row, name) for name in names},
        destination=Location.model_construct(lon=row.lon, lat=row.lat, address=row.address),
        status=OrderStatus(row.status),
        capabilities=tuple(row.capabilities),
        release_cause=ReleaseCause(row.release_cause) if row.release_cause else None,
        before=OrderStatus(row.before) if row.before else None,
    )


def to_row(order: Order) -> dict[str, Any]:
    """The columns of an order."""
    values = {name: value for name, value in vars(order).items() if name != "destination"}
    values |= {"capabilities": list(order.capabilities)}
    return {**values, **order.destination.model_dump()}


async def add(unit: UnitOfWork, orders: Sequence[Order]) -> list[str]:
    """Store orders; the ids of teams that another live order holds, which got none."""
    rows = [to_row(order) for order in orders]
    statement = insert(OrderRow).values(rows).on_conflict_do_nothing().returning(col(OrderRow.team_id))
    stored = set((await unit.connection.execute(statement)).scalars())
    return [order.team_id for order in orders if order.team_id not in stored]


async def holding(connection: AsyncConnection, team_ids: Collection[str]) -> dict[str, Order]:
    """The live orders that hold these teams of this node, by team."""
    where = (col(OrderRow.team_id).in_(team_ids), col(OrderRow.released_at).is_(None))
    rows = await connection.execute(select(OrderRow).where(*where))
    return {row.team_id: to_order(row) for row in rows}


class HeldTeam(NamedTuple):
    """A team that a live order holds, whichever node gave it."""

    team_id: str
    name: str
    jurisdiction: str
    capabilities: list[str]


async def teams_held(connection: AsyncConnection, incident_id: str) -> list[HeldTeam]:
    """The teams that live orders to an incident hold, this node's and other nodes', in the order of their giving."""
    return [HeldTeam(*row) for row in await _HELD.run(connection, {"incident_id": incident_id})]


async def require(unit: UnitOfWork, order_id: str) -> Order:
    """An order of this node, locked; raises NotFound."""
    query = select(OrderRow).where(col(OrderRow.order_id) == order_id).with_for_update()
    row = (await unit.connection.execute(query)).one_or_none()
    if row is None:
        raise NotFound("dispatch.order", order_id)
    return to_order(row)


async def lent_live(unit: UnitOfWork, request_id: str, team_ids: Collection[str]) -> list[Order]:
    """The live orders that a request for support gave to these teams, locked, in the order of their giving."""
    row = OrderRow
    query = select(row).where(col(row.request_id) == request_id, col(row.team_id).in_(team_ids))
    query = query.where(col(row.released_at).is_(None)).order_by(col(row.order_id)).with_for_update()
    return [to_order(one) for one in await unit.connection.execute(query)]


async def save(unit: UnitOfWork, order: Order) -> None:
    """What was decided."""
    where = col(OrderRow.order_id) == order.order_id
    await unit.connection.execute(update(OrderRow).where(where).values(**to_row(order)))


async def take_unacknowledged(unit: UnitOfWork, limit: int, left_out: Collection[str]) -> list[Order]:
    """Orders whose acknowledgement is overdue, locked, skipping what another replica has in hand."""
    query = select(OrderRow).where(
        col(OrderRow.status) == OrderStatus.ISSUED.value,
        col(OrderRow.overdue_noticed_at).is_(None),
        col(OrderRow.acknowledge_by) <= unit.now,
        col(OrderRow.order_id).not_in(left_out),
    )
    query = query.order_by(col(OrderRow.acknowledge_by)).limit(limit).with_for_update(skip_locked=True)
    return [to_order(row) for row in await unit.connection.execute(query)]


@dataclass(frozen=True)
class OrderFilter:
    """Which orders are asked for, by whom; what is None does not narrow it.

    Of other nodes' orders ``node`` sees those it commands and those on incidents it has heard of.
    """

    node: str
    incident_id: str | None = None
    live: bool | None = None
    audience: Audience | None = None
    team_id: str | None = None


async def page(
    connection: AsyncConnection, wanted: OrderFilter, limit: int, after: str
) -> list[Order | ForeignOrder]:
    """Orders in the order of their giving, from behind the one named."""
    own, foreign = OrderRow, ForeignOrderRow
    heard_of = select(col(IncidentViewRow.incident_id))
    concerns = or_(col(foreign.commanded_by) == wanted.node, col(foreign.incident_id).in_(heard_of))
    ours = [to_order(row) for row in await connection.execute(_narrow(own, wanted, after).limit(limit))]
    narrowed = _narrow(foreign, wanted, after).where(concerns).limit(limit)
    theirs = [to_foreign(row) for row in await connection.execute(narrowed)]
    both: list[Order | ForeignOrder] = [*ours, *theirs]
    return sorted(both, key=lambda order: order.order_id)[:limit]


def _narrow(
    table: type[OrderRow] | type[ForeignOrderRow], wanted: OrderFilter, after: str
) -> SelectOfScalar[Any]:
    query: SelectOfScalar[Any] = select(table).where(col(table.order_id) > after)
    if wanted.incident_id:
        query = query.where(col(table.incident_id) == wanted.incident_id)
    if wanted.live is not None:
        over = col(table.superseded) if table is ForeignOrderRow else false()
        released = or_(col(table.released_at).is_not(None), over)
        query = query.where(~released if wanted.live else released)
    if wanted.team_id is not None:
        query = query.where(col(table.team_id) == wanted.team_id)
    if wanted.audience:
        query = query.where(wanted.audience.may_read(col(table.incident_id)))
    return query.order_by(col(table.order_id))
