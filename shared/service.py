"""Assembles a service from its parts; every service process is built and served here."""

import asyncio
import gc
import os
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, Literal, Protocol, TypeVar

import uvicorn
from fastapi import APIRouter, FastAPI
from prometheus_client import CollectorRegistry

from contracts.events import Stream
from contracts.rights import Principal, Tree
from shared import logs, ops, repair, telemetry
from shared.audit import Sealer
from shared.changes import Feeder, Render, stream_name
from shared.clock import Clock, DrillClock, SystemClock
from shared.consumer import Consumer
from shared.database import Database, migrate_when_reachable
from shared.drill_clock import ClockFollower
from shared.event_application import Context, Handlers
from shared.health import Health
from shared.http.app import create_app
from shared.inbox_processor import InboxProcessor
from shared.outbox import Origin
from shared.relay import Relay
from shared.retention import keep_forgetting
from shared.service_metrics import HealthMetrics, ServiceMetrics
from shared.settings import ServiceSettings
from shared.supervision import Supervisor
from shared.ticks import Tick, Ticker
from shared.unavailable import when_available

Side = Literal["own", "children", "parent"]
STOP_SECONDS = 10.0
KEEP_ALIVE_SECONDS = 75
"""An idle connection outlives those that clients and proxies keep (httpx 5 s, nginx 60 s): they close it, not we."""
Settings = TypeVar("Settings", bound=ServiceSettings)


class Jurisdictions(Tree, Protocol):
    """The tree of places, as far as wiring needs it."""

    def is_within(self, code: str, ancestor: str) -> bool:
        """Whether ``code`` is ``ancestor`` or below it."""


@dataclass(frozen=True)
class ServiceParts(Generic[Context]):
    """What makes one service different from the others."""

    name: str
    settings: ServiceSettings
    migrations: Path
    jurisdictions: Jurisdictions
    subscriptions: Mapping[Stream, Sequence[Side]]
    handlers: Handlers[Context]
    context: Context
    routers: Sequence[APIRouter]
    ticks: Mapping[str, Tick[Any]] = field(default_factory=dict)
    on_start: Callable[[Database, Clock], Awaitable[None]] | None = None
    background: Sequence[Callable[["Running"], Awaitable[None]]] = ()
    renders: Mapping[str, Render] = field(default_factory=dict)
    """What screens are told of, by topic: the rows of changed keys."""


@dataclass(frozen=True)
class Running:
    """The built parts of one process."""

    database: Database
    clock: Clock
    relay: Relay
    consumer: Consumer
    ticker: Ticker
    health: Health
    processor: InboxProcessor[Any]
    follower: ClockFollower | None
    supervisor: Supervisor
    feeder: Feeder


def topics_of(parts: ServiceParts[Any]) -> list[str]:
    """The explicit list of topics a service reads: its streams of this node and of those linked to it."""
    settings, tree = parts.settings, parts.jurisdictions
    parent = tree.parent(settings.node)
    places: dict[Side, list[str]] = {
        "own": [settings.node],
        "children": list(tree.children(settings.node)),
        "parent": [parent] if parent else [],
    }
    subscriptions: dict[Stream, Sequence[Side]] = {**parts.subscriptions, Stream.MONITORING: ("own",)}
    return [
        settings.topic(stream, code)
        for stream, sides in subscriptions.items()
        for side in sides
        for code in places[side]
    ]


def build_running(parts: ServiceParts[Any]) -> Running:
    """Build everything, start nothing."""
    settings = parts.settings
    clock: Clock = DrillClock() if settings.mode == "exercise" else SystemClock()
    database = Database(settings, Origin(settings, parts.name))
    relay = Relay(database, settings.kafka, f"{settings.node}.{parts.name}")
    feeder = Feeder(database, settings.redis_url, stream_name(settings.mode, settings.node), parts.renders)
    database.on_published = relay.wake
    if parts.renders:
        database.on_committed = feeder.wake
    processor = InboxProcessor(parts.name, parts.handlers, parts.context, database, clock, settings)
    group = Principal(kind="service", node=settings.node, name=parts.name).group(settings.mode)
    if settings.drill_id:
        group = f"{group}.{settings.drill_id}"
    consumer = Consumer(settings.kafka, topics_of(parts), group, processor)
    ticker = Ticker(parts.ticks, database, clock)
    supervisor = Supervisor()
    health = Health(parts.name, settings, database, consumer, relay, clock, supervisor)
    follower = _follower(parts, clock, ticker)
    return Running(database, clock, relay, consumer, ticker, health, processor, follower, supervisor, feeder)


def _follower(parts: ServiceParts[Any], clock: Clock, ticker: Ticker) -> ClockFollower | None:
    if not isinstance(clock, DrillClock):
        return None
    settings = parts.settings
    root = settings.node
    while above := parts.jurisdictions.parent(root):
        root = above
    topic = settings.topic(Stream.CLOCK, root)
    return ClockFollower(clock, settings.kafka, topic, ticker.wake, settings.drill_id)


def assemble(parts: ServiceParts[Any]) -> FastAPI:
    """The service as an ASGI application; its lifespan runs everything behind the routes."""
    settings, running = parts.settings, build_running(parts)
    registry = CollectorRegistry()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await migrate_when_reachable(settings.database_url, parts.migrations)
        if (on_start := parts.on_start) is not None:
            await when_available(lambda: on_start(running.database, running.clock), parts.name)
        for name, work in _background(parts, running).items():
            running.supervisor.start(name, work)
        gc.collect()
        gc.freeze()  # what was built at the start stays; looking through it again is a pause in every request
        yield
        _end_in_time()
        await running.supervisor.stop()
        await running.database.close()
        await asyncio.to_thread(telemetry.flush)

    app = create_app(
        title=f"liandong {parts.name}",
        settings=settings,
        routers=[*parts.routers, ops.router, repair.router],
        lifespan=lifespan,
        database=running.database,
        clock=running.clock,
        is_within=parts.jurisdictions.is_within,
    )
    registry.register(ServiceMetrics(running.relay, running.processor, running.consumer, running.ticker))
    app.state.health_metrics = HealthMetrics()
    registry.register(app.state.health_metrics)
    app.add_middleware(telemetry.HttpTelemetry, registry=registry)
    app.state.context = parts.context
    app.state.health, app.state.registry, app.state.processor = running.health, registry, running.processor
    app.state.running = running
    return app


def _background(parts: ServiceParts[Any], running: Running) -> dict[str, Awaitable[None]]:
    """The work behind the routes by its name; what fires deadlines waits until the drill's time is known."""
    after_clock = {
        "consumer": running.consumer.run,
        "ticker": running.ticker.run,
        "canaries": running.health.send_canaries,
        "gap watch": running.health.watch_gaps,
    }
    works: dict[str, Awaitable[None]] = {
        name: _once_time_is_known(running.follower, work) for name, work in after_clock.items()
    }
    works |= {
        "relay": running.relay.run(),
        "sealer": Sealer(running.database).run(),
        "retention": keep_forgetting(running.database, running.clock, parts.settings.audit_kept_days),
    }
    if parts.renders:
        works["changes"] = running.feeder.run()
    if running.follower is not None:
        works["drill clock"] = running.follower.run()
    return works | {
        f"{parts.name} {number}": work(running) for number, work in enumerate(parts.background, 1)
    }


async def _once_time_is_known(follower: ClockFollower | None, work: Callable[[], Awaitable[None]]) -> None:
    if follower is not None:
        await follower.caught_up.wait()
    await work()


def serve(build: Callable[[Settings], FastAPI], settings_class: type[Settings]) -> None:
    """Run one service process until SIGTERM or SIGINT; one that can't stop in time ends itself."""
    settings = settings_class()
    app = build(settings)
    logs.configure(app.title, settings.node, settings.log_level)
    telemetry.configure_tracing(app.title, settings.node, settings.otel_exporter_otlp_endpoint)
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            host=settings.host,
            port=settings.port,
            loop="uvloop",
            http="httptools",
            access_log=False,
            log_config=None,
            lifespan="on",
            server_header=False,
            timeout_graceful_shutdown=3,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
        )
    )
    server.run()


def _end_in_time() -> None:
    """Kafka clients can hang while stopping; what is acknowledged is safe, so the process may just end."""
    timer = threading.Timer(STOP_SECONDS, os._exit, args=(1,))
    timer.daemon = True
    timer.start()
