"""What is passed on to a sibling service over a kept connection that the sibling closes at the same moment."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from services.incident.web.gateway import METHODS, Gateway, SiblingUnreachable

HEALTH = "/dispatch/health/live"
ANSWER = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}"


class TiredSibling:
    """Answers one request per connection and hangs up at the next, as a server does whose idle time is over."""

    def __init__(self) -> None:
        self.hung_up = 0
        self.calls: list[asyncio.Task[None] | None] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.calls.append(asyncio.current_task())
        await reader.readuntil(b"\r\n\r\n")
        writer.write(ANSWER)
        if await reader.read(1):
            self.hung_up += 1
        writer.close()
        await writer.wait_closed()


@pytest.fixture
async def sibling() -> AsyncIterator[tuple[TiredSibling, httpx.AsyncClient]]:
    tired = TiredSibling()
    server = await asyncio.start_server(tired.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with httpx.AsyncClient(trust_env=False) as http:
        gateway = Gateway({"dispatch": f"http://127.0.0.1:{port}"}, http)
        app = Starlette(routes=[Route("/dispatch/{path:path}", gateway.pass_on, methods=list(METHODS))])
        console = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=console, base_url="http://incident") as client:
            yield tired, client
    await asyncio.gather(*filter(None, tired.calls))
    server.close()


@pytest.mark.parametrize(
    ("method", "headers"), [("GET", {}), ("PUT", {}), ("DELETE", {}), ("POST", {"idempotency-key": "one"})]
)
async def test_what_may_be_repeated_is_sent_again_on_a_new_connection(sibling, method, headers):
    tired, client = sibling
    for _ in range(4):
        assert (await client.request(method, HEALTH, headers=headers)).status_code == 200
    assert tired.hung_up >= 1


async def test_what_may_have_been_done_already_is_not_done_twice(sibling):
    tired, client = sibling
    assert (await client.post(HEALTH)).status_code == 200
    with pytest.raises(SiblingUnreachable):
        await client.post(HEALTH)
    assert tired.hung_up == 1
