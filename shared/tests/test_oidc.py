"""With an OIDC issuer its keys decide and no others; that it can't be reached is nobody's 401 and stops nobody."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

from shared.http.auth import Tokens
from shared.http.oidc import OidcKeys
from shared.tests.world import World, running, until

pytestmark = pytest.mark.servers


class Issuer(ThreadingHTTPServer):
    """A small OIDC issuer: its discovery document and its keys."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Page)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.keys: dict[str, RSAPrivateKey] = {}
        self.asked, self.answers = 0, threading.Event()
        self.answers.set()
        self.broken = b""
        self.rotate("first")

    def rotate(self, *names: str) -> None:
        """These are its keys now."""
        self.keys = {name: self.keys.get(name) or generate_private_key(65537, 2048) for name in names}

    def token(self, world: World, key: str, **changed: object) -> str:
        now = int(time.time())
        claims = {
            "iss": self.url,
            "sub": "wang",
            "roles": ["dispatcher"],
            "jurisdiction": world.node,
            "aud": "liandong-live",
            "iat": now,
            "exp": now + 600,
        } | changed
        claims = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(claims, self.keys[key], algorithm="RS256", headers={"kid": key})

    def page(self, path: str) -> bytes:
        self.asked += 1
        self.answers.wait(10)
        if path == "/.well-known/openid-configuration":
            return json.dumps({"issuer": self.url, "jwks_uri": f"{self.url}/keys"}).encode()
        public = jwt.algorithms.RSAAlgorithm.to_jwk
        keys = [
            json.loads(public(key.public_key())) | {"kid": name, "use": "sig"}
            for name, key in self.keys.items()
        ]
        return self.broken or json.dumps({"keys": keys}).encode()


class Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = self.server.page(self.path)
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    server = Issuer()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server
    server.answers.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def trusting(make_world, issuer: Issuer) -> World:
    """A node that trusts the issuer, and asks it again for every key that it doesn't know."""
    world = make_world(oidc_issuer=issuer.url)
    world.app.state.tokens = Tokens(world.settings, OidcKeys(issuer.url, cooldown_seconds=0))
    return world


async def answered(world: World, token: str) -> int:
    answer = await world.api.get("/notes", headers={"authorization": f"Bearer {token}"})
    return answer.status_code


async def test_a_token_of_the_issuer_lets_in_and_its_keys_are_asked_for_once(trusting, issuer):
    for number in range(5):
        assert await answered(trusting, issuer.token(trusting, "first", sub=f"{number}")) == 200
    assert issuer.asked == 2


async def test_the_local_issuer_counts_for_nothing_where_an_oidc_issuer_is_set(trusting):
    assert await answered(trusting, trusting.token()) == 401


async def test_a_token_of_another_issuer_or_for_another_audience_lets_nobody_in(trusting, issuer):
    for changed in (
        {"iss": "https://elsewhere.example"},
        {"iss": None},
        {"aud": "liandong-exercise"},
        {"aud": "another"},
    ):
        assert await answered(trusting, issuer.token(trusting, "first", **changed)) == 401, changed


async def test_a_new_key_is_found_and_a_withdrawn_one_no_longer_trusted(trusting, issuer):
    assert await answered(trusting, issuer.token(trusting, "first")) == 200
    old = issuer.token(trusting, "first", sub="li")
    issuer.rotate("second")
    assert await answered(trusting, issuer.token(trusting, "second")) == 200
    assert await answered(trusting, old) == 401


async def test_unknown_keys_make_nobody_ask_the_issuer_over_and_over(make_world, issuer):
    world = make_world(oidc_issuer=issuer.url)
    issuer.rotate("first", "mine")
    mine = [issuer.token(world, "mine", sub=f"{number}") for number in range(5)]
    issuer.rotate("first")
    assert [await answered(world, token) for token in mine] == [401] * 5
    assert issuer.asked == 2


async def test_an_issuer_that_can_not_be_reached_is_said_to_be_and_is_found_when_it_is_back(
    make_world, issuer
):
    nowhere = make_world(oidc_issuer="http://127.0.0.1:1")
    answer = await nowhere.api.get(
        "/notes", headers={"authorization": f"Bearer {issuer.token(nowhere, 'first')}"}
    )
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:liandong:problem:issuer_unreachable")
    assert "稍后重试" in answer.json()["title"]
    world = make_world(oidc_issuer=issuer.url)
    for broken in (b"<html>", b"[]", b'{"keys": []}', b"\xff"):
        issuer.broken = broken
        assert await answered(world, issuer.token(world, "first")) in {401, 503}, broken
    issuer.broken = b""
    assert await answered(world, issuer.token(world, "first")) == 200


async def test_who_was_let_in_already_is_let_in_while_the_issuer_is_away(trusting, issuer):
    token = issuer.token(trusting, "first")
    assert await answered(trusting, token) == 200
    issuer.answers.clear()
    assert await answered(trusting, token) == 200


async def was_asked(issuer: Issuer) -> bool:
    return issuer.asked > 0


async def test_a_slow_issuer_keeps_nobody_else_waiting(trusting, issuer):
    issuer.answers.clear()
    async with running(answered(trusting, issuer.token(trusting, "first"))) as (slow,):
        await until(lambda: was_asked(issuer))
        assert (await trusting.api.get("/health/live")).status_code == 200
        assert not slow.done()
        issuer.answers.set()
        assert await slow == 200
