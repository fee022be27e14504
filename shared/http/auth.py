"""Who may do what, where: signed tokens, roles, and the jurisdiction they are good for. Denied unless allowed."""

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from time import monotonic
from typing import Annotated, Any, Literal, Protocol

import jwt
from fastapi import FastAPI, Request, Security
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from contracts.messages import Terms
from contracts.refusals import Refusal
from shared.http.oidc import OidcKeys
from shared.settings import ServiceSettings

ALGORITHMS = ["EdDSA", "RS256", "ES256"]
LEEWAY_SECONDS = 10
REMEMBERED, REMEMBERED_SECONDS = 10_000, 300.0
OPEN_PATHS = frozenset({"/health/live", "/health/ready", "/health/accepting", "/metrics", "/openapi.json"})
BEARER = HTTPBearer(
    bearerFormat="JWT",
    description="身份令牌，由本市统一认证或本节点签发 (a token of the city's issuer or of the node's own)",
    auto_error=False,
)
Bearer = Annotated[HTTPAuthorizationCredentials | None, Security(BEARER)]
"""The token of a request by FastAPI's own scheme, so that it stands in OpenAPI; sessions come beside it."""


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


Distrust = Literal[
    "absent",
    "malformed",
    "incomplete",
    "expired",
    "not_yet_valid",
    "wrong_mode",
    "wrong_issuer",
    "bad_signature",
    "no_key",
]
"""Why nobody is let in."""


class Unauthenticated(Refusal):
    """No token, or none that can be trusted here."""

    STATUS = 401
    KEY = "problem.unauthenticated"

    def __init__(self, why: Distrust = "absent") -> None:
        super().__init__("authorization")
        self.why = why

    @property
    def rule(self) -> str:
        """What is wrong with the token."""
        return f"token.{self.why}"


class WrongRole(Refusal):
    """The token's roles don't include one that may do this."""

    STATUS = 403
    KEY = "problem.wrong_role"


class ForeignJurisdiction(Refusal):
    """The token belongs to another place."""

    STATUS = 403
    KEY = "problem.foreign_jurisdiction"


DISTRUST: Sequence[tuple[type[Exception] | tuple[type[Exception], ...], Distrust]] = (
    (jwt.ExpiredSignatureError, "expired"),
    (jwt.ImmatureSignatureError, "not_yet_valid"),
    ((jwt.InvalidSignatureError, jwt.InvalidAlgorithmError, jwt.InvalidKeyError), "bad_signature"),
    (jwt.PyJWKClientError, "bad_signature"),
    ((jwt.InvalidIssuerError, jwt.InvalidAudienceError), "wrong_issuer"),
    ((jwt.MissingRequiredClaimError, jwt.InvalidIssuedAtError, KeyError, TypeError), "incomplete"),
    (OSError, "no_key"),
)


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
        if known and known[0] > monotonic():
            return known[1]
        try:
            claims = self._claims(token, await self._key(token))
            principal = _principal(claims)
        except (jwt.PyJWTError, KeyError, ValueError, TypeError, RecursionError, OSError) as error:
            raise Unauthenticated(self._distrust(token, error)) from None
        left = min(float(claims["exp"]) - time.time(), REMEMBERED_SECONDS)
        self._known[token] = (monotonic() + left, principal)
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return principal

    def _distrust(self, token: str, error: Exception) -> Distrust:
        """Why, for the words only: nothing that is read here without its signature lets anybody in."""
        if _audience(token) in {f"liandong-{mode}" for mode in ("live", "exercise")} - {
            self._settings.audience
        }:
            return "wrong_mode"
        return next((why for kinds, why in DISTRUST if isinstance(error, kinds)), "malformed")

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
            raise FileNotFoundError
        return public_key_file(folder, self._settings.mode).read_text()


def public_key_file(folder: Path, mode: str) -> Path:
    """Where the local issuer leaves the public key of a mode."""
    return folder / f"{mode}.public.pem"


def _audience(token: str) -> str:
    try:
        return str(jwt.decode(token, options={"verify_signature": False}).get("aud"))
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError):
        return ""


def _principal(claims: Mapping[str, Any]) -> Principal:
    """Whom the claims speak for; roles that this version does not know give nothing and take nothing."""
    if not isinstance(claims["roles"], list):
        raise TypeError("roles")
    roles = frozenset(Role(role) for role in claims["roles"] if role in set(Role))
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

    async def __call__(self, request: Request, _: Bearer) -> Principal:
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
            raise WrongRole(roles=Terms("role", tuple(sorted(self.roles))))
        at_home = principal.jurisdiction == node
        if not (at_home or (self.scope == "reads" and is_within(node, principal.jurisdiction))):
            raise ForeignJurisdiction(theirs=principal.jurisdiction, ours=node)


async def token_of(request: Request) -> str:
    """The bearer token of a request, or the one that its session stands for where the service has sessions.

    Raises Unauthenticated.
    """
    if credentials := await BEARER(request):
        return credentials.credentials.strip()
    sessions: SessionTokens | None = getattr(request.app.state, "sessions", None)
    unasked = not request.headers.get("authorization")
    of_session = await sessions.token_of(request) if sessions and unasked else None
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
        if isinstance(route, APIRoute) and route.path not in OPEN_PATHS and not _is_guarded(route.dependant)
    ]


def _is_guarded(dependant: Dependant) -> bool:
    return any(
        isinstance(inner.call, Requires) or hasattr(inner.call, "access") or _is_guarded(inner)
        for inner in dependant.dependencies
    )
