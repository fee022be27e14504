"""The signing keys of an OIDC issuer, found through its discovery document and kept for five minutes."""

import asyncio
from typing import Any

import httpx
import structlog
from jwt import PyJWKClient
from jwt.exceptions import PyJWKClientConnectionError, PyJWKSetError

from contracts.refusals import Refusal

log = structlog.get_logger(__name__)

ASK_SECONDS = 5.0
KEPT_SECONDS = 300.0
"""How long a key that the issuer has withdrawn may still be trusted."""
COOLDOWN_SECONDS = 30.0
"""How often unknown keys may make us ask the issuer again."""


class IssuerUnreachable(Refusal):
    """The issuer does not tell its keys now, so nothing can be said about the token."""

    STATUS = 503
    KEY = "problem.issuer_unreachable"


class OidcKeys:
    """Asks the issuer in a thread, so that a slow one stops nobody else."""

    def __init__(self, issuer: str, cooldown_seconds: float = COOLDOWN_SECONDS) -> None:
        self._issuer, self._cooldown = issuer.rstrip("/"), cooldown_seconds
        self._client: PyJWKClient | None = None

    async def of(self, token: str) -> Any:  # noqa: ANN401 - PyJWT's own key types
        """The key a token names; raises PyJWTError when the issuer has none such, or IssuerUnreachable."""
        return await asyncio.to_thread(self._of, token)

    def _of(self, token: str) -> Any:  # noqa: ANN401
        try:
            self._client = self._client or self._discover_keys()
            return self._client.get_signing_key_from_jwt(token).key
        except (PyJWKClientConnectionError, PyJWKSetError, httpx.HTTPError, KeyError, ValueError) as error:
            log.warning("OIDC issuer unreachable", issuer=self._issuer, error=repr(error))
            raise IssuerUnreachable from error

    def _discover_keys(self) -> PyJWKClient:
        address = f"{self._issuer}/.well-known/openid-configuration"
        found = httpx.get(address, timeout=ASK_SECONDS).raise_for_status().json()
        return PyJWKClient(
            str(found["jwks_uri"]),
            lifespan=KEPT_SECONDS,
            timeout=ASK_SECONDS,
            cooldown_duration=self._cooldown,
        )
