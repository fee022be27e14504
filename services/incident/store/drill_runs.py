"""Runs of a drill as this node was told of them, and what observers noted."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from contracts.refusals import NotFound
from services.incident.store.tables import DrillNoteRow, DrillRunRow, DrillStepRow
from shared.database import UnitOfWork
from shared.ids import new_id


async def begin(unit: UnitOfWork, run: dict[str, Any]) -> None:
    """A run begins; told twice, it has begun once."""
    values = {**run, "begun_at": unit.now}
    await unit.connection.execute(insert(DrillRunRow).values(**values).on_conflict_do_nothing())


async def require(connection: AsyncConnection, run_id: str) -> Row[Any]:
    """A run; raises NotFound."""
    row = (
        await connection.execute(select(DrillRunRow).where(col(DrillRunRow.run_id) == run_id))
    ).one_or_none()
    if row is None:
        raise NotFound("drill.run", run_id)
    return row


async def put_step(unit: UnitOfWork, run_id: str, step: dict[str, Any], judged: bool) -> None:
    """A step that begins, or what came of it."""
    values = {**step, "run_id": run_id, "begun_at": unit.now, "judged_at": unit.now if judged else None}
    statement = insert(DrillStepRow).values(**values)
    told = {name: statement.excluded[name] for name in ("judged_at", "milestones")}
    await unit.connection.execute(
        statement.on_conflict_do_update(index_elements=["run_id", "number"], set_=told)
    )


async def end(unit: UnitOfWork, run_id: str, expectations: int, broken: int) -> None:
    """The verdict."""
    changes = {"ended_at": unit.now, "expectations": expectations, "broken": broken}
    await unit.connection.execute(
        update(DrillRunRow).where(col(DrillRunRow.run_id) == run_id).values(**changes)
    )


async def add_note(unit: UnitOfWork, run_id: str, by: str, words: str, wall: datetime) -> dict[str, Any]:
    """What an observer saw, at the drill's time and at the wall's."""
    row: dict[str, Any] = {"note_id": str(new_id()), "run_id": run_id, "by": by, "note": words}
    row |= {"noted_at": unit.now, "wall_at": wall}
    await unit.connection.execute(insert(DrillNoteRow).values(**row))
    return row


async def page(connection: AsyncConnection, limit: int) -> Sequence[Row[Any]]:
    """The runs, the newest first."""
    run = DrillRunRow
    query = select(run).order_by(col(run.begun_at).desc(), col(run.run_id).desc())
    return (await connection.execute(query.limit(limit))).all()


async def steps(connection: AsyncConnection, run_id: str) -> Sequence[Row[Any]]:
    """The steps of a run in order."""
    step = DrillStepRow
    query = select(step).where(col(step.run_id) == run_id).order_by(col(step.number))
    return (await connection.execute(query)).all()


async def notes(connection: AsyncConnection, run_id: str) -> Sequence[Row[Any]]:
    """What was noted of a run in order."""
    row = DrillNoteRow
    query = select(row).where(col(row.run_id) == run_id).order_by(col(row.note_id))
    return (await connection.execute(query)).all()
