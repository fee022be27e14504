"""Another city with its own plan folder runs the same services: the drill of 石嘴山市 on its own nodes."""

from pathlib import Path

import pytest

from drills.scenario import load_scenario
from liandong.commands.demo import played
from liandong.running import console_of
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
