"""What handlers and routes share; built once in ``app.py``."""

import asyncio
from dataclasses import dataclass, field

from contracts.plan import Plan
from services.notify.domain.authority import issuer_of
from services.notify.settings import NotifySettings


@dataclass(frozen=True)
class Context:
    """Plan, settings, and the bell that calls the courier when there is something to deliver."""

    plan: Plan
    settings: NotifySettings
    bell: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def node(self) -> str:
        """The jurisdiction this service works for."""
        return self.settings.node

    def issuer(self, event_type: str) -> str:
        """In whose name a warning of this type goes out here."""
        return issuer_of(event_type, self.node, self.plan)
