"""Logs as JSON lines on standard output, each with the trace it belongs to; no request body, no token, no row."""

import logging
import sys
import time

import structlog
from opentelemetry import trace
from structlog.types import EventDict, Processor, WrappedLogger

from shared.failures import traceback_told

_QUIET = ("aiokafka", "alembic", "httpx", "httpcore", "faststream")
_REPEATING, REST_SECONDS = "aiokafka", 10.0
"""Says the same of every attempt, dozens a second while Kafka is away; once in so long is enough."""


class Repeats(logging.Filter):
    """Lets what one logger says again pass only after a rest, with how often it was said meanwhile."""

    def __init__(self, rest_seconds: float = REST_SECONDS) -> None:
        super().__init__()
        self._rest, self._held, self._last = rest_seconds, dict[object, int](), dict[object, float]()

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether this one is told."""
        if not record.name.startswith(_REPEATING):
            return True
        key, now = (record.name, record.levelno, str(record.msg)), time.monotonic()
        if now - self._last.get(key, -self._rest) < self._rest:
            self._held[key] = self._held.get(key, 0) + 1
            return False
        self._last[key] = now
        if held := self._held.pop(key, 0):
            record.msg, record.args = f"{record.getMessage()} (+{held})", ()
        return True


def configure(service: str, node: str, level: str) -> None:
    """Send every log record of the process through one JSON formatter."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _with_trace,
        structlog.processors.ExceptionRenderer(traceback_told),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(service=service, node=node)
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    handler.addFilter(Repeats())
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def _with_trace(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    context = trace.get_current_span().get_span_context()
    if context.is_valid:
        event["trace_id"] = f"{context.trace_id:032x}"
    return event
