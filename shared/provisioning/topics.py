"""Creates the topics of ``contracts/topics.yaml``: explicitly, never by a client's accident."""

from collections.abc import Iterable
from concurrent.futures import Future

from confluent_kafka import KafkaError, KafkaException
from confluent_kafka.admin import (
    AdminClient,
    AlterConfigOpType,
    ConfigEntry,
    ConfigResource,
    NewPartitions,
    NewTopic,
    ResourceType,
    TopicMetadata,
)

from contracts.topics import Mode
from shared.contract_files import load_topics
from shared.kafka_access import KafkaAccess
from shared.provisioning.kafka_admin import SECONDS, admin_of, outcomes

Wanted = tuple[str, int, dict[str, str]]
"""A topic's name, how many partitions it has, and Kafka's settings."""


def create_topics(
    kafka: KafkaAccess, jurisdictions: Iterable[str], mode: Mode, replication: int = 1
) -> list[str]:
    """Create what is missing, add partitions that are missing, and set what is set otherwise; the names of new topics.

    ``replication``: how many brokers hold each new topic; to spread existing ones anew is Kafka's reassignment. All but
    one of those that hold a topic must have a record before it counts as written. Raises KafkaException.
    """
    admin = admin_of(kafka)
    known = admin.list_topics(timeout=SECONDS).topics
    wanted = [
        (name, partitions, config | _least_in_sync(known.get(name), replication))
        for name, partitions, config in load_topics().of_nodes(jurisdictions, mode)
    ]
    there = [topic for topic in wanted if topic[0] in known]
    made = _create(admin, [topic for topic in wanted if topic[0] not in known], replication)
    _extend(admin, [topic for topic in there if len(known[topic[0]].partitions) < topic[1]])
    _configure(admin, there)
    return made


def _least_in_sync(known: TopicMetadata | None, replication: int) -> dict[str, str]:
    """By how many brokers a topic holds, not by how many it should: asked for more, it would take nothing any more."""
    held_by = min(len(one.replicas) for one in known.partitions.values()) if known else replication
    return {"min.insync.replicas": str(max(1, held_by - 1))}


def _create(admin: AdminClient, missing: list[Wanted], replication: int) -> list[str]:
    """The names of those that are new; another run may have made some just now."""
    topics = [
        NewTopic(name, num_partitions=partitions, replication_factor=replication, config=config)
        for name, partitions, config in missing
    ]
    if not topics:
        return []
    answers = admin.create_topics(topics, operation_timeout=SECONDS)
    return [name for name, answer in answers.items() if _is_new(answer)]


def _is_new(answer: "Future[None]") -> bool:
    try:
        answer.result(SECONDS)
    except KafkaException as error:
        if error.args[0].code() != KafkaError.TOPIC_ALREADY_EXISTS:
            raise
        return False
    return True


def _extend(admin: AdminClient, short: list[Wanted]) -> None:
    """More partitions for topics that have fewer; there is no way back to fewer."""
    if short:
        outcomes(admin.create_partitions([NewPartitions(name, partitions) for name, partitions, _ in short]))


def _configure(admin: AdminClient, existing: list[Wanted]) -> None:
    resources = [
        ConfigResource(
            ResourceType.TOPIC,
            name,
            incremental_configs=[
                ConfigEntry(key, value, incremental_operation=AlterConfigOpType.SET)
                for key, value in config.items()
            ],
        )
        for name, _, config in existing
    ]
    if resources:
        outcomes(admin.incremental_alter_configs(resources))
