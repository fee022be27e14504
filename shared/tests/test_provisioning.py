"""Databases with a role of their own, and topics, made once and never twice."""

import asyncio
from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from aiokafka import AIOKafkaProducer
from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient, ConfigResource, NewTopic, ResourceType, TopicMetadata
from sqlalchemy import make_url

from liandong.local.servers import Servers
from shared.contract_files import load_topics
from shared.plan_folder import load_plan
from shared.provisioning.__main__ import provision_kafka
from shared.provisioning.databases import create_databases
from shared.provisioning.kafka_admin import admin_of, outcomes
from shared.provisioning.settings import ProvisioningSettings
from shared.provisioning.topics import create_topics
from shared.tests.world import until


def libpq(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


@pytest.fixture
def urls(servers: Servers) -> Iterator[list[str]]:
    """Two databases that are not there yet, as two services would be told them."""
    names = [f"provisioned_{uuid4().hex[:12]}" for _ in range(2)]
    base = make_url(servers.postgres_url)
    yield [
        base.set(username=name, password="a'b:c@d", database=name).render_as_string(hide_password=False)
        for name in names
    ]
    with psycopg.connect(libpq(servers.postgres_url), autocommit=True) as connection:
        for name in names:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            connection.execute(f'DROP ROLE IF EXISTS "{name}"')


@pytest.mark.servers
def test_databases_are_made_once_and_belong_to_their_roles(servers, urls):
    names = [make_url(url).database for url in urls]
    assert create_databases(servers.postgres_url, urls) == names
    assert create_databases(servers.postgres_url, urls) == []
    for url in urls:
        with psycopg.connect(libpq(url)) as connection:
            connection.execute("CREATE TABLE mine (id int)")
            connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")


@pytest.mark.servers
def test_no_role_may_connect_to_the_database_of_another(servers, urls):
    create_databases(servers.postgres_url, urls)
    one, other = (make_url(url) for url in urls)
    with pytest.raises(psycopg.OperationalError, match="CONNECT"):
        psycopg.connect(libpq(one.set(database=other.database).render_as_string(hide_password=False)))


@pytest.mark.servers
def test_a_changed_password_is_set_and_is_stored_scrambled(servers, urls):
    create_databases(servers.postgres_url, urls)
    known = stored(servers, urls[0])
    changed = make_url(urls[0]).set(password="changed").render_as_string(hide_password=False)
    create_databases(servers.postgres_url, [changed])
    assert known.startswith("SCRAM-SHA-256$")
    assert stored(servers, urls[0]) != known


def stored(servers: Servers, url: str) -> str:
    """What PostgreSQL keeps of a role's password."""
    with psycopg.connect(libpq(servers.postgres_url)) as connection:
        asked = "SELECT rolpassword FROM pg_authid WHERE rolname = %s"
        (found,) = connection.execute(asked, [make_url(url).username]).fetchone() or ("",)
        return str(found)


@pytest.mark.servers
def test_topics_of_every_place_of_the_plan_are_made_and_not_made_again(servers):
    settings = ProvisioningSettings(kafka_bootstrap_servers=servers.kafka_bootstrap, mode="exercise")
    provision_kafka(settings)
    assert create_topics(settings.kafka, load_plan(settings.plan_dir).jurisdictions, "exercise") == []
    assert set(topics_at(servers)) >= {
        f"drill.{code}.{stream}"
        for code in ("210400", "210404", "210421")
        for stream in load_topics().streams
    }


@pytest.mark.servers
async def test_a_topic_gets_the_partitions_and_the_settings_that_it_lacks(servers, node_code):
    admin = admin_of(servers.kafka_access)
    name, stream = f"{node_code}.incident", load_topics().streams["incident"]
    outcomes(admin.create_topics([NewTopic(name, 1, 1, config={"retention.ms": "1000"})]))
    await until(lambda: has_partitions(servers, name, 1))
    create_topics(servers.kafka_access, [node_code], "live")
    assert stream.partitions > 1
    await until(lambda: has_partitions(servers, name, stream.partitions))
    await until(lambda: keeps_for(admin, name, stream.config()["retention.ms"]))


async def keeps_for(admin: AdminClient, name: str, milliseconds: str) -> bool:
    asked = [ConfigResource(ResourceType.TOPIC, name)]
    (settings,) = (await asyncio.to_thread(lambda: outcomes(admin.describe_configs(asked)))).values()
    return bool(settings["retention.ms"].value == milliseconds)


async def has_partitions(servers: Servers, name: str, count: int) -> bool:
    found = (await asyncio.to_thread(topics_at, servers)).get(name)
    return found is not None and len(found.partitions) == count


@pytest.mark.servers
async def test_a_topic_that_one_broker_holds_goes_on_taking_records_when_new_ones_are_held_by_several(
    servers, node_code
):
    create_topics(servers.kafka_access, [node_code], "live")
    await until(lambda: are_known(servers, node_code))
    create_topics(servers.kafka_access, [node_code], "live", replication=3)
    producer = AIOKafkaProducer(
        bootstrap_servers=servers.kafka_bootstrap, acks="all", request_timeout_ms=5000
    )
    await producer.start()
    try:
        assert (await producer.send_and_wait(f"{node_code}.incident", b"x")).offset == 0
    finally:
        await producer.stop()


async def are_known(servers: Servers, node: str) -> bool:
    wanted = {name for name, _, _ in load_topics().of_nodes([node], "live")}
    return wanted <= (await asyncio.to_thread(topics_at, servers)).keys()


def topics_at(servers: Servers) -> dict[str, TopicMetadata]:
    """What the broker says of its topics; it knows of a change a moment after it said yes to it."""
    admin = admin_of(servers.kafka_access)
    return admin.list_topics(timeout=10).topics


def test_a_broker_that_never_comes_is_not_waited_for_for_ever(monkeypatch):
    monkeypatch.setattr("shared.provisioning.topics.SECONDS", 0.3)
    settings = ProvisioningSettings(kafka_bootstrap_servers="127.0.0.1:1", wait_seconds=0)
    with pytest.raises(KafkaException):
        provision_kafka(settings)


def test_databases_are_named_by_the_environment(monkeypatch):
    monkeypatch.setenv("KAFKA_BOOTSTRAP_SERVERS", "localhost:9092")
    monkeypatch.setenv("DATABASES__210404_INCIDENT", "postgresql+psycopg://a:b@c/d")
    assert list(ProvisioningSettings().databases.values()) == ["postgresql+psycopg://a:b@c/d"]
