"""What other services' and nodes' facts do here."""

from services.resources.context import Context
from services.resources.handlers import incidents, requests, reservations, roster
from shared.event_application import Handlers

HANDLERS: Handlers[Context] = {
    **incidents.HANDLERS,
    **requests.HANDLERS,
    **reservations.HANDLERS,
    **roster.HANDLERS,
}

__all__ = ["HANDLERS"]
