"""Logging in and out: Authorization Code with PKCE; the token never reaches the browser."""

import hmac
import json
import secrets
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from urllib.parse import urlsplit

import jwt
from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, Field
from starlette.responses import RedirectResponse

from contracts.refusals import Refusal
from contracts.topics import Mode
from contracts.values import Value
from services.incident.api.access import context_of
from services.incident.web.issuers import Issuer, challenge_of
from services.incident.web.pages import BASE_MAP
from services.incident.web.sessions import COOKIE, Session, Sessions
from shared.http.auth import Principal, Role, requires

LOGIN_COOKIE, LOGIN_SECONDS = "liandong_login", 600
LONGEST = timedelta(hours=16)
"""A watch and its handing over."""
EVERYBODY = requires(*Role, scope="reads")
Everybody = Annotated[Principal, Depends(EVERYBODY)]


class NoIssuer(Refusal):
    """Neither an OIDC issuer nor the local login is configured."""

    STATUS = 503
    KEY = "login.no_issuer"


class LoginLost(Refusal):
    """The answer belongs to no login that this browser began, or to one too long ago."""

    STATUS = 400
    KEY = "login.lost"


class SessionView(BaseModel):
    """Who is logged in, and what a page needs to know of them and of the node."""

    subject: str
    name: str
    roles: list[Role]
    jurisdiction: str
    department: str | None
    team: str | None
    node: str
    node_name: str
    mode: Mode
    drill_id: str
    csrf: str
    expires_at: datetime | None
    base_map: str = Field(description="path of the city's own map (PMTiles); empty: there is none")


class Nothing(Value):
    """A command without inputs."""


router = APIRouter(tags=["session"])


async def login(request: Request) -> Response:
    """Off to the issuer; what came with the browser comes back with it."""
    verifier, state = secrets.token_urlsafe(48), secrets.token_urlsafe(24)
    address = await _issuer(request).address(callback_of(request), state, challenge_of(verifier))
    answer = RedirectResponse(address, 303)
    begun = {"verifier": verifier, "state": state, "next": _local_path(request.query_params.get("next", "/"))}
    _set_cookie(request, answer, LOGIN_COOKIE, json.dumps(begun), LOGIN_SECONDS)
    return answer


async def callback(request: Request) -> Response:
    """Back from the issuer: the code becomes a token, the token a session. Raises LoginLost, CodeRefused."""
    begun, state = _begun_login(request), request.query_params.get("state", "")
    if not hmac.compare_digest(begun["state"].encode(), state.encode()):
        raise LoginLost
    code = request.query_params.get("code", "")
    token = await _issuer(request).token(code, callback_of(request), begun["verifier"])
    principal = await request.app.state.tokens.verify(token)
    EVERYBODY.authorise(principal, request)
    database, now = request.app.state.database, request.app.state.clock.now()
    async with database.begin(now, cause="login") as unit:
        session = await _sessions(request).begin(unit, token, min(LONGEST, _lasts(token)))
    answer = RedirectResponse(begun["next"], 303)
    _set_cookie(request, answer, COOKIE, session.secret, int((session.expires_at - now).total_seconds()))
    answer.delete_cookie(LOGIN_COOKIE, path="/login")
    return answer


@router.get("/session")
async def show_session(request: Request, who: Everybody) -> SessionView:
    """Who is logged in here; 401 when nobody is. By token there is no session: no CSRF token, no end of one."""
    session = await _session(request)
    settings = request.app.state.settings
    return SessionView(
        subject=who.subject,
        name=who.name,
        roles=sorted(who.roles),
        jurisdiction=who.jurisdiction,
        department=who.department,
        team=who.team,
        node=settings.node,
        node_name=context_of(request).name,
        mode=settings.mode,
        drill_id=settings.drill_id,
        csrf=session.csrf if session else "",
        expires_at=session.expires_at if session else None,
        base_map=BASE_MAP if settings.base_map else "",
    )


@router.post("/logout", status_code=204)
async def logout(request: Request, _: Everybody, __: Nothing) -> Response:
    """The session is over, here and on the server."""
    answer = Response(status_code=204)
    if session := await _session(request):
        async with request.app.state.database.begin(request.app.state.clock.now(), cause="logout") as unit:
            await _sessions(request).end(unit, session.secret)
    answer.delete_cookie(COOKIE)
    return answer


def _issuer(request: Request) -> Issuer:
    issuer: Issuer | None = request.app.state.issuer
    if issuer is None:
        raise NoIssuer
    return issuer


def _sessions(request: Request) -> Sessions:
    sessions: Sessions = request.app.state.sessions
    return sessions


async def _session(request: Request) -> Session | None:
    secret = request.cookies.get(COOKIE)
    return (
        await _sessions(request).session_of_cookie(secret, request.app.state.clock.now()) if secret else None
    )


def _begun_login(request: Request) -> dict[str, Any]:
    try:
        begun: dict[str, Any] = json.loads(request.cookies[LOGIN_COOKIE])
        assert {"verifier", "state", "next"} == begun.keys()
    except (KeyError, ValueError, AssertionError, AttributeError):
        raise LoginLost from None
    return begun


def callback_of(request: Request) -> str:
    """Where the issuer sends the browser back to."""
    public: str = request.app.state.settings.console_url
    return f"{public.rstrip('/')}/login/callback" if public else str(request.url_for("callback"))


def _local_path(path: str) -> str:
    """A path of ours; an address elsewhere is not gone to."""
    parts = urlsplit(path)
    own = (
        path.startswith("/") and not path.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    )
    return path if own else "/"


def _lasts(token: str) -> timedelta:
    """How long a verified token is still good."""
    claims = jwt.decode(token, options={"verify_signature": False})
    return datetime.fromtimestamp(float(claims["exp"]), UTC) - datetime.now(UTC)


def _set_cookie(request: Request, answer: Response, name: str, value: str, seconds: int) -> None:
    path = "/login" if name == LOGIN_COOKIE else "/"
    secure = callback_of(request).startswith("https:")
    answer.set_cookie(name, value, seconds, path=path, secure=secure, httponly=True, samesite="lax")
