"""Sessions of the console: the browser holds a secret in a cookie, the server the token, sealed with that secret.

Whoever reads the table can use nothing of it; whoever steals the cookie is held by SameSite, HttpOnly and the CSRF token.
"""

import base64
import hashlib
import hmac
import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import delete, insert
from sqlmodel import col, select
from starlette.requests import Request

from contracts.refusals import Refusal
from services.incident.store.tables import SessionRow
from shared.database import Database, UnitOfWork

COOKIE = "liandong_session"
CSRF_HEADER = "x-csrf-token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
REMEMBERED, REMEMBERED_SECONDS = 1_000, 5.0
"""How many sessions a process keeps opened, and how long: so long may one live on that ended at another replica."""


class CrossSite(Refusal):
    """A command by cookie without the session's own CSRF token: perhaps another site's doing."""

    STATUS = 403
    KEY = "problem.cross_site"


@dataclass(frozen=True)
class Session:
    """An opened session: the secret of the cookie, and the token that it stands for."""

    secret: str
    token: str
    expires_at: datetime

    @property
    def csrf(self) -> str:
        """What a page of ours sends with each command; another site can't know it."""
        return hmac.new(self.secret.encode(), b"csrf", hashlib.sha256).hexdigest()


class Sessions:
    """The sessions of a node."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._opened: OrderedDict[str, tuple[float, Session]] = OrderedDict()

    async def begin(self, unit: UnitOfWork, token: str, lasting: timedelta) -> Session:
        """A new session for a verified token; those that are over go."""
        session = Session(secrets.token_urlsafe(32), token, unit.now + lasting)
        await unit.connection.execute(delete(SessionRow).where(col(SessionRow.expires_at) <= unit.now))
        row = {
            "session": _name(session.secret),
            "sealed": _seal(session.secret).encrypt(token.encode()).decode(),
            "expires_at": session.expires_at,
        }
        await unit.connection.execute(insert(SessionRow).values(**row))
        return session

    async def end(self, unit: UnitOfWork, secret: str) -> None:
        """The session is over."""
        self._opened.pop(secret, None)
        await unit.connection.execute(delete(SessionRow).where(col(SessionRow.session) == _name(secret)))

    async def session_of_cookie(self, secret: str, now: datetime) -> Session | None:
        """The session of a cookie, None when there is none or it is over."""
        known = self._opened.get(secret)
        session = known[1] if known and known[0] > time.monotonic() else await self._opened_anew(secret)
        return session if session is not None and session.expires_at > now else None

    async def _opened_anew(self, secret: str) -> Session | None:
        self._opened.pop(secret, None)
        query = select(SessionRow).where(col(SessionRow.session) == _name(secret))
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).one_or_none()
        if row is None:
            return None
        try:
            token = _seal(secret).decrypt(row.sealed.encode()).decode()
        except InvalidToken:
            return None
        session = Session(secret, token, row.expires_at)
        self._opened[secret] = (time.monotonic() + REMEMBERED_SECONDS, session)
        while len(self._opened) > REMEMBERED:
            self._opened.popitem(last=False)
        return session

    async def token_of(self, request: Request) -> str | None:
        """The token that a request's cookie stands for; raises CrossSite for a command without the CSRF token."""
        secret = request.cookies.get(COOKIE)
        session = await self.session_of_cookie(secret, request.app.state.clock.now()) if secret else None
        if session is None:
            return None
        given = request.headers.get(CSRF_HEADER, "")
        if request.method not in SAFE and not hmac.compare_digest(given.encode(), session.csrf.encode()):
            raise CrossSite
        return session.token


def _name(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _seal(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"seal:" + secret.encode()).digest()))
