"""Whatever is sent: a clear 4xx that names field and rule in Chinese and English, never a 5xx."""

import asyncio
import json

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from shared.tests.world import World

pytestmark = pytest.mark.servers
JSON = "application/json"
GOOD = {"incident_id": "incident-1"}


async def sent(world: World, content: bytes, kind: str = JSON, path: str = "/notes") -> httpx.Response:
    headers = {**world.headers(), "content-type": kind}
    return await world.api.post(path, content=content, headers=headers)


def judged(answer: httpx.Response) -> dict:
    """The problem an answer is; every one is whole and in both languages."""
    assert 400 <= answer.status_code < 500, answer.text[:300]
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert problem["type"].startswith("urn:liandong:problem:")
    assert chinese(problem["title"]) and not chinese(problem["title_en"])
    assert chinese(problem["detail"]) and problem["detail_en"]
    for error in problem.get("errors", []):
        assert chinese(error["message"]) and error["message_en"] and error["rule"]
    return problem


def chinese(message: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in message)


FIELDS = {
    "missing": ({}, "incident_id", "missing"),
    "null": ({"incident_id": None}, "incident_id", "type"),
    "wrong type": ({"incident_id": 5}, "incident_id", "type"),
    "an object for a text": ({"incident_id": {"$ne": ""}}, "incident_id", "type"),
    "empty": ({"incident_id": ""}, "incident_id", "length"),
    "too long": ({"incident_id": "x" * 101}, "incident_id", "length"),
    "a NUL": ({"incident_id": "x\x00"}, "incident_id", "null_character"),
    "a lone surrogate": ({"incident_id": "\ud800"}, "incident_id", "null_character"),
    "a NUL in prose": (GOOD | {"statement": "\x00"}, "statement", "null_character"),
    "prose too long": (GOOD | {"statement": "火" * 20_001}, "statement", "length"),
    "NaN": (GOOD | {"weight": float("nan")}, "weight", "range"),
    "infinity": (GOOD | {"weight": float("inf")}, "weight", "range"),
    "negative": (GOOD | {"weight": -1}, "weight", "range"),
    "naive time": (GOOD | {"at": "2030-01-01T08:00:00"}, "at", "format"),
    "no time": (GOOD | {"at": "tomorrow"}, "at", "format"),
    "a time beyond all time": (GOOD | {"at": 1e300}, "at", "format"),
    "a number that is a text": (GOOD | {"crew": "5"}, "crew", "type"),
    "a fraction of a person": (GOOD | {"crew": 1.5}, "crew", "type"),
    "true people": (GOOD | {"crew": True}, "crew", "type"),
    "too many": (GOOD | {"crew": 10**6 + 1}, "crew", "range"),
    "a huge number": (GOOD | {"crew": 10**4000}, "crew", "range"),
    "an unknown field": (GOOD | {"surprise": 1}, "surprise", "extra_forbidden"),
    "an unknown field of any name": (GOOD | {"{0}\x00%s": 1}, "{0}\x00%s", "extra_forbidden"),
    "a name that is no text": (GOOD | {"\ud800": 1}, "", "null_character"),
    "an endless name": (GOOD | {"x" * 5000: 1}, "x" * 200, "extra_forbidden"),
    "two languages": (GOOD | {"caller": ["张三"]}, "caller", "type"),
    "an array": ([], "", "type"),
    "a text": ("x", "", "type"),
    "null for a body": (None, "", "type"),
}
BODIES = {
    "broken JSON": (b'{"incident_id":', 400, "broken_json"),
    "two bodies": (b"{}{}", 400, "broken_json"),
    "not UTF-8": (b'{"incident_id": "\xff"}', 400, "broken_json"),
    "deep nesting": (b"[" * 100_000, 400, "broken_json"),
    "deep objects": (b'{"a":' * 40_000, 400, "broken_json"),
    "an endless number": (b'{"crew": ' + b"9" * 5_000 + b"}", 400, "broken_json"),
    "a megabyte": (b'{"statement": "' + b"x" * 1_000_000 + b'"}', 413, "too_large"),
    "no body": (b"", 422, "invalid_input"),
}


async def test_bad_input_names_its_field_and_its_rule(world):
    for name, (body, field, rule) in FIELDS.items():
        answer = await sent(world, json.dumps(body).encode())
        problem = judged(answer)
        assert (answer.status_code, problem["type"]) == (422, "urn:liandong:problem:invalid_input"), name
        assert (field, rule) in [(error["field"], error["rule"]) for error in problem["errors"]], name
    assert await world.rows("SELECT 1 FROM note") == []


async def test_a_body_that_can_not_be_read_says_so(world):
    for name, (body, status, kind) in BODIES.items():
        answer = await sent(world, body)
        assert judged(answer)["type"] == f"urn:liandong:problem:{kind}", name
        assert answer.status_code == status, name


async def test_it_is_told_where_a_body_stops_being_json(world):
    (error,) = judged(await sent(world, '{"statement": "起火", oops}'.encode()))["errors"]
    assert (error["field"], error["rule"]) == ("body", "json")
    assert error["message"] == "body：第 21 个字符起不是 JSON"


async def test_a_body_of_another_kind_is_not_taken(world):
    for kind in ("text/plain", "application/xml", "multipart/form-data", "nonsense", ""):
        answer = await sent(world, json.dumps(GOOD).encode(), kind)
        assert answer.status_code == 422
        assert judged(answer)["errors"][0]["message"].endswith("应为对象")


async def test_a_body_without_a_declared_length_is_counted_as_it_comes(world):
    async def chunks():
        for _ in range(100):
            yield b" " * 10_000

    headers = {**world.headers(), "content-type": JSON}
    answer = await world.api.post("/notes", content=chunks(), headers=headers)
    assert (answer.status_code, judged(answer)["type"]) == (413, "urn:liandong:problem:too_large")
    assert "262144" in answer.json()["detail"]


async def test_a_number_that_no_log_can_hold_is_no_fault(world):
    """``version`` takes any whole number; the audit entry holds it as text."""
    answer = await sent(world, json.dumps(GOOD | {"version": 10**30}).encode())
    assert answer.status_code == 201
    assert (await world.rows("SELECT inputs FROM audit_entry"))[0].inputs["version"] == str(10**30)


LIMITS = {"x": "format", "": "format", "%00": "format", "%ff": "format"} | dict.fromkeys(
    ("0", "201", "-1", "9" * 5000), "range"
)


async def test_a_bad_query_names_its_parameter(world):
    for limit, rule in LIMITS.items():
        answer = await world.api.get(f"/notes?limit={limit}", headers=world.headers())
        (error,) = judged(answer)["errors"]
        assert (answer.status_code, error["field"], error["rule"]) == (422, "limit", rule), limit


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/nothing", 404), ("DELETE", "/notes", 405)])
async def test_there_is_no_such_address_or_method(world, method, path, status):
    answer = await world.api.request(method, path, headers=world.headers())
    assert (answer.status_code, judged(answer)["type"]) == (status, "urn:liandong:problem:no_such_route")


IDS = ["%00", "%ED%A0%80", "x" * 101, "🚒", "{}", "%25", "a b"]


async def test_no_id_in_a_path_makes_a_command_fail_unclearly(world):
    for id_ in IDS:
        path = f"/notes/{id_}/amendments"
        judged(await sent(world, b'{"statement": ""}', path=path))
        denied = await world.api.post(path, json={"statement": ""}, headers=world.headers(node=world.child))
        assert denied.status_code == 403, id_
    outcomes = [entry[3] for entry in await world.audited()]
    assert outcomes.count("refused:foreign_jurisdiction") == len(IDS)


async def test_no_host_header_makes_an_answer_fail(world):
    for host in ("[", "a b", "x" * 5000, "\\", ""):
        answer = await world.api.get("/nothing", headers={"host": host})
        assert judged(answer)["instance"] == "/nothing"


async def test_a_problem_never_repeats_what_was_sent(world):
    """What was typed into the wrong field may be somebody's name or number."""
    personal = "张三13800000000"
    for body in (
        {"incident_id": personal * 20, "caller": personal * 20, "statement": [personal], "at": personal},
        {"incident_id": "x", "crew": personal, "weight": personal, "caller": {"name": personal}},
        personal,
    ):
        answer = await sent(world, json.dumps(body).encode())
        judged(answer)
        assert "张三" not in answer.text and "138" not in answer.text


async def test_a_fault_of_ours_says_that_it_is_ours_and_nothing_of_what_it_was(world):
    await world.execute("ALTER TABLE note RENAME TO elsewhere")
    with capture_logs() as told:
        broken = await world.note()
    assert [(line["event"], line["log_level"]) for line in told] == [("unforeseen failure", "error")]
    assert broken.status_code == 500
    assert broken.json()["type"] == "urn:liandong:problem:internal"
    assert "elsewhere" not in broken.text and "note" not in broken.json()["detail"]


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
names = st.sampled_from(["incident_id", "statement", "at", "crew", "weight", "version", "caller"])
bodies = (
    st.binary(max_size=200)
    | values.map(lambda value: json.dumps(value).encode())
    | st.dictionaries(names, values).map(lambda value: json.dumps(value).encode())
)


def test_no_body_whatever_is_the_services_fault(world):
    """One event loop and one database for all examples: what matters is what comes back."""
    with asyncio.Runner() as runner:

        @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
        @given(bodies)
        def any_body(body: bytes) -> None:
            answer = runner.run(sent(world, body))
            if answer.status_code not in {200, 201}:
                judged(answer)

        any_body()
        runner.run(world.close())
