"""Reservations of this node's stock, and the views of other nodes' reservations for it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from contracts.messages import text
from contracts.refusals import NotFound
from contracts.values import Location
from services.resources.domain.reservation import Reservation, ReservationStatus
from services.resources.store.tables import ReservationRow
from shared.database import UnitOfWork


def to_reservation(row: Row[Any]) -> Reservation:
    """The domain object of a row."""
    special = {"destination", "status"}
    plain = {name: getattr(row, name) for name in Reservation.__dataclass_fields__ if name not in special}
    place = Location.model_construct(lon=row.lon, lat=row.lat, address=row.address)
    return Reservation(**plain, destination=place, status=ReservationStatus(row.status))


def to_row(reservation: Reservation, own: bool) -> dict[str, Any]:
    """The columns of a reservation."""
    values = {name: value for name, value in vars(reservation).items() if name != "destination"}
    words = {"status": reservation.status.value, "own": own}
    return {**values, **words, **reservation.destination.model_dump()}


async def add(unit: UnitOfWork, made: Sequence[Reservation], own: bool = True) -> None:
    """Store reservations; one that is known stays as it is."""
    if made:
        rows = [to_row(one, own) for one in made]
        await unit.connection.execute(insert(ReservationRow).values(rows).on_conflict_do_nothing())


async def require(unit: UnitOfWork, reservation_id: str) -> Reservation:
    """A reservation of this node, locked; raises NotFound."""
    if (found := await _found(unit, reservation_id, own=True)) is None:
        raise NotFound(text("resources.reservation"), reservation_id)
    return found


async def watched(unit: UnitOfWork, reservation_id: str) -> Reservation | None:
    """The view of another node's reservation, locked."""
    return await _found(unit, reservation_id, own=False)


async def _found(unit: UnitOfWork, reservation_id: str, own: bool) -> Reservation | None:
    where = (col(ReservationRow.reservation_id) == reservation_id, col(ReservationRow.own) == own)
    row = (
        await unit.connection.execute(select(ReservationRow).where(*where).with_for_update())
    ).one_or_none()
    return to_reservation(row) if row else None


async def save(unit: UnitOfWork, reservation: Reservation, own: bool = True) -> None:
    """What was decided."""
    where = col(ReservationRow.reservation_id) == reservation.reservation_id
    await unit.connection.execute(update(ReservationRow).where(where).values(**to_row(reservation, own)))


async def listed(
    connection: AsyncConnection, incident_id: str | None, limit: int, after: str
) -> list[Reservation]:
    """Reservations in the order of their making."""
    query = select(ReservationRow).where(col(ReservationRow.reservation_id) > after)
    if incident_id:
        query = query.where(col(ReservationRow.incident_id) == incident_id)
    rows = await connection.execute(query.order_by(col(ReservationRow.reservation_id)).limit(limit))
    return [to_reservation(row) for row in rows]
