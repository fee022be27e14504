"""Warnings to read, and departments' confirmation that they did."""

from collections.abc import Collection, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.events.delivery import WarningAcknowledged
from contracts.refusals import NotFound, RefusedTransition, RuleViolated
from contracts.values import Id
from services.notify.api.bodies import (
    AcknowledgementView,
    After,
    Limit,
    PathId,
    VersionBody,
    WarningDetails,
    WarningLine,
    fields_of,
)
from services.notify.api.offers import offers_of
from services.notify.api.readers import Reader, department_of
from services.notify.domain.exercise import LINE
from services.notify.domain.refusals import require_known
from services.notify.domain.warning import Person, WarningRecord, WarningStatus
from services.notify.store import deliveries, warnings
from shared.database import UnitOfWork
from shared.http.auth import Principal, Role
from shared.http.commands import Call, command

router = APIRouter(tags=["warnings"])

DepartmentCall = Annotated[Call, Depends(command(Role.DEPARTMENT))]
PUBLIC = frozenset({WarningStatus.PUBLISHED, WarningStatus.CANCELLED})


class NoDepartment(RuleViolated):
    """A department's command with a token that names none."""

    KEY = "warning.no_department"

    def __init__(self) -> None:
        super().__init__("department", "no_department")


@router.get("/warnings")
async def list_warnings(
    request: Request,
    who: Reader,
    incident_id: Id | None = None,
    status: WarningStatus | None = None,
    limit: Limit = 50,
    after: After = "",
) -> list[WarningLine]:
    """Warnings in the order of their making; a department's are those that are public, with what it has confirmed."""
    department = department_of(who)
    wanted = None if status is None else {status}
    shown = wanted if department is None else (wanted or PUBLIC) & PUBLIC
    async with request.app.state.database.reading() as connection:
        found = await warnings.page(connection, incident_id, shown, limit, after)
        ids = [record.warning_id for record in found]
        counted = await warnings.count_acknowledgements(connection, ids)
        own = await warnings.confirmed_by(connection, department, ids) if department else set()
    return [_warning_line(record, counted, confirmed=record.warning_id in own) for record in found]


async def rows_as_json(connection: AsyncConnection, ids: Collection[str]) -> dict[str, Any]:
    """The lines of these warnings as JSON values."""
    counted = await warnings.count_acknowledgements(connection, ids)
    found = await warnings.of_ids(connection, ids)
    return {one.warning_id: _warning_line(one, counted).model_dump(mode="json") for one in found}


@router.get("/warnings/{warning_id}")
async def show_warning(request: Request, who: Reader, warning_id: PathId) -> WarningDetails:
    """One warning with its acknowledgements and how its deliveries stand."""
    async with request.app.state.database.reading() as connection:
        record = await warnings.find(connection, warning_id)
        if department_of(who) is not None and record.status not in PUBLIC:
            raise NotFound("warning.name", warning_id)
        confirmed = await warnings.acknowledgements(connection, warning_id)
        counted = await deliveries.counts(connection, warning_id)
    content = record.content
    return WarningDetails.model_validate(
        {
            **fields_of(record),
            "offers": offers_of(request.app.state.context, content.sector, content.event_type, content.level),
            "acknowledgements": [_acknowledgement(row) for row in confirmed],
            "deliveries": counted,
        }
    )


@router.post("/warnings/{warning_id}/acknowledgements", status_code=201, response_model=AcknowledgementView)
async def acknowledge(
    request: Request, warning_id: PathId, body: VersionBody, call: DepartmentCall
) -> Response:
    """A department confirms that it has the warning; said twice, it counts once (200)."""

    async def work(unit: UnitOfWork) -> AcknowledgementView:
        require_known(call.principal.department, request.app.state.context.plan)
        return await _acknowledge(unit, call.principal, warning_id)

    return await call.run(
        "warning.acknowledge", warning_id, body, work, status=lambda given: 201 if given.first else 200
    )


async def _acknowledge(unit: UnitOfWork, principal: Principal, warning_id: str) -> AcknowledgementView:
    if not principal.department:
        raise NoDepartment
    record = await warnings.find(unit.connection, warning_id)
    if record.status not in PUBLIC:
        raise RefusedTransition(record.status, "acknowledge", PUBLIC)
    by = Person.of(principal.subject, principal.name).name
    row, first = await warnings.acknowledge(
        unit.connection, warning_id, principal.department[:LINE], by, unit.now
    )
    given = _acknowledgement(row).model_copy(update={"first": first})
    if first:
        about = {"incident_id": record.incident_id, "jurisdiction": record.jurisdiction}
        unit.publish(WarningAcknowledged.model_validate({**about, **given.model_dump()}))
    return given


def _warning_line(record: WarningRecord, counted: Mapping[str, int], confirmed: bool = False) -> WarningLine:
    acknowledged = counted.get(record.warning_id, 0)
    return WarningLine(**fields_of(record), acknowledged=acknowledged, confirmed=confirmed)


def _acknowledgement(row: Row[Any]) -> AcknowledgementView:
    values = dict(row._mapping)
    return AcknowledgementView(acknowledgement_id=values.pop("id"), **values)
