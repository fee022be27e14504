"""Whatever is sent to whichever route: a clear 4xx with a problem, never a 5xx and never a hang."""

import asyncio

import httpx
import pytest

from contracts.rights import SERVICES
from shared.http.auth import Role

pytestmark = pytest.mark.servers
NODE = "210404"
BODIES = {
    "no body": b"",
    "broken JSON": b'{"a":',
    "an array": b"[]",
    "a text": b'"x"',
    "null": b"null",
    "a number": b"1e999",
    "nonsense": b"\xff\xfe\x00",
    "deep nesting": b"[" * 50_000,
    "unknown fields": b'{"surprise": 1}',
    "wrong types": b'{"version": "x", "reason": 5, "facts": [], "team_ids": {}, "location": 1, "quantity": "x"}',
    "a lone surrogate": b'{"reason": "\\ud800", "title": "\\ud800", "carrier": "\\ud800"}',
    "a NUL": b'{"reason": "\\u0000", "title": "\\u0000", "task": "\\u0000"}',
    "a megabyte": b'{"description": "' + b"x" * 1_000_000 + b'"}',
}
IDS = ["nothing", "%00", "%ED%A0%80", "x" * 101, "..%2f..", "🚒"]


async def routes(http: httpx.AsyncClient, url: str) -> list[tuple[str, str]]:
    paths = (await http.get(f"{url}/openapi.json")).json()["paths"]
    return [(method.upper(), path) for path, item in paths.items() for method in item]


@pytest.mark.parametrize("service", SERVICES)
async def test_no_body_makes_a_command_fail_unclearly(drill_nodes, service):
    setup = drill_nodes.setup
    token = setup.token("all", "all", list(Role), NODE, "health")
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    url = setup.url(NODE, service)
    async with httpx.AsyncClient(trust_env=False, timeout=10) as http:
        for method, path in await routes(http, url):
            if method not in {"POST", "PUT"}:
                continue
            target = url + path.replace("{id}", "00000000-0000-0000-0000-000000000000").replace(
                "{", "x"
            ).replace("}", "")
            for name, body in BODIES.items():
                answer = await http.request(method, target, content=body, headers=headers)
                assert 400 <= answer.status_code < 500, (method, path, name, answer.text[:300])
                assert answer.headers["content-type"] == "application/problem+json", (method, path, name)
                problem = answer.json()
                assert problem["title"] and problem["title_en"], (method, path, name)


@pytest.mark.parametrize("service", SERVICES)
async def test_no_id_makes_a_route_fail_unclearly(drill_nodes, service):
    setup = drill_nodes.setup
    headers = {"authorization": f"Bearer {setup.token('all', 'all', list(Role), NODE, 'health')}"}
    url = setup.url(NODE, service)
    async with httpx.AsyncClient(trust_env=False, timeout=10) as http:
        for method, path in await routes(http, url):
            for wrong in IDS:
                target = url + "/".join(wrong if part.startswith("{") else part for part in path.split("/"))
                query = f"?limit=-1&after={wrong}&incident_id={wrong}&status={wrong}"
                for address in (target, target + query):
                    async with http.stream(method, address, headers=headers) as answer:  # one never ends
                        assert answer.status_code < 500, (method, address)


@pytest.mark.parametrize("service", SERVICES)
async def test_no_route_lets_a_stranger_in(drill_nodes, service):
    setup = drill_nodes.setup
    url = setup.url(NODE, service)
    strangers = {
        "no token": "",
        "nonsense": "Bearer nonsense",
        "another place": f"Bearer {setup.token('x', 'x', list(Role), '210421')}",
    }
    open_paths = {"/health/live", "/health/accepting", "/health/ready", "/metrics"}
    async with httpx.AsyncClient(trust_env=False, timeout=10) as http:
        for method, path in await routes(http, url):
            if path in open_paths:
                continue
            for name, token in strangers.items():
                target = url + path.replace("{", "").replace("}", "")
                answer = await http.request(method, target, json={}, headers={"authorization": token})
                expected = {403} if name == "another place" else {401}
                assert answer.status_code in expected, (method, path, name, answer.status_code)


async def test_readiness_metrics_and_traces_are_there(drill_nodes):
    setup = drill_nodes.setup
    async with httpx.AsyncClient(trust_env=False, timeout=10) as http:
        answers = await asyncio.gather(
            *(
                http.get(setup.url(node, s) + "/health/ready")
                for node in setup.jurisdictions
                for s in SERVICES
            )
        )
        metrics = await http.get(setup.url(NODE, "incident") + "/metrics")
        missing = await http.get(setup.url(NODE, "incident") + "/nothing")
    assert {answer.status_code for answer in answers} == {200}
    assert "outbox_sent_total" in metrics.text
    assert "http_request_seconds" in metrics.text
    assert missing.status_code == 404
    assert len(missing.json()["trace_id"]) == 32
