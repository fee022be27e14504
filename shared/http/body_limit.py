"""Refuses a request body over the limit, counted as it comes, with or without Content-Length."""

from collections.abc import Mapping
from contextlib import suppress

from fastapi import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.http.problem import MEDIA_TYPE, body_of, json_bytes


class _TooLarge(HTTPException):
    """Lets readers of the body know; the answer is given by the middleware."""

    def __init__(self) -> None:
        super().__init__(413)


class _Counted:
    """A request's body on its way in, and whether an answer to it has begun."""

    def __init__(self, receive: Receive, send: Send, limit: int) -> None:
        self._receive, self._send, self._limit = receive, send, limit
        self._seen, self.begun = 0, False

    @property
    def too_large(self) -> bool:
        return self._seen > self._limit

    async def receive(self) -> Message:
        message = await self._receive()
        self._seen += len(message.get("body", b""))
        if self.too_large:
            raise _TooLarge
        return message

    async def send(self, message: Message) -> None:
        if self.begun or not self.too_large:
            self.begun = True
            await self._send(message)


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
        counted = _Counted(receive, send, self._limit)
        with suppress(_TooLarge):
            await self._app(scope, counted.receive, counted.send)
        if counted.too_large and not counted.begun:
            await self._refuse(scope, send)

    async def _refuse(self, scope: Scope, send: Send) -> None:
        body = json_bytes(body_of(413, "problem.too_large", scope["path"], limit=self._limit))
        headers: Mapping[bytes, bytes] = {
            b"content-type": MEDIA_TYPE.encode(),
            b"content-length": str(len(body)).encode(),
            b"connection": b"close",
        }
        await send({"type": "http.response.start", "status": 413, "headers": list(headers.items())})
        await send({"type": "http.response.body", "body": body})
