"""Refuses a request body over the limit, counted as it comes, with or without Content-Length."""

from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.http.problem import MEDIA_TYPE, body_of, encoded


class _TooLarge(Exception):
    pass


class BodyLimit:
    """ASGI middleware: 413 problem+json for a body of more than ``limit`` bytes."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app, self._limit = app, limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on while its body stays within the limit."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if declared.isdigit() and int(declared) > self._limit:
            await self._refuse(scope, send)
            return
        try:
            await self._app(scope, self._counting(receive), send)
        except _TooLarge:
            await self._refuse(scope, send)

    def _counting(self, receive: Receive) -> Receive:
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self._limit:
                raise _TooLarge
            return message

        return counted

    async def _refuse(self, scope: Scope, send: Send) -> None:
        body = encoded(body_of(413, "problem.too_large", scope["path"], limit=self._limit))
        headers: Mapping[bytes, bytes] = {
            b"content-type": MEDIA_TYPE.encode(),
            b"content-length": str(len(body)).encode(),
            b"connection": b"close",
        }
        await send({"type": "http.response.start", "status": 413, "headers": list(headers.items())})
        await send({"type": "http.response.body", "body": body})
