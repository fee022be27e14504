"""The HTTP API of the incident service."""

from fastapi import APIRouter

from services.incident.api import consultations, incidents, reports, responses

router = APIRouter()
for part in (reports, incidents, responses, consultations):
    router.include_router(part.router)

__all__ = ["router"]
