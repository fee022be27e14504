"""The HTTP API of the incident service."""

from fastapi import APIRouter

from services.incident.api import (
    consultations,
    duties,
    incidents,
    intake,
    names,
    proposals,
    reports,
    responses,
)

router = APIRouter()
for part in (names, intake, reports, incidents, duties, proposals, responses, consultations):
    router.include_router(part.router)

__all__ = ["router"]
