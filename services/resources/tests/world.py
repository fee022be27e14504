"""A resources service to test: its app on a real database, people with tokens, events carried by hand."""

import itertools
import json
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import text

from contracts.events import BY_TYPE, Event
from contracts.events.incident import IncidentReported
from contracts.facts import Facts
from contracts.values import Grade, Location
from services.resources.app import build
from services.resources.seeding import seed
from services.resources.settings import ResourcesSettings
from services.resources.ticks import answers, expiries
from shared.clock import ManualClock
from shared.http.auth import Role
from shared.http.commands import Commands
from shared.http.local_issuer import LocalIssuer
from shared.outbox import Origin
from shared.tests.kafka_record import KafkaRecord, sent
from shared.ticks import fire

MIGRATIONS = Path(__file__).parents[1] / "migrations"
PLACE = {"lon": 123.782, "lat": 41.842, "address": "望花区示例化工园"}
INCIDENT = "incident-1"
WISH: dict[str, Any] = {"incident_id": INCIDENT, "item": "gas_mask", "quantity": 50, "destination": PLACE}
TEAM: dict[str, Any] = {"name": "新队伍", "kind": "hazmat", "crew": 9, "home": PLACE}
PEOPLE = {"logistics": (Role.LOGISTICS,), "officer": (Role.DUTY_OFFICER,), "author": (Role.WARNING_AUTHOR,)}


class World(AbstractAsyncContextManager["World"]):
    """One service of one node, seeded from the plan; it has heard of INCIDENT."""

    def __init__(self, database_url: str, folder: Path, node: str) -> None:
        self.node = node
        self.settings = ResourcesSettings(
            node=node,
            database_url=database_url,
            kafka_bootstrap_servers="127.0.0.1:1",
            auth_keys_dir=folder / "keys",
        )
        self._issuer = LocalIssuer(folder / "keys", "live")
        self._issuer.private_key()
        self.app = build(self.settings)
        self.database, self.context = self.app.state.database, self.app.state.context
        self.clock = ManualClock(datetime.now(UTC))
        self.app.state.commands = Commands(self.database, self.clock)
        self._offsets = itertools.count()
        self._sequences: dict[tuple[str, str], int] = {}
        self._api = httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app, raise_app_exceptions=False), base_url="http://resources"
        )

    async def __aenter__(self) -> "World":
        await self.start()
        await self.hear(incident(), "210404", "incident")
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._api.aclose()
        await self.database.close()

    async def start(self) -> None:
        """What the service does at every start."""
        await seed(self.database, self.clock, self.context)

    def headers(self, who: str, node: str = "") -> dict[str, str]:
        token = self._issuer.issue(who, f"{who} 同志", PEOPLE[who], node or self.node, None)
        return {"authorization": f"Bearer {token}"}

    async def send(
        self, method: str, path: str, body: object = None, who: str = "logistics", node: str = "", **more: str
    ) -> httpx.Response:
        """A command by one of the PEOPLE."""
        headers = {**self.headers(who, node), **more}
        return await self._api.request(method, path, json={} if body is None else body, headers=headers)

    async def done(self, path: str, body: object = None, who: str = "logistics") -> Any:
        """What a command answers that must succeed."""
        answer = await self.send("POST", path, body, who)
        assert answer.is_success, answer.text
        return answer.json()

    async def get(self, path: str, who: str = "logistics", node: str = "") -> Any:
        """What a read answers."""
        answer = await self._api.get(path, headers=self.headers(who, node))
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def reserved(self, **changes: object) -> list[dict[str, Any]]:
        """New reservations."""
        made: list[dict[str, Any]] = (await self.done("/reservations", {**WISH, **changes}))["reservations"]
        return made

    async def stock(self, item: str = "gas_mask") -> dict[str, tuple[int, int]]:
        """(quantity, reserved) of an item by depot."""
        rows = await self.get(f"/stock?item={item}")
        return {row["depot_id"]: (row["quantity"], row["reserved"]) for row in rows}

    async def hear(self, event: Event, node: str, service: str = "resources") -> KafkaRecord:
        """Consume an event of another node or service; the record, to be consumed again."""
        settings = self.settings.model_copy(update={"node": node})
        told = Origin(settings, service).envelop(event, self.clock.now(), "test")
        of = (node, event.subject)
        self._sequences[of] = self._sequences.get(of, 0) + 1
        record = sent(told, self._sequences[of], next(self._offsets))
        await self.consume([record])
        return record

    async def consume(self, records: Sequence[KafkaRecord]) -> None:
        """Consume records through the real processor."""
        await self.app.state.processor.process(records)

    async def tick(self) -> None:
        """What is due by the clock happens."""
        async with self.database.begin(self.clock.now(), cause="tick") as unit:
            await fire(expiries(self.context), unit)
            await fire(answers(self.context), unit)

    def plans(self, **mutual_aid: Any) -> None:
        """Another plan for mutual aid."""
        aid = self.context.plan.mutual_aid.model_copy(update=mutual_aid)
        plan = self.context.plan.model_copy(update={"mutual_aid": aid})
        object.__setattr__(self.context, "plan", plan)

    async def told(self) -> list[KafkaRecord]:
        """Everything this node's relay would have sent, in order."""
        return [sent(row, row.sequence, row.id) for row in await self._outbox()]

    async def events(self, name: str = "") -> list[Event]:
        """The events in the outbox, in order; all but the roster's, or those of one name."""
        found = [
            BY_TYPE[json.loads(row.headers)["ce_type"]].read(row.body.encode())
            for row in await self._outbox()
        ]
        return [
            one for one in found if name == one.NAME or (not name and one.NAME != "resource.team_registered")
        ]

    async def names(self) -> list[str]:
        """The names of the events in the outbox, in order, without the roster's."""
        return [event.NAME.removeprefix("resource.") for event in await self.events()]

    async def parked(self) -> list[tuple[str, str]]:
        """(kind, reason) of what could not be consumed."""
        return [(row.kind, row.reason) for row in await self._rows("SELECT * FROM dead_letter")]

    async def audited(self) -> list[tuple[str, str]]:
        """(command, outcome) of every audited command."""
        return [
            (row.command, row.outcome) for row in await self._rows("SELECT * FROM audit_entry ORDER BY id")
        ]

    async def _outbox(self) -> Sequence[Any]:
        return await self._rows("SELECT * FROM outbox ORDER BY id")

    async def execute(self, statement: str) -> None:
        """Change the database behind the service's back."""
        async with self.database.begin(self.clock.now(), cause="test") as unit:
            await unit.connection.execute(text(statement))

    async def _rows(self, query: str) -> Sequence[Any]:
        async with self.database.reading() as connection:
            return (await connection.execute(text(query))).all()


async def carry(*worlds: World) -> None:
    """Bring every node what the others have told, until nothing new is said; what is known comes again, as Kafka may do."""
    said = -1
    while said != (said := sum([len(await world.told()) for world in worlds])):
        for reader in worlds:
            for writer in worlds:
                if writer is not reader:
                    await reader.consume(await writer.told())


def incident(incident_id: str = INCIDENT, node: str = "210404") -> IncidentReported:
    """A report that opened an incident."""
    now = datetime.now(UTC)
    return IncidentReported(
        incident_id=incident_id,
        jurisdiction=node,
        report_id=f"report of {incident_id}",
        channel="119",
        sector="hazardous_chemicals",
        event_type="12D02",
        title="液氯储罐阀门泄漏",
        location=Location(**PLACE),
        occurred_at=now,
        reported_at=now,
        facts=Facts(),
        grade=Grade.GENERAL,
    )
