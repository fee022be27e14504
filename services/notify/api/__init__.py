"""The HTTP routes of the service."""

from fastapi import APIRouter

from services.notify.api import adjustments, deliveries, offers, readings, warnings

router = APIRouter()
router.include_router(offers.router)
router.include_router(readings.router)
router.include_router(warnings.router)
router.include_router(deliveries.router)
router.include_router(adjustments.router)

__all__ = ["router"]
