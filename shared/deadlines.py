"""By when the current HTTP request must be answered, known to everything that waits on its behalf."""

import asyncio
from contextvars import ContextVar

from starlette.types import ASGIApp, Receive, Scope, Send

_DEADLINE: ContextVar[float | None] = ContextVar("deadline", default=None)


def current() -> float | None:
    """The deadline as a reading of the event loop's clock; None outside a request."""
    return _DEADLINE.get()


class RequestDeadline:
    """ASGI middleware: from its arrival a request may wait for the database this long, in all."""

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self._app, self._seconds = app, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; only HTTP requests have a deadline."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        token = _DEADLINE.set(asyncio.get_running_loop().time() + self._seconds)
        try:
            await self._app(scope, receive, send)
        finally:
            _DEADLINE.reset(token)
