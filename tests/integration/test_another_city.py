"""Another city with its own plan folder runs the same services: the drill of 石嘴山市 on its own nodes."""

import asyncio
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from drills.scenario import load_scenario
from liandong.commands.clocks import app as clocks
from liandong.commands.demo import played
from liandong.running import console_of
from shared.http.auth import Role
from tests.integration.conftest import nodes_of

pytestmark = pytest.mark.servers

SCRIPT = load_scenario(Path("drills/scenarios/dawukou-earthquake.yaml"))
FIRST_PORT = 18400


@pytest.fixture(scope="module")
def nodes(servers, tmp_path_factory):
    """A city node and a county node of the second city, in exercise mode."""
    with nodes_of(SCRIPT, servers, tmp_path_factory.mktemp("another-city"), FIRST_PORT) as running:
        yield running


async def test_the_second_city_grades_reports_upward_dispatches_and_warns_by_its_own_plan(nodes):
    verdict = await played(SCRIPT, nodes.setup, console_of())
    assert [str(broken) for broken in verdict.broken] == []
    assert verdict.milestones


async def test_the_command_line_lists_what_is_owed_and_says_by_its_exit_code_that_nothing_is_overdue(
    nodes, monkeypatch
):
    incident = nodes.setup.url("640200", "incident")
    token = nodes.setup.token("officer", "值班员", [Role.DUTY_OFFICER], "640200")
    monkeypatch.setenv("LIANDONG_TOKEN", token)
    listed = await asyncio.to_thread(CliRunner().invoke, clocks, ["--url", incident, "--json"])
    assert listed.exit_code == 0, listed.output
    owed = json.loads(listed.output)
    assert [one["due_at"] for one in owed] == sorted(one["due_at"] for one in owed)
    assert {one["status"] for one in owed} == {"running"}
    shown = await asyncio.to_thread(CliRunner().invoke, clocks, ["--url", incident])
    assert "石嘴山市人民政府" in shown.output and "未报" in shown.output
