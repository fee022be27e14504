"""Requests for material: those this node asked, and those asked of it."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from contracts.refusals import NotFound
from contracts.values import Location
from services.resources.domain.request import ENDED, WAITING, Offer, Request, RequestStatus
from services.resources.store.tables import MaterialRequestRow
from shared.database import UnitOfWork

_WAITING = [status.value for status in WAITING]
_ENDED = [status.value for status in ENDED]
_SPECIAL = {"destination", "status", "offers"}
Role = Literal["asker", "lender"]


async def add(unit: UnitOfWork, request: Request) -> bool:
    """Keep what is asked; False when it is known."""
    statement = insert(MaterialRequestRow).values(**_to_row(request)).on_conflict_do_nothing()
    stored = await unit.connection.execute(statement.returning(col(MaterialRequestRow.request_id)))
    return stored.first() is not None


async def find(unit: UnitOfWork, request_id: str) -> Request | None:
    """A request, locked."""
    query = select(MaterialRequestRow).where(col(MaterialRequestRow.request_id) == request_id)
    row = (await unit.connection.execute(query.with_for_update())).one_or_none()
    return _from_row(row) if row else None


async def require(unit: UnitOfWork, request_id: str) -> Request:
    """Like ``find``; raises NotFound."""
    request = await find(unit, request_id)
    if request is None:
        raise NotFound("resources.request", request_id)
    return request


async def incident_of(connection: AsyncConnection, request_id: str) -> str:
    """The incident a request is for; raises NotFound."""
    query = select(MaterialRequestRow.incident_id).where(col(MaterialRequestRow.request_id) == request_id)
    incident_id = await connection.scalar(query)
    if incident_id is None:
        raise NotFound("resources.request", request_id)
    return str(incident_id)


async def save(unit: UnitOfWork, request: Request) -> None:
    """What was answered."""
    where = col(MaterialRequestRow.request_id) == request.request_id
    await unit.connection.execute(update(MaterialRequestRow).where(where).values(**_to_row(request)))


async def live_of(unit: UnitOfWork, incident_id: str, node: str, role: Role) -> list[Request]:
    """What this node asked, or is asked, for an incident and that has not come to an end, locked."""
    row = MaterialRequestRow
    query = select(row).where(col(row.incident_id) == incident_id, _place(role) == node)
    query = query.where(col(row.status).not_in(_ENDED)).order_by(col(row.request_id)).with_for_update()
    return [_from_row(one) for one in await unit.connection.execute(query)]


async def take_unanswered(
    unit: UnitOfWork, limit: int, left_out: Collection[str], asker: str
) -> list[Request]:
    """Requests of this node whose answer is overdue, locked, skipping what another replica has in hand."""
    row = MaterialRequestRow
    query = select(row).where(
        col(row.status).in_(_WAITING),
        col(row.answer_by) <= unit.now,
        col(row.jurisdiction) == asker,
        col(row.request_id).not_in(left_out),
    )
    query = query.order_by(col(row.answer_by)).limit(limit).with_for_update(skip_locked=True)
    return [_from_row(one) for one in await unit.connection.execute(query)]


async def claim_old(unit: UnitOfWork, node: str) -> None:
    """Requests that an older program kept without saying whose: they were this node's own."""
    where = col(MaterialRequestRow.jurisdiction) == ""
    await unit.connection.execute(update(MaterialRequestRow).where(where).values(jurisdiction=node))


@dataclass(frozen=True)
class RequestFilter:
    """Which requests are looked for, by whom; what is None does not narrow it."""

    node: str
    incident_id: str | None = None
    role: Role | None = None
    waiting: bool | None = None


async def page(
    connection: AsyncConnection, wanted: RequestFilter, limit: int, after: str
) -> Sequence[Request]:
    """Requests in the order of their making, from behind the one named."""
    row = MaterialRequestRow
    query = select(row).where(col(row.request_id) > after)
    if wanted.incident_id:
        query = query.where(col(row.incident_id) == wanted.incident_id)
    if wanted.role:
        query = query.where(_place(wanted.role) == wanted.node)
    if wanted.waiting is not None:
        waits = col(row.status).in_(_WAITING)
        query = query.where(waits if wanted.waiting else ~waits)
    rows = await connection.execute(query.order_by(col(row.request_id)).limit(limit))
    return [_from_row(one) for one in rows]


def _place(role: Role) -> Any:  # noqa: ANN401 - SQLAlchemy's column
    return col(MaterialRequestRow.jurisdiction if role == "asker" else MaterialRequestRow.target)


def _to_row(request: Request) -> dict[str, Any]:
    values = {name: value for name, value in vars(request).items() if name not in _SPECIAL}
    offers = [{name: _plain(value) for name, value in asdict(one).items()} for one in request.offers]
    counted = {"offers": offers, "offered": request.offered, "accepted": request.accepted}
    return {**values, **counted, "status": request.status.value, **request.destination.model_dump()}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def _from_row(row: Row[Any]) -> Request:
    plain = {name: getattr(row, name) for name in Request.__dataclass_fields__ if name not in _SPECIAL}
    place = Location.model_construct(lon=row.lon, lat=row.lat, address=row.address)
    offers = tuple(_offer(one) for one in row.offers)
    return Request(**plain, destination=place, status=RequestStatus(row.status), offers=offers)


def _offer(kept: dict[str, Any]) -> Offer:
    accepted = kept["accepted_at"]
    return Offer(
        kept["offer_id"],
        kept["quantity"],
        kept["offered_by"],
        datetime.fromisoformat(kept["offered_at"]),
        datetime.fromisoformat(accepted) if accepted else None,
    )
