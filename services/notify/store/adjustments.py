"""Questions to the duty officer about warnings in force: rows ↔ records."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.refusals import NotFound
from contracts.values import Grade
from services.notify.domain.adjustment import Adjustment, AdjustmentStatus, Cause, withdraw
from services.notify.store.tables import adjustment


async def add(connection: AsyncConnection, one: Adjustment) -> None:
    """Keep a new question; an older one about the same warning is not asked any more."""
    await withdraw_open(connection, one.warning_id)
    await connection.execute(insert(adjustment).values(**_to_row(one)))


async def withdraw_open(connection: AsyncConnection, warning_id: str) -> None:
    """Nobody needs to answer about this warning any more."""
    await _withdraw(connection, adjustment.c.warning_id == warning_id)


async def withdraw_of(connection: AsyncConnection, incident_id: str, cause: Cause) -> None:
    """What was asked of an incident's warnings for this cause does not hold any more."""
    await _withdraw(connection, adjustment.c.incident_id == incident_id, adjustment.c.cause == cause)


async def lock(connection: AsyncConnection, adjustment_id: str) -> Adjustment:
    """A question, nobody else answering it until the end of the unit; raises NotFound."""
    query = select(adjustment).where(adjustment.c.id == adjustment_id).with_for_update()
    row = (await connection.execute(query)).one_or_none()
    if row is None:
        raise NotFound("warning.adjustment", adjustment_id)
    return _from_row(row)


async def save(connection: AsyncConnection, one: Adjustment) -> None:
    """What was decided."""
    await connection.execute(
        update(adjustment).where(adjustment.c.id == one.adjustment_id).values(**_to_row(one))
    )


async def page(
    connection: AsyncConnection,
    incident_id: str | None,
    status: AdjustmentStatus | None,
    limit: int,
    after: str,
) -> Sequence[Adjustment]:
    """Questions in the order of their asking."""
    query = select(adjustment).where(adjustment.c.id > after).order_by(adjustment.c.id).limit(limit)
    if incident_id is not None:
        query = query.where(adjustment.c.incident_id == incident_id)
    if status is not None:
        query = query.where(adjustment.c.status == status.value)
    return [_from_row(row) for row in await connection.execute(query)]


async def _withdraw(connection: AsyncConnection, *where: Any) -> None:  # noqa: ANN401 - SQLAlchemy's conditions
    query = select(adjustment).where(*where, adjustment.c.status == AdjustmentStatus.OPEN.value)
    for row in (await connection.execute(query.with_for_update())).all():
        await save(connection, withdraw(_from_row(row)))


def _to_row(one: Adjustment) -> dict[str, Any]:
    row = {name: value for name, value in vars(one).items() if name != "adjustment_id"}
    return {**row, "id": one.adjustment_id, "status": one.status.value}


def _from_row(row: Row[Any]) -> Adjustment:
    values = dict(row._mapping)
    grades = {name: Grade(values[name]) if values[name] else None for name in ("grade", "previous_grade")}
    told = {"adjustment_id": values.pop("id"), "status": AdjustmentStatus(values["status"])}
    return Adjustment(**{**values, **grades, **told})
