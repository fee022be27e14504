"""The FastAPI application of a service, before its lifespan runs."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager

from fastapi import APIRouter, FastAPI
from fastapi.telemetry import TelemetryConfig

from shared.clock import Clock
from shared.database import Database
from shared.deadlines import RequestDeadline
from shared.http import problem
from shared.http.auth import Tokens
from shared.http.body_limit import BodyLimit
from shared.http.commands import Commands
from shared.settings import ServiceSettings

NO_SECOND_TELEMETRY: TelemetryConfig = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
}
"""FastAPI would make spans and logs of its own beside ours, with paths and messages that may be personal."""


def create_app(
    title: str,
    settings: ServiceSettings,
    routers: Sequence[APIRouter],
    lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]],
    database: Database,
    clock: Clock,
    is_within: Callable[[str, str], bool],
) -> FastAPI:
    """Routes, problems, body limit and what the dependencies look up; no page that loads from elsewhere."""
    app = FastAPI(
        title=title,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        responses=problem.RESPONSES,
        telemetry=NO_SECOND_TELEMETRY,
    )
    problem.install(app)
    app.add_middleware(BodyLimit, limit=settings.body_limit_bytes)
    app.add_middleware(RequestDeadline, seconds=settings.database_answer_seconds)
    for router in routers:
        app.include_router(router)
    state = app.state
    state.settings, state.database, state.clock, state.is_within = settings, database, clock, is_within
    state.tokens, state.commands = Tokens(settings), Commands(database, clock)
    return app
