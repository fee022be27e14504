"""Recommendations: this node's for each incident, numbered."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, func, select

from contracts.events.dispatch import Recommended
from services.dispatch.store.tables import RecommendationRow
from shared.database import UnitOfWork
from shared.statements import Statement, rows

_ADD = Statement("""
INSERT INTO recommendation (recommendation_id, incident_id, grade, run_card, picks, shortfalls, counted, version, cause,
  asked_by, recommended_at)
SELECT recommendation_id, incident_id, grade, run_card, picks, shortfalls, counted, version, cause, asked_by,
  recommended_at
FROM jsonb_populate_record(NULL::recommendation, CAST(%(made)s AS jsonb))
""")


async def next_version(unit: UnitOfWork, incident_id: str) -> int:
    """The number of the next recommendation for an incident, whose row the caller holds."""
    row = RecommendationRow
    newest = select(func.max(col(row.version))).where(col(row.incident_id) == incident_id)
    return int(await unit.connection.scalar(newest) or 0) + 1


async def add(unit: UnitOfWork, event: Recommended) -> None:
    """Store a recommendation."""
    await _ADD.run(unit.connection, {"made": rows(event.model_dump(mode="json"))})


async def listed(connection: AsyncConnection, incident_id: str, limit: int) -> Sequence[Row[Any]]:
    """The recommendations of an incident, the newest first."""
    query = select(RecommendationRow).where(col(RecommendationRow.incident_id) == incident_id)
    return (
        await connection.execute(query.order_by(col(RecommendationRow.version).desc()).limit(limit))
    ).all()
