"""Which depots give how much: the nearest first, never more than they have or than is wanted."""

from collections.abc import Sequence
from dataclasses import dataclass

from contracts.geo import distance_m
from contracts.values import Location


@dataclass(frozen=True)
class Holding:
    """What a depot has of an item, ``available`` of it not promised yet."""

    depot_id: str
    depot_name: str
    place: Location
    available: int
    quantity: int = 0


@dataclass(frozen=True)
class Allocation:
    """Parts by depot, and how much nobody can give."""

    parts: tuple[tuple[Holding, int], ...]
    missing: int


def allocate(holdings: Sequence[Holding], quantity: int, place: Location) -> Allocation:
    """Take from the nearest depots (great-circle distance, then id) until there is enough."""
    nearest = sorted(
        holdings,
        key=lambda one: (distance_m(one.place.lon, one.place.lat, place.lon, place.lat), one.depot_id),
    )
    parts: list[tuple[Holding, int]] = []
    missing = quantity
    for holding in nearest:
        if (taken := min(holding.available, missing)) > 0:
            parts.append((holding, taken))
            missing -= taken
    return Allocation(tuple(parts), missing)
