"""A dispatch service to test: its app on a real database, people with tokens, events fed by hand."""

import json
from collections import Counter
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import text

from contracts.envelope import Envelope, Status
from contracts.events import BY_TYPE, Event
from contracts.events.incident import IncidentReported
from contracts.events.resource import TeamRegistered
from contracts.facts import Facts
from contracts.values import Grade, Location
from services.dispatch.app import build
from services.dispatch.handlers import HANDLERS
from services.dispatch.settings import DispatchSettings
from services.dispatch.ticks import ACKNOWLEDGEMENTS, answers
from shared.clock import ManualClock
from shared.database import UnitOfWork
from shared.http.auth import Role
from shared.http.commands import Commands
from shared.http.local_issuer import LocalIssuer
from shared.ids import new_id
from shared.received import Received
from shared.ticks import fire

MIGRATIONS = Path(__file__).parents[1] / "migrations"
PLACE = Location(lon=123.782, lat=41.842, address="望花区示例化工园")
PEOPLE = {
    "dispatcher": (Role.DISPATCHER,),
    "commander": (Role.COMMANDER,),
    "officer": (Role.DUTY_OFFICER,),
    "wanghua-hazmat-1": (Role.TEAM,),
    "wanghua-fire-1": (Role.TEAM,),
    "logistics": (Role.LOGISTICS,),
    "health": (Role.DEPARTMENT,),
    "emergency_management": (Role.DEPARTMENT,),
}


class World(AbstractAsyncContextManager["World"]):
    """One service of one node with the plan's own teams; time is moved by hand."""

    def __init__(self, database_url: str, folder: Path, node: str) -> None:
        self.node = node
        self._told: Counter[str] = Counter()
        settings = DispatchSettings(
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
        self.app.state.commands = Commands(self.database, self.clock)
        self._api = httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app, raise_app_exceptions=False), base_url="http://dispatch"
        )

    async def __aenter__(self) -> "World":
        plan = self.context.plan
        for team_id, team in plan.seed.teams.items():
            if team.jurisdiction == self.node:
                kind = plan.team_kinds[team.kind]
                event = TeamRegistered(
                    team_id=team_id,
                    jurisdiction=self.node,
                    name=team.name,
                    kind=team.kind,
                    team_class=kind.team_class,
                    capabilities=kind.capabilities,
                    crew=team.crew,
                    home=team.home,
                    registered_at=self.clock.now(),
                    call_sign=team.call_sign,
                )
                await self.feed(event, self.node, "resources")
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._api.aclose()
        await self.database.close()

    async def post(self, who: str, path: str, body: object = None) -> httpx.Response:
        """A command by one of the PEOPLE."""
        token = self._token(who)
        headers = {"authorization": f"Bearer {token}"}
        return await self._api.post(path, json={} if body is None else body, headers=headers)

    async def done(self, who: str, path: str, body: object = None) -> Any:
        """What a command answers that must succeed."""
        answer = await self.post(who, path, body)
        assert answer.is_success, answer.text
        return answer.json()

    async def get(self, path: str, who: str = "officer") -> Any:
        """What a read answers."""
        answer = await self._api.get(path, headers={"authorization": f"Bearer {self._token(who)}"})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def _token(self, who: str) -> str:
        roles = PEOPLE[who]
        department = who if Role.DEPARTMENT in roles else None
        team = who if Role.TEAM in roles else None
        return self._issuer.issue(f"sub-{who}", f"{who} 同志", roles, self.node, department, team)

    async def reported(self, incident: str = "i-1", node: str = "", grade: Grade = Grade.GENERAL) -> str:
        """A leak was reported at a node, this one unless said otherwise."""
        at = node or self.node
        await self.feed(self.report(incident, at, grade), at, "incident")
        return incident

    def report(self, incident: str = "i-1", node: str = "", grade: Grade = Grade.GENERAL) -> IncidentReported:
        """The report of a leak at a node, this one unless said otherwise."""
        return IncidentReported(
            incident_id=incident,
            jurisdiction=node or self.node,
            report_id="r-1",
            channel="119",
            sector="hazardous_chemicals",
            event_type="12D02",
            title="液氯泄漏",
            location=PLACE,
            occurred_at=self.clock.now(),
            reported_at=self.clock.now(),
            facts=Facts(),
            grade=grade,
        )

    async def feed(self, event: Event, node: str, service: str, sequence: int = 1) -> None:
        """Handle an event as if it had come over Kafka."""
        async with self.database.begin(self.clock.now(), cause="test") as unit:
            await self.handle(unit, event, node, service, sequence)

    async def handle(
        self, unit: UnitOfWork, event: Event, node: str, service: str, sequence: int = 1
    ) -> None:
        """The same in a unit that is open."""
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
        await HANDLERS[type(event)](Received(envelope, event), unit, self.context)

    async def order(self, *team_ids: str, incident: str = "i-1") -> list[dict[str, Any]]:
        """Orders to teams."""
        body = {"incident_id": incident, "team_ids": team_ids, "task": "堵漏"}
        orders: list[dict[str, Any]] = (await self.done("dispatcher", "/orders", body))["orders"]
        return orders

    async def released(self, order: str, cause: str = "completed", who: str = "dispatcher") -> Any:
        """A team goes home."""
        return await self.done(who, f"/orders/{order}/release", {"cause": cause})

    async def tick(self) -> int:
        """Look at acknowledgements and answers once."""
        async with self.database.begin(self.clock.now(), cause="tick") as unit:
            return await fire(ACKNOWLEDGEMENTS, unit) + await fire(answers(self.context), unit)

    async def news(self, reader: str) -> list[Received[Event]]:
        """What this node has published that a reader has not got yet, as it stands in the outbox."""
        async with self.database.reading() as connection:
            rows = (
                await connection.execute(text("SELECT headers, body, sequence FROM outbox ORDER BY id"))
            ).all()
        new = rows[self._told[reader] :]
        self._told[reader] = len(rows)
        envelopes = [
            Envelope.from_headers(
                (name, str(value).encode())
                for name, value in {**json.loads(row.headers), "ce_sequence": row.sequence}.items()
            )
            for row in new
        ]
        return [
            Received(envelope, BY_TYPE[envelope.type].read(row.body.encode()))
            for envelope, row in zip(envelopes, new, strict=True)
        ]

    async def hear(self, received: Received[Event]) -> None:
        """Handle what another node has published."""
        if type(received.event) in HANDLERS:
            async with self.database.begin(self.clock.now(), cause="test") as unit:
                await HANDLERS[type(received.event)](received, unit, self.context)

    async def events(self, name: str = "") -> list[Event]:
        """The events in the outbox, in order; all or those of one name."""
        async with self.database.reading() as connection:
            rows = (await connection.execute(text("SELECT headers, body FROM outbox ORDER BY id"))).all()
        found = [BY_TYPE[json.loads(row.headers)["ce_type"]].read(row.body.encode()) for row in rows]
        return [event for event in found if name in {"", event.NAME}]


async def exchange(*worlds: World) -> None:
    """What nodes publish reaches those that are linked to them, and what that brings about too."""
    more = True
    while more:
        more = False
        for writer in worlds:
            for reader in worlds:
                if reader.context.is_linked(writer.node):
                    for received in await writer.news(reader.node):
                        await reader.hear(received)
                        more = True
