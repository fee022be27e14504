"""The HTTP API of the resources service."""

from fastapi import APIRouter

from services.resources.api import readings, requests, reservations, stock, teams

router = APIRouter()
for part in (readings, teams, stock, reservations, requests):
    router.include_router(part.router)

__all__ = ["router"]
