"""Routes every service has for those who run it: health, metrics, dead letters."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel

from contracts.refusals import NotFound
from shared import dead_letters
from shared.dead_letters import DeadLetter
from shared.health import Readiness
from shared.http.auth import Principal, Role, requires
from shared.http.commands import Call, command

router = APIRouter()
Operator = Annotated[Principal, Depends(requires(Role.DUTY_OFFICER, Role.AUDITOR, scope="reads"))]
Repair = Annotated[Call, Depends(command(Role.DUTY_OFFICER))]


class RetryOutcome(BaseModel):
    """What came of trying a parked record again; ``reason`` is empty when it took effect."""

    resolved: bool
    reason: str = ""


@router.get("/health/live")
async def live() -> dict[str, bool]:
    """The process answers; says nothing about progress."""
    return {"live": True}


@router.get("/health/ready")
async def ready(request: Request, response: Response) -> Readiness:
    """200 when what comes in goes through, else 503 with the reasons."""
    readiness: Readiness = await request.app.state.health.readiness()
    response.status_code = 200 if readiness.ready else 503
    return readiness


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """Prometheus text."""
    return Response(generate_latest(request.app.state.registry), media_type=CONTENT_TYPE_LATEST)


@router.get("/dead-letters")
async def list_dead_letters(
    request: Request,
    _: Operator,
    resolved: bool = False,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> list[DeadLetter]:
    """Parked records, newest first."""
    async with request.app.state.database.reading() as connection:
        return await dead_letters.listed(connection, resolved, limit)


@router.get("/dead-letters/{id}")
async def show_dead_letter(request: Request, _: Operator, id: UUID) -> DeadLetter:  # noqa: A002 - the path's own word
    """One parked record with headers and body."""
    async with request.app.state.database.reading() as connection:
        found = await dead_letters.found(connection, id)
    if found is None:
        raise NotFound("死信", id)
    return found[0]


@router.post("/dead-letters/{id}/retry")
async def retry_dead_letter(request: Request, call: Repair, id: UUID) -> RetryOutcome:  # noqa: A002
    """Try a parked record again, and with it what waited for it."""
    try:
        reason: str | None = await request.app.state.processor.retry(id)
    except KeyError:
        await call.audit("dead_letter.retry", str(id), "refused:not_found")
        raise NotFound("死信", id) from None
    await call.audit("dead_letter.retry", str(id), "accepted" if reason is None else "refused:still_parked")
    return RetryOutcome(resolved=reason is None, reason=reason or "")
