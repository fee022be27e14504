"""Which departments an incident concerns, and what a department therefore reads."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped
from sqlmodel import col, select

from services.dispatch.store.tables import ConcernRow, IncidentViewRow
from shared.database import UnitOfWork


async def remember(unit: UnitOfWork, incident_id: str, departments: Collection[str]) -> None:
    """An incident concerns these departments from now on: they are consulted on it or have a task in it."""
    rows = [{"incident_id": incident_id, "department": one} for one in sorted(set(departments))]
    if rows:
        await unit.connection.execute(insert(ConcernRow).values(rows).on_conflict_do_nothing())


@dataclass(frozen=True)
class Audience:
    """A department with the sectors it is competent for."""

    department: str
    sectors: tuple[str, ...]

    def may_read(self, incident_id: Mapped[str]) -> ColumnElement[bool]:
        """Whether the incident that a column names is one of this department's."""
        competent = select(IncidentViewRow.incident_id).where(col(IncidentViewRow.sector).in_(self.sectors))
        concerned = select(ConcernRow.incident_id).where(col(ConcernRow.department) == self.department)
        return or_(incident_id.in_(competent), incident_id.in_(concerned))


async def readable(
    connection: AsyncConnection, audience: Audience | None, incidents: Sequence[str]
) -> set[str]:
    """Those of these incidents that the audience may read; everybody else (None) reads all."""
    if audience is None:
        return set(incidents)
    known = col(IncidentViewRow.incident_id)
    query = select(known).where(known.in_(incidents), audience.may_read(known))
    return set((await connection.execute(query)).scalars())
