"""What every service is told by its environment; one class, read once in ``app.py``."""

from pathlib import Path
from typing import Annotated

from pydantic import Field

from contracts.envelope import Status
from contracts.topics import Mode, topic_name
from shared.kafka_access import KafkaSettings


class ServiceSettings(KafkaSettings):
    """The environment of one service of one node; field ``node`` is read from ``NODE`` and so on."""

    node: Annotated[str, Field(pattern=r"^[0-9]{6}$")]
    mode: Mode = "live"
    drill_id: str = ""
    host: str = "127.0.0.1"
    port: int = 8000
    plan_dir: Path = Path("plans/fushun")
    database_url: str
    database_pool: int = Field(default=10, ge=1, le=100)
    database_answer_seconds: float = Field(
        default=4.0, gt=0, description="how long an HTTP request waits for the database in all"
    )
    database_connect_seconds: float = Field(
        default=2.0, gt=0, description="how long to wait for a free connection, or a new one"
    )
    database_lock_seconds: float = Field(default=3.0, gt=0, description="lock_timeout of every session")
    database_statement_seconds: float = Field(default=15.0, gt=0, description="statement_timeout")
    database_silence_seconds: float = Field(
        default=20.0,
        gt=0,
        description="how long a statement may bring nothing back before its connection is cut",
    )
    redis_url: str = ""
    auth_keys_dir: Path | None = Field(default=None, description="public keys of the local issuer (*.pem)")
    oidc_issuer: str = Field(default="", description="URL of an OIDC issuer; replaces the local issuer")
    otel_exporter_otlp_endpoint: str = ""
    log_level: str = "INFO"
    body_limit_bytes: int = Field(default=256 * 1024, ge=1024)
    gap_alarm_seconds: float = Field(
        default=300.0, gt=0, description="how long an event may wait for a missing one before it is an alarm"
    )
    audit_kept_days: int = Field(
        default=0, ge=0, description="audit entries of months older than this are dropped; 0: kept for ever"
    )
    canary_seconds: float = Field(default=10.0, gt=0)

    @property
    def status(self) -> Status:
        """The only status of events this node writes and accepts."""
        return Status.EXERCISE if self.mode == "exercise" else Status.ACTUAL

    @property
    def audience(self) -> str:
        """The JWT audience: a live token is worthless in a drill and the reverse."""
        return f"liandong-{self.mode}"

    def topic(self, stream: str, jurisdiction: str | None = None) -> str:
        """The topic of a stream, of this node unless another is named."""
        return topic_name(jurisdiction or self.node, stream, self.mode)
