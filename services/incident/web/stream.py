"""Live data: one reader of the node's stream per process, and every seat gets the bytes it may see, rendered once.

A seat that missed something is told to read everything again (``reset``): it was away for long or too slow, or the line to
Redis broke meanwhile, which may have lost the stream's end (``Hub.era``). While Redis is away ``feed`` says so, and pages go
on by reading anew from time to time.
"""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextvars import Context
from dataclasses import dataclass, field
from typing import Any

import orjson
import structlog
from fastapi import APIRouter, Request
from pydantic import BaseModel
from redis.asyncio import Redis
from redis.exceptions import RedisError
from sse_starlette.sse import EventSourceResponse

from services.incident.api.access import Reader, audience_of, context_of
from services.incident.api.views import BoardRow, board_row
from services.incident.store import board
from services.incident.store.board import Audience, BoardFilter, Owed
from shared.changes import INTERRUPTIONS, connect
from shared.clock import Clock, SystemClock
from shared.database import Database
from shared.http.auth import Requires, Unauthenticated
from shared.http.oidc import IssuerUnreachable
from shared.unavailable import UNAVAILABLE

log = structlog.get_logger(__name__)

BOARD_ROWS = 500
BEHIND = 1_000
"""How many events a seat may lag behind before it has to read anew."""
BLOCK_MS = 1_000
BEAT_SECONDS = 3.0
REST_SECONDS = 0.5
FOR_THE_WATCH = ("next_due_at", "reports_late")
Entry = tuple[bytes, Mapping[bytes, bytes]]
Change = dict[str, Any]
Still = Callable[[], Awaitable[bool]]


class BoardView(BaseModel):
    """The board as it stood at ``revision`` of the stream; what comes after it is told by ``/stream``."""

    revision: str
    live: bool
    rows: list[BoardRow]


@dataclass(eq=False)
class Seat:
    """One open page: what it may see, and what it has not been sent yet."""

    audience: Audience | None
    waiting: asyncio.Queue[bytes] = field(default_factory=lambda: asyncio.Queue(BEHIND))

    def give(self, event: bytes) -> None:
        """Send an event; whoever lags too far reads anew."""
        try:
            self.waiting.put_nowait(event)
        except asyncio.QueueFull:
            while not self.waiting.empty():
                self.waiting.get_nowait()
            self.waiting.put_nowait(event_bytes("reset", {}))


def event_bytes(kind: str, data: Any, revision: str = "") -> bytes:  # noqa: ANN401 - any JSON value
    """An event as it goes over the wire."""
    name = f"id: {revision}\n" if revision else ""
    return f"{name}event: {kind}\ndata: ".encode() + orjson.dumps(data) + b"\n\n"


class Hub:
    """Reads the stream and hands on."""

    def __init__(self, redis_url: str, stream: str) -> None:
        self._stream = stream
        self._database: Database | None = None
        self._clock: Clock = SystemClock()
        self._redis: Redis | None = connect(redis_url) if redis_url else None
        self._seats: set[Seat] = set()
        self.live = False
        self._era, self._last = "", "0-0"

    @property
    def revision(self) -> str:
        """Where the stream stands: it names a place only while the line to Redis has not broken."""
        return self._position_id(self._last)

    def _position_id(self, place: str) -> str:
        return f"{self._era}:{place}"

    async def run(self, database: Database, clock: Clock) -> None:
        """Read until cancelled; who may see what is looked up in the database, the time told by the clock."""
        self._database, self._clock = database, clock
        while True:
            try:
                await self._begin()
                while True:
                    await self._read_changes()
            except (*INTERRUPTIONS, ValueError, KeyError) as error:  # or an entry that is none of ours
                if self.live:
                    log.warning("changes are not heard", error=repr(error))
                self._say(False)
            await asyncio.sleep(REST_SECONDS)

    async def _begin(self) -> None:
        """Find where the stream stands; whoever sits here reads anew, for something may have been missed."""
        if self._redis is None:
            raise TimeoutError("no Redis is set")
        self._last, self._era = await self._newest(), secrets.token_hex(4)
        self._say(True)

    def _say(self, live: bool) -> None:
        if live is not self.live:
            self.live = live
            for seat in self._seats:
                seat.give(event_bytes("feed", {"live": live}))
                if live:
                    seat.give(event_bytes("reset", {}, self.revision))

    async def _read_changes(self) -> None:
        assert self._redis is not None
        found: Any = await self._redis.xread({self._stream: self._last}, count=500, block=BLOCK_MS)
        if not found and _order(await self._newest()) < _order(self._last):
            raise RedisError("the stream has begun anew")
        entries: list[Entry] = found[0][1] if found else []
        for place, entry in entries:
            await self._hand_on(self._position_id(place.decode()), entry)
            self._last = place.decode()

    async def _newest(self) -> str:
        assert self._redis is not None
        newest: Any = await self._redis.xrevrange(self._stream, count=1)
        return newest[0][0].decode() if newest else "0-0"

    async def _hand_on(self, revision: str, entry: Mapping[bytes, bytes]) -> None:
        change = _change(entry)
        told = {
            audience: await self._message_for(audience, change, revision) for audience in self._audiences()
        }
        for seat in self._seats:
            # who sat down meanwhile reads what it missed by its own revision
            if seat.audience in told:
                seat.give(told[seat.audience])

    def _audiences(self) -> set[Audience | None]:
        return {seat.audience for seat in self._seats}

    async def _message_for(self, audience: Audience | None, change: Change, revision: str) -> bytes:
        """All of it for the watch; a department's or machine's own incidents without what only the watch owes."""
        if audience is None:
            return event_bytes("change", change, revision)
        if change["topic"] != "incident" or not await self._may_read(audience, change["key"]):
            return event_bytes("change", {"topic": change["topic"], "key": "", "row": None}, revision)
        row = change["row"] and {**change["row"], **dict.fromkeys(FOR_THE_WATCH)}
        return event_bytes("change", {**change, "row": row}, revision)

    async def _may_read(self, audience: Audience, incident_id: str) -> bool:
        assert self._database is not None
        async with self._database.reading() as connection:
            return await board.is_readable(connection, incident_id, audience)

    async def missed_entries(self, since: str) -> list[Entry] | None:
        """What came after a revision; None when that can't be told any more."""
        era, _, place = since.partition(":")
        if self._redis is None or not self.live or era != self._era:
            return None
        try:
            first: Any = await self._redis.xrange(self._stream, count=1)
            if place != "0-0" and (not first or _order(first[0][0].decode()) > _order(place)):
                return None
            entries: Any = await self._redis.xrange(self._stream, min=f"({place}", count=BEHIND)
        except (*INTERRUPTIONS, ValueError):
            return None
        return entries if len(entries) < BEHIND else None

    async def sit(self, audience: Audience | None, since: str, still: Still) -> AsyncIterator[bytes]:
        """What a page is sent, for as long as it stays and ``still`` says that it may."""
        seat = Seat(audience)
        self._seats.add(seat)
        try:
            yield self._beat()
            yield event_bytes("feed", {"live": self.live})
            entries = await self.missed_entries(since) if audience is None else None
            if entries is None and since != self.revision:
                yield event_bytes("reset", {}, self.revision)
            for place, entry in entries or ():
                yield event_bytes("change", _change(entry), self._position_id(place.decode()))
            asked = time.monotonic()
            while True:
                yield await seat.waiting.get()
                if time.monotonic() - asked > BEAT_SECONDS:
                    asked = time.monotonic()
                    if not await still():
                        return
        finally:
            self._seats.discard(seat)

    async def beat(self) -> None:
        """Signs of life to every seat until cancelled; one timer for all of them, not one per seat and change."""
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            sign = self._beat()
            for seat in self._seats:
                seat.give(sign)

    def _beat(self) -> bytes:
        """A sign of life with the node's time, which in a drill is not the machine's."""
        return event_bytes("beat", {"now": self._clock.now().isoformat()})


def _change(entry: Mapping[bytes, bytes]) -> Change:
    return {
        "topic": entry[b"topic"].decode(),
        "key": entry[b"key"].decode(),
        "row": orjson.loads(entry[b"row"]),
    }


def _order(place: str) -> tuple[int, int]:
    at, _, number = place.partition("-")
    return int(at), int(number or 0)


router = APIRouter(tags=["console"])


@router.get("/board")
async def show_board(request: Request, who: Reader) -> BoardView:
    """The open incidents, and the revision of the stream from which on to listen."""
    context, hub = context_of(request), request.app.state.hub
    audience, revision, live = audience_of(who, context), hub.revision, hub.live
    async with request.app.state.database.reading() as connection:
        found = await board.board(connection, BoardFilter(open=True, audience=audience), BOARD_ROWS, None)
        owed = {} if audience else await board.duties_owed(connection, [row.incident_id for row in found])
    nothing = None if audience else Owed()
    rows = [board_row(row, owed.get(row.incident_id, nothing), context.plan) for row in found]
    return BoardView(revision=revision, live=live, rows=rows)


@router.get("/boundaries")
async def show_boundaries(request: Request, _: Reader) -> dict[str, Any]:
    """The shapes of this node and of the places below it, as GeoJSON in WGS-84: the map without any other map."""
    context = context_of(request)
    codes = [context.node, *context.plan.children(context.node)]
    shapes = [
        {
            "type": "Feature",
            "properties": {"code": code, "name": context.plan.jurisdictions[code].name},
            "geometry": context.plan.boundaries[code],
        }
        for code in codes
        if code in context.plan.boundaries
    ]
    return {"type": "FeatureCollection", "features": shapes}


@router.get("/stream")
async def listen(request: Request, who: Reader, since: str = "") -> EventSourceResponse:
    """Changes from behind a revision on (``Last-Event-ID``, else ``since``), and a beat every 3 s.

    It ends when the session or the token does.
    """
    hub: Hub = request.app.state.hub
    audience = audience_of(who, context_of(request))
    seen = request.headers.get("last-event-id", since)
    return EventSourceResponse(hub.sit(audience, seen, lambda: _still_trusted(request)), ping=3600)


async def _still_trusted(request: Request) -> bool:
    """Whether the token, or the session it comes from, is still good; what can't be found out now is asked again."""
    # in a context of its own: the request's deadline for the database is long over
    asking = asyncio.create_task(Requires.authenticate(request), context=Context())
    try:
        await asking
    except Unauthenticated:
        return False
    except (*UNAVAILABLE, IssuerUnreachable):
        return True
    return True
