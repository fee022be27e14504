"""The sibling services by path (``/dispatch/…``) with the caller's own token, as an ingress would; it decides nothing."""

import httpx
from starlette.requests import Request
from starlette.responses import Response

from contracts.refusals import Refusal
from shared.http.auth import OPEN_PATHS, token_of

SIBLINGS = ("dispatch", "resources", "notify")
METHODS = ("GET", "POST", "PUT", "DELETE")
PASSED = ("accept", "content-type", "idempotency-key", "traceparent")
ANSWER_SECONDS = 10.0
REPEATABLE = {"GET", "PUT", "DELETE"}
"""What HTTP calls idempotent (RFC 9110 §9.2.2); a POST is so when it carries an Idempotency-Key."""


class SiblingUnreachable(Refusal):
    """The other service does not answer, or its address is not set."""

    STATUS = 502
    KEY = "problem.sibling_unreachable"


class Gateway:
    """Passes requests on."""

    def __init__(self, addresses: dict[str, str], http: httpx.AsyncClient) -> None:
        self._addresses = addresses
        self._http = http

    async def pass_on(self, request: Request) -> Response:
        """What the sibling answers; raises Unauthenticated, CrossSite, SiblingUnreachable."""
        _, service, path = request.scope["raw_path"].decode("ascii").split("/", 2)
        headers = {name: value for name, value in request.headers.items() if name in PASSED}
        if f"/{path}" not in OPEN_PATHS:
            headers["authorization"] = f"Bearer {await token_of(request)}"
        if service not in self._addresses:
            raise SiblingUnreachable(service=service)
        query = request.url.query.encode()
        raw = b"/" + path.encode() + (b"?" + query if query else b"")
        address = httpx.URL(self._addresses[service]).copy_with(raw_path=raw)
        passed = self._http.build_request(
            request.method, address, headers=headers, content=await request.body()
        )
        try:
            answer = await self._answer(passed)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise SiblingUnreachable(service=service) from error
        kind = {"content-type": answer.headers.get("content-type", "application/json")}
        return Response(answer.content, answer.status_code, kind)

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        """A kept connection may be closed by the sibling just as it is used: then once more on a new one."""
        try:
            return await self._http.send(request)
        except (httpx.NetworkError, httpx.RemoteProtocolError):
            if request.method not in REPEATABLE and "idempotency-key" not in request.headers:
                raise
            return await self._http.send(request)
