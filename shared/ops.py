"""Routes every service has for whatever watches it: health and metrics."""

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from shared.health import Readiness

router = APIRouter()


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


@router.get("/health/accepting")
async def accepting(request: Request, response: Response) -> Readiness:
    """200 while commands may be led here, else 503 with the reasons; Kafka may be away, what is accepted waits for it."""
    acceptance: Readiness = await request.app.state.health.acceptance()
    response.status_code = 200 if acceptance.ready else 503
    return acceptance


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """Prometheus text; health is judged anew for it."""
    state = request.app.state
    state.health_metrics.latest = await state.health.readiness()
    return Response(generate_latest(state.registry), media_type=CONTENT_TYPE_LATEST)
