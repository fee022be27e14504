"""The operator console's server side: pages, login, sessions, live data. The pages themselves are in ``console/``."""

import httpx
from fastapi import FastAPI
from starlette.routing import Route

from services.incident.settings import IncidentSettings
from services.incident.web import local_page, login, pages
from services.incident.web.gateway import ANSWER_SECONDS, METHODS, SIBLINGS, Gateway
from services.incident.web.issuers import issuer_of
from services.incident.web.sessions import Sessions
from services.incident.web.stream import Hub


def install(app: FastAPI, settings: IncidentSettings, hub: Hub) -> None:
    """Give the service its pages; those of the local issuer only where it is configured."""
    app.state.sessions = Sessions(app.state.database)
    app.state.issuer = issuer_of(settings)
    app.state.hub = hub
    gateway = Gateway(settings.siblings, httpx.AsyncClient(timeout=ANSWER_SECONDS, trust_env=False))
    app.router.routes += [
        Route("/login", login.login),
        Route("/login/callback", login.callback),
        *pages.routes(settings.base_map),
        *(Route(f"/{service}/{{path:path}}", gateway.pass_on, methods=list(METHODS)) for service in SIBLINGS),
    ]
    if settings.local_login:
        app.router.routes += [
            Route("/issuer", local_page.choose),
            Route("/issuer", local_page.return_to_login, methods=["POST"]),
        ]
