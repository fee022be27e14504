"""The HTTP API of the dispatch service."""

from fastapi import APIRouter

from services.dispatch.api import orders, readings, supports

router = APIRouter()
for part in (readings, orders, supports):
    router.include_router(part.router)

__all__ = ["router"]
