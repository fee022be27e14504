"""调整预警: what is asked of the duty officer about warnings in force, and his answer."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel

from contracts.values import Grade, Id, Value, WarningLevel
from services.notify.api.bodies import After, Limit, PathId, Reason
from services.notify.api.readers import Reader
from services.notify.context import Context
from services.notify.domain import adjustment as domain
from services.notify.domain.adjustment import ASKED_TO, Adjustment, AdjustmentStatus, Answer, Cause
from services.notify.domain.authority import Sender, require_level
from services.notify.domain.exercise import mark, mark_as_drill, require_fit_words
from services.notify.domain.warning import Person, WarningRecord, propose
from services.notify.policy import drafting
from services.notify.store import adjustments, warnings
from shared.database import UnitOfWork
from shared.http.auth import Role
from shared.http.commands import Call, command
from shared.ids import new_id

router = APIRouter(tags=["adjustments"])
DutyOfficer = Annotated[Call, Depends(command(Role.DUTY_OFFICER))]


class AnswerBody(Value):
    """What is to be done; ``level`` where the warning is raised or lowered."""

    answer: Answer
    level: WarningLevel | None = None
    reason: Reason


class AdjustmentView(BaseModel):
    """A question about a warning in force, and what was answered."""

    adjustment_id: str
    warning_id: str
    incident_id: str
    cause: Cause
    suggests: Answer
    grade: Grade | None
    previous_grade: Grade | None
    asked_at: datetime
    status: AdjustmentStatus
    answer: Answer | None
    answered_by: str
    reason: str
    answered_at: datetime | None


@router.get("/warning-adjustments")
async def list_adjustments(
    request: Request,
    _: Reader,
    incident_id: Id | None = None,
    status: AdjustmentStatus | None = None,
    limit: Limit = 50,
    after: After = "",
) -> list[AdjustmentView]:
    """What incidents asked about this node's warnings, in order."""
    async with request.app.state.database.reading() as connection:
        found = await adjustments.page(connection, incident_id, status, limit, after)
    return [_view(one) for one in found]


@router.post("/warning-adjustments/{adjustment_id}/answer", response_model=AdjustmentView)
async def answer(request: Request, adjustment_id: PathId, body: AnswerBody, call: DutyOfficer) -> Response:
    """Raise or lower: a draft at that level is proposed to the authors; lift: whoever may lift it is told; keep: it stands."""
    context: Context = request.app.state.context
    by = Person.of(call.principal.subject, call.principal.name)
    sender = Sender(context.node, call.principal.department, call.principal.roles)

    async def work(unit: UnitOfWork) -> AdjustmentView:
        require_fit_words("reason", body.reason, context.settings.mode)
        asked = await adjustments.lock(unit.connection, adjustment_id)
        record = await warnings.find(unit.connection, asked.warning_id)
        standing = record.content.level
        domain.require_level(body.answer, body.level, standing, context.plan.warnings.levels[standing].name)
        reason = mark(body.reason, context.settings.mode)
        decided, fact = domain.answer(asked, body.answer, body.level, reason, by, unit.now)
        await adjustments.save(unit.connection, decided)
        unit.publish(fact)
        if body.level is not None:
            require_level(body.level, "draft", sender, context.plan)
            await _propose(unit, context, record, body.level, decided)
        return _view(decided)

    return await call.run("warning.adjust", adjustment_id, body, work)


async def _propose(
    unit: UnitOfWork, context: Context, record: WarningRecord, level: WarningLevel, decided: Adjustment
) -> None:
    content = drafting.at_level(context.plan, record.content, level, unit.now)
    proposed, fact = propose(
        WarningRecord(
            warning_id=str(new_id()),
            jurisdiction=context.node,
            origin="person",
            content=mark_as_drill(content, context.settings.mode),
            drafted_at=unit.now,
            incident_id=record.incident_id,
        ),
        by=decided.answered_by,
    )
    await warnings.add(unit.connection, proposed, f"adjustment:{decided.adjustment_id}")
    unit.publish(fact)


def _view(one: Adjustment) -> AdjustmentView:
    return AdjustmentView(
        suggests=ASKED_TO[one.cause], **{k: v for k, v in vars(one).items() if k != "jurisdiction"}
    )
