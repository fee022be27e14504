"""``python -m shared.provisioning``: run once before the services start, and again after any change."""

import asyncio
import time

import structlog
from aiokafka.errors import KafkaError

from shared import logs
from shared.plan_folder import load_plan
from shared.provisioning.databases import create_databases
from shared.provisioning.settings import ProvisioningSettings
from shared.provisioning.topics import create_topics

log = structlog.get_logger(__name__)
RETRY_SECONDS = 1.0


async def topics(settings: ProvisioningSettings) -> int:
    """Create the topics of every place of the plan once the broker is ready; how many were new.

    Raises KafkaError when it is not in time.
    """
    places = load_plan(settings.plan_dir).jurisdictions  # all of them: a city reads every county's topics
    deadline = time.monotonic() + settings.wait_seconds
    while True:
        try:
            return await create_topics(
                settings.kafka_bootstrap_servers, places, settings.mode, settings.topic_replication
            )
        except KafkaError as error:
            if time.monotonic() > deadline:
                raise
            log.warning("broker not ready yet", error=repr(error))
            await asyncio.sleep(RETRY_SECONDS)


def main() -> None:
    """Provision what the environment names."""
    settings = ProvisioningSettings()
    logs.configure("provisioning", "", "INFO")
    if settings.databases:
        log.info("databases", new=create_databases(settings.database_admin_url, settings.databases.values()))
    log.info("topics", new=asyncio.run(topics(settings)))


if __name__ == "__main__":
    main()
