"""Calls that are no report, with the number that they came from."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy
from pydantic import TypeAdapter
from sqlalchemy import Row, Select, func, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased
from sqlmodel import SQLModel, col, select

from contracts.refusals import NotFound
from services.incident.domain.parked_call import CallStatus, CallStep, ParkedCall
from services.incident.store.reports import Caller
from services.incident.store.tables import CallRow
from shared.database import UnitOfWork

_other = aliased(CallRow)
_SAME_NUMBER = (
    sqlalchemy.select(func.count()).where(col(_other.phone) == col(CallRow.phone)).scalar_subquery()
)
_CALLS: Select[Any] = sqlalchemy.select(
    *SQLModel.metadata.tables["parked_call"].columns, _SAME_NUMBER.label("same_number")
)
_LINEAGE: TypeAdapter[tuple[CallStep, ...]] = TypeAdapter(tuple[CallStep, ...])


@dataclass(frozen=True)
class Called:
    """A call with who called, and how many of these calls came from the same number."""

    call: ParkedCall
    caller: Caller
    same_number: int


async def add(unit: UnitOfWork, call: ParkedCall, caller: Caller) -> None:
    """Keep a call."""
    values = {
        "call_id": call.call_id,
        "channel": call.channel,
        "reason": call.reason,
        "taken_by": call.taken_by,
        "called_at": call.called_at,
        "phone": caller.phone,
        "place": caller.place,
        **_moving(call),
    }
    await unit.connection.execute(insert(CallRow).values(**values))


async def save(unit: UnitOfWork, call: ParkedCall) -> None:
    """What became of a call."""
    statement = update(CallRow).where(col(CallRow.call_id) == call.call_id)
    await unit.connection.execute(statement.values(**_moving(call)))


async def require(connection: AsyncConnection, call_id: str, lock: bool = False) -> Called:
    """A call, locked when something is to be decided on it; raises NotFound."""
    query = _CALLS.where(col(CallRow.call_id) == call_id)
    row = (await connection.execute(query.with_for_update(of=CallRow) if lock else query)).one_or_none()
    if row is None:
        raise NotFound("call.name", call_id)
    return _called(row)


async def page(
    connection: AsyncConnection, status: CallStatus | None, limit: int, after: str | None
) -> list[Called]:
    """Calls, the newest first, from behind the one named."""
    query = _CALLS.order_by(col(CallRow.call_id).desc()).limit(limit)
    if status is not None:
        query = query.where(col(CallRow.status) == status.value)
    if after:
        query = query.where(col(CallRow.call_id) < after)
    return [_called(row) for row in await connection.execute(query)]


async def of_number(connection: AsyncConnection, phone: str, limit: int) -> list[Called]:
    """The calls that came from a number, the newest first."""
    query = _CALLS.where(col(CallRow.phone) == phone).order_by(col(CallRow.call_id).desc())
    return [_called(row) for row in await connection.execute(query.limit(limit))]


async def take_expired(
    unit: UnitOfWork, before: datetime, limit: int, left_out: Collection[str]
) -> Sequence[str]:
    """Calls older than that whose number is still there and that nobody has to look into any more; locked."""
    row = CallRow
    query = (
        select(row.call_id)
        .where(col(row.personal_removed_at).is_(None), col(row.called_at) <= before)
        .where(col(row.status) != CallStatus.PARKED.value, col(row.call_id).not_in(left_out))
        .order_by(col(row.called_at))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list((await unit.connection.execute(query)).scalars())


async def remove_personal(unit: UnitOfWork, call_id: str) -> None:
    """Remove from where it came; that it came stays."""
    statement = update(CallRow).where(col(CallRow.call_id) == call_id)
    values = {"phone": None, "place": None, "personal_removed_at": unit.now}
    await unit.connection.execute(statement.values(**values))


def _moving(call: ParkedCall) -> dict[str, Any]:
    return {
        "status": call.status.value,
        "report_id": call.report_id,
        "lineage": _LINEAGE.dump_python(call.lineage, mode="json"),
    }


def _called(row: Row[Any]) -> Called:
    call = ParkedCall(
        row.call_id,
        row.channel,
        row.reason,
        row.taken_by,
        row.called_at,
        CallStatus(row.status),
        row.report_id,
        _LINEAGE.validate_python(row.lineage),
        row.personal_removed_at,
    )
    return Called(call, Caller(None, row.phone, row.place), row.same_number)
