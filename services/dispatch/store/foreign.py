"""The view of other nodes' orders."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, exists, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from contracts.events.dispatch import OrderStatus, ReleaseCause
from contracts.values import Location
from services.dispatch.domain.foreign import ForeignOrder
from services.dispatch.store.tables import ForeignOrderRow
from shared.database import UnitOfWork

_SPECIAL = {"destination", "status", "capabilities", "release_cause"}


def to_foreign(row: Row[Any]) -> ForeignOrder:
    """The domain object of a row."""
    names = [name for name in ForeignOrder.__dataclass_fields__ if name not in _SPECIAL]
    place = Location.model_construct(lon=row.lon, lat=row.lat, address=row.address)
    return ForeignOrder(
        **{name: getattr(row, name) for name in names},
        destination=place if row.lon is not None else None,
        status=OrderStatus(row.status),
        capabilities=tuple(row.capabilities),
        release_cause=ReleaseCause(row.release_cause) if row.release_cause else None,
    )


def to_row(view: ForeignOrder) -> dict[str, Any]:
    """The columns of a view."""
    values = {name: value for name, value in vars(view).items() if name != "destination"}
    place = view.destination.model_dump() if view.destination else {"lon": None, "lat": None, "address": ""}
    return {**values, "capabilities": list(view.capabilities), **place}


async def find(unit: UnitOfWork, order_id: str) -> ForeignOrder | None:
    """The view of an order, locked; None when nothing was heard of it."""
    query = select(ForeignOrderRow).where(col(ForeignOrderRow.order_id) == order_id).with_for_update()
    row = (await unit.connection.execute(query)).one_or_none()
    return to_foreign(row) if row else None


async def save(unit: UnitOfWork, view: ForeignOrder) -> None:
    """Keep a view; of the orders to one team only the one with the highest number holds it."""
    values = to_row(view)
    kept = {name: value for name, value in values.items() if name not in {"order_id", "superseded"}}
    statement = insert(ForeignOrderRow).values(**values)
    await unit.connection.execute(statement.on_conflict_do_update(index_elements=["order_id"], set_=kept))
    one, later = ForeignOrderRow, aliased(ForeignOrderRow)
    newer = exists().where(
        col(later.team_id) == col(one.team_id),
        col(later.jurisdiction) == col(one.jurisdiction),
        col(later.order_no) > col(one.order_no),
    )
    of_team = (col(one.team_id) == view.team_id, col(one.jurisdiction) == view.jurisdiction)
    older = update(one).where(*of_team, ~col(one.superseded), newer).values(superseded=True)
    await unit.connection.execute(older)


async def teams_present(connection: AsyncConnection, incident_id: str) -> Sequence[ForeignOrder]:
    """Other nodes' teams that an incident holds."""
    row = ForeignOrderRow
    query = select(row).where(col(row.incident_id) == incident_id, ~col(row.superseded))
    query = query.where(col(row.released_at).is_(None)).order_by(col(row.order_id))
    return [to_foreign(one) for one in await connection.execute(query)]
