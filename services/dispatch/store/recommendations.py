"""Recommendations: this node's for each incident, numbered."""

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
INSERT INTO recommendation (recommendation_id, incident_id, grade, run_card, picks, shortfalls, counted, version, cause,
  asked_by, recommended_at)
SELECT recommendation_id, incident_id, grade, run_card, picks, shortfalls, counted,
  (SELECT COALESCE(max(version), 0) + 1 FROM recommendation WHERE incident_id = made.incident_id),
  cause, asked_by, recommended_at
FROM jsonb_populate_record(NULL::recommendation, CAST(%(made)s AS jsonb)) AS made RETURNING version
""")


async def number(unit: UnitOfWork, made: Recommended) -> Recommended:
    """Store a recommendation under the next number of its incident, whose row the caller holds; it with its number."""
    ((version,),) = await _ADD.run(unit.connection, {"made": rows(made.model_dump(mode="json"))})
    return made.model_copy(update={"version": version})


async def newest(connection: AsyncConnection, incident_id: str, limit: int) -> Sequence[Row[Any]]:
    """The recommendations of an incident, the newest first."""
    query = select(RecommendationRow).where(col(RecommendationRow.incident_id) == incident_id)
    return (
        await connection.execute(query.order_by(col(RecommendationRow.version).desc()).limit(limit))
    ).all()
