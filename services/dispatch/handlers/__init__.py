"""What other services' facts do here: recommendations, support, the roster, views of other nodes' orders."""

from services.dispatch.context import Context
from services.dispatch.handlers import incidents, orders, roster, supports
from shared.event_application import Handlers

HANDLERS: Handlers[Context] = {
    **incidents.HANDLERS,
    **roster.HANDLERS,
    **supports.HANDLERS,
    **orders.HANDLERS,
}

__all__ = ["HANDLERS"]
