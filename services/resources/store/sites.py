"""Shelters, hazard sources and experts: what is there to be asked for or kept in mind."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from sqlalchemy import Row
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from contracts.plan.seed import Expert, Site
from services.resources.store.tables import ExpertRow, SiteRow
from shared.database import UnitOfWork

Kind = Literal["shelter", "hazard_source"]


async def seed(unit: UnitOfWork, kind: Kind, sites: Mapping[str, Site]) -> None:
    """Shelters or hazard sources; what is known stays as it is."""
    if sites:
        rows = [_row(site_id, kind, site) for site_id, site in sites.items()]
        await unit.connection.execute(insert(SiteRow).values(rows).on_conflict_do_nothing())


async def seed_experts(unit: UnitOfWork, experts: Mapping[str, Expert]) -> None:
    """Experts; who is known stays as they are."""
    if experts:
        rows = [{"expert_id": key, "name": one.name, "field": one.field} for key, one in experts.items()]
        await unit.connection.execute(insert(ExpertRow).values(rows).on_conflict_do_nothing())


async def page(connection: AsyncConnection, kind: Kind, limit: int, after: str) -> Sequence[Row[Any]]:
    """Shelters or hazard sources by their id."""
    query = select(SiteRow).where(col(SiteRow.kind) == kind, col(SiteRow.site_id) > after)
    return (await connection.execute(query.order_by(col(SiteRow.site_id)).limit(limit))).all()


async def experts(connection: AsyncConnection, limit: int, after: str) -> Sequence[Row[Any]]:
    """Experts by their id."""
    query = select(ExpertRow).where(col(ExpertRow.expert_id) > after)
    return (await connection.execute(query.order_by(col(ExpertRow.expert_id)).limit(limit))).all()


def _row(site_id: str, kind: Kind, site: Site) -> dict[str, Any]:
    words = {"site_id": site_id, "kind": kind, "name": site.name}
    return {**words, "sector": site.sector, "detail": site.detail, **site.place.model_dump()}
