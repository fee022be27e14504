"""Reporting clocks."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, func, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from services.incident.domain.clock import Clock, ClockStatus, Recipient
from services.incident.store.tables import ClockRow
from shared.database import UnitOfWork


def to_clock(row: Row[Any]) -> Clock:
    """The domain object of a row."""
    values = {name: getattr(row, name) for name in Clock.__dataclass_fields__}
    added_later = {
        "recipients": tuple(Recipient(**one) for one in row.recipients or ()),
        "at_once": bool(row.at_once),
        "owner": row.owner or "",
        "reminders": tuple(row.reminders or ()),
    }
    return Clock(**{**values, "status": ClockStatus(row.status), **added_later})


def to_row(clock: Clock) -> dict[str, Any]:
    """The columns of a clock."""
    recipients = [vars(recipient) for recipient in clock.recipients]
    return {
        **vars(clock),
        "status": clock.status.value,
        "recipients": recipients,
        "reminders": list(clock.reminders),
        "wakes_at": clock.wakes_at,
    }


async def put(unit: UnitOfWork, clocks: Sequence[Clock]) -> None:
    """Clocks as they stand now, new ones and known ones."""
    if clocks:
        statement = insert(ClockRow).values([to_row(clock) for clock in clocks])
        names = (*Clock.__dataclass_fields__, "wakes_at")
        columns = {name: statement.excluded[name] for name in names}
        key = [col(ClockRow.incident_id), col(ClockRow.duty)]
        await unit.connection.execute(statement.on_conflict_do_update(index_elements=key, set_=columns))


async def of_incident(connection: AsyncConnection, incident_id: str, lock: bool = False) -> list[Clock]:
    """The clocks of an incident, the most urgent first."""
    query = select(ClockRow).where(col(ClockRow.incident_id) == incident_id)
    query = query.order_by(col(ClockRow.due_at), col(ClockRow.duty))
    return [to_clock(row) for row in await connection.execute(query.with_for_update() if lock else query)]


def key_of(clock: Clock) -> str:
    """What names a clock."""
    return f"{clock.incident_id}/{clock.duty}"


async def take_due(unit: UnitOfWork, limit: int, left_out: Collection[str]) -> list[Clock]:
    """Running clocks that have to be looked at, locked, skipping what another replica has in hand."""
    wakes_at = func.coalesce(ClockRow.wakes_at, ClockRow.due_at)
    query = select(ClockRow).where(col(ClockRow.status) == ClockStatus.RUNNING.value)
    if left_out:
        query = query.where(func.concat(ClockRow.incident_id, "/", ClockRow.duty).not_in(left_out))
    query = query.where(wakes_at <= unit.now).order_by(wakes_at).limit(limit)
    return [to_clock(row) for row in await unit.connection.execute(query.with_for_update(skip_locked=True))]


async def listed(
    connection: AsyncConnection, status: str | None, limit: int, after: str | None
) -> list[Clock]:
    """Clocks, the most urgent first, from behind the one that ``after`` names (``key_of``)."""
    key = (col(ClockRow.due_at), col(ClockRow.incident_id), col(ClockRow.duty))
    query = select(ClockRow).order_by(*key).limit(limit)
    if status:
        query = query.where(col(ClockRow.status) == status)
    if after:
        incident_id, _, duty = after.partition("/")
        last = select(*key).where(key[1] == incident_id, key[2] == duty)
        query = query.where(tuple_(*key) > last.scalar_subquery())
    return [to_clock(row) for row in await connection.execute(query)]
