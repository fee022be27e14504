"""What provisioning is told by its environment."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from contracts.topics import Mode


class ProvisioningSettings(BaseSettings):
    """``DATABASES__<any name>`` is the URL of a database as its service will use it, with role and password."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_nested_delimiter="__")

    mode: Mode = "live"
    plan_dir: Path = Path("plans/fushun")
    kafka_bootstrap_servers: str
    topic_replication: int = Field(default=1, ge=1, le=9, description="brokers that hold each topic")
    database_admin_url: str = Field(default="", description="a role that may create roles and databases")
    databases: dict[str, str] = Field(default_factory=dict, description="none, and no database is made")
    wait_seconds: float = Field(default=60.0, ge=0, description="how long a starting broker is waited for")
