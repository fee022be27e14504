"""调派建议: the nearest suitable idle teams for the slots of a run card, each with its reason.

An optimal assignment: no slot stays empty that any choice could fill, so a team with several skills is not spent where
another would do. A team fills one slot.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from contracts.events.dispatch import Pick, Shortfall
from contracts.geo import distance_m
from contracts.plan.run_card import Slot
from contracts.reasons import ReasonCode, words_of
from contracts.values import Location


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
    """Who should go, what nobody can give, and the teams there already that were counted."""

    picks: tuple[Pick, ...]
    shortfalls: tuple[Shortfall, ...]
    counted: tuple[str, ...] = ()


def recommend(
    slots: Sequence[Slot],
    candidates: Sequence[Candidate],
    place: Location,
    travel: Travel,
    there: Sequence[Candidate] = (),
) -> Recommendation:
    """Fill the slots. Teams ``there`` are with the incident already, whoever sent them, and fill theirs silently."""
    present = sorted(there, key=lambda one: one.team_id)
    here = {one.team_id for one in present}
    free = [one for one in candidates if not one.busy and one.team_id not in here]
    ways = {one.team_id: travel.metres(one.home, place) for one in free}
    free.sort(key=lambda one: (ways[one.team_id], len(one.capabilities), one.team_id))
    filled = _assign(slots, present, free, ways)
    known = {one.team_id: one for one in [*candidates, *present]}
    picks = [
        _pick(one, slot, ways[one.team_id], travel)
        for slot, chosen in zip(slots, filled, strict=True)
        for one in chosen
        if one.team_id not in here
    ]
    shortfalls = [
        _shortfall(slot, slot.count - len(chosen), known.values())
        for slot, chosen in zip(slots, filled, strict=True)
        if len(chosen) < slot.count
    ]
    counted = tuple(sorted(one.team_id for chosen in filled for one in chosen if one.team_id in here))
    return Recommendation(tuple(picks), tuple(shortfalls), counted)


_METRE = 10_000
"""The weight of a metre of way against a skill or the place of a slot on the card."""


def _assign(
    slots: Sequence[Slot], present: Sequence[Candidate], free: Sequence[Candidate], ways: dict[str, float]
) -> list[list[Candidate]]:
    """Who fills each slot: as many places as can be filled, with as few new teams, as near, as can be.

    One assignment of places to teams. A place costs a team that is there nothing, one that sets out ``new`` and its way
    (of equals the less skilled, for the earlier slot), nobody ``empty``; ``new`` outweighs all ways, ``empty`` all of both.
    Whole numbers, so that ties are ties.
    """
    seats = [number for number, slot in enumerate(slots) for _ in range(slot.count)]
    teams = [*present, *free]
    if not seats or not teams:
        return [[] for _ in slots]
    own = np.array(
        [0] * len(present) + [_METRE * round(ways[one.team_id]) + 100 * len(one.capabilities) for one in free]
    )
    new = (own.max() + _METRE) * (len(seats) + 1)
    empty = 2 * new * (len(seats) + 1)
    costs = own + np.array([0] * len(present) + [new] * len(free)) + np.array(seats).reshape(-1, 1)
    able = np.array([[slots[seat].capability in one.capabilities for one in teams] for seat in seats])
    matrix = np.where(able, costs, empty)
    filled: list[list[Candidate]] = [[] for _ in slots]
    for seat, team in zip(*linear_sum_assignment(matrix), strict=True):
        if matrix[seat, team] < empty:
            filled[seats[seat]].append(teams[team])
    return [sorted(chosen, key=lambda one: (ways.get(one.team_id, 0.0), one.team_id)) for chosen in filled]


def nearest(
    capability: str, count: int, candidates: Iterable[Candidate], place: Location, travel: Travel
) -> list[Candidate]:
    """The ``count`` nearest idle teams with a capability; fewer when there are not so many."""
    able = [one for one in candidates if capability in one.capabilities and not one.busy]
    return sorted(able, key=lambda one: (travel.metres(one.home, place), one.team_id))[:count]


def _pick(one: Candidate, slot: Slot, metres: float, travel: Travel) -> Pick:
    eta = travel.seconds(metres)
    values = {"km": round(metres / 1000, 1), "minutes": round(eta / 60)}
    nearest_idle = ReasonCode(key="dispatch.pick_reason", values=values)
    return Pick(
        team_id=one.team_id,
        team_name=one.name,
        jurisdiction=one.jurisdiction,
        capability=slot.capability,
        distance_m=round(metres, 1),
        eta_seconds=round(eta, 1),
        reason=words_of(nearest_idle),
        reason_code=nearest_idle,
    )


def _shortfall(slot: Slot, missing: int, candidates: Iterable[Candidate]) -> Shortfall:
    candidates = list(candidates)
    able = sum(slot.capability in one.capabilities for one in candidates)
    busy = sum(slot.capability in one.capabilities and one.busy for one in candidates)
    key = "dispatch.none_able" if not able else ("dispatch.all_busy" if busy else "dispatch.too_few")
    why = ReasonCode(key=key, values={"able": able, "busy": busy, "wanted": slot.count})
    return Shortfall(capability=slot.capability, missing=missing, reason=words_of(why), reason_code=why)
