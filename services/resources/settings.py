"""What the resources service is told by its environment: nothing beyond what every service is."""

from shared.settings import ServiceSettings


class ResourcesSettings(ServiceSettings):
    """The environment of the resources service."""
