"""The HTTP API of the incident service."""

from fastapi import APIRouter

from services.incident.api import consultations, duties, incidents, proposals, reports, responses

router = APIRouter()
for part in (reports, incidents, duties, proposals, responses, consultations):
    router.include_router(part.router)

__all__ = ["router"]
