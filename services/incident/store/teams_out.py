"""Which teams an incident holds, as the dispatch services tell; so that nobody closes over them without knowing."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from contracts.events.dispatch import OrderEvent, OrderIssued
from services.incident.store.tables import TeamOutRow
from shared.database import UnitOfWork


@dataclass(frozen=True)
class TeamOut:
    """A team with an order that is not released."""

    order_id: str
    team_id: str
    team_name: str
    jurisdiction: str
    commanded_by: str


async def save(unit: UnitOfWork, event: OrderEvent, out: bool | None) -> None:
    """What an order's fact says of its team; ``out`` is None where it is not the newest that says so."""
    names = ("order_id", "incident_id", "team_id", "team_name", "jurisdiction")
    values = {name: getattr(event, name) for name in names}
    changes: dict[str, object] = {} if out is None else {"out": out}
    if isinstance(event, OrderIssued):
        changes["commanded_by"] = event.commanded_by
    row = {"commanded_by": "", "out": False, **values, **changes}
    statement = insert(TeamOutRow).values(**row)
    await unit.connection.execute(
        statement.on_conflict_do_update(index_elements=["order_id"], set_=changes)
        if changes
        else statement.on_conflict_do_nothing()
    )


async def of_incident(connection: AsyncConnection, incident_id: str, node: str) -> Sequence[TeamOut]:
    """The teams that are out for a node's part of an incident: its own, and those it commands."""
    row = TeamOutRow
    whose = or_(col(row.commanded_by) == node, col(row.jurisdiction) == node)
    query = select(row).where(col(row.incident_id) == incident_id, col(row.out), whose)
    found = await connection.execute(query.order_by(col(row.order_id)))
    names = tuple(TeamOut.__dataclass_fields__)
    return [TeamOut(**{name: getattr(one, name) for name in names}) for one in found]
