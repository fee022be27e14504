"""A command over HTTP: one transaction, once per Idempotency-Key, audited whether accepted or refused."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from fastapi import Request, Response
from pydantic import BaseModel
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.privacy import EXEMPT, mask
from contracts.refusals import Refusal
from shared import audit
from shared.clock import Clock
from shared.database import Database, UnitOfWork
from shared.http.auth import Bearer, ForeignJurisdiction, Principal, Requires, Role, WrongRole
from shared.ids import new_id
from shared.statements import Statement

ATTEMPTS = 3
LONGEST_AUDITED, MOST_AUDITED = 500, 50
PERSONAL = "***"
Work = Callable[[UnitOfWork], Awaitable[BaseModel]]
Status = int | Callable[[Any], int]
"""The HTTP status of success, or how to tell it from the result."""

_STORED = Statement(
    "SELECT fingerprint, status, body FROM idempotency WHERE principal = %(principal)s AND key = %(key)s"
)
_AUDIT = Statement(audit.INSERT)
_AUDIT_AND_KEEP = Statement(
    "WITH entry AS ("
    + audit.INSERT
    + """)
INSERT INTO idempotency (principal, key, fingerprint, status, body)
VALUES (%(principal)s, %(key)s, %(fingerprint)s, %(status)s, %(body)s) ON CONFLICT DO NOTHING RETURNING key
"""
)


class IdempotencyMismatch(Refusal):
    """The key was used before, for something else."""

    KEY = "problem.idempotency_mismatch"

    def __init__(self) -> None:
        super().__init__("Idempotency-Key")


class InvalidIdempotencyKey(Refusal):
    """A key must be 1 to 200 printable ASCII characters."""

    KEY = "problem.invalid_idempotency_key"

    def __init__(self) -> None:
        super().__init__("Idempotency-Key")


class _TwinWon(Exception):
    """The same command was committed by a concurrent request."""


@dataclass(frozen=True)
class Commands:
    """What every command of a service needs; built once."""

    database: Database
    clock: Clock


@dataclass(frozen=True)
class Call:
    """One command as it came: who, when, and how to run it."""

    principal: Principal
    now: datetime
    _request: Request
    _commands: Commands
    _key: str | None

    async def run(
        self, name: str, target: str, inputs: BaseModel, work: Work, status: Status = 200
    ) -> Response:
        """Do ``work`` in one transaction and answer with what it returns.

        A refusal rolls back and is audited on its own. A repeat with the same Idempotency-Key gets the
        first answer again.
        """
        masked = orjson.dumps(_audited_inputs(inputs)).decode()
        try:
            return await self._attempts(name, target, masked, work, status)
        except Refusal as refusal:
            outcome = f"refused:{refusal.KEY.rpartition('.')[2]}"
            await record(self._commands, self.principal, self.now, name, target, outcome, masked)
            raise

    async def _attempts(self, name: str, target: str, masked: str, work: Work, status: Status) -> Response:
        fingerprint = await self._fingerprint()
        for attempt in range(ATTEMPTS):
            try:
                return await self._run_once(name, target, masked, work, status, fingerprint)
            except _TwinWon:
                continue
            except (Refusal, IntegrityError):
                # done by a twin meanwhile, it is refused as done already: the twin's answer is the right one
                if answer := await self._answer_of_twin(fingerprint):
                    return answer
                raise
            except OperationalError as error:
                if attempt == ATTEMPTS - 1 or getattr(error.orig, "sqlstate", None) not in {"40P01", "40001"}:
                    raise
        raise IdempotencyMismatch

    async def _run_once(
        self, name: str, target: str, masked: str, work: Work, status: Status, fingerprint: bytes
    ) -> Response:
        async with self._commands.database.begin(self.now, cause=str(new_id())) as unit:
            if stored := await self._stored_answer(unit.connection, fingerprint):
                return stored
            result = await work(unit)
            code = status if isinstance(status, int) else status(result)
            body = result.model_dump_json().encode()
            entry = audit_values(self.principal, self.now, name, target, "accepted", masked)
            if self._key is None:
                await _AUDIT.run(unit.connection, entry)
            else:
                kept = {**self._identity(), "fingerprint": fingerprint, "status": code, "body": body}
                if not await _AUDIT_AND_KEEP.run(unit.connection, {**entry, **kept}):
                    raise _TwinWon
        return Response(body, code, media_type="application/json")

    async def _answer_of_twin(self, fingerprint: bytes) -> Response | None:
        async with self._commands.database.reading() as connection:
            return await self._stored_answer(connection, fingerprint)

    async def _stored_answer(self, connection: AsyncConnection, given: bytes) -> Response | None:
        if self._key is None:
            return None
        found = await _STORED.run(connection, self._identity())
        if not found:
            return None
        ((fingerprint, status, body),) = found
        if bytes(fingerprint) != given:
            raise IdempotencyMismatch
        headers = {"Idempotent-Replayed": "true"}
        return Response(bytes(body), status, headers, "application/json")

    async def audit(self, name: str, target: str, outcome: str) -> None:
        """Audit a command that runs in transactions of its own, not through ``run``."""
        await record(self._commands, self.principal, self.now, name, target, outcome, "{}")

    def _identity(self) -> dict[str, str | None]:
        return {"principal": self.principal.subject, "key": self._key}

    async def _fingerprint(self) -> bytes:
        request = self._request
        head = f"{request.method} {request.scope['path']}\n".encode()
        return hashlib.sha256(head + await request.body()).digest()


class Command:
    """A FastAPI dependency: an authorised call, ready to run."""

    def __init__(self, access: Requires) -> None:
        self.access = access

    async def __call__(self, request: Request, _: Bearer) -> Call:
        """Authenticate, authorise (denials are audited), read the Idempotency-Key."""
        commands: Commands = request.app.state.commands
        now = commands.clock.now()
        principal = await self.access.authenticate(request)
        try:
            self.access.authorise(principal, request)
        except (WrongRole, ForeignJurisdiction) as refusal:
            outcome = f"refused:{refusal.KEY.rpartition('.')[2]}"
            await record(
                commands,
                principal,
                now,
                f"{request.method} {_route(request)}",
                request.scope["path"],
                outcome,
                "{}",
            )
            raise
        return Call(principal, now, request, commands, _key(request))


def command(*roles: Role) -> Command:
    """The dependency that lets these roles give a command at this node."""
    return Command(Requires(frozenset(roles), "node"))


def audit_values(
    principal: Principal, now: datetime, name: str, target: str, outcome: str, inputs: str
) -> dict[str, Any]:
    """The columns of one audit entry."""
    return {
        "at": now,
        "actor": principal.subject,
        "roles": ",".join(sorted(principal.roles)),
        "jurisdiction": principal.jurisdiction,
        "command": name,
        "target": target[:200].replace("\x00", "\\0"),
        "outcome": outcome,
        "inputs": inputs,
    }


async def record(
    commands: Commands, principal: Principal, now: datetime, name: str, target: str, outcome: str, inputs: str
) -> None:
    """Write an audit entry in a transaction of its own."""
    async with commands.database.begin(now, cause="audit") as unit:
        await _AUDIT.run(unit.connection, audit_values(principal, now, name, target, outcome, inputs))


def _route(request: Request) -> str:
    return getattr(request.scope.get("route"), "path", "unmatched")


def _key(request: Request) -> str | None:
    key = request.headers.get("idempotency-key")
    if key is not None and not (1 <= len(key) <= 200 and key.isascii() and key.isprintable()):
        raise InvalidIdempotencyKey
    return key


def _audited_inputs(model: BaseModel) -> dict[str, Any]:
    """The inputs as they may be kept: personal and secret fields and numbers in texts masked, long texts cut."""
    return {name: _audited_value(model, name, getattr(model, name)) for name in type(model).model_fields}


def _audited_value(model: BaseModel, name: str, value: object) -> Any:  # noqa: ANN401 - any JSON value
    extra = type(model).model_fields[name].json_schema_extra
    if isinstance(extra, dict) and (extra.get("personal") or extra.get("secret")):
        return PERSONAL if value is not None else None
    return _plain(value) if name not in EXEMPT else _plain(value, mask_texts=False)


def _plain(value: object, mask_texts: bool = True) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, BaseModel):
        return _audited_inputs(value)
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in list(value.items())[:MOST_AUDITED]}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in list(value)[:MOST_AUDITED]]
    if value is None or (isinstance(value, int | float) and abs(value) < 2**63):
        return value
    told = mask(str(value)) if mask_texts else str(value)
    return told[:LONGEST_AUDITED]
