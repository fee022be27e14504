"""The HTTP API of the incident service."""

from fastapi import APIRouter

from services.incident.api import (
    calls,
    consultations,
    drills,
    duties,
    incidents,
    intake,
    merging,
    names,
    proposals,
    reports,
    responses,
)

router = APIRouter()
for part in (
    names,
    calls,
    intake,
    reports,
    incidents,
    merging,
    duties,
    proposals,
    responses,
    consultations,
    drills,
):
    router.include_router(part.router)

__all__ = ["router"]
