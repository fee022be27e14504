"""Every place of a node that a caller can name, as the plan has them; and the kinds of event that one can be of."""

from collections.abc import Iterator, Mapping
from typing import Any

from shapely.geometry import shape

from contracts.plan import Plan
from contracts.plan.seed import Depot, Site
from contracts.values import Location
from services.incident.policy.gazetteer import Named, Spot


def spots(plan: Plan, node: str) -> tuple[Named[Spot], ...]:
    """Landmarks, hazard sources, shelters, depots and stations of this node and those below; then places and counties."""
    return tuple(_spots(plan, node))


def kinds(plan: Plan) -> tuple[Named[tuple[str, str]], ...]:
    """(sector, event type) of every kind of event in the plan."""
    return tuple(
        Named(plan.event_name(code), (slug, code), (f"{sector.name}{plan.event_name(code)}", code))
        for slug, sector in plan.sectors.items()
        for code in sector.event_types
    )


def _spots(plan: Plan, node: str) -> Iterator[Named[Spot]]:
    for one in plan.landmarks.values():
        if plan.is_within(one.within, node):
            place = one.within if one.within in plan.places else None
            large = one.kind in {"road", "waters"}
            spot = Spot(one.kind, one.location, large, place, posts=one.posts)
            yield Named(one.name, spot, one.aliases)
    for slug, source in plan.seed.hazard_sources.items():
        if plan.is_within(source.jurisdiction, node):
            spot = Spot("hazard_source", source.place, hazard_source_id=slug)
            yield Named(source.name, spot, _address(source))
    sites: tuple[tuple[str, Site | Depot], ...] = (
        *(("shelter", site) for site in plan.seed.shelters.values()),
        *(("depot", depot) for depot in plan.seed.depots.values()),
    )
    for kind, site in sites:
        if plan.is_within(site.jurisdiction, node):
            yield Named(site.name, Spot(kind, site.place), _address(site))
    yield from _stations(plan, node)
    yield from _areas(plan, node)


def _stations(plan: Plan, node: str) -> Iterator[Named[Spot]]:
    """The stations of the teams, each once."""
    homes = {
        team.station: team.home
        for team in plan.seed.teams.values()
        if team.station and plan.is_within(team.jurisdiction, node)
    }
    for name, home in homes.items():
        yield Named(name, Spot("station", home))


def _areas(plan: Plan, node: str) -> Iterator[Named[Spot]]:
    for code, place in plan.places.items():
        if place.middle is not None and plan.is_within(code, node):
            yield Named(place.name, Spot("place", place.middle, True, code))
    for code, jurisdiction in plan.jurisdictions.items():
        if plan.is_within(code, node) and (jurisdiction.seat or code in plan.boundaries):
            seat = jurisdiction.seat
            lon, lat = (seat.lon, seat.lat) if seat else _middle(plan.boundaries[code])
            yield Named(jurisdiction.name, Spot("jurisdiction", Location(lon=lon, lat=lat), True))


def _address(site: Site | Depot) -> tuple[str, ...]:
    return (site.place.address,) if site.place.address else ()


def _middle(geometry: Mapping[str, Any]) -> tuple[float, float]:
    """Longitude and latitude of a point well inside a shape."""
    point = shape(geometry).representative_point()
    return round(point.x, 5), round(point.y, 5)
