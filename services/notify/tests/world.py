"""A notify service to test: its app on a real database, people with tokens, and a real receiver."""

import json
import threading
import time
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import text

from contracts.topics import Mode
from contracts.values import Grade
from services.notify.app import build
from services.notify.clients import Channels
from services.notify.domain.incident import Incident
from services.notify.settings import NotifySettings
from services.notify.store import incidents
from services.notify.ticks import Courier
from shared.clock import ManualClock
from shared.http.auth import Role
from shared.http.local_issuer import LocalIssuer

NODE = "210404"
MIGRATIONS = Path(__file__).parents[1] / "migrations"
DRAFT: Mapping[str, Any] = {
    "incident_id": "incident-1",
    "sector": "hazardous_chemicals",
    "event_type": "12D02",
    "level": "orange",
    "headline": "望花区氯气泄漏橙色预警",
    "description": "某化工厂液氯储罐泄漏。",
    "instruction": "向上风向撤离，关闭门窗。",
    "area": "和平街道",
    "area_codes": [NODE],
    "measures": ["启动应急预案", "转移、疏散或者撤离易受危害的人员并妥善安置，转移重要财产"],
}
PEOPLE: Mapping[str, tuple[Role, ...]] = {
    "author": (Role.WARNING_AUTHOR,),
    "reviewer": (Role.WARNING_REVIEWER,),
    "signer": (Role.WARNING_SIGNER,),
    "all-rounder": (Role.WARNING_AUTHOR, Role.WARNING_REVIEWER, Role.WARNING_SIGNER),
    "officer": (Role.DUTY_OFFICER,),
    "health": (Role.DEPARTMENT,),
    "weisheng": (Role.DEPARTMENT,),
    "meteorology": (Role.WARNING_AUTHOR,),
    "forecaster": (Role.WARNING_REVIEWER,),
}
DEPARTMENTS = {
    "weisheng": "weisheng",
    "health": "health",
    "meteorology": "meteorology",
    "forecaster": "meteorology",
}


@dataclass
class Receiver:
    """A subscriber's web server; ``answers`` are the statuses it gives next, 200 when none is left."""

    answers: list[int] = field(default_factory=list)
    pause: float = 0
    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    url: str = ""

    def __enter__(self) -> "Receiver":
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                receiver.headers.append({name.lower(): value for name, value in self.headers.items()})
                receiver.bodies.append(json.loads(body))
                time.sleep(receiver.pause)
                self.send_response(receiver.answers.pop(0) if receiver.answers else 200)
                self.end_headers()
                self.wfile.write(json.dumps({"receipt_id": f"R-{len(receiver.bodies)}"}).encode())

            def log_message(self, *_: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/warnings"
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class World(AbstractAsyncContextManager["World"]):
    """One service of one node, its commands given over HTTP, its deliveries moved by hand."""

    def __init__(self, database_url: str, folder: Path, mode: Mode = "live") -> None:
        self.files = folder / "files"
        self.settings = NotifySettings(
            node=NODE,
            mode=mode,
            drill_id="drill-1" if mode == "exercise" else "",
            database_url=database_url,
            kafka_bootstrap_servers="127.0.0.1:1",
            auth_keys_dir=folder / "keys",
            file_channel_dir=self.files,
            attempt_deadline_seconds=1,
            subscriber_rest_seconds=0,
        )
        self._issuer = LocalIssuer(folder / "keys", mode)
        self._issuer.private_key()
        self.app = build(self.settings)
        self.database = self.app.state.database
        self.context = self.app.state.context
        self.clock = ManualClock(datetime.now(UTC))
        self._api = httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app, raise_app_exceptions=False), base_url="http://notify"
        )
        self._wire = httpx.AsyncClient(timeout=5, trust_env=False)
        self.courier = self.another_courier()

    def another_courier(self, **changes: object) -> Courier:
        """A courier, with some settings of its own."""
        settings = self.settings.model_copy(update=changes)
        channels = Channels(self._wire, self.files)
        return Courier(self.database, self.clock, channels, settings, self.context.bell)

    async def __aenter__(self) -> "World":
        await self.knows("incident-1")
        return self

    async def knows(self, incident_id: str) -> None:
        """An incident of this node has been reported."""
        about = ("hazardous_chemicals", "12D02", "氯气泄漏", "和平路 1 号", Grade.SIGNIFICANT)
        async with self.database.begin(self.clock.now(), cause="test") as unit:
            await incidents.remember(unit.connection, Incident(incident_id, NODE, *about))

    async def __aexit__(self, *_: object) -> None:
        await self._api.aclose()
        await self._wire.aclose()
        await self.database.close()

    async def post(self, who: str, path: str, body: object = None, key: str = "") -> httpx.Response:
        """A command by one of the PEOPLE."""
        headers = self._headers(who) | ({"idempotency-key": key} if key else {})
        return await self._api.post(path, json={} if body is None else body, headers=headers)

    async def step(self, who: str, warning_id: str, step: str) -> httpx.Response:
        """A step by somebody who has just looked at the warning."""
        shown = (await self.get(who, f"/warnings/{warning_id}")).json()
        return await self.post(who, f"/warnings/{warning_id}/{step}", {"version": shown["version"]})

    async def get(self, who: str, path: str) -> httpx.Response:
        """A read by one of the PEOPLE."""
        return await self._api.get(path, headers=self._headers(who))

    async def delete(self, who: str, path: str) -> httpx.Response:
        """A removal by one of the PEOPLE."""
        return await self._api.delete(path, headers=self._headers(who))

    def _headers(self, who: str) -> dict[str, str]:
        token = self._issuer.issue(who, f"{who} 同志", PEOPLE[who], NODE, DEPARTMENTS.get(who))
        return {"authorization": f"Bearer {token}"}

    async def drafted(self, **changes: object) -> str:
        """The id of a new draft by the author."""
        answer = await self.post("author", "/warnings", {**DRAFT, **changes})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["warning_id"])

    async def published(self, **changes: object) -> str:
        """The id of a warning that went all the way."""
        warning_id = await self.drafted(**changes)
        for who, step in (("reviewer", "review"), ("signer", "sign"), ("author", "publish")):
            answer = await self.step(who, warning_id, step)
            assert answer.status_code == 200, answer.text
        return warning_id

    async def subscriber(self, name: str, channel: str, target: str, mode: str = "") -> str:
        """The id of a new subscriber, of the node's own mode; of another if its row came from another node's backup."""
        body = {"name": name, "channel": channel, "target": target}
        answer = await self.post("officer", "/subscribers", body)
        assert answer.status_code == 201, answer.text
        subscriber_id = str(answer.json()["subscriber_id"])
        if mode:
            await self._execute(
                "UPDATE subscriber SET mode = :mode WHERE id = :id", mode=mode, id=subscriber_id
            )
        return subscriber_id

    async def leases_over(self) -> None:
        """Whoever had deliveries in hand is dead long enough, by the wall clock."""
        over = "UPDATE delivery SET leased_until = clock_timestamp() - interval '1 second'"
        await self._execute(f"{over} WHERE leased_until IS NOT NULL")

    async def rewrite_messages(self, old: str, new: str) -> None:
        """What waits to be sent reads differently now, as if another program had written it."""
        await self._execute("UPDATE message SET body = replace(body, :old, :new)", old=old, new=new)

    async def _execute(self, statement: str, **values: object) -> None:
        async with self.database.begin(self.clock.now(), cause="test") as unit:
            await unit.connection.execute(text(statement), values)

    async def deliveries(self, warning_id: str) -> list[dict[str, Any]]:
        """The deliveries of a warning as the API shows them."""
        found: list[dict[str, Any]] = (
            await self.get("officer", f"/deliveries?warning_id={warning_id}")
        ).json()
        return found

    async def events(self) -> list[tuple[str, dict[str, Any]]]:
        """(type, body) of every event in the outbox, in order."""
        async with self.database.reading() as connection:
            rows = await connection.execute(text("SELECT headers, body FROM outbox ORDER BY id"))
            return [(json.loads(row.headers)["ce_type"], json.loads(row.body)) for row in rows]

    async def event_names(self) -> list[str]:
        """The short names of the events in the outbox, in order."""
        return [name.removeprefix("cn.liandong.").removesuffix(".v1") for name, _ in await self.events()]
