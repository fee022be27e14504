"""重复报警: how likely a call is about an event that is known, by place, time, kind and words, each with its weight.

Evidence adds up in bits, as in record linkage: a bit doubles the odds that both are about one event. What stands
against it is evidence too. Pure; how well it judges is measured on labelled calls by ``benchmarks/duplicates``.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import pairwise
from math import cos, floor, log2, radians
from typing import Literal

from contracts.geo import METRES_PER_DEGREE, distance_m
from contracts.plan.intake import Intake, SameEvent

Aspect = Literal["place", "time", "kind", "words", "address", "house", "phone", "hazard_source"]
"""What two reports are compared by; ``house``: the number of a house, a building or a kilometre."""

BEFORE_ALL = -3.0
"""Bits before anything is known of both: most calls within reach are about something else."""
PLACE = ((0.1, 5.0), (0.3, 4.0), (0.6, 2.0), (1.0, 0.0), (2.0, -3.0), (3.0, -6.0))
"""Up to so many times the plan's ``metres``, where both places are spots."""
ABOUT = ((0.6, 3.0), (1.5, 1.0), (3.0, -1.0), (8.0, -4.0))
"""The same where one of them is only about there: smoke that is seen from afar, the middle of a village."""
TIME = ((0.2, 3.0), (1.0, 2.0), (4.0, 0.0), (12.0, -3.0))
"""Up to so many times the plan's ``minutes`` since the event was last reported."""
FAR, LONG_AGO = -14.0, -6.0
SAME_KIND, ALIKE, OTHER_KIND = 2.0, 1.0, -4.0
WORDS = ((0.5, 3.0), (0.3, 2.0), (0.15, 1.0), (0.05, 0.0), (0.0, -1.0))
ADDRESS = ((0.6, 2.0), (0.3, 1.0), (0.1, 0.0), (0.0, -2.0))
"""From such a share of common pairs of characters on."""
SAME_HOUSE, OTHER_HOUSE = 2.0, -9.0
SAME_PHONE = 5.0
SAME_SOURCE, OTHER_SOURCE = 4.0, -4.0
MOST = 9
"""Candidates to show: as many as there are digit keys."""
FEW_WORDS, SHORT_ADDRESS = 4, 2
"""Fewer pairs of characters than this say nothing."""
_HOUSE = re.compile(r"(\d+)(号楼|号院|号(?!路|街|线)|栋|幢|公里|楼栋)|[Kk](\d+)")
_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Told:
    """What a report says of where, when and what."""

    lon: float
    lat: float
    at: datetime
    sector: str = ""
    event_type: str = ""
    """Empty while nobody knows it."""
    words: str = ""
    address: str = ""
    approximate: bool = False
    hazard_source_id: str | None = None
    phones: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Known(Told):
    """An incident that is known, by its particulars and by all that called; ``at``: when it was last reported."""

    incident_id: str = ""


@dataclass(frozen=True)
class Evidence:
    """What one aspect says, in bits for (or against) one event."""

    aspect: Aspect
    bits: float
    reason: str
    """``similar.<reason>`` in the catalogue."""
    value: object = None
    """What its text names ``{value}``: metres, minutes, per cent, a house."""


@dataclass(frozen=True)
class Match:
    """A known incident that a call may be about; ``score`` from 0 to 1, what weighs most first."""

    incident_id: str
    score: float
    metres: float
    evidence: tuple[Evidence, ...]


def candidates(told: Told, known: Iterable[Known], plan: Intake, most: int = MOST) -> list[Match]:
    """The incidents a call may be about, the likeliest first, and those that the same number called about.

    None where the plan gives no distance and time. An incident may stand in ``known`` several times, as it is and as
    others told of it; its best match counts.
    """
    rule = plan.same_event
    if rule.metres is None or rule.minutes is None:
        return []
    least = _bits(rule.proposed_from)
    best: dict[str, tuple[float, Known]] = {}
    for one in known:
        bits = BEFORE_ALL + sum(found[1] for found in _weigh(told, one, plan))
        proposed = bits >= least or told.phones & one.phones
        if proposed and (one.incident_id not in best or bits > best[one.incident_id][0]):
            best[one.incident_id] = bits, one
    likeliest = sorted(best.values(), key=lambda found: (-found[0], found[1].incident_id))[:most]
    return [compare(told, one, plan) for _, one in likeliest]


def compare(told: Told, known: Known, plan: Intake) -> Match:
    """One call with one incident; the plan has distance and time."""
    evidence = [Evidence(*found) for found in _weigh(told, known, plan)]
    bits = BEFORE_ALL + sum(one.bits for one in evidence)
    weighed = tuple(sorted(evidence, key=lambda one: -abs(one.bits)))
    metres = distance_m(told.lon, told.lat, known.lon, known.lat)
    return Match(known.incident_id, round(1 / (1 + 2**-bits), 4), metres, weighed)


def within(rule: SameEvent, likelihood: float, approximate: bool, of_source: bool = False) -> float:
    """How many metres away an incident may lie that can still be so likely; farther where one place is only about there.

    As if all else spoke for it but the number of the caller; ``of_source``: he names a hazard source.
    """
    best = BEFORE_ALL + TIME[0][1] + SAME_KIND + _MOST_OF_THE_TEXTS + (SAME_SOURCE if of_source else 0.0)
    steps = ABOUT if approximate else PLACE
    reached = [times for times, bits in steps if best + bits >= _bits(likelihood)]
    return (rule.metres or 0.0) * max(reached, default=0.0)


def cells(lon: float, lat: float, approximate: bool, rule: SameEvent) -> list[int]:
    """The cells of a grid around a place, in order, as numbers of at most 44 bits; none where nothing joins by itself.

    Two calls that may join each other, by anything but a number or a hazard source, have a cell in common. A cell is as
    wide as two places may lie apart that are spots; its rows follow the latitude.
    """
    if rule.joins_from is None:
        return []
    spots, about = (within(rule, rule.joins_from, approximate=rough) for rough in (False, True))
    if not spots:
        return []
    side = spots / METRES_PER_DEGREE
    reach = (about - spots / 2 if approximate else spots / 2) / METRES_PER_DEGREE
    found = []
    for row in range(floor((lat - reach) / side), floor((lat + reach) / side) + 1):
        stretch = max(cos(radians(row * side)), 0.01)
        west, east = (lon * stretch - reach) / side, (lon * stretch + reach) / side
        found += [_cell(row, column) for column in range(floor(west), floor(east) + 1)]
    return sorted(found)


def _cell(row: int, column: int) -> int:
    return ((row & 0x3FFFFF) << 22) | (column & 0x3FFFFF)


_Steps = tuple[tuple[float, float], ...]
_Found = tuple[Aspect, float, str, object]
"""The fields of an Evidence; a thousand of them are weighed for every call, few are shown."""


def _weigh(told: Told, known: Known, plan: Intake) -> list[_Found]:
    rule = plan.same_event
    assert rule.metres is not None and rule.minutes is not None
    found = [_place(told, known, rule.metres), _time(told, known, rule.minutes), _kind(told, known, plan)]
    if told.phones & known.phones:
        found.append(("phone", SAME_PHONE, "same_phone", None))
    if _mendable(sum(one[1] for one in found), told, known, rule):
        found += [one for look in _REST if (one := look(told, known)) is not None]
    return found


def _mendable(bits: float, told: Told, known: Known, rule: SameEvent) -> bool:
    """Whether the texts could still make so likely as to be proposed what place, time and kind say."""
    source = SAME_SOURCE if told.hazard_source_id and known.hazard_source_id else 0.0
    return BEFORE_ALL + bits + _MOST_OF_THE_TEXTS + source >= _bits(rule.proposed_from)


def _place(told: Told, known: Known, reach: float) -> _Found:
    metres = distance_m(told.lon, told.lat, known.lon, known.lat)
    about = told.approximate or known.approximate
    bits = _up_to(metres / reach, ABOUT if about else PLACE, FAR)
    return "place", bits, "about" if about else "metres", round(metres)


def _time(told: Told, known: Known, soon: float) -> _Found:
    minutes = abs((told.at - known.at).total_seconds()) / 60
    bits = _up_to(minutes / soon, TIME, LONG_AGO)
    return "time", bits, "minutes", round(minutes)


def _kind(told: Told, known: Known, plan: Intake) -> _Found:
    one, other = told.event_type, known.event_type
    unknown = ("", plan.undetermined.event_type)
    if one in unknown or other in unknown:
        return "kind", 0.0, "undetermined", None
    if one == other:
        return "kind", SAME_KIND, "same_kind", None
    if told.sector == known.sector or any(one in group and other in group for group in plan.same_event.alike):
        return "kind", ALIKE, "alike", None
    return "kind", OTHER_KIND, "other_kind", None


def _words(told: Told, known: Known) -> _Found | None:
    share = _common(_pairs(told.words), _pairs(known.words), FEW_WORDS)
    if share is None:
        return None
    bits = _from(share, WORDS)
    return "words", bits, "words" if bits > 0 else "other_words", round(100 * share)


def _address(told: Told, known: Known) -> _Found | None:
    share = _common(_names(told.address), _names(known.address), SHORT_ADDRESS)
    if share is None:
        return None
    bits = _from(share, ADDRESS)
    if told.approximate or known.approximate:
        bits = max(bits, 0.0)  # who sees it from elsewhere names where he is
    return "address", bits, "address" if bits > 0 else "other_address", round(100 * share)


def _house(told: Told, known: Known) -> _Found | None:
    one, other = _houses(told.address), _houses(known.address)
    if not one or not other:
        return None
    shared = one.keys() & other.keys()
    if not shared:
        return None
    if all(one[unit] == other[unit] for unit in shared):
        unit = min(shared)
        return "house", SAME_HOUSE, "same_house", f"{one[unit]}{unit}"
    return "house", OTHER_HOUSE, "other_house", None


def _hazard_source(told: Told, known: Known) -> _Found | None:
    if told.hazard_source_id is None or known.hazard_source_id is None:
        return None
    if told.hazard_source_id == known.hazard_source_id:
        return "hazard_source", SAME_SOURCE, "same_hazard_source", None
    return "hazard_source", OTHER_SOURCE, "other_hazard_source", None


_REST = (_words, _address, _house, _hazard_source)
_MOST_OF_THE_TEXTS = WORDS[0][1] + ADDRESS[0][1] + SAME_HOUSE


@lru_cache(maxsize=64)
def _bits(likelihood: float) -> float:
    return -log2(1 / likelihood - 1)


def _up_to(value: float, steps: _Steps, beyond: float) -> float:
    for most, bits in steps:
        if value <= most:
            return bits
    return beyond


def _from(share: float, steps: _Steps) -> float:
    for least, bits in steps:
        if share >= least:
            return bits
    raise AssertionError(share)


def _common(one: frozenset[str], other: frozenset[str], few: int) -> float | None:
    """Which share of the shorter text both have; None where it is too short to say anything."""
    least = min(len(one), len(other))
    return len(one & other) / least if least >= few else None


@lru_cache(maxsize=8192)
def _pairs(text: str) -> frozenset[str]:
    plain = _MARKS.sub("", text).lower()
    return frozenset(one + other for one, other in pairwise(plain))


@lru_cache(maxsize=8192)
def _names(address: str) -> frozenset[str]:
    return _pairs(_HOUSE.sub("", address))


@lru_cache(maxsize=8192)
def _houses(address: str) -> dict[str, str]:
    """The first number of each unit: 3号楼, K52."""
    found: dict[str, str] = {}
    for match in _HOUSE.finditer(address):
        found.setdefault(match[2] or "K", match[1] or match[3])
    return found
