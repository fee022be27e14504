"""Traces and metrics of a service: W3C trace context through HTTP, outbox and Kafka; Prometheus numbers."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from opentelemetry import propagate, trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Span, SpanKind, StatusCode
from prometheus_client import CollectorRegistry, Counter, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

tracer = trace.get_tracer(__name__)


def configure_tracing(service: str, node: str, endpoint: str) -> None:
    """Name this process in every span; export only where an OTLP endpoint is set."""
    provider = TracerProvider(resource=Resource.create({"service.name": service, "liandong.node": node}))
    if endpoint:
        exporter = OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces")
        provider.add_span_processor(BatchSpanProcessor(exporter))
    trace.set_tracer_provider(provider)


def flush(seconds: float = 2.0) -> None:
    """Export what has not been yet; a collector that doesn't answer is not waited for. Blocking."""
    provider = trace.get_tracer_provider()
    if isinstance(provider, TracerProvider):
        exporting = threading.Thread(target=provider.force_flush, daemon=True)
        exporting.start()
        exporting.join(seconds)


def trace_id() -> str:
    """The current trace id in hex, empty outside a trace."""
    context = trace.get_current_span().get_span_context()
    return f"{context.trace_id:032x}" if context.is_valid else ""


@contextmanager
def span(name: str, parent: Context | None, kind: SpanKind) -> Iterator[Span]:
    """A span that tells the type of a failure in it and no more: an exception's message may quote inputs."""
    with tracer.start_as_current_span(
        name, parent, kind=kind, record_exception=False, set_status_on_exception=False
    ) as current:
        try:
            yield current
        except Exception as error:
            current.set_status(StatusCode.ERROR, type(error).__name__)
            raise


TRACE_HEADERS = frozenset({b"traceparent", b"tracestate", b"baggage"})


class HttpTelemetry:
    """ASGI middleware: one server span and one observation per request, by route."""

    def __init__(self, app: ASGIApp, registry: CollectorRegistry) -> None:
        self._app = app
        self._seconds = Histogram(
            "http_request_seconds", "Duration of HTTP requests", ("method", "route"), registry=registry
        )
        self._answers = Counter(
            "http_requests_total", "HTTP requests by answer", ("method", "route", "status"), registry=registry
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Trace and time one HTTP request; everything else passes through."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = "500"

        async def observing(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = str(message["status"])
            await send(message)

        started, method = time.perf_counter(), scope["method"]
        carried = {
            k.decode("latin-1"): v.decode("latin-1") for k, v in scope["headers"] if k in TRACE_HEADERS
        }
        parent = propagate.extract(carried) if carried else None
        route = "unmatched"
        try:
            with span(method, parent, SpanKind.SERVER) as current:
                try:
                    await self._app(scope, receive, observing)
                finally:
                    route = _route(scope)
                    current.update_name(f"{method} {route}")
        finally:
            self._seconds.labels(method, route).observe(time.perf_counter() - started)
            self._answers.labels(method, route, status).inc()


def _route(scope: Scope) -> str:
    route: Any = scope.get("route")
    return getattr(route, "path", "unmatched")
