"""Creates the topics of ``contracts/topics.yaml``: explicitly, never by a client's accident."""

from collections.abc import Iterable

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError, TopicAlreadyExistsError, for_code

from contracts.topics import Mode
from shared.contract_files import load_topics


async def create_topics(
    bootstrap: str, jurisdictions: Iterable[str], mode: Mode, replication: int = 1
) -> int:
    """Create what is missing; how many were new. Raises KafkaError."""
    wanted = [
        NewTopic(name, partitions, replication, topic_configs=config)
        for name, partitions, config in load_topics().of_nodes(jurisdictions, mode)
    ]
    client = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    try:
        await client.start()
        answer = await client.create_topics(wanted)
    finally:
        await client.close()
    codes = [error[1] for error in answer.topic_errors]
    failures = [for_code(code) for code in codes if code not in {0, TopicAlreadyExistsError.errno}]
    if failures:
        raise KafkaError(failures[0].__name__)
    return codes.count(0)
