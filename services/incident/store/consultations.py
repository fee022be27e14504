"""Consultations with their opinions and tasks."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, Row, Text, cast, insert, or_, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from contracts.events.consultation import Task
from contracts.refusals import NotFound
from contracts.values import ResponseLevel
from services.incident.domain.consultation import Chairing, Consultation, ConsultationStatus, Opinion
from services.incident.store.tables import ConsultationRow, OpinionRow, TaskRow
from shared.database import UnitOfWork

_PARTS = {"opinions", "tasks", "chairing"}


def to_consultation(row: Row[Any], opinions: Sequence[Opinion], tasks: Sequence[Task]) -> Consultation:
    """The domain object of a row and its parts."""
    names = [name for name in Consultation.__dataclass_fields__ if name not in _PARTS]
    values = {name: getattr(row, name) for name in names}
    words = {"status": ConsultationStatus(row.status), "departments": tuple(row.departments)}
    level = ResponseLevel(row.response_level) if row.response_level else None
    return Consultation(
        **{**values, **words, "response_level": level},
        opinions=tuple(opinions),
        tasks=tuple(tasks),
        chairing=Chairing(row.chair_account, row.deputy_account, row.chair_role),
    )


def to_row(consultation: Consultation) -> dict[str, Any]:
    """The columns of a consultation, without its parts."""
    values = {name: value for name, value in vars(consultation).items() if name not in _PARTS}
    held = consultation.chairing
    return {
        **values,
        "departments": list(consultation.departments),
        "status": consultation.status.value,
        "chair_account": held.account,
        "deputy_account": held.deputy,
        "chair_role": held.role,
    }


async def require(connection: AsyncConnection, consultation_id: str, lock: bool = False) -> Consultation:
    """The consultation, locked until the end of the unit if asked; raises NotFound."""
    query = select(ConsultationRow).where(col(ConsultationRow.consultation_id) == consultation_id)
    row = (await connection.execute(query.with_for_update() if lock else query)).one_or_none()
    if row is None:
        raise NotFound("consultation.name", consultation_id)
    opinions, tasks = await _opinions(connection, consultation_id), await _tasks(connection, consultation_id)
    return to_consultation(row, opinions, tasks)


async def page(
    connection: AsyncConnection, department: str | None, concluded: bool | None, limit: int, before: str
) -> list[Consultation]:
    """The newest first, from behind the one named; of a department those it is asked in or has a task of."""
    row = ConsultationRow
    query = select(row).order_by(col(row.consultation_id).desc()).limit(limit)
    if before:
        query = query.where(col(row.consultation_id) < before)
    if concluded is not None:
        is_over = col(row.status) == ConsultationStatus.CONCLUDED.value
        query = query.where(is_over if concluded else ~is_over)
    if department is not None:
        tasked = select(TaskRow.consultation_id).where(col(TaskRow.department) == department)
        asked = col(row.departments).op("@>")(cast([department], ARRAY(Text)))
        query = query.where(or_(asked, col(row.consultation_id).in_(tasked)))
    found = (await connection.execute(query)).all()
    return [
        to_consultation(
            one,
            await _opinions(connection, one.consultation_id),
            await _tasks(connection, one.consultation_id),
        )
        for one in found
    ]


async def of_incident(connection: AsyncConnection, incident_id: str) -> Sequence[Row[Any]]:
    """The rows of an incident's consultations, the oldest first."""
    query = select(ConsultationRow).where(col(ConsultationRow.incident_id) == incident_id)
    return (await connection.execute(query.order_by(col(ConsultationRow.convened_at)))).all()


async def add(unit: UnitOfWork, consultation: Consultation) -> None:
    """Store a consultation just convened."""
    await unit.connection.execute(insert(ConsultationRow).values(**to_row(consultation)))


async def add_opinion(unit: UnitOfWork, consultation_id: str, opinion: Opinion) -> None:
    """Store an opinion; earlier ones of the same department stay."""
    values = {**vars(opinion), "consultation_id": consultation_id}
    await unit.connection.execute(insert(OpinionRow).values(**values))


async def save_conclusion(unit: UnitOfWork, consultation: Consultation) -> None:
    """Store the conclusion and its tasks."""
    where = col(ConsultationRow.consultation_id) == consultation.consultation_id
    await unit.connection.execute(update(ConsultationRow).where(where).values(**to_row(consultation)))
    if consultation.tasks:
        shared = {"consultation_id": consultation.consultation_id}
        rows = [{**task.model_dump(), **shared} for task in consultation.tasks]
        await unit.connection.execute(insert(TaskRow).values(rows))


async def _opinions(connection: AsyncConnection, consultation_id: str) -> list[Opinion]:
    query = select(OpinionRow).where(col(OpinionRow.consultation_id) == consultation_id)
    rows = await connection.execute(query.order_by(col(OpinionRow.given_at), col(OpinionRow.number)))
    return [Opinion(**{name: getattr(row, name) for name in Opinion.__dataclass_fields__}) for row in rows]


async def _tasks(connection: AsyncConnection, consultation_id: str) -> list[Task]:
    query = select(TaskRow).where(col(TaskRow.consultation_id) == consultation_id)
    rows = await connection.execute(query.order_by(col(TaskRow.due_at), col(TaskRow.task_id)))
    return [Task(**{name: getattr(row, name) for name in Task.model_fields}) for row in rows]
