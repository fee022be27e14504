"""Another city with its own plan folder runs the same services: the drill of 石嘴山市 on its own nodes."""

import asyncio
import json
import os
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from drills.scenario import load_scenario
from liandong.commands.demo import play
from liandong.commands.due_reports import app as clocks
from liandong.commands.reports import app as reports
from liandong.commands.submissions import app as submissions
from liandong.running import console_of
from shared.http.auth import Role
from tests.integration.conftest import nodes_of
from tests.integration.desk import Desk

pytestmark = pytest.mark.servers

SCRIPT = load_scenario(Path("drills/scenarios/dawukou-earthquake.yaml"))
FIRST_PORT = 18400


@pytest.fixture(scope="module")
def nodes(servers, tmp_path_factory):
    """A city node and a county node of the second city, in exercise mode."""
    with nodes_of(SCRIPT, servers, tmp_path_factory.mktemp("another-city"), FIRST_PORT) as running:
        yield running


async def test_the_second_city_grades_reports_upward_dispatches_and_warns_by_its_own_plan(nodes):
    verdict = await play(SCRIPT, nodes.setup, console_of())
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


async def test_the_command_line_lists_the_reports_that_wait_for_a_person(nodes, monkeypatch):
    url = nodes.setup.url("640202", "incident")
    monkeypatch.setenv(
        "LIANDONG_TOKEN", nodes.setup.token("officer", "值班员", [Role.DUTY_OFFICER], "640202")
    )
    report = {
        "channel": "sensor",
        "sector": "hazardous_chemicals",
        "event_type": "12D02",
        "title": "可燃气体报警",
        "location": SCRIPT.values["place"],
        "external_reference": "A-1",
    }
    headers = {"authorization": f"Bearer {os.environ['LIANDONG_TOKEN']}"}
    async with httpx.AsyncClient(base_url=url, headers=headers, trust_env=False) as county:
        opened = (await county.post("/reports", json=report)).json()
        none_yet = await asyncio.to_thread(CliRunner().invoke, reports, ["--url", url, "--json"])
        await county.post(f"/incidents/{opened['incident_id']}/close", json={"outcome": "false_report"})
        parked = (await county.post("/reports", json=report)).json()
    assert (none_yet.exit_code, json.loads(none_yet.output)) == (0, [])
    listed = await asyncio.to_thread(CliRunner().invoke, reports, ["--url", url, "--json"])
    assert listed.exit_code == 1
    assert [one["report_id"] for one in json.loads(listed.output)] == [parked["report_id"]]
    shown = await asyncio.to_thread(CliRunner().invoke, reports, ["--url", url, "--all"])
    assert "待人工处置" in shown.output and "误报" in shown.output


async def test_a_county_s_statutory_report_waits_at_the_city_until_somebody_there_confirms_it(
    nodes, monkeypatch
):
    county, city, url = "640202", "640200", nodes.setup.url("640200", "incident")
    async with httpx.AsyncClient(trust_env=False, timeout=10) as http:
        desk = Desk(nodes, http)
        monkeypatch.setenv("LIANDONG_TOKEN", desk.token(city))
        none_yet = await asyncio.to_thread(CliRunner().invoke, submissions, ["--url", url, "--json"])
        assert (none_yet.exit_code, json.loads(none_yet.output)) == (0, [])
        incident = (await desk.see(county, "/incidents?status=reported"))[0]["incident_id"]
        owed = await desk.see(county, f"/due-reports?incident_id={incident}")
        (duty,) = [one for one in owed if any(to["kind"] == "next_level" for to in one["recipients"])]
        body = {"duty": duty["duty_id"], "proof": "传真 1"}
        assert (await desk.do(county, f"/incidents/{incident}/submissions", body))["status"] == "sent"
        await desk.until(city, "/submissions", len)
        listed = await asyncio.to_thread(CliRunner().invoke, submissions, ["--url", url, "--json"])
        assert listed.exit_code == 1
        assert [one["duty_id"] for one in json.loads(listed.output)] == [duty["duty_id"]]
        shown = await asyncio.to_thread(CliRunner().invoke, submissions, ["--url", url])
        assert "待回执" in shown.output and "传真 1" in shown.output
        receipt = {"received_by": "市值班员", "receipt": "回执 1"}
        await desk.do(city, f"/submissions/{duty['duty_id']}/receipt", receipt)
        await desk.until(
            county,
            f"/due-reports?incident_id={incident}",
            lambda clocks: (
                (duty["duty_id"], "discharged") in {(one["duty_id"], one["status"]) for one in clocks}
            ),
        )
