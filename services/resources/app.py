"""The composition root of the resources service."""

from functools import partial
from pathlib import Path

from fastapi import FastAPI

from contracts.events import Stream
from services.resources import api
from services.resources.context import Context
from services.resources.handlers import HANDLERS
from services.resources.seeding import seed
from services.resources.settings import ResourcesSettings
from services.resources.ticks import answers, expiries
from shared.changes import untold
from shared.plan_folder import load_plan
from shared.service import ServiceParts, assemble


def build(settings: ResourcesSettings) -> FastAPI:
    """The service, ready to serve."""
    context = Context(load_plan(settings.plan_dir), settings.node)
    return assemble(
        ServiceParts(
            name="resources",
            settings=settings,
            migrations=Path(__file__).with_name("migrations"),
            jurisdictions=context.plan,
            subscriptions={
                Stream.INCIDENT: ("own", "children", "parent"),
                Stream.RESOURCE: ("children", "parent"),
                Stream.DISPATCH: ("parent",),
            },
            handlers=HANDLERS,
            context=context,
            routers=[api.router],
            renders={"supply": untold},
            on_start=partial(seed, context=context),
            ticks={"expiry": expiries(context), "answer": answers(context)},
        )
    )
