"""What provisioning is told by its environment."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from contracts.topics import Mode
from shared.kafka_access import KafkaSettings


class ProvisioningSettings(KafkaSettings):
    """``DATABASES__<any name>`` is the URL of a database as its service will use it, with role and password.

    ``KAFKA_USERS__<any name>`` is ``user:password``, or only the user where it proves itself by a certificate.
    """

    model_config = SettingsConfigDict(
        frozen=True, extra="ignore", env_nested_delimiter="__", hide_input_in_errors=True
    )

    mode: Mode = "live"
    plan_dir: Path = Path("plans/fushun")
    topic_replication: int = Field(default=1, ge=1, le=9, description="brokers that hold each topic")
    kafka_users: dict[str, SecretStr] = Field(
        default_factory=dict, description="who is let in besides, where Kafka asks for names"
    )
    database_admin_url: str = Field(default="", description="a role that may create roles and databases")
    databases: dict[str, str] = Field(default_factory=dict, description="none, and no database is made")
    wait_seconds: float = Field(default=60.0, ge=0, description="how long a starting broker is waited for")

    @property
    def users(self) -> dict[str, str]:
        """Users of Kafka and their passwords, empty where there is none."""
        pairs = (value.get_secret_value().partition(":") for value in self.kafka_users.values())
        return {user: password for user, _, password in pairs}
