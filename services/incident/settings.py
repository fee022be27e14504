"""What the incident service is told by its environment: nothing beyond what every service is."""

from shared.settings import ServiceSettings


class IncidentSettings(ServiceSettings):
    """The environment of the incident service."""
