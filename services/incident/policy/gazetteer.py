"""Finding what a caller names by a few keys: Chinese characters, pinyin initials, a road with its kilometre.

Pure: what can be named comes from the plan; what fits best comes first, and of what fits equally the shorter name.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import Generic, TypeVar

from pypinyin import Style, lazy_pinyin

from contracts.plan.intake import Post
from contracts.values import Location

CANDIDATES = 9
"""As many as there are digit keys."""
_NUMBER = re.compile(
    r"^(?P<name>.*?\D)\s*(?P<rest>[Kk]?(?P<km>\d+)(?P<more>(\+\d{1,3})?([.]\d+)?)\s*(?P<unit>\D.*)?)$"
)
_PAIR = re.compile(r"^\s*(-?\d{1,3}(?:\.\d+)?)\s*[,，\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*$")
_SPACE = re.compile(r"[\s（）()·、，,。]+")
T = TypeVar("T")


@dataclass(frozen=True)
class Named(Generic[T]):
    """Something with names; ``what`` is what choosing it gives."""

    name: str
    what: T
    aliases: tuple[str, ...] = ()

    @cached_property
    def keys(self) -> tuple[tuple[str, str, str], ...]:
        """Each name as typed characters, as pinyin initials and as whole pinyin."""
        return tuple((_plain(one), initials(one), spelt(one)) for one in (self.name, *self.aliases))

    @cached_property
    def text(self) -> str:
        """All keys in one: a query that stands in none of it fits at best letter by letter."""
        return "\n".join(key for keys in self.keys for key in keys)


@dataclass(frozen=True)
class Spot:
    """Where something is; ``approximate``: only about there, the middle of something large.

    ``place``: the township or grid; ``hazard_source_id``: the hazard source that it is.
    """

    kind: str
    location: Location
    approximate: bool = False
    place: str | None = None
    hazard_source_id: str | None = None
    posts: tuple[Post, ...] = field(default=(), repr=False)


def initials(name: str) -> str:
    """The first letters of the pinyin of each character; what is no character stays as it is."""
    found = lazy_pinyin(_plain(name), style=Style.FIRST_LETTER, errors=lambda rest: rest)
    return "".join(found).lower()


def spelt(name: str) -> str:
    """The whole pinyin of each character, without tones; what is no character stays as it is."""
    return "".join(lazy_pinyin(_plain(name), errors=lambda rest: rest)).lower()


def spell(names: Iterable[Named[T]]) -> None:
    """Work out what each name is found by, which is kept with it."""
    for one in names:
        one.text  # noqa: B018 - kept


def search(known: Iterable[Named[T]], query: str) -> list[Named[T]]:
    """What a query may mean, the likeliest first; nothing for an empty one."""
    wanted = _plain(query)
    if not wanted:
        return []
    known = list(known)
    ranked = _ranked((one for one in known if wanted in one.text), wanted)
    if len(ranked) < CANDIDATES:
        ranked = _ranked(known, wanted)
    return [one for *_, one in sorted(ranked, key=lambda found: found[:3])][:CANDIDATES]


def _ranked(known: Iterable[Named[T]], wanted: str) -> list[tuple[int, int, str, Named[T]]]:
    return [(rank, len(one.name), one.name, one) for one in known if (rank := _rank(one, wanted)) is not None]


def find_spots(known: Sequence[Named[Spot]], query: str) -> list[Named[Spot]]:
    """Places for what was typed as an address: as it stands, else without its number, which then is kept.

    A number behind a road with kilometre posts is a kilometre; a pair of numbers is longitude and latitude.
    """
    if pair := _PAIR.match(query):
        return _coordinates(float(pair[1]), float(pair[2]))
    if found := search(known, query):
        return found
    number = _NUMBER.match(query.strip())
    if number is None:
        return []
    return [_spot_at_number(one, number) for one in search(known, number["name"])]


def along(posts: Sequence[Post], km: float) -> Location | None:
    """Where a kilometre of a road is, straight between its posts; None before the first and behind the last."""
    for before, after in pairwise(posts):
        if before.km <= km <= after.km:
            share = (km - before.km) / (after.km - before.km)
            lon = before.location.lon + share * (after.location.lon - before.location.lon)
            lat = before.location.lat + share * (after.location.lat - before.location.lat)
            return Location(lon=round(lon, 6), lat=round(lat, 6))
    return None


def _spot_at_number(one: Named[Spot], number: re.Match[str]) -> Named[Spot]:
    name = f"{one.name}{number['rest']}"
    if one.what.posts:
        metres = number["more"].removeprefix("+") if number["more"].startswith("+") else ""
        km = float(f"{number['km']}{'' if metres else number['more']}") + float(metres or 0) / 1000
        if (there := along(one.what.posts, km)) is not None:
            return Named(f"{one.name} K{km:g}", replace(one.what, location=there))
    return Named(name, replace(one.what, approximate=True))


def _coordinates(one: float, other: float) -> list[Named[Spot]]:
    """A pair of numbers as longitude and latitude, whichever of the two can be which."""
    ways = [(one, other), (other, one)]
    possible = [(lon, lat) for lon, lat in ways if abs(lon) <= 180 and abs(lat) <= 90]
    return [
        Named(f"{lon:.7g}, {lat:.7g}", Spot("coordinates", Location(lon=lon, lat=lat)))
        for lon, lat in sorted(possible, key=lambda pair: -abs(pair[0]))[:1]
    ]


def _rank(one: Named[T], wanted: str) -> int | None:
    """How well a name fits, 0 the best; None when it does not."""
    best: int | None = None
    for typed, letters, whole in one.keys:
        for rank, fits in enumerate(
            (
                typed == wanted,
                typed.startswith(wanted),
                letters.startswith(wanted),
                whole.startswith(wanted),
                wanted in typed,
                wanted in letters,
                len(wanted) > 2 and wanted in whole,
                _in_order(wanted, letters) and len(wanted) > 1,
            )
        ):
            if fits and (best is None or rank < best):
                best = rank
    return best


def _in_order(wanted: str, letters: str) -> bool:
    rest = iter(letters)
    return all(letter in rest for letter in wanted)


def _plain(name: str) -> str:
    return _SPACE.sub("", name).lower()
