"""Another city with its own plan folder runs the same services: the drill of 石嘴山市 on its own nodes."""

import asyncio
import logging
from pathlib import Path

import pytest

from drills.scenario import load_scenario
from liandong.commands.demo import played
from liandong.local.nodes import Nodes, Setup
from liandong.running import console_of
from shared.plan_folder import load_plan
from shared.provisioning.topics import create_topics

pytestmark = pytest.mark.servers

SCENARIO = Path("drills/scenarios/dawukou-earthquake.yaml")
FIRST_PORT = 18400


@pytest.fixture(scope="module")
def nodes(servers, tmp_path_factory):
    """A city node and a county node of the second city, in exercise mode."""
    script, folder = load_scenario(SCENARIO), tmp_path_factory.mktemp("another-city")
    places = script.jurisdictions
    setup = Setup(folder, servers, "exercise", places, script.id, script.plan, first_port=FIRST_PORT)
    for node in places:
        for service in ("incident", "dispatch", "resources", "notify"):
            servers.database(setup.database(node, service), fresh=True)
    asyncio.run(create_topics(servers.kafka_bootstrap, load_plan(script.plan).jurisdictions, "exercise"))
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
    running = Nodes(setup)
    try:
        running.start()
        asyncio.run(running.ready(lambda _: None))
        yield running
    finally:
        running.stop()


async def test_the_second_city_grades_reports_upward_dispatches_and_warns_by_its_own_plan(nodes):
    verdict = await played(load_scenario(SCENARIO), nodes.setup, console_of())
    assert [str(broken) for broken in verdict.broken] == []
    assert verdict.milestones
