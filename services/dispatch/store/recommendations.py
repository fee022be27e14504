"""Recommendations: one per incident and grade."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from contracts.events.dispatch import Recommended
from services.dispatch.store.tables import RecommendationRow
from shared.database import UnitOfWork


async def add(unit: UnitOfWork, event: Recommended) -> bool:
    """Store a recommendation; False when the incident has one of this grade."""
    values = event.model_dump(mode="json", exclude={"jurisdiction", "recommended_at"})
    statement = insert(RecommendationRow).values(**values, recommended_at=event.recommended_at)
    stored = statement.on_conflict_do_nothing().returning(col(RecommendationRow.recommendation_id))
    return (await unit.connection.execute(stored)).one_or_none() is not None


async def listed(connection: AsyncConnection, incident_id: str, limit: int) -> Sequence[Row[Any]]:
    """The recommendations of an incident, the newest first."""
    query = select(RecommendationRow).where(col(RecommendationRow.incident_id) == incident_id)
    ordered = query.order_by(col(RecommendationRow.recommended_at).desc()).limit(limit)
    return (await connection.execute(ordered)).all()
