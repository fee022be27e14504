"""Whether the places of the plan lie in the jurisdiction they belong to."""

from collections.abc import Iterator
from functools import cache

from contracts.plan import Finding, Plan
from contracts.values import Location
from shared.geo import Boundary, Whereabouts


def places_outside(plan: Plan) -> Iterator[Finding]:
    """Teams, depots, shelters, hazard sources and seats that lie outside their jurisdiction's boundary.

    A jurisdiction without a boundary in the plan is not judged.
    """
    boundary = cache(lambda code: Boundary(plan.boundaries[code]))
    for where, code, place in _places(plan):
        if code not in plan.boundaries:
            continue
        if boundary(code).locate(place.lon, place.lat, margin_m=0) is Whereabouts.OUTSIDE:
            yield Finding(where=where, rule="misplaced", concerns=code)


def _places(plan: Plan) -> Iterator[tuple[str, str, Location]]:
    for code, jurisdiction in plan.jurisdictions.items():
        if jurisdiction.seat:
            yield f"jurisdictions.{code}.seat", code, jurisdiction.seat
    for key, team in plan.seed.teams.items():
        yield f"seed.teams.{key}.home", team.jurisdiction, team.home
    for kind in ("depots", "shelters", "hazard_sources"):
        for key, site in getattr(plan.seed, kind).items():
            yield f"seed.{kind}.{key}.place", site.jurisdiction, site.place
