"""What the notify service is told by its environment."""

from pathlib import Path

from pydantic import Field

from services.notify.policy.sending import Reach
from shared.settings import ServiceSettings


class NotifySettings(ServiceSettings):
    """The service's settings; ``FILE_CHANNEL_DIR`` and ``ALLOWED_WEBHOOK_HOSTS`` bound where messages go."""

    file_channel_dir: Path | None = Field(
        default=None, description="folder of the file channel; none, no files"
    )
    allowed_webhook_hosts: str = Field(
        default="", description="hosts beside loopback, comma-separated; * is any"
    )
    webhook_timeout_seconds: float = Field(default=10.0, gt=0, le=30)
    attempt_deadline_seconds: float = Field(
        default=20.0, gt=0, le=50, description="an attempt may take so long in all, by the wall clock"
    )
    subscriber_rest_seconds: float = Field(
        default=30.0, ge=0, le=3600, description="a pause after several failures in a row (circuit breaker)"
    )

    @property
    def reach(self) -> Reach:
        """What this node may reach."""
        hosts = (host.strip().lower() for host in self.allowed_webhook_hosts.split(","))
        return Reach(self.mode, frozenset(filter(None, hosts)), self.file_channel_dir is not None)
