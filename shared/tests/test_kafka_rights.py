"""A broker that asks for names: each service writes what is its own, and whoever has no right hears why."""

import asyncio
import logging
import time
from collections.abc import Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.errors import (
    ClusterAuthorizationFailedError,
    GroupAuthorizationFailedError,
    KafkaConnectionError,
    KafkaError,
    TopicAuthorizationFailedError,
)

from contracts.rights import Principal
from liandong.local.kafka import LocalKafka
from liandong.local.kafka_lock import BrokerLock
from shared.consumer import Consumer
from shared.kafka_access import KafkaAccess, refusal, refusal_now
from shared.provisioning.__main__ import KafkaRefuses, provision_kafka
from shared.provisioning.access import UnknownUser, grant_rights, granted_rights, principals_of, set_passwords
from shared.provisioning.settings import ProvisioningSettings
from shared.provisioning.topics import create_topics
from shared.relay import Relay
from shared.tests.tiny.service import Tree
from shared.tests.world import World, running, until

pytestmark = pytest.mark.servers
CITY, COUNTY = "210400", "210404"
TREE = Tree({COUNTY: CITY})
DEPARTMENTS = ["fire", "fire_rescue"]
WARNING = f"{CITY}.warning"


class LockedKafka(LocalKafka):
    """A broker with names and rights, and how people get in there."""

    def __init__(self, folder: Path) -> None:
        self.lock = BrokerLock.new(folder / "certificates")
        super().__init__(folder, lambda *_: None, lock=self.lock)

    def by_password(self, user: str, password: str | Path = "") -> KafkaAccess:
        ca = self.lock.authority.certificate
        return KafkaAccess(
            self.bootstrap, "SASL_SSL", username=user, password=password or f"of {user}", ca=ca
        )

    def let_in(self, nodes: list[str], *users: str) -> None:
        """Topics and rights of these nodes, and passwords for these users."""
        create_topics(self.administration, nodes, "live")
        partners = [user for user in users if ".partner." in user]
        principals = principals_of(partners, nodes, DEPARTMENTS, "live")
        grant_rights(self.administration, principals, TREE, "live")
        set_passwords(self.administration, {user: f"of {user}" for user in users})
        for user in users:  # the broker takes them up a moment later
            while refusal_now(self.by_password(user)):
                time.sleep(0.05)


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LockedKafka]:
    kafka = LockedKafka(tmp_path_factory.mktemp("locked"))
    departments = (f"{CITY}.partner.fire", f"{CITY}.partner.fire-rescue")
    try:
        kafka.start()
        kafka.let_in([CITY, COUNTY], f"{COUNTY}.incident", f"{CITY}.notify", *departments)
        yield kafka
    finally:
        kafka.stop()


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """aiokafka writes an ERROR for what these tests provoke."""
    logger = logging.getLogger("aiokafka")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    yield
    logger.setLevel(level)


async def write(kafka: KafkaAccess, topic: str) -> None:
    """One record, as a producer of ours writes it."""
    producer = AIOKafkaProducer(
        **kafka.client_options(), acks="all", enable_idempotence=True, request_timeout_ms=5000
    )
    try:
        await producer.start()
        await producer.send_and_wait(topic, b"x", key=b"k")
    finally:
        with suppress(KafkaError):
            await producer.stop()


async def read(kafka: KafkaAccess, topic: str, group: str | None = None) -> int:
    """How many records the first partitions hold, read by a group or by none."""
    consumer = AIOKafkaConsumer(
        **kafka.client_options(), group_id=group, auto_offset_reset="earliest", enable_auto_commit=False
    )
    try:
        await consumer.start()
        if group:
            consumer.subscribe([topic])
        else:
            consumer.assign([TopicPartition(topic, number) for number in range(3)])
        async with asyncio.timeout(10):
            found = sum(map(len, (await consumer.getmany(timeout_ms=1500)).values()))
        if consumer._client.cluster.unauthorized_topics:
            raise TopicAuthorizationFailedError
        return found
    finally:
        await consumer.stop()


async def test_a_county_writes_its_own_topics_and_none_of_the_citys(locked):
    county = locked.by_password(f"{COUNTY}.incident")
    await write(county, f"{COUNTY}.incident")
    for topic in (f"{CITY}.incident", f"{CITY}.consultation", f"{CITY}.monitoring"):
        with pytest.raises(TopicAuthorizationFailedError):
            await write(county, topic)


async def test_a_service_writes_no_topic_of_its_neighbour_in_the_node(locked):
    with pytest.raises(TopicAuthorizationFailedError):
        await write(locked.by_password(f"{COUNTY}.incident"), f"{COUNTY}.warning")


async def test_a_linked_node_reads_what_is_meant_for_it_and_its_own_group_only(locked):
    county = locked.by_password(f"{COUNTY}.incident")
    await write(locked.by_password(f"{CITY}.notify"), WARNING)
    assert await read(county, WARNING, f"live.{COUNTY}.incident") >= 1
    with pytest.raises(TopicAuthorizationFailedError):
        await read(county, f"{CITY}.monitoring")
    with pytest.raises(GroupAuthorizationFailedError):
        await read(county, WARNING, f"live.{CITY}.incident")


async def test_a_partner_reads_warnings_and_neither_drafts_nor_in_anothers_name(locked):
    fire = locked.by_password(f"{CITY}.partner.fire")
    await write(locked.by_password(f"{CITY}.notify"), WARNING)
    own = Principal(kind="partner", node=CITY, name="fire").group("live")
    assert await read(fire, WARNING, own) >= 1
    assert await read(fire, WARNING, f"{own}.second-program") >= 1
    for topic in (f"{CITY}.warning-draft", f"{CITY}.dispatch", f"{CITY}.delivery"):
        with pytest.raises(TopicAuthorizationFailedError):
            await read(fire, topic, own)
    with pytest.raises(GroupAuthorizationFailedError):
        await read(fire, WARNING, f"{own}_rescue")
    with pytest.raises(ClusterAuthorizationFailedError):  # who may write nothing is no producer at all
        await write(fire, WARNING)


async def test_a_certificate_proves_a_name_as_a_password_does(locked):
    county = locked.lock.by_certificate(f"{COUNTY}.incident")
    await write(county, f"{COUNTY}.incident")
    with pytest.raises(TopicAuthorizationFailedError):
        await write(county, f"{CITY}.incident")


async def test_who_is_nobody_may_nothing(locked):
    stranger = locked.lock.by_certificate("stranger")
    with pytest.raises(TopicAuthorizationFailedError):
        await read(stranger, WARNING)


async def test_a_wrong_password_is_told_as_what_it_is(locked):
    user = f"{COUNTY}.incident"
    wrong = locked.by_password(user, "guessed")
    with pytest.raises(KafkaConnectionError):
        await write(wrong, f"{COUNTY}.incident")
    told = await refusal(wrong)
    assert user in told and "invalid credentials" in told and "guessed" not in told
    assert await refusal(locked.by_password(user)) == ""


async def test_a_broker_that_nobody_vouches_for_is_not_trusted(locked, tmp_path):
    other = BrokerLock.new(tmp_path)
    other.authority.issue("kafka")
    doubting = KafkaAccess(
        locked.bootstrap, "SASL_SSL", username="x", password="y", ca=other.authority.certificate
    )
    assert "CERTIFICATE_VERIFY_FAILED" in await refusal(doubting)


def test_provisioning_says_whom_kafka_refuses(locked, tmp_path):
    stranger = locked.lock.by_certificate("stranger")
    settings = ProvisioningSettings(
        kafka_bootstrap_servers=stranger.bootstrap,
        kafka_security_protocol="SSL",
        kafka_ca_file=stranger.ca,
        kafka_certificate_file=stranger.certificate,
        kafka_key_file=stranger.key,
        wait_seconds=0,
    )
    with pytest.raises(KafkaRefuses, match=r"stranger.*Authorization failed"):
        provision_kafka(settings)


def test_rights_that_are_no_longer_meant_are_taken_back_and_those_of_others_stay(locked):
    partner = f"{CITY}.partner.fire-rescue"
    departments = [*DEPARTMENTS]
    without = principals_of([f"{CITY}.partner.fire"], [CITY, COUNTY], departments, "live")
    given, taken = grant_rights(locked.administration, without, TREE, "live")
    assert given == 0 and taken > 0
    assert rights_of_user(locked, partner) == 0
    assert rights_of_user(locked, f"{CITY}.partner.fire") > 0
    again = principals_of([f"{CITY}.partner.fire", partner], [CITY, COUNTY], departments, "live")
    assert grant_rights(locked.administration, again, TREE, "live") == (taken, 0)
    assert grant_rights(locked.administration, again, TREE, "live") == (0, 0)
    assert grant_rights(locked.administration, [], TREE, "exercise") == (0, 0)


def rights_of_user(locked: LockedKafka, user: str) -> int:
    return sum(one.principal == f"User:{user}" for one in granted_rights(locked.administration))


def test_a_user_that_is_nobody_in_the_plan_is_refused():
    with pytest.raises(UnknownUser, match=r"210400\.partner\.nobody"):
        principals_of(["210400.partner.nobody"], [CITY], DEPARTMENTS, "live")
    with pytest.raises(UnknownUser):
        principals_of(["drill.210400.incident"], [CITY], DEPARTMENTS, "live")


async def test_a_password_that_changes_under_load_loses_nothing(locked, make_world, node_code, tmp_path):
    user, file = f"{node_code}.incident", tmp_path / "password"
    file.write_text("first\n")
    world: World = make_world(
        bootstrap=locked.bootstrap,
        kafka_security_protocol="SASL_SSL",
        kafka_username=user,
        kafka_password_file=file,
        kafka_ca_file=locked.lock.authority.certificate,
    )
    create_topics(locked.administration, [node_code], "live")
    grant_rights(
        locked.administration, principals_of([], [CITY, COUNTY, node_code], [], "live"), TREE, "live"
    )
    set_passwords(locked.administration, {user: "first"})
    relay = Relay(world.database, world.settings.kafka, "test", send_seconds=2)
    world.database.on_published = relay.wake
    group = Principal(kind="service", node=node_code, name="incident").group("live")
    member = Consumer(
        world.settings.kafka, [f"{node_code}.incident"], group, world.new_processor(), silence_seconds=1.0
    )
    async with running(relay.run(), member.run()):
        async with load(world) as sent:
            await until(lambda: some_effects(world, 10))
            await asyncio.to_thread(set_passwords, locked.administration, {user: "second"})
            await asyncio.to_thread(locked.kill)  # so that every connection has to be made anew
            await asyncio.to_thread(locked.start)
            await until(lambda: are_refused(relay, member), 30)
            file.write_text("second\n")
            await until(lambda: goes_on(world, sent), 30)
        await until(lambda: some_effects(world, len(sent)), 30)
    effects = await world.effects()
    assert sorted(effects, key=int) == [str(number) for number in range(len(sent))]
    assert await world.parked() == []


@asynccontextmanager
async def load(world: World):
    """Twenty events a second until the block ends; what was published."""
    sent: list[int] = []

    ended = asyncio.Event()

    async def publish() -> None:
        while not ended.is_set():
            number = len(sent)
            await world.publish(world.controlled(f"incident-{number % 7}", f"{number}"))
            sent.append(number)
            await asyncio.sleep(0.05)

    task = asyncio.create_task(publish())
    try:
        yield sent
    finally:
        ended.set()
        await task


async def some_effects(world: World, number: int) -> bool:
    return len(await world.effects()) >= number


async def goes_on(world: World, sent: list[int]) -> bool:
    """Whether what was published after the change had its effect."""
    return str(len(sent) - 1) in await world.effects()


async def are_refused(relay: Relay, member: Consumer) -> bool:
    return all("invalid credentials" in trouble for trouble in (relay.trouble, member.trouble))
