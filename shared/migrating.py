"""``python -m shared.migrating``: bring the database of ``DATABASE_URL`` up to date for ``SERVICE``, then end.

Each service does so itself at its start; beforehand it is one step of a deployment, and of many replicas none has to wait.
"""

import asyncio
from pathlib import Path

import structlog
from pydantic_settings import BaseSettings, SettingsConfigDict

from shared import logs
from shared.database import migrate_when_reachable

log = structlog.get_logger(__name__)
SERVICES = Path(__file__).parents[1] / "services"


class MigrationSettings(BaseSettings):
    """Which service's database it is, and where."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    service: str
    database_url: str


def main() -> None:
    """Migrate; waits for the server without end, whoever started this has a deadline."""
    settings = MigrationSettings()
    logs.configure(settings.service, "", "INFO")
    asyncio.run(migrate_when_reachable(settings.database_url, SERVICES / settings.service / "migrations"))
    log.info("database up to date", migrated=settings.service)


if __name__ == "__main__":
    main()
