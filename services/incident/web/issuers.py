"""Who says who somebody is: the OIDC issuer of the settings, or locally our own, which asks nobody for a password."""

import base64
import hashlib
import hmac
import time
from collections.abc import Mapping
from typing import Any, Protocol
from urllib.parse import urlencode

import httpx
import jwt

from contracts.refusals import Refusal
from services.incident.settings import IncidentSettings
from shared.http.auth import Role, public_key_file
from shared.http.local_issuer import LocalIssuer
from shared.http.oidc import ASK_SECONDS, IssuerUnreachable

CODE_SECONDS = 60
SCOPE = "openid profile"


class CodeRefused(Refusal):
    """The issuer does not take this code: it is old, used, or not meant for this browser."""

    STATUS = 401
    KEY = "login.code_refused"


class Issuer(Protocol):
    """An issuer of tokens by Authorization Code with PKCE (RFC 7636)."""

    async def address(self, redirect_uri: str, state: str, challenge: str) -> str:
        """Where the browser goes to log in; raises IssuerUnreachable."""

    async def token(self, code: str, redirect_uri: str, verifier: str) -> str:
        """The token for a code; raises CodeRefused, IssuerUnreachable."""


def challenge_of(verifier: str) -> str:
    """The challenge of a verifier, method S256."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class OidcIssuer:
    """The issuer of the settings, found through its discovery document."""

    def __init__(self, settings: IncidentSettings) -> None:
        self._settings = settings
        self._found: Mapping[str, Any] | None = None

    async def address(self, redirect_uri: str, state: str, challenge: str) -> str:
        """Its authorization endpoint with everything it is to know."""
        query = {
            "response_type": "code",
            "client_id": self._settings.oidc_client_id,
            "redirect_uri": redirect_uri,
            "scope": SCOPE,
            "state": state,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return f"{(await self._discover_endpoints())['authorization_endpoint']}?{urlencode(query)}"

    async def token(self, code: str, redirect_uri: str, verifier: str) -> str:
        """The access token, which carries roles and jurisdiction as every token of ours."""
        settings = self._settings
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "client_id": settings.oidc_client_id,
            "code_verifier": verifier,
            **({"client_secret": settings.oidc_client_secret} if settings.oidc_client_secret else {}),
        }
        endpoint = str((await self._discover_endpoints())["token_endpoint"])
        try:
            async with httpx.AsyncClient(timeout=ASK_SECONDS) as http:
                answer = await http.post(endpoint, data=form)
        except httpx.HTTPError as error:
            raise IssuerUnreachable from error
        if answer.is_server_error:
            raise IssuerUnreachable
        try:
            return str(answer.raise_for_status().json()["access_token"])
        except (httpx.HTTPStatusError, ValueError, KeyError, TypeError) as error:
            raise CodeRefused from error

    async def _discover_endpoints(self) -> Mapping[str, Any]:
        if self._found is None:
            issuer = self._settings.oidc_issuer.rstrip("/")
            try:
                async with httpx.AsyncClient(timeout=ASK_SECONDS) as http:
                    answer = await http.get(f"{issuer}/.well-known/openid-configuration")
                found = answer.raise_for_status().json()
                self._found = {name: found[name] for name in ("authorization_endpoint", "token_endpoint")}
            except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
                raise IssuerUnreachable from error
        return self._found


class LocalLogin:
    """Our own issuer for development and drills: whoever comes chooses who to be.

    A code is a token of its own, good for a minute and for whoever knows the verifier of its challenge.
    """

    def __init__(self, settings: IncidentSettings) -> None:
        assert settings.local_login and settings.auth_keys_dir is not None
        self._keys, self._mode = settings.auth_keys_dir, settings.mode
        self._issuer = LocalIssuer(self._keys, self._mode)

    async def address(self, redirect_uri: str, state: str, challenge: str) -> str:
        """The page to choose on."""
        query = {"redirect_uri": redirect_uri, "state": state, "code_challenge": challenge}
        return f"/issuer?{urlencode(query)}"

    def code(self, chosen: Mapping[str, Any], challenge: str) -> str:
        """The code for what was chosen."""
        claims = {
            **chosen,
            "challenge": challenge,
            "aud": self._audience,
            "exp": int(time.time()) + CODE_SECONDS,
        }
        return jwt.encode(claims, self._issuer.private_key(), algorithm="EdDSA")

    async def token(self, code: str, redirect_uri: str, verifier: str) -> str:
        """The token of who was chosen."""
        key = public_key_file(self._keys, self._mode).read_text()
        try:
            claims = jwt.decode(code, key, algorithms=["EdDSA"], audience=self._audience)
            roles = [Role(role) for role in claims["roles"]]
        except (jwt.PyJWTError, KeyError, ValueError) as error:
            raise CodeRefused from error
        if not hmac.compare_digest(str(claims["challenge"]), challenge_of(verifier)):
            raise CodeRefused
        who = (str(claims["subject"]), str(claims["name"]), roles, str(claims["node"]))
        return self._issuer.issue(*who, claims.get("department"), claims.get("team"))

    @property
    def _audience(self) -> str:
        return f"liandong-login-{self._mode}"


def issuer_of(settings: IncidentSettings) -> Issuer | None:
    """The issuer that people log in at; None where neither is configured."""
    if settings.oidc_issuer:
        return OidcIssuer(settings)
    return LocalLogin(settings) if settings.local_login else None
