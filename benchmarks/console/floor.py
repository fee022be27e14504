"""The floor: a page that shows one text, a server that hands the bytes it is given to every page. Nothing else.

No database, no token, no Redis, no rows; run as ``python -m benchmarks.console.floor PORT``.
"""

import asyncio
import sys
from collections.abc import AsyncIterator

import uvicorn
from sse_starlette.sse import EventSourceResponse
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

SEATS: set[asyncio.Queue[bytes]] = set()
PAGE = """<!doctype html><div class="queue"><b></b></div><script>
const shown = document.querySelector("b");
new EventSource("/stream").addEventListener("change", (event) => { shown.textContent = event.data; });
</script>"""


LISTS = """<!doctype html><body><script>
const list = (number) => `<ul id="list-${number}" ${number ? "hidden" : ""}>${"<li>和平路 118 号 居民楼六层起火</li>".repeat(200)}</ul>`;
document.body.innerHTML += list(0) + list(1);
addEventListener("keydown", () => document.querySelectorAll("ul").forEach((one) => one.toggleAttribute("hidden")));
</script>"""


async def lists(_: Request) -> Response:
    """Two lists, one of them shown; any key shows the other."""
    return HTMLResponse(LISTS)


async def page(_: Request) -> Response:
    """The page."""
    return HTMLResponse(PAGE)


async def stream(_: Request) -> Response:
    """What a page is sent."""
    return EventSourceResponse(_sit())


async def _sit() -> AsyncIterator[bytes]:
    waiting: asyncio.Queue[bytes] = asyncio.Queue()
    SEATS.add(waiting)
    try:
        while True:
            yield await waiting.get()
    finally:
        SEATS.discard(waiting)


async def update(request: Request) -> Response:
    """A change, told to every page."""
    told = b"event: change\ndata: " + await request.body() + b"\n\n"
    for seat in SEATS:
        seat.put_nowait(told)
    return Response(status_code=204)


if __name__ == "__main__":
    routes = [
        Route("/", page),
        Route("/lists", lists),
        Route("/stream", stream),
        Route("/update", update, methods=["POST"]),
    ]
    uvicorn.run(Starlette(routes=routes), port=int(sys.argv[1]), log_level="warning")
