"""The composition root of the dispatch service."""

from pathlib import Path

from fastapi import FastAPI

from contracts.events import Stream
from services.dispatch import api
from services.dispatch.api.readings import teams_as_json
from services.dispatch.context import Context
from services.dispatch.handlers import HANDLERS
from services.dispatch.settings import DispatchSettings
from services.dispatch.ticks import ACKNOWLEDGEMENTS, answers
from shared.changes import untold
from shared.plan_folder import load_plan
from shared.service import ServiceParts, assemble


def build(settings: DispatchSettings) -> FastAPI:
    """The service, ready to serve."""
    context = Context(load_plan(settings.plan_dir), settings.node)
    return assemble(
        ServiceParts(
            name="dispatch",
            settings=settings,
            migrations=Path(__file__).with_name("migrations"),
            jurisdictions=context.plan,
            subscriptions={
                Stream.INCIDENT: ("own", "children", "parent"),
                Stream.CONSULTATION: ("own",),
                Stream.DISPATCH: ("children", "parent"),
                Stream.RESOURCE: ("own", "children", "parent"),
            },
            handlers=HANDLERS,
            context=context,
            routers=[api.router],
            renders={"team": teams_as_json, "force": untold},
            ticks={"acknowledgement": ACKNOWLEDGEMENTS, "answer": answers(context)},
        )
    )
