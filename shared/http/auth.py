"""Who may do what, where: signed tokens, roles, and the jurisdiction they are good for. Denied unless allowed."""

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal, Protocol

import jwt
from fastapi import FastAPI, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from contracts.refusals import Refusal
from shared.http.oidc import OidcKeys
from shared.settings import ServiceSettings

ALGORITHMS = ["EdDSA", "RS256", "ES256"]
LEEWAY_SECONDS = 10
REMEMBERED, REMEMBERED_SECONDS = 10_000, 300.0
OPEN_PATHS = frozenset({"/health/live", "/health/ready", "/metrics", "/openapi.json"})


class Role(StrEnum):
    """What a person or system may be."""

    CALL_TAKER = "call_taker"
    DISPATCHER = "dispatcher"
    DUTY_OFFICER = "duty_officer"
    COMMANDER = "commander"
    DEPARTMENT = "department"
    LOGISTICS = "logistics"
    WARNING_AUTHOR = "warning_author"
    WARNING_REVIEWER = "warning_reviewer"
    WARNING_SIGNER = "warning_signer"
    AUDITOR = "auditor"
    TEAM = "team"
    SYSTEM = "system"


@dataclass(frozen=True)
class Principal:
    """Who a verified token speaks for; ``team``: the team whose leader it is, by its id on the roster."""

    subject: str
    name: str
    roles: frozenset[Role]
    jurisdiction: str
    department: str | None = None
    team: str | None = None


class Unauthenticated(Refusal):
    """No token, or none that can be trusted here."""

    STATUS = 401
    KEY = "problem.unauthenticated"


class WrongRole(Refusal):
    """The token's roles don't include one that may do this."""

    STATUS = 403
    KEY = "problem.wrong_role"


class ForeignJurisdiction(Refusal):
    """The token belongs to another place."""

    STATUS = 403
    KEY = "problem.foreign_jurisdiction"


class Tokens:
    """Verifies tokens of the local issuer, or of the OIDC issuer where one is set and then of no other.

    Good ones are remembered until they expire, for five minutes at most: a withdrawn key ends them.
    """

    def __init__(self, settings: ServiceSettings, oidc: OidcKeys | None = None) -> None:
        self._settings = settings
        self._oidc = oidc or (OidcKeys(settings.oidc_issuer) if settings.oidc_issuer else None)
        self._known: OrderedDict[str, tuple[float, Principal]] = OrderedDict()

    async def verify(self, token: str) -> Principal:
        """The principal of a token; raises Unauthenticated, or IssuerUnreachable."""
        known = self._known.get(token)
        if known and known[0] > time.time():
            return known[1]
        try:
            claims = self._claims(token, await self._key(token))
            principal = _principal(claims)
        except (jwt.PyJWTError, KeyError, ValueError, TypeError, RecursionError, OSError):
            raise Unauthenticated from None
        self._known[token] = (min(float(claims["exp"]), time.time() + REMEMBERED_SECONDS), principal)
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return principal

    def _claims(self, token: str, key: Any) -> dict[str, Any]:  # noqa: ANN401 - PyJWT's own key types
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=ALGORITHMS,
            audience=self._settings.audience,
            issuer=self._settings.oidc_issuer or None,
            leeway=LEEWAY_SECONDS,
            options={"require": ["exp", "iat", "sub", "aud"]},
        )
        return claims

    async def _key(self, token: str) -> Any:  # noqa: ANN401 - PyJWT's own key types
        if self._oidc is not None:
            return await self._oidc.of(token)
        folder = self._settings.auth_keys_dir
        if folder is None:
            raise Unauthenticated
        return public_key_file(folder, self._settings.mode).read_text()


def public_key_file(folder: Path, mode: str) -> Path:
    """Where the local issuer leaves the public key of a mode."""
    return folder / f"{mode}.public.pem"


def _principal(claims: Mapping[str, Any]) -> Principal:
    roles = frozenset(Role(role) for role in claims["roles"])
    name = str(claims.get("name") or claims["sub"])
    place, subject = str(claims["jurisdiction"]), str(claims["sub"])
    return Principal(subject, name, roles, place, claims.get("department"), claims.get("team"))


class SessionTokens(Protocol):
    """Where a service with pages finds the token that a cookie stands for."""

    async def token_of(self, request: Request) -> str | None:
        """The token of a request's session, None when it has none."""


Scope = Literal["node", "reads"]


class Requires:
    """A FastAPI dependency: the principal, or 401/403.

    ``scope="node"``: the token must belong to this very node. ``"reads"``: or to a level above it.
    """

    def __init__(self, roles: frozenset[Role], scope: Scope) -> None:
        self.roles, self.scope = roles, scope

    async def __call__(self, request: Request) -> Principal:
        """Authenticate and authorise."""
        principal = await self.authenticate(request)
        self.authorise(principal, request)
        return principal

    @staticmethod
    async def authenticate(request: Request) -> Principal:
        """Whom the token of a request speaks for; raises Unauthenticated, or IssuerUnreachable."""
        principal: Principal = await request.app.state.tokens.verify(await token_of(request))
        return principal

    def authorise(self, principal: Principal, request: Request) -> None:
        """Raise WrongRole or ForeignJurisdiction unless allowed."""
        node: str = request.app.state.settings.node
        is_within: Callable[[str, str], bool] = request.app.state.is_within
        if not principal.roles & self.roles:
            raise WrongRole(roles=", ".join(sorted(self.roles)))
        at_home = principal.jurisdiction == node
        if not (at_home or (self.scope == "reads" and is_within(node, principal.jurisdiction))):
            raise ForeignJurisdiction(theirs=principal.jurisdiction, ours=node)


async def token_of(request: Request) -> str:
    """The bearer token of a request, or the one that its session stands for where the service has sessions.

    Raises Unauthenticated.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        return token.strip()
    sessions: SessionTokens | None = getattr(request.app.state, "sessions", None)
    of_session = await sessions.token_of(request) if sessions and not scheme else None
    if of_session is None:
        raise Unauthenticated
    return of_session


def requires(*roles: Role, scope: Scope = "node") -> Requires:
    """The dependency that lets these roles in."""
    return Requires(frozenset(roles), scope)


def unguarded_routes(app: FastAPI) -> list[str]:
    """The routes that ask for no token and are not meant to be open; empty in a sound application."""
    return [
        route.path
        for route in app.routes
        if isinstance(route, APIRoute) and route.path not in OPEN_PATHS and not _guarded(route.dependant)
    ]


def _guarded(dependant: Dependant) -> bool:
    return any(
        isinstance(inner.call, Requires) or hasattr(inner.call, "access") or _guarded(inner)
        for inner in dependant.dependencies
    )
