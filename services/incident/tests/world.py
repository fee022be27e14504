"""An incident service to test: its app on a real database, people with tokens, events fed by hand."""

import json
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import text

from contracts.envelope import Envelope, Status
from contracts.events import BY_TYPE, Event
from services.incident.app import build
from services.incident.handlers import HANDLERS
from services.incident.settings import IncidentSettings
from services.incident.ticks import reporting_deadlines
from shared.clock import ManualClock
from shared.http.auth import Role
from shared.http.commands import Commands
from shared.http.local_issuer import LocalIssuer
from shared.ids import new_id
from shared.received import Received
from shared.tests.kafka_record import KafkaRecord, sent
from shared.ticks import fire

MIGRATIONS = Path(__file__).parents[1] / "migrations"
PLACE = {"lon": 123.782, "lat": 41.842, "address": "望花区示例化工园"}
REPORT: dict[str, Any] = {
    "channel": "119",
    "sector": "hazardous_chemicals",
    "event_type": "12D02",
    "title": "液氯储罐阀门泄漏",
    "location": PLACE,
    "facts": {"deaths": 0, "serious_injuries": 2},
}
PEOPLE = {
    "taker": (Role.CALL_TAKER,),
    "officer": (Role.DUTY_OFFICER,),
    "commander": (Role.COMMANDER,),
    "health": (Role.DEPARTMENT,),
    "ecology": (Role.DEPARTMENT,),
    "earthquake_bureau": (Role.DEPARTMENT,),
    "logistics": (Role.LOGISTICS,),
    "sensor": (Role.SYSTEM,),
    "gateway": (Role.SYSTEM,),
    "depot": (Role.SYSTEM, Role.TEAM, Role.LOGISTICS),
    "vehicle": (Role.SYSTEM, Role.TEAM),
}


class World(AbstractAsyncContextManager["World"]):
    """One service of one node; commands over HTTP, time moved by hand."""

    def __init__(self, database_url: str, folder: Path, node: str) -> None:
        self.node = node
        settings = IncidentSettings(
            node=node,
            database_url=database_url,
            kafka_bootstrap_servers="127.0.0.1:1",
            auth_keys_dir=folder / "keys",
        )
        self._issuer = LocalIssuer(folder / "keys", "live")
        self._issuer.private_key()
        self.app = build(settings)
        self.database, self.context = self.app.state.database, self.app.state.context
        self.clock = ManualClock(datetime.now(UTC))
        self.app.state.clock = self.clock
        self.app.state.commands = Commands(self.database, self.clock)
        self._api = httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app, raise_app_exceptions=False), base_url="http://incident"
        )

    async def __aexit__(self, *_: object) -> None:
        await self._api.aclose()
        await self.database.close()

    def headers(self, who: str, node: str = "") -> dict[str, str]:
        department = who if Role.DEPARTMENT in PEOPLE[who] else None
        token = self._issuer.issue(who, f"{who} 同志", PEOPLE[who], node or self.node, department)
        return {"authorization": f"Bearer {token}"}

    async def post(
        self, who: str, path: str, body: object = None, node: str = "", **more: str
    ) -> httpx.Response:
        """A command by one of the PEOPLE."""
        headers = {**self.headers(who, node), **more}
        return await self._api.post(path, json={} if body is None else body, headers=headers)

    async def put(self, who: str, path: str, body: object) -> httpx.Response:
        """What is kept under a name of the caller's own."""
        return await self._api.put(path, json=body, headers=self.headers(who))

    async def delete(self, who: str, path: str) -> httpx.Response:
        """What is kept no longer."""
        return await self._api.delete(path, headers=self.headers(who))

    async def raw(self, who: str, path: str, content: bytes) -> httpx.Response:
        """A command whose body is just bytes."""
        headers = {**self.headers(who), "content-type": "application/json"}
        return await self._api.post(path, content=content, headers=headers)

    async def read(self, who: str, path: str, node: str = "") -> httpx.Response:
        """The answer to a read."""
        return await self._api.get(path, headers=self.headers(who, node))

    async def get(self, who: str, path: str, node: str = "") -> Any:
        """What a read answers."""
        answer = await self.read(who, path, node)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def done(self, who: str, path: str, body: object = None) -> Any:
        """What a command answers that must succeed."""
        answer = await self.post(who, path, body)
        assert answer.is_success, answer.text
        return answer.json()

    async def update(self, who: str, incident_id: str, body: dict[str, Any]) -> Any:
        """续报 on the incident as it stands now, unless a version is given."""
        found = await self.get(who, f"/incidents/{incident_id}")
        return await self.done(
            who, f"/incidents/{incident_id}/updates", {"version": found["version"], **body}
        )

    async def reported(self, **changes: object) -> str:
        """The id of a new incident."""
        return str((await self.done("taker", "/reports", {**REPORT, **changes}))["incident_id"])

    async def feed(self, event: Event, node: str, service: str = "incident", sequence: int = 1) -> None:
        """Handle an event as if it had come from another node or service."""
        envelope = Envelope(
            id=new_id(),
            type=event.type_name(),
            source=f"/{node}/{service}",
            subject=event.subject,
            time=self.clock.now(),
            dataschema=event.schema_uri(),
            status=Status.ACTUAL,
            sequence=sequence,
            correlationid=event.correlation,
            causationid="test",
        )
        async with self.database.begin(self.clock.now(), cause="test") as unit:
            await HANDLERS[type(event)](Received(envelope, event), unit, self.context)

    async def hear(self, other: "World") -> None:
        """Handle everything another node has published so far, in order."""
        for sequence, event in enumerate(await other.events(), start=1):
            await self.feed(event, other.node, sequence=sequence)

    async def told(self, after: int = 0) -> list[KafkaRecord]:
        """What this node's relay would have sent, in order, from behind an offset on."""
        query = text("SELECT * FROM outbox WHERE id > :after AND stream = 'incident' ORDER BY id")
        async with self.database.reading() as connection:
            rows = (await connection.execute(query, {"after": after})).all()
        return [sent(row, row.sequence, row.id) for row in rows]

    async def consume(self, records: Sequence[KafkaRecord]) -> None:
        """Consume records through the real processor."""
        await self.app.state.processor.process(records)

    async def parked(self) -> list[tuple[str, str]]:
        """(kind, reason) of what could not be consumed."""
        async with self.database.reading() as connection:
            rows = (await connection.execute(text("SELECT kind, reason FROM dead_letter"))).all()
        return [(row.kind, row.reason) for row in rows]

    async def tick(self) -> int:
        """Look at the reporting clocks once."""
        async with self.database.begin(self.clock.now(), cause="tick") as unit:
            return await fire(reporting_deadlines(self.context), unit)

    async def events(self, name: str = "") -> list[Event]:
        """The events in the outbox, in order; all or those of one name."""
        async with self.database.reading() as connection:
            rows = (await connection.execute(text("SELECT headers, body FROM outbox ORDER BY id"))).all()
        found = [BY_TYPE[json.loads(row.headers)["ce_type"]].read(row.body.encode()) for row in rows]
        return [event for event in found if name in {"", event.NAME}]

    async def names(self) -> list[str]:
        """The names of the events in the outbox, in order."""
        return [event.NAME for event in await self.events()]
