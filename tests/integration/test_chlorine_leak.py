"""The whole vertical: the drill's script holds on a city and two counties, and a broken expectation is named."""

import json

import pytest

from drills.scenario import Scenario, load_scenario
from liandong.commands.demo import played
from liandong.running import console_of
from tests.integration.conftest import SCENARIO

pytestmark = pytest.mark.servers


async def test_every_expectation_of_the_drill_holds(drill_nodes):
    verdict = await played(load_scenario(SCENARIO), drill_nodes.setup, console_of())
    assert [str(broken) for broken in verdict.broken] == []
    assert verdict.events > 60


async def test_a_broken_expectation_is_named(drill_nodes, tmp_path):
    script = load_scenario(SCENARIO).model_dump(mode="json")
    script["partners"] = []
    script["steps"] = [
        {
            "name": "错误的预期",
            "name_en": "a wrong expectation",
            "at": "210400.incident",
            "by": "city_officer",
            "get": "/incidents",
            "expect": {
                "status": 418,
                "events": [{"type": "incident.closed", "at": "210400", "within_ms": 50}],
            },
        }
    ]
    verdict = await played(Scenario.model_validate(script), drill_nodes.setup, console_of())
    assert [broken.step for broken in verdict.broken] == ["错误的预期", "错误的预期"]
    assert json.dumps(verdict.as_json())
