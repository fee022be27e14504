"""What handlers and routes share; built once in ``app.py``."""

import asyncio
from dataclasses import dataclass, field

from contracts.messages import text
from contracts.plan import Plan
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

    @property
    def issuer(self) -> str:
        """Who issues warnings here: by 突发事件应对法 art. 64 a government at or above county level."""
        place = self.plan.jurisdictions[self.node].name
        return self.settings.warning_issuer or text("warning.issuer", "zh", place=place)
