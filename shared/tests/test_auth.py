"""Who may do what, where: denied unless a token that can be trusted here allows it."""

import base64
import hashlib
import hmac
import json
import time

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared.http.auth import OPEN_PATHS, Role, public_key_file, unguarded_routes
from shared.http.local_issuer import LocalIssuer
from shared.tests.world import World

pytestmark = pytest.mark.servers
NOW = int(time.time())


async def answered(world: World, token: str, scheme: str = "Bearer") -> int:
    """The status of a read with this token; every "no" is a problem."""
    answer = await world.api.get("/notes", headers={"authorization": f"{scheme} {token}".encode()})
    if answer.status_code != 200:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["title"] and answer.json()["title_en"]
        assert not token or token not in answer.text
    return answer.status_code


def claims(world: World, **changed: object) -> dict[str, object]:
    whole = {
        "sub": "wang",
        "name": "王",
        "roles": ["dispatcher"],
        "jurisdiction": world.node,
        "aud": "liandong-live",
        "iat": NOW,
        "exp": NOW + 600,
    } | changed
    return {name: value for name, value in whole.items() if value is not None}


def signed(world: World, **changed: object) -> str:
    """A token of the node's own issuer with other claims than it would write."""
    return jwt.encode(claims(world, **changed), world.issuer.private_key(), algorithm="EdDSA")


def part(value: object) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def forged(world: World, algorithm: str) -> str:
    """Signed with what everybody can read: the public key, taken for a secret."""
    body = f"{part({'alg': algorithm, 'typ': 'JWT'})}.{part(claims(world))}"
    public = public_key_file(world.settings.auth_keys_dir, "live").read_bytes()
    return f"{body}.{part(hmac.new(public, body.encode(), hashlib.sha256).digest())}"


async def test_a_token_of_the_nodes_issuer_lets_in(world):
    assert await answered(world, world.token()) == 200
    assert await answered(world, world.token(), "bearer") == 200
    assert await answered(world, signed(world)) == 200


async def test_no_token_or_nonsense_lets_nobody_in(world):
    nested = f"{part(b'[' * 20_000)}.{part({})}.{part(b'x')}"
    for token in ("", "nonsense", "a.b.c", "..", "é", "\x7f", "x" * 20_000, nested, world.token()[:-3]):
        assert await answered(world, token) == 401, token[:20]
    assert await answered(world, world.token(), "Basic") == 401
    assert (await world.api.get("/notes")).status_code == 401


async def test_a_token_out_of_its_time_lets_nobody_in(world):
    for changed in ({"exp": NOW - 60}, {"nbf": NOW + 600}, {"iat": NOW + 600}, {"exp": "never"}):
        assert await answered(world, signed(world, **changed)) == 401, changed


async def test_a_token_that_lacks_or_garbles_a_claim_lets_nobody_in(world):
    for name in ("sub", "roles", "jurisdiction", "aud", "iat", "exp"):
        assert await answered(world, signed(world, **{name: None})) == 401, name
    for changed in ({"roles": "dispatcher"}, {"roles": 5}, {"roles": [["dispatcher"]]}):
        assert await answered(world, signed(world, **changed)) == 401, changed


async def test_a_role_that_this_version_does_not_know_gives_nothing_and_takes_nothing(world):
    assert await answered(world, signed(world, roles=["king", "dispatcher"])) == 200
    assert await answered(world, signed(world, roles=["king"])) == 403


async def test_it_is_told_what_is_wrong_with_a_token(world, make_world, tmp_path):
    stranger = LocalIssuer(tmp_path / "stranger", "live").issue("wang", "王", [Role.DISPATCHER], world.node)
    drill = make_world(url=world.settings.database_url, mode="exercise")
    cases = {
        "absent": [None, "Basic eA=="],
        "malformed": ["Bearer nonsense", "Bearer a.b.c"],
        "incomplete": [f"Bearer {signed(world, sub=None)}", f"Bearer {signed(world, roles='dispatcher')}"],
        "expired": [f"Bearer {signed(world, exp=NOW - 60)}"],
        "not_yet_valid": [f"Bearer {signed(world, nbf=NOW + 600)}", f"Bearer {signed(world, iat=NOW + 600)}"],
        "wrong_mode": [f"Bearer {drill.token()}", f"Bearer {signed(world, aud='liandong-exercise')}"],
        "wrong_issuer": [f"Bearer {signed(world, aud='mail')}"],
        "bad_signature": [f"Bearer {stranger}", f"Bearer {forged(world, 'HS256')}"],
    }
    for rule, headers in cases.items():
        for header in headers:
            answer = await world.api.get("/notes", headers={"authorization": header} if header else {})
            assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
            (error,) = answer.json()["errors"]
            assert (error["field"], error["rule"]) == ("authorization", rule), header
            assert error["message"] != error["message_en"]


async def test_the_scheme_stands_in_openapi_at_every_guarded_operation(world):
    schema = (await world.api.get("/openapi.json")).json()
    assert schema["components"]["securitySchemes"]["HTTPBearer"]["scheme"] == "bearer"
    open_ones = {
        path
        for path, operations in schema["paths"].items()
        for operation in operations.values()
        if "security" not in operation
    }
    assert open_ones <= OPEN_PATHS


async def test_what_is_remembered_of_a_token_ages_whatever_the_wall_clock_says(world, monkeypatch):
    token = world.token()
    assert await answered(world, token) == 200
    public_key_file(world.settings.auth_keys_dir, "live").unlink()
    assert await answered(world, token) == 200
    later = time.monotonic() + 301
    monkeypatch.setattr("shared.http.auth.monotonic", lambda: later)
    answer = await world.api.get("/notes", headers={"authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.json()["errors"][0]["rule"]) == (401, "no_key")


async def test_a_drills_token_is_worthless_where_it_is_real_and_the_reverse(world, make_world):
    drill = make_world(url=world.settings.database_url, mode="exercise")
    assert await answered(world, drill.token()) == 401
    assert await answered(drill, world.token()) == 401
    assert await answered(drill, drill.token()) == 200
    assert await answered(world, signed(world, aud="liandong-exercise")) == 401


async def test_a_signature_of_somebody_else_lets_nobody_in(world, tmp_path):
    stranger = LocalIssuer(tmp_path / "stranger", "live").issue("wang", "王", [Role.DISPATCHER], world.node)
    assert await answered(world, stranger) == 401
    curve, pair = ec.generate_private_key(ec.SECP256R1()), rsa.generate_private_key(65537, 2048)
    for key, algorithm in ((curve, "ES256"), (pair, "RS256"), (Ed25519PrivateKey.generate(), "EdDSA")):
        assert await answered(world, jwt.encode(claims(world), key, algorithm=algorithm)) == 401, algorithm


async def test_no_signature_and_one_by_the_public_key_let_nobody_in(world):
    world.issuer.private_key()
    unsigned = jwt.encode(claims(world), None, algorithm="none")
    for token in (unsigned, forged(world, "none"), forged(world, "HS256"), forged(world, "EdDSA")):
        assert await answered(world, token) == 401
    assert await answered(world, forged(world, "RS256")) == 401


async def test_what_was_signed_can_not_be_changed(world):
    head, _, signature = world.token().split(".")
    mighty = claims(world, roles=[role.value for role in Role])
    assert await answered(world, f"{head}.{part(mighty)}.{signature}") == 401


async def test_without_a_key_nobody_is_let_in(make_world):
    keyless = make_world()
    token = keyless.token()
    public_key_file(keyless.settings.auth_keys_dir, "live").unlink()
    assert await answered(keyless, token) == 401


async def test_a_role_that_may_not_is_told_which_may(world):
    answer = await world.note(**world.headers(Role.AUDITOR))
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:liandong:problem:wrong_role")
    assert "调度员" in answer.json()["detail"] and "dispatcher" in answer.json()["detail_en"]
    assert (await world.note(**world.headers(Role.AUDITOR, Role.DISPATCHER))).status_code == 201


async def test_the_level_above_may_read_and_not_command_the_level_below_neither(world):
    reads = {place: await answered(world, world.token(node=place)) for place in (world.parent, world.child)}
    assert reads == {world.parent: 200, world.child: 403}
    for place in (world.parent, world.child, "999999"):
        denied = await world.note(**world.headers(node=place))
        assert (denied.status_code, denied.json()["type"]) == (
            403,
            "urn:liandong:problem:foreign_jurisdiction",
        )
        assert place in denied.json()["detail"] and world.node in denied.json()["detail"]
    assert await world.rows("SELECT 1 FROM note") == []


async def test_no_route_is_unguarded(world):
    assert unguarded_routes(world.app) == []
    for path in OPEN_PATHS - {"/health/ready"}:
        assert (await world.api.get(path)).status_code == 200, path


async def test_private_keys_are_readable_by_their_owner_only(world):
    world.issuer.private_key()
    private = world.settings.auth_keys_dir / "live.private.pem"
    assert oct(private.stat().st_mode)[-3:] == "600"
