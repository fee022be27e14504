"""The HTTP API of the incident service."""

from fastapi import APIRouter

from services.incident.api import consultations, incidents, proposals, reports, responses

router = APIRouter()
for part in (reports, incidents, proposals, responses, consultations):
    router.include_router(part.router)

__all__ = ["router"]
