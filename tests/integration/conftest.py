"""A city and two counties on real servers, started once for the stories that only talk to them."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from drills.scenario import Scenario, load_scenario
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
    with nodes_of(load_scenario(SCENARIO), servers, tmp_path_factory.mktemp("drill"), FIRST_PORT) as nodes:
        yield nodes


@contextmanager
def nodes_of(script: Scenario, servers: Servers, folder: Path, first_port: int) -> Iterator[Nodes]:
    """The nodes that a drill's script plays on, started on fresh databases, in exercise mode."""
    drill = script.new_run()
    setup = Setup(
        folder, servers, "exercise", script.jurisdictions, drill, script.plan, first_port=first_port
    )
    for node in setup.jurisdictions:
        for service in ("incident", "dispatch", "resources", "notify"):
            servers.database(setup.database(node, service), fresh=True)
    asyncio.run(create_topics(servers.kafka_bootstrap, load_plan(script.plan).jurisdictions, "exercise"))
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
    nodes = Nodes(setup)
    try:
        nodes.start()
        asyncio.run(nodes.ready(lambda _: None))
        yield nodes
    finally:
        nodes.stop()
