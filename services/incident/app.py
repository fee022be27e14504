"""The composition root of the incident service."""

from pathlib import Path

from fastapi import FastAPI

from contracts.events import Stream
from services.incident import api, web
from services.incident.api import intake
from services.incident.api.views import board_as_json
from services.incident.context import context_of
from services.incident.handlers import HANDLERS
from services.incident.settings import IncidentSettings
from services.incident.similar import Turns
from services.incident.ticks import call_retention, caller_retention, draft_retention, reporting_deadlines
from services.incident.web import login, stream
from services.incident.web.stream import Hub
from shared.changes import stream_name, untold
from shared.plan_folder import load_plan
from shared.service import ServiceParts, assemble


def build(settings: IncidentSettings) -> FastAPI:
    """The service, ready to serve."""
    context = context_of(load_plan(settings.plan_dir), settings.node)
    context.know_names()
    hub = Hub(settings.redis_url, stream_name(settings.mode, settings.node))
    app = assemble(
        ServiceParts(
            name="incident",
            settings=settings,
            migrations=Path(__file__).with_name("migrations"),
            jurisdictions=context.plan,
            subscriptions={
                Stream.INCIDENT: ("children", "parent"),
                Stream.CONSULTATION: ("children", "parent"),
                Stream.DISPATCH: ("own", "children", "parent"),
                Stream.RESOURCE: ("own", "children", "parent"),
                Stream.WARNING: ("own", "children", "parent"),
                Stream.WARNING_DRAFT: ("own", "children", "parent"),
                Stream.DELIVERY: ("own",),
            },
            handlers=HANDLERS,
            context=context,
            routers=[api.router, login.router, stream.router],
            renders={
                "incident": lambda connection, keys: board_as_json(connection, keys, context.plan),
                "draft": intake.drafts_as_json,
                "drill": untold,
                "call": untold,
            },
            background=[lambda running: hub.run(running.database, running.clock), lambda _: hub.beat()],
            ticks={
                "due_report": reporting_deadlines(context),
                "retention": caller_retention(context),
                "call_retention": call_retention(context),
                "draft_retention": draft_retention(),
            },
        )
    )
    app.state.turns = Turns()
    web.install(app, settings, hub)
    return app
