"""What the dispatch service is told by its environment: nothing beyond what every service is."""

from shared.settings import ServiceSettings


class DispatchSettings(ServiceSettings):
    """The environment of the dispatch service."""
