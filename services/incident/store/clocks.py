"""Reporting clocks."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, func, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from contracts.values import Grade
from services.incident.domain.clock import Clock, ClockStatus, Recipient
from services.incident.store.tables import ClockRow, IncidentRow
from shared.database import UnitOfWork

_WATCHED = (ClockStatus.RUNNING.value, ClockStatus.SENT.value)


def to_clock(row: Row[Any]) -> Clock:
    """The domain object of a row."""
    values = {name: getattr(row, name) for name in Clock.__dataclass_fields__}
    added_later = {
        "recipients": tuple(Recipient(**one) for one in row.recipients or ()),
        "at_once": bool(row.at_once),
        "owner": row.owner or "",
        "reminders": tuple(row.reminders or ()),
    }
    words = {"status": ClockStatus(row.status), "grade": Grade(row.grade)}
    return Clock(**{**values, **words, **added_later})


def to_row(clock: Clock) -> dict[str, Any]:
    """The columns of a clock."""
    return {
        **vars(clock),
        "status": clock.status.value,
        "grade": clock.grade.value,
        "recipients": [vars(recipient) for recipient in clock.recipients],
        "reminders": list(clock.reminders),
        "wakes_at": clock.wakes_at,
    }


async def put(unit: UnitOfWork, clocks: Sequence[Clock]) -> None:
    """Clocks as they stand now, new ones and known ones."""
    if clocks:
        statement = insert(ClockRow).values([to_row(clock) for clock in clocks])
        names = (*Clock.__dataclass_fields__, "wakes_at")
        columns = {name: statement.excluded[name] for name in names}
        key = [col(ClockRow.incident_id), col(ClockRow.duty), col(ClockRow.occurrence)]
        await unit.connection.execute(statement.on_conflict_do_update(index_elements=key, set_=columns))


async def of_incident(connection: AsyncConnection, incident_id: str, lock: bool = False) -> list[Clock]:
    """The clocks of an incident, the most urgent first."""
    query = select(ClockRow).where(col(ClockRow.incident_id) == incident_id)
    query = query.order_by(col(ClockRow.due_at), col(ClockRow.duty), col(ClockRow.occurrence))
    return [to_clock(row) for row in await connection.execute(query.with_for_update() if lock else query)]


def key_of(clock: Clock) -> str:
    """What names a clock."""
    return clock.duty_id


async def take_due(unit: UnitOfWork, limit: int, left_out: Collection[str]) -> list[Clock]:
    """Clocks that have to be looked at, locked with their incidents, skipping what anybody else has in hand."""
    wakes_at = func.coalesce(ClockRow.wakes_at, ClockRow.due_at)
    query = select(ClockRow).join(IncidentRow, col(IncidentRow.incident_id) == col(ClockRow.incident_id))
    query = query.where(col(ClockRow.status).in_(_WATCHED))
    if left_out:
        query = query.where(col(ClockRow.duty_id).not_in(left_out))
    query = query.where(wakes_at <= unit.now).order_by(wakes_at).limit(limit)
    locked = query.with_for_update(of=[ClockRow, IncidentRow], key_share=True, skip_locked=True)
    return [to_clock(row) for row in await unit.connection.execute(locked)]


async def listed(
    connection: AsyncConnection, incident_id: str | None, status: str | None, limit: int, after: str | None
) -> list[Clock]:
    """Clocks, the most urgent first, from behind the one that ``after`` names (``key_of``)."""
    key = (col(ClockRow.due_at), col(ClockRow.duty_id))
    query = select(ClockRow).order_by(*key).limit(limit)
    if incident_id:
        query = query.where(col(ClockRow.incident_id) == incident_id)
    if status:
        query = query.where(col(ClockRow.status) == status)
    if after:
        last = select(*key).where(key[1] == after)
        query = query.where(tuple_(*key) > last.scalar_subquery())
    return [to_clock(row) for row in await connection.execute(query)]
