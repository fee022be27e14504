"""Recommendations: one per incident, grade and amendment of its particulars."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from contracts.events.dispatch import Recommended
from services.dispatch.store.tables import RecommendationRow
from shared.database import UnitOfWork
from shared.statements import Statement, rows

_ADD = Statement("""
INSERT INTO recommendation SELECT * FROM jsonb_populate_record(NULL::recommendation, CAST(%(made)s AS jsonb))
ON CONFLICT DO NOTHING RETURNING recommendation_id
""")


async def add(unit: UnitOfWork, event: Recommended, amendments: int) -> bool:
    """Store a recommendation; False when the incident, amended so often, has one of this grade."""
    made = rows({**event.model_dump(mode="json"), "amendments": amendments})
    return bool(await _ADD.run(unit.connection, {"made": made}))


async def listed(connection: AsyncConnection, incident_id: str, limit: int) -> Sequence[Row[Any]]:
    """The recommendations of an incident, the newest first."""
    query = select(RecommendationRow).where(col(RecommendationRow.incident_id) == incident_id)
    ordered = query.order_by(col(RecommendationRow.recommendation_id).desc()).limit(limit)
    return (await connection.execute(ordered)).all()
