"""A city and two counties on real servers, started once for the stories that only talk to them."""

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from drills.scenario import load_scenario
from liandong.local.nodes import Nodes, Setup
from liandong.local.servers import Servers
from shared.plan_folder import load_plan
from shared.provisioning.topics import create_topics

FIRST_PORT = 18100
PLAN = Path("plans/fushun")
SCENARIO = Path("drills/scenarios/wanghua-chlorine-leak.yaml")


@pytest.fixture(scope="session")
def drill_nodes(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nodes]:
    """The nodes of the drill, in exercise mode."""
    script = load_scenario(SCENARIO)
    folder = tmp_path_factory.mktemp("drill")
    setup = Setup(folder, servers, "exercise", script.jurisdictions, script.id, first_port=FIRST_PORT)
    for node in setup.jurisdictions:
        for service in ("incident", "dispatch", "resources", "notify"):
            servers.database(setup.database(node, service), fresh=True)
    asyncio.run(create_topics(servers.kafka_bootstrap, load_plan(PLAN).jurisdictions, "exercise"))
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
    nodes = Nodes(setup)
    try:
        nodes.start()
        asyncio.run(nodes.ready(lambda _: None))
        yield nodes
    finally:
        nodes.stop()
