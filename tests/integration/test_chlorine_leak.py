"""The whole vertical: the drill's script holds on a city and two counties, and a broken expectation is named."""

import json

import pytest

from drills.judging import verdict_of
from drills.scenario import Scenario, load_scenario
from liandong.commands.demo import play
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
    verdict = await play(Scenario.model_validate(script), drill_nodes.setup, console_of())
    assert [broken.step for broken in verdict.broken] == ["错误的预期", "错误的预期"]
    assert json.dumps(verdict.as_json())
