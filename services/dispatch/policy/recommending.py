"""调派建议: the nearest suitable idle teams for the slots of a run card, each with its reason.

Greedy over slots in the card's order: a slot whose capability fewer teams have is filled first, so
that a team with several skills is not spent where another would do. A team fills one slot.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from contracts.events.dispatch import Pick, Shortfall
from contracts.messages import text
from contracts.plan.run_card import Slot
from contracts.values import Location
from shared.geo import distance_m


@dataclass(frozen=True)
class Travel:
    """Straight line times ``detour_factor``, at ``speed_kmh``; a stand-in for a road graph, and marked so."""

    detour_factor: float
    speed_kmh: float

    def metres(self, start: Location, end: Location) -> float:
        """The estimated length of the way."""
        return distance_m(start.lon, start.lat, end.lon, end.lat) * self.detour_factor

    def seconds(self, metres: float) -> float:
        """How long that takes."""
        return metres / (self.speed_kmh / 3.6)


@dataclass(frozen=True)
class Candidate:
    """A team as far as choosing goes; ``busy`` ones explain a shortfall, they are never picked."""

    team_id: str
    name: str
    jurisdiction: str
    capabilities: frozenset[str]
    home: Location
    busy: bool = False


@dataclass(frozen=True)
class Recommendation:
    """Who should go, and what nobody can give."""

    picks: tuple[Pick, ...]
    shortfalls: tuple[Shortfall, ...]


def recommend(
    slots: Sequence[Slot],
    candidates: Sequence[Candidate],
    place: Location,
    travel: Travel,
    there: Collection[str] = (),
) -> Recommendation:
    """Fill the slots. Teams ``there`` are with the incident already and fill their slots silently."""
    ways = {one.team_id: travel.metres(one.home, place) for one in candidates}
    present = [one for one in candidates if one.team_id in there]
    free = [one for one in candidates if not one.busy and one.team_id not in there]
    picks: list[Pick] = []
    shortfalls: list[Shortfall] = []
    for slot in _scarcest_first(slots, free):
        filled = _take(present, slot.capability, slot.count, ways)
        chosen = _take(free, slot.capability, slot.count - len(filled), ways)
        picks += [_pick(one, slot, ways[one.team_id], travel) for one in chosen]
        if (missing := slot.count - len(filled) - len(chosen)) > 0:
            shortfalls.append(_shortfall(slot, missing, candidates))
    order = {slot.capability: number for number, slot in enumerate(slots)}
    picks.sort(key=lambda pick: (order[pick.capability], pick.distance_m, pick.team_id))
    shortfalls.sort(key=lambda short: order[short.capability])
    return Recommendation(tuple(picks), tuple(shortfalls))


def nearest(
    capability: str, count: int, candidates: Iterable[Candidate], place: Location, travel: Travel
) -> list[Candidate]:
    """The ``count`` nearest idle teams with a capability; fewer when there are not so many."""
    able = [one for one in candidates if capability in one.capabilities and not one.busy]
    return sorted(able, key=lambda one: (travel.metres(one.home, place), one.team_id))[:count]


def _scarcest_first(slots: Sequence[Slot], free: Sequence[Candidate]) -> list[Slot]:
    def able(slot: Slot) -> int:
        return sum(slot.capability in one.capabilities for one in free) - slot.count

    return sorted(slots, key=able)


def _take(pool: list[Candidate], capability: str, count: int, ways: dict[str, float]) -> list[Candidate]:
    """The nearest of a pool with a capability, taken out of it; of equals the least skilled."""
    able = [one for one in pool if capability in one.capabilities]
    able.sort(key=lambda one: (ways[one.team_id], len(one.capabilities), one.team_id))
    chosen = able[: max(count, 0)]
    for one in chosen:
        pool.remove(one)
    return chosen


def _pick(one: Candidate, slot: Slot, metres: float, travel: Travel) -> Pick:
    eta = travel.seconds(metres)
    reason = text(
        "dispatch.pick_reason", "zh", capability=slot.capability, km=metres / 1000, minutes=eta / 60
    )
    return Pick(
        team_id=one.team_id,
        team_name=one.name,
        jurisdiction=one.jurisdiction,
        capability=slot.capability,
        distance_m=round(metres, 1),
        eta_seconds=round(eta, 1),
        reason=reason,
    )


def _shortfall(slot: Slot, missing: int, candidates: Sequence[Candidate]) -> Shortfall:
    able = sum(slot.capability in one.capabilities for one in candidates)
    busy = sum(slot.capability in one.capabilities and one.busy for one in candidates)
    key = "dispatch.none_able" if not able else ("dispatch.all_busy" if busy else "dispatch.too_few")
    reason = text(key, "zh", able=able, busy=busy, wanted=slot.count)
    return Shortfall(capability=slot.capability, missing=missing, reason=reason)
