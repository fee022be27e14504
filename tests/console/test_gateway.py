"""The sibling services by path: with the caller's own rights, and a clear answer whatever is asked."""

import httpx
import pytest

from shared.http.auth import Role
from tests.console.conftest import COUNTY
from tests.integration.desk import Desk

pytestmark = pytest.mark.servers
PATHS = [
    "/dispatch/%ED%A0%80",
    "/dispatch/..%2f..%2fincidents",
    "/dispatch/🚒",
    "/dispatch//x",
    "/dispatch/",
    "/notify/warnings?after=%00",
    "/dispatch/orders?limit=-1",
    "/resources/x%0d%0ay",
]


@pytest.fixture
async def desk(console_nodes):
    async with httpx.AsyncClient(trust_env=False, timeout=10) as http:
        yield Desk(console_nodes, http)


async def test_it_answers_as_the_sibling_does_with_the_caller_s_rights(desk):
    teams = await desk.see(COUNTY, "/dispatch/teams")
    assert teams == await Desk(desk._nodes, desk._http, "dispatch").see(COUNTY, "/teams")
    machine = desk.token(COUNTY, Role.SYSTEM)
    assert (await desk.ask(COUNTY, "GET", "/dispatch/teams", token=machine)).status_code == 403
    body = {"incident_id": "nothing", "team_ids": ["x"], "task": "x"}
    refused = await desk.ask(COUNTY, "POST", "/dispatch/orders", body, desk.token(COUNTY, Role.DISPATCHER))
    assert (refused.status_code, refused.json()["instance"]) == (404, "/orders")


async def test_a_stranger_gets_no_further_than_readiness(console_nodes):
    url = console_nodes.setup.url(COUNTY, "incident")
    async with httpx.AsyncClient(base_url=url, trust_env=False) as http:
        assert (await http.get("/dispatch/teams")).status_code == 401
        assert (await http.get("/dispatch/health/ready")).status_code == 200


@pytest.mark.parametrize("path", PATHS)
async def test_no_path_makes_it_fail_unclearly(desk, path):
    answer = await desk.ask(COUNTY, "GET", path)
    assert 400 <= answer.status_code < 500, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
