"""``python -m shared.provisioning``: run once before the services start, and again after any change."""

import sys
import time
from collections.abc import Callable
from typing import TypeVar

import structlog
from confluent_kafka import KafkaError, KafkaException

from contracts.plan.plan import Plan
from shared import logs
from shared.kafka_access import refusal_now
from shared.plan_folder import load_plan
from shared.provisioning.access import UnknownUser, grant_rights, principals_of, set_passwords
from shared.provisioning.databases import create_databases
from shared.provisioning.settings import ProvisioningSettings
from shared.provisioning.topics import create_topics

log = structlog.get_logger(__name__)
RETRY_SECONDS = 1.0
REFUSED = 3
T = TypeVar("T")


class KafkaRefuses(RuntimeError):
    """Kafka does not let provisioning in, or not do what it must; the message says why."""


def provision_kafka(settings: ProvisioningSettings) -> None:
    """Topics of every place of the plan, users and rights, once the broker is ready.

    Raises KafkaException when it is not in time, KafkaRefuses, UnknownUser.
    """
    plan = load_plan(settings.plan_dir)
    nodes = plan.jurisdictions  # all of them: a city reads every county's topics
    names = _once_ready(
        settings, lambda: create_topics(settings.kafka, nodes, settings.mode, settings.topic_replication)
    )
    log.info("topics", new=len(names))
    if settings.kafka.protocol != "PLAINTEXT":
        _once_ready(settings, lambda: _provision_access(settings, plan))


def _provision_access(settings: ProvisioningSettings, plan: Plan) -> None:
    users = settings.users
    principals = principals_of(users, plan.jurisdictions, plan.departments, settings.mode)
    given, taken = grant_rights(settings.kafka, principals, plan, settings.mode)
    set_passwords(settings.kafka, {user: password for user, password in users.items() if password})
    log.info("access", principals=len(principals), given=given, taken_back=taken, users=len(users))


def _once_ready(settings: ProvisioningSettings, work: Callable[[], T]) -> T:
    deadline = time.monotonic() + settings.wait_seconds
    while True:
        try:
            return work()
        except KafkaException as error:
            if why := _reason_for_refusal(settings, error):
                raise KafkaRefuses(why) from error
            if time.monotonic() > deadline:
                raise
            log.warning("broker not ready yet", error=str(error))
            time.sleep(RETRY_SECONDS)


def _reason_for_refusal(settings: ProvisioningSettings, error: KafkaException) -> str:
    reason: KafkaError = error.args[0]
    no_right = {KafkaError.CLUSTER_AUTHORIZATION_FAILED, KafkaError.TOPIC_AUTHORIZATION_FAILED}
    if reason.code() in no_right:
        return f"{settings.kafka.username or settings.kafka.certificate}: {reason.str()}"
    return refusal_now(settings.kafka)


def main() -> None:
    """Provision what the environment names."""
    settings = ProvisioningSettings()
    logs.configure("provisioning", "", "INFO")
    if settings.databases:
        log.info("databases", new=create_databases(settings.database_admin_url, settings.databases.values()))
    try:
        provision_kafka(settings)
    except (KafkaRefuses, UnknownUser) as error:
        log.error("Kafka refuses", reason=str(error))
        sys.exit(REFUSED)
    except KafkaException as error:
        log.error("no topics and rights made", reason=str(error))
        sys.exit(1)


if __name__ == "__main__":
    main()
