"""The composition root of the notify service."""

from functools import partial
from pathlib import Path

from fastapi import FastAPI

from contracts.events import Stream
from services.notify import api
from services.notify.api.readings import rows_as_json
from services.notify.context import Context
from services.notify.domain.content import unknown_statements
from services.notify.handlers import HANDLERS
from services.notify.settings import NotifySettings
from services.notify.ticks import deliver
from shared.changes import untold
from shared.plan_folder import load_plan
from shared.service import ServiceParts, assemble


class UnknownStatement(ValueError):
    """The plan asks warnings for statements that no field of a warning can make."""


def build(settings: NotifySettings) -> FastAPI:
    """The service, ready to serve; raises UnknownStatement for a plan it can't follow."""
    context = Context(load_plan(settings.plan_dir), settings)
    if unknown := unknown_statements(context.plan.warnings):
        raise UnknownStatement(", ".join(unknown))
    return assemble(
        ServiceParts(
            name="notify",
            settings=settings,
            migrations=Path(__file__).with_name("migrations"),
            jurisdictions=context.plan,
            subscriptions={
                Stream.INCIDENT: ("own", "children", "parent"),
                Stream.CONSULTATION: ("own",),
            },
            handlers=HANDLERS,
            context=context,
            routers=[api.router],
            renders={"warning": rows_as_json, "delivery": untold},
            background=[partial(deliver, context=context)],
        )
    )
