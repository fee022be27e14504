"""A city and two counties on real servers, started once for the stories that only talk to them."""

import asyncio
import logging
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from contracts.rights import Principal
from drills.scenario import Scenario, load_scenario
from liandong.local.kafka import LocalKafka
from liandong.local.kafka_lock import BrokerLock
from liandong.local.nodes import Nodes, Setup
from liandong.local.servers import Servers
from shared.kafka_access import KafkaAccess
from shared.plan_folder import load_plan
from shared.provisioning.access import grant_rights, principals_of, set_passwords
from shared.provisioning.topics import create_topics

FIRST_PORT = 18100
PLAN = Path("plans/fushun")
SCENARIO = Path("drills/scenarios/wanghua-chlorine-leak.yaml")


@pytest.fixture(scope="session")
def locked_servers(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """The suite's servers with a Kafka that asks for names, and refuses whatever is no right of the one who asks."""
    folder = tmp_path_factory.mktemp("locked")
    kafka = LocalKafka(folder, lambda *_: None, lock=BrokerLock.new(folder / "certificates"))
    try:
        kafka.start()
        yield replace(servers, kafka=kafka, kafka_bootstrap=kafka.bootstrap)
    finally:
        kafka.stop()


@pytest.fixture(scope="session")
def drill_nodes(locked_servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nodes]:
    """The nodes of the drill, in exercise mode; each service knows only its own name at Kafka."""
    script, folder = load_scenario(SCENARIO), tmp_path_factory.mktemp("drill")
    users = let_in(locked_servers, script, folder / "passwords")
    with nodes_of(script, locked_servers, folder, FIRST_PORT, users) as nodes:
        yield nodes


def let_in(servers: Servers, script: Scenario, passwords: Path) -> dict[str, KafkaAccess]:
    """Who takes part in a drill, by name, each with a password in a file of its own and the rights it needs."""
    plan, kafka = load_plan(script.plan), servers.kafka
    assert kafka is not None
    partners = [
        Principal(kind="partner", node=one.node, name=one.department).user("exercise")
        for one in script.partners
    ]
    players = [Principal(kind="drills", node=node).user("exercise") for node in script.jurisdictions]
    principals = principals_of([*partners, *players], plan.jurisdictions, plan.departments, "exercise")
    passwords.mkdir()
    for one in principals:
        (passwords / one.user("exercise")).write_text(secrets.token_hex())
    users = {
        one.name: KafkaAccess(
            kafka.bootstrap, "SASL_SSL", username=one.name, password=one, ca=kafka.administration.ca
        )
        for one in passwords.iterdir()
    }
    grant_rights(kafka.administration, principals, plan, "exercise")
    set_passwords(kafka.administration, {user: access.current_password() for user, access in users.items()})
    return users


@contextmanager
def nodes_of(
    script: Scenario,
    servers: Servers,
    folder: Path,
    first_port: int,
    kafka_users: Mapping[str, KafkaAccess] = MappingProxyType({}),
) -> Iterator[Nodes]:
    """The nodes that a drill's script plays on, started on fresh databases, in exercise mode."""
    drill = script.new_run()
    setup = Setup(
        folder,
        servers,
        "exercise",
        script.jurisdictions,
        drill,
        script.plan,
        first_port=first_port,
        kafka_users=kafka_users,
    )
    for node in setup.jurisdictions:
        for service in ("incident", "dispatch", "resources", "notify"):
            servers.database(setup.database(node, service), fresh=True)
    create_topics(servers.kafka_access, load_plan(script.plan).jurisdictions, "exercise")
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
    nodes = Nodes(setup)
    try:
        nodes.start()
        asyncio.run(nodes.ready(lambda _: None))
        yield nodes
    finally:
        nodes.stop()
