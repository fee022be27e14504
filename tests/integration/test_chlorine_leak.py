"""The whole vertical: the drill's script holds on a city and two counties, and a broken expectation is named."""

import asyncio
import json
import sys
from typing import Any

import pytest
import yaml

from contracts.rights import Principal
from drills.judging import verdict_of
from drills.scenario import Scenario, load_scenario
from liandong.commands.demo import play
from liandong.local.nodes import ADDRESSES
from liandong.local.ports import free_port
from liandong.local.processes import inherited_environment
from liandong.running import console_of
from tests.integration.altered import altered
from tests.integration.conftest import SCENARIO

pytestmark = pytest.mark.servers


async def test_every_expectation_of_the_drill_holds_and_none_that_is_altered_does(drill_nodes):
    verdict = await play(load_scenario(SCENARIO), drill_nodes.setup, console_of())
    assert [str(broken) for broken in verdict.broken] == []
    assert verdict.events > 60
    happened = "incident.reported"
    survived, count = [], 0
    for step, what, script in altered(load_scenario(SCENARIO), happened):
        count += 1
        broken = {one.step for one in verdict_of(script, verdict.log) if not one.held}
        if step not in broken:
            survived.append((step, what))
    assert survived == [], f"{len(survived)} of {count} altered expectations held"
    assert count > 200


def asked(path: str, expect: dict[str, Any]) -> dict[str, Any]:
    """A step that reads something."""
    named = {"name": "错误的预期", "name_en": "a wrong expectation"}
    return {**named, "at": "210400.incident", "by": "city_officer", "get": path, "expect": expect}


async def test_a_broken_expectation_is_named(drill_nodes, tmp_path):
    script = load_scenario(SCENARIO).model_dump(mode="json")
    script["partners"] = []
    events = [{"type": "incident.closed", "at": "210400", "within_ms": 50}]
    script["steps"] = [asked("/incidents", {"status": 418, "events": events})]
    verdict = await play(Scenario.model_validate(script), drill_nodes.setup, console_of())
    assert [broken.step for broken in verdict.broken] == ["错误的预期", "错误的预期"]
    assert json.dumps(verdict.as_json())


async def test_a_drill_is_played_on_nodes_that_run_elsewhere_by_a_program_with_its_own_exit_code(
    drill_nodes, tmp_path
):
    """As a Job of a cluster does: all that it knows comes from its environment."""
    setup = drill_nodes.setup
    script = load_scenario(SCENARIO).model_dump(mode="json")
    script["partners"] = []
    played = {}
    for status in (200, 418):
        script["steps"] = [asked("/incidents", {"status": status})]
        file = tmp_path / f"{status}.yaml"
        file.write_text(yaml.safe_dump(script, allow_unicode=True), encoding="utf-8")
        environment = {
            **inherited_environment(),
            **setup.kafka(Principal(kind="drills", node="210400")).environment(),
            "DRILL_ID": setup.drill_id,
            "PLAN_DIR": str(setup.plan),
            "NODES_FILE": str(setup.folder / ADDRESSES),
            "ISSUER_DIR": str(setup.keys),
            "WEBHOOK_PORT": str(free_port()),
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "drills",
            str(file),
            "--json",
            env=environment,
            stdout=asyncio.subprocess.PIPE,
        )
        told, _ = await process.communicate()
        played[status] = (process.returncode, json.loads(told)["held"])
    assert played == {200: (0, True), 418: (1, False)}
