"""One incident service behind a port of this process, for settings that no node of a drill or a demo has."""

import asyncio
import base64
import hashlib
import json
import secrets
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from urllib.parse import parse_qs, urlencode

import jwt
import uvicorn
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from services.incident.app import build
from services.incident.settings import IncidentSettings
from shared.tests.world import running, until


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _has_started(server: uvicorn.Server) -> bool:
    return server.started


@asynccontextmanager
async def served(app: ASGIApp, port: int) -> AsyncIterator[str]:
    """An application behind a port; its address."""
    server = uvicorn.Server(uvicorn.Config(app, port=port, lifespan="off", log_level="warning"))
    serving = asyncio.create_task(server.serve())
    await until(partial(_has_started, server))
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = server.force_exit = True
        await serving


@asynccontextmanager
async def alone(settings: IncidentSettings) -> AsyncIterator[str]:
    """The service with nothing running behind its routes; its address."""
    app = build(settings)
    try:
        async with served(app, free_port()) as url, running(app.state.hub.beat()):
            yield url
    finally:
        await app.state.database.close()


class Issuer:
    """An OIDC issuer with a page to agree on: Authorization Code with PKCE, RS256."""

    def __init__(self, port: int, node: str) -> None:
        self.url, self._node = f"http://127.0.0.1:{port}", node
        self._key = generate_private_key(65537, 2048)
        self._codes: dict[str, dict[str, str]] = {}
        self.app = Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._discovery),
                Route("/keys", self._keys),
                Route("/authorize", self._authorize),
                Route("/agreed", self._agreed),
                Route("/token", self._token, methods=["POST"]),
            ]
        )

    async def _discovery(self, _: Request) -> Response:
        ways = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        return JSONResponse({"issuer": self.url, **{name: f"{self.url}/{way}" for name, way in ways.items()}})

    async def _keys(self, _: Request) -> Response:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self._key.public_key()))
        return JSONResponse({"keys": [public | {"kid": "one", "use": "sig"}]})

    async def _authorize(self, request: Request) -> Response:
        query = dict(request.query_params)
        assert query["code_challenge_method"] == "S256" and query["response_type"] == "code"
        return HTMLResponse(f'<a href="/agreed?{urlencode(query).replace("&", "&amp;")}">同意</a>')

    async def _agreed(self, request: Request) -> Response:
        query, code = dict(request.query_params), secrets.token_urlsafe(8)
        self._codes[code] = query
        return RedirectResponse(
            f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"
        )

    async def _token(self, request: Request) -> Response:
        form = parse_qs((await request.body()).decode())
        asked = self._codes.pop(form["code"][0], None)
        digest = hashlib.sha256(form["code_verifier"][0].encode()).digest()
        if asked is None or asked["code_challenge"] != base64.urlsafe_b64encode(digest).rstrip(b"=").decode():
            return JSONResponse({"error": "invalid_grant"}, 400)
        claims = {
            "iss": self.url,
            "sub": "u-17",
            "name": "赵敏",
            "roles": ["call_taker"],
            "jurisdiction": self._node,
            "aud": "liandong-live",
            "iat": int(time.time()),
            "exp": int(time.time()) + 600,
        }
        token = jwt.encode(claims, self._key, algorithm="RS256", headers={"kid": "one"})
        return JSONResponse({"access_token": token, "token_type": "Bearer"})
