"""A note is taken over HTTP, told to Kafka, and has its effect when it comes back."""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import text

from contracts.events import Stream
from contracts.events.incident import IncidentControlled
from contracts.facts import Count
from contracts.refusals import NotFound, RuleViolated, StaleVersion
from contracts.values import Id, Line, Moment, Prose
from shared.database import UnitOfWork
from shared.event_application import Handlers
from shared.http.auth import Principal, Role, requires
from shared.http.commands import Call, command
from shared.received import Received
from shared.service import ServiceParts, assemble
from shared.settings import ServiceSettings
from shared.ticks import Tick

MIGRATIONS = Path(__file__).with_name("migrations")
router = APIRouter()


class AlreadyNoted(RuleViolated):
    """One note per incident."""

    STATUS = 409


class NewNote(BaseModel):
    """What is noted; the caller's name is personal."""

    model_config = ConfigDict(extra="forbid")

    incident_id: Id
    statement: Prose = ""
    at: Moment | None = None
    crew: Count | None = None
    weight: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0
    version: int = 0
    caller: Annotated[Line | None, Field(json_schema_extra={"personal": True})] = None


class Amendment(BaseModel):
    """Another text of a note; with ``version`` only if that is still the current one."""

    model_config = ConfigDict(extra="forbid")

    statement: Prose
    version: Annotated[int, Field(ge=1, lt=2**31)] | None = None


class Note(BaseModel):
    """A note taken."""

    incident_id: str
    statement: str


@dataclass
class Script:
    """What the handler is to stumble over, by the statement of the event; each once."""

    stumbles: dict[str, list[Exception | str]] = field(default_factory=lambda: defaultdict(list))
    """An exception to raise, or SQL to fail on."""


@dataclass(frozen=True)
class Tree:
    """A tree of places: code → code above."""

    above: Mapping[str, str]

    def parent(self, code: str) -> str | None:
        return self.above.get(code)

    def children(self, code: str) -> Sequence[str]:
        return [child for child, parent in self.above.items() if parent == code]

    def is_within(self, code: str, ancestor: str) -> bool:
        above = self.parent(code)
        return code == ancestor or (above is not None and self.is_within(above, ancestor))


async def on_controlled(received: Received[IncidentControlled], unit: UnitOfWork, context: Script) -> None:
    event = received.event
    row = {"id": received.envelope.id, "subject": event.subject, "statement": event.statement}
    await unit.connection.execute(
        text(
            "INSERT INTO effect (event_id, subject, statement, cause) VALUES (:id, :subject, :statement, :cause)"
        ),
        {**row, "cause": unit.cause},
    )
    if stumbles := context.stumbles[event.statement]:
        stumble = stumbles.pop(0)
        if isinstance(stumble, Exception):
            raise stumble
        await unit.connection.execute(text(stumble))


HANDLERS: Handlers[Script] = {IncidentControlled: on_controlled}


@router.post("/notes", status_code=201)
async def take_note(
    request: Request, body: NewNote, call: Annotated[Call, Depends(command(Role.DISPATCHER))]
) -> Response:
    """Note what happened, once per incident."""

    async def work(unit: UnitOfWork) -> Note:
        return await _noted(unit, body, request.app.state.settings.node)

    return await call.run("note.take", body.incident_id, body, work, 201)


@router.post("/notes/{incident_id}/amendments")
async def amend_note(
    request: Request,
    incident_id: Id,
    body: Amendment,
    call: Annotated[Call, Depends(command(Role.DISPATCHER))],
) -> Response:
    """Change what was noted."""

    async def work(unit: UnitOfWork) -> Note:
        note = await _amended(unit, incident_id, body)
        unit.publish(_told(note, request.app.state.settings.node, unit))
        return note

    return await call.run("note.amend", incident_id, body, work)


async def _amended(unit: UnitOfWork, incident_id: str, body: Amendment) -> Note:
    query = text("SELECT version FROM note WHERE incident_id = :id FOR UPDATE")
    current = await unit.connection.scalar(query, {"id": incident_id})
    if current is None:
        raise NotFound("note", incident_id)
    if body.version not in {None, current}:
        raise StaleVersion(body.version or 0, current)
    await unit.connection.execute(
        text("UPDATE note SET statement = :statement, version = version + 1 WHERE incident_id = :id"),
        {"id": incident_id, "statement": body.statement},
    )
    return Note(incident_id=incident_id, statement=body.statement)


def _told(note: Note, node: str, unit: UnitOfWork) -> IncidentControlled:
    return IncidentControlled(
        incident_id=note.incident_id, jurisdiction=node, statement=note.statement, controlled_at=unit.now
    )


async def _noted(unit: UnitOfWork, body: NewNote, node: str) -> Note:
    new = await unit.connection.scalar(
        text(
            "INSERT INTO note VALUES (:incident_id, :statement) ON CONFLICT DO NOTHING RETURNING incident_id"
        ),
        {"incident_id": body.incident_id, "statement": body.statement},
    )
    if new is None:
        raise AlreadyNoted("incident_id", "noted already")
    note = Note(incident_id=body.incident_id, statement=body.statement)
    unit.publish(_told(note, node, unit))
    return note


@router.get("/notes")
async def notes(
    request: Request,
    _: Annotated[Principal, Depends(requires(Role.DISPATCHER, scope="reads"))],
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> list[Note]:
    """The notes taken."""
    async with request.app.state.database.reading() as connection:
        rows = await connection.execute(text("SELECT * FROM note ORDER BY 1 LIMIT :limit"), {"limit": limit})
        return [Note(incident_id=row.incident_id, statement=row.statement) for row in rows]


@router.post("/background/{name}/cancel")
async def cancel_background(name: str, _: Annotated[Call, Depends(command(Role.DISPATCHER))]) -> None:
    """What a fault in a library may do: a piece of background work is cancelled by somebody else."""
    for task in asyncio.all_tasks():
        if task.get_name() == name:
            task.cancel()


async def take_due(unit: UnitOfWork, limit: int, left_out: Collection[str]) -> list[str]:
    """The names of work that is due, the longest overdue first."""
    query = text("""
        SELECT name FROM due WHERE late_seconds IS NULL AND due_at <= :now AND name <> ALL(:left_out)
        ORDER BY due_at LIMIT :limit FOR UPDATE SKIP LOCKED""")
    values = {"now": unit.now, "left_out": list(left_out), "limit": limit}
    return list(await unit.connection.scalars(query, values))


async def fire_due(unit: UnitOfWork, name: str) -> None:
    """Fire it and note how late it was."""
    await unit.connection.execute(
        text("""
        UPDATE due SET late_seconds = extract(epoch FROM :now - due_at), nth = (SELECT count(nth) FROM due)
        WHERE name = :name"""),
        {"now": unit.now, "name": name},
    )


DUE: Tick[str] = Tick(take_due, str, fire_due)


def parts(settings: ServiceSettings, script: Script, tree: Tree) -> ServiceParts[Script]:
    return ServiceParts(
        name="tiny",
        settings=settings,
        migrations=MIGRATIONS,
        jurisdictions=tree,
        subscriptions={Stream.INCIDENT: ("own", "children", "parent")},
        handlers=HANDLERS,
        context=script,
        routers=[router],
        ticks={"due": DUE},
    )


def build(settings: ServiceSettings) -> FastAPI:
    return assemble(parts(settings, Script(), Tree({})))
