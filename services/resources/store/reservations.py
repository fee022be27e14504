"""Reservations of this node's stock, and the views of other nodes' reservations for it."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, delete, select

from contracts.events import BY_TYPE
from contracts.events.resource import ReservationEvent
from contracts.refusals import NotFound
from contracts.values import Location
from services.resources.domain.reservation import Reservation, ReservationStatus
from services.resources.policy.lending import Stand
from services.resources.store.tables import ReservationNewsRow, ReservationRow
from shared.database import UnitOfWork

_SPECIAL = {"destination", "status"}
_LENT = text("""
SELECT
  (SELECT COALESCE(SUM(quantity), 0) FROM reservation
   WHERE own AND item = :item AND for_jurisdiction <> :node AND status = 'reserved') AS promised,
  (SELECT COALESCE(SUM(CASE status WHEN 'shipped' THEN quantity ELSE received - damaged - used - returned END), 0)
   FROM reservation
   WHERE own AND item = :item AND for_jurisdiction <> :node AND status IN ('shipped', 'received')) AS away,
  (SELECT COALESCE(SUM(offered - accepted), 0) FROM material_request
   WHERE item = :item AND target = :node AND status IN ('partly', 'offered')) AS offered
""")
_PROMISED = text("""
SELECT request_id,
  SUM(quantity) FILTER (WHERE status NOT IN ('cancelled', 'expired')) AS reserved, SUM(received) AS received
FROM reservation WHERE request_id = ANY(CAST(:ids AS text[])) GROUP BY request_id
""")


async def add(unit: UnitOfWork, made: Sequence[Reservation], own: bool = True) -> None:
    """Store reservations; one that is known stays as it is."""
    if made:
        rows = [_to_row(one, own) for one in made]
        await unit.connection.execute(insert(ReservationRow).values(rows).on_conflict_do_nothing())


async def require(unit: UnitOfWork, reservation_id: str) -> Reservation:
    """A reservation, of this node's stock or for this node, locked; raises NotFound."""
    if (known := await find(unit, reservation_id)) is None:
        raise NotFound("resources.reservation", reservation_id)
    return known


async def find(unit: UnitOfWork, reservation_id: str) -> Reservation | None:
    """A reservation, locked, if it is known."""
    query = select(ReservationRow).where(col(ReservationRow.reservation_id) == reservation_id)
    row = (await unit.connection.execute(query.with_for_update())).one_or_none()
    return _from_row(row) if row else None


async def save(unit: UnitOfWork, reservation: Reservation, node: str) -> None:
    """What was decided or heard."""
    where = col(ReservationRow.reservation_id) == reservation.reservation_id
    values = _to_row(reservation, reservation.jurisdiction == node)
    await unit.connection.execute(update(ReservationRow).where(where).values(**values))


async def reservations_unshipped(
    unit: UnitOfWork, incident_id: str | None = None, request_id: str | None = None
) -> list[Reservation]:
    """This node's stock that is set aside for an incident or a request, locked, in the order in which stock is locked."""
    row = ReservationRow
    query = select(row).where(col(row.own), col(row.status) == ReservationStatus.RESERVED.value)
    if incident_id is not None:
        query = query.where(col(row.incident_id) == incident_id)
    if request_id is not None:
        query = query.where(col(row.request_id) == request_id)
    order = (col(row.item), col(row.depot_id), col(row.reservation_id))
    return [_from_row(one) for one in await unit.connection.execute(query.order_by(*order).with_for_update())]


async def is_any_unshipped(unit: UnitOfWork, request_id: str) -> bool:
    """Whether anything is set aside for a request, here or elsewhere, that is not on its way."""
    row = ReservationRow
    query = select(row.reservation_id).where(
        col(row.request_id) == request_id, col(row.status) == ReservationStatus.RESERVED.value
    )
    return (await unit.connection.execute(query.limit(1))).first() is not None


async def take_expired(unit: UnitOfWork, limit: int, left_out: Collection[str]) -> list[Reservation]:
    """This node's reservations that were not shipped in time, locked, skipping what another replica has in hand."""
    row = ReservationRow
    query = select(row).where(
        col(row.own),
        col(row.status) == ReservationStatus.RESERVED.value,
        col(row.expires_at) <= unit.now,
        col(row.reservation_id).not_in(left_out),
    )
    query = query.order_by(col(row.expires_at)).limit(limit).with_for_update(skip_locked=True)
    return [_from_row(one) for one in await unit.connection.execute(query)]


async def stand(connection: AsyncConnection, item: str, node: str, here: int, free: int) -> Stand:
    """How an item stands at this node, with what is lent, offered and on its way to others."""
    row = (await connection.execute(_LENT, {"item": item, "node": node})).one()
    return Stand(here, free - row.offered, lent_here=row.promised + row.offered, lent_away=row.away)


async def pieces_promised(connection: AsyncConnection, ids: Collection[str]) -> dict[str, tuple[int, int]]:
    """By request: how many pieces are set aside or were shipped for it, and how many arrived."""
    rows = await connection.execute(_PROMISED, {"ids": list(ids)})
    return {row.request_id: (row.reserved or 0, row.received or 0) for row in rows}


async def keep_news(unit: UnitOfWork, event: ReservationEvent) -> None:
    """What is said of a reservation that is not known yet."""
    values = {"reservation_id": event.reservation_id, "type": event.type_name()}
    statement = insert(ReservationNewsRow).values(**values, body=event.model_dump_json())
    await unit.connection.execute(statement.on_conflict_do_nothing())


async def take_news(unit: UnitOfWork, reservation_id: str) -> list[Any]:
    """What was said of a reservation before it was known; it is not kept any longer."""
    row = ReservationNewsRow
    statement = delete(row).where(col(row.reservation_id) == reservation_id)
    kept = await unit.connection.execute(statement.returning(col(row.type), col(row.body)))
    return [BY_TYPE[one.type].read(one.body.encode()) for one in kept]


async def page(
    connection: AsyncConnection, incident_id: str | None, limit: int, after: str
) -> list[Reservation]:
    """Reservations in the order of their making."""
    query = select(ReservationRow).where(col(ReservationRow.reservation_id) > after)
    if incident_id:
        query = query.where(col(ReservationRow.incident_id) == incident_id)
    rows = await connection.execute(query.order_by(col(ReservationRow.reservation_id)).limit(limit))
    return [_from_row(row) for row in rows]


def _from_row(row: Row[Any]) -> Reservation:
    plain = {name: getattr(row, name) for name in Reservation.__dataclass_fields__ if name not in _SPECIAL}
    place = Location.model_construct(lon=row.lon, lat=row.lat, address=row.address)
    return Reservation(**plain, destination=place, status=ReservationStatus(row.status))


def _to_row(reservation: Reservation, own: bool) -> dict[str, Any]:
    values = {name: value for name, value in vars(reservation).items() if name != "destination"}
    words = {"status": reservation.status.value, "own": own}
    return {**values, **words, **reservation.destination.model_dump()}
