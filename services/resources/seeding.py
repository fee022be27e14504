"""The first start of a node: what the plan says exists here goes into the database, once."""

from collections.abc import Mapping
from typing import Protocol, TypeVar

from services.resources.context import Context
from services.resources.store import depots, requests, roster, sites
from shared.clock import Clock
from shared.database import Database


class _Placed(Protocol):
    @property
    def jurisdiction(self) -> str: ...


Entry = TypeVar("Entry", bound=_Placed)


async def seed(database: Database, clock: Clock, context: Context) -> None:
    """Store what belongs to this node and is not known yet; new teams are published."""
    plan, place = context.plan, context.node
    async with database.begin(clock.now(), cause="seed") as unit:
        teams = [
            roster.row_of(key, team, plan, unit.now)
            for key, team in _entries_of(plan.seed.teams, place).items()
        ]
        new = await roster.add(unit, teams)
        unit.publish(*(roster.team_registered(row) for row in teams if row["team_id"] in new))
        await requests.claim_old(unit, place)
        await depots.seed(unit, _entries_of(plan.seed.depots, place))
        await sites.seed(unit, "shelter", _entries_of(plan.seed.shelters, place))
        await sites.seed(unit, "hazard_source", _entries_of(plan.seed.hazard_sources, place))
        await sites.seed_experts(unit, _entries_of(plan.seed.experts, place))


def _entries_of(entries: Mapping[str, Entry], place: str) -> dict[str, Entry]:
    return {key: entry for key, entry in entries.items() if entry.jurisdiction == place}
