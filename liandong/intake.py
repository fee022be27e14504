"""Feeds recorded calls through the intake API at their own pace, faster, or as fast as they are accepted.

A map (YAML) says how a record becomes a report: which columns hold what, which of the source's types are which of ours,
and where it was: by a pattern moved onto a jurisdiction of the plan, by columns of degrees, or by a name of the gazetteer.
"""

import asyncio
import csv
import json
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import httpx
import yaml
from pydantic import Field, ValidationError

from contracts.events.incident import ReportChannel
from contracts.values import Line, Value
from liandong.addresses import Service
from services.incident.policy.gazetteer import Named, Spot
from shared.gazetteer_file import decoded

AT_ONCE = 8
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - only differences count
RETRY_SECONDS = 0.5
TRIES = 20
Record = Mapping[str, str]
Box = tuple[float, float, float, float]
"""West, south, east, north."""


class UnreadableInput(ValueError):
    """A map or a file of records that can't be used; the message says where and why."""


class TypeOf(Value):
    """One of our types."""

    sector: str
    event_type: str


class Types(Value):
    """Which of the source's types are which of ours."""

    column: str
    values: dict[str, TypeOf]
    otherwise: TypeOf | None = Field(default=None, description="none: a record of another type is refused")


class Times(Value):
    """When a record came in; for the pace only, the reports themselves are of now."""

    column: str
    format: str = Field(description="as of datetime.strptime")


class Places(Value):
    """Where it was: by pattern of one column (named groups lon and lat), moved from one box to another."""

    column: str
    pattern: str
    from_box: Box
    to_box: Box
    address: str = ""


class Degrees(Value):
    """Where it was: by two columns of degrees (WGS-84); where those are empty, by a name of the plan in the address."""

    lon: str
    lat: str
    address: str = ""


class IntakeMap(Value):
    """The whole map. Texts may hold ``{column}``."""

    reference: Line
    channel: ReportChannel
    source_system: str = ""
    phone: str = Field(default="", description="the caller's number")
    title: Line
    description: str = ""
    types: Types
    time: Times
    place: Places | Degrees
    facts: dict[str, str] = Field(default_factory=dict, description="fact → column")


@dataclass(frozen=True)
class Entry:
    """One record with its time (seconds after the first) and the report it makes, or why it makes none."""

    number: int
    after: float
    report: dict[str, Any] | None
    reason: str = ""
    at: datetime | None = None
    """When it came in, by the source's own clock."""


@dataclass
class Tally:
    """What became of the records; ``refused`` holds each one's number and reason."""

    accepted: int = 0
    merged: int = 0
    refused: list[dict[str, Any]] = field(default_factory=list)
    reports: dict[int, str] = field(default_factory=dict)
    """The report that each record became, by the record's number."""

    @property
    def total(self) -> int:
        """How many were dealt with."""
        return self.accepted + self.merged + len(self.refused)


def load_map(file: Path) -> IntakeMap:
    """The map in a YAML file; raises UnreadableInput."""
    try:
        return IntakeMap.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise UnreadableInput(f"{file}: {error}") from error


def load_entries(file: Path, mapping: IntakeMap, names: Sequence[Named[Spot]] = ()) -> list[Entry]:
    """The records of a CSV or JSON Lines file in the order of their time; raises UnreadableInput.

    ``names``: the places of the plan, for records without degrees. UTF-8, or GB 18030 as Chinese systems export it.
    """
    try:
        records = list(_records(file))
    except (OSError, ValueError, csv.Error) as error:
        raise UnreadableInput(f"{file}: {error}") from error
    timed = [(_time(record, mapping.time), number, record) for number, record in enumerate(records, start=1)]
    known = [at for at, *_ in timed if at is not None]
    first = min(known, default=EPOCH)
    timed.sort(key=lambda one: (one[0] or first, one[1]))
    return [_entry(number, at, first, record, mapping, names) for at, number, record in timed]


def _records(file: Path) -> Iterator[Record]:
    lines = StringIO(decoded(file.read_bytes()), newline="")
    if file.suffix == ".csv":
        yield from csv.DictReader(lines)
    else:
        for line in lines:
            if line.strip():
                yield {name: str(value) for name, value in json.loads(line).items()}


def _time(record: Record, times: Times) -> datetime | None:
    try:
        return datetime.strptime(record[times.column], times.format)  # noqa: DTZ007 - only differences count
    except (KeyError, ValueError):
        return None


def _entry(
    number: int,
    at: datetime | None,
    first: datetime,
    record: Record,
    mapping: IntakeMap,
    names: Sequence[Named[Spot]],
) -> Entry:
    after = (at - first).total_seconds() if at else 0.0
    try:
        return Entry(number, after, report_of(record, mapping, names), at=at)
    except (KeyError, ValueError) as error:
        return Entry(number, after, None, f"{type(error).__name__}: {error}", at)


def report_of(record: Record, mapping: IntakeMap, names: Sequence[Named[Spot]] = ()) -> dict[str, Any]:
    """The report a record makes; raises KeyError or ValueError for what the map can't place."""
    kind = mapping.types.values.get(record[mapping.types.column], mapping.types.otherwise)
    if kind is None:
        raise ValueError(f"no type for {record[mapping.types.column]!r}")
    facts = {fact: int(record[column]) for fact, column in mapping.facts.items() if record.get(column)}
    phone = mapping.phone.format_map(record).strip()
    place, approximate = _place(record, mapping.place, names)
    return {
        "channel": mapping.channel,
        **({"source_system": mapping.source_system} if mapping.source_system else {}),
        **({"caller": {"phone": phone}} if phone else {}),
        "sector": kind.sector,
        "event_type": kind.event_type,
        "title": mapping.title.format_map(record)[:200],
        "description": mapping.description.format_map(record),
        "location": {**place, "address": mapping.place.address.format_map(record)},
        "approximate": approximate,
        "facts": facts,
        "external_reference": mapping.reference.format_map(record),
    }


def _place(
    record: Record, place: Places | Degrees, names: Sequence[Named[Spot]]
) -> tuple[dict[str, float], bool]:
    """Where a record was, and whether only about there; raises ValueError where nothing says so."""
    if isinstance(place, Places):
        return _shifted_coordinates(record, place), False
    lon, lat = record[place.lon].strip(), record[place.lat].strip()
    if lon and lat:
        return {"lon": float(lon), "lat": float(lat)}, False
    address = place.address.format_map(record)
    named = [
        (len(name), one) for one in names for name in (one.name, *one.aliases) if name and name in address
    ]
    if not named:
        raise ValueError(f"no degrees, and no name of the plan in {address!r}")
    spot = max(named, key=lambda found: found[0])[1].what
    return {"lon": spot.location.lon, "lat": spot.location.lat}, True


def _shifted_coordinates(record: Record, place: Places) -> dict[str, float]:
    found = re.search(place.pattern, record[place.column])
    if found is None:
        raise ValueError(f"no coordinates in {record[place.column]!r}")
    west, south, east, north = place.from_box
    to_west, to_south, to_east, to_north = place.to_box
    across = (float(found["lon"]) - west) / (east - west)
    up = (float(found["lat"]) - south) / (north - south)
    lon, lat = to_west + across * (to_east - to_west), to_south + up * (to_north - to_south)
    return {"lon": round(lon, 6), "lat": round(lat, 6)}


async def feed(
    entries: Sequence[Entry], service: Service, speed: float, advance: Callable[[], None]
) -> Tally:
    """Send every record; ``speed`` times its own pace, 0 as fast as they are accepted."""
    tally, slots = Tally(), asyncio.Semaphore(AT_ONCE)
    began = asyncio.get_running_loop().time()
    async with httpx.AsyncClient(trust_env=False, timeout=10) as http, asyncio.TaskGroup() as group:
        for entry in entries:
            if speed > 0:
                wait = began + entry.after / speed - asyncio.get_running_loop().time()
                await asyncio.sleep(max(wait, 0))
            await slots.acquire()
            group.create_task(_send(entry, service, http, tally, slots, advance))
    return tally


async def feed_at_their_times(
    entries: Sequence[Entry],
    service: Service,
    reach: Callable[[datetime], Awaitable[None]],
    advance: Callable[[], None],
) -> Tally:
    """Send every record at its own time, one after the other; ``reach`` brings the drill's clock there."""
    tally, slots = Tally(), asyncio.Semaphore(1)
    async with httpx.AsyncClient(trust_env=False, timeout=10) as http:
        for entry in entries:
            if entry.at is not None:
                await reach(entry.at)
            await slots.acquire()
            await _send(entry, service, http, tally, slots, advance)
    return tally


async def _send(
    entry: Entry,
    service: Service,
    http: httpx.AsyncClient,
    tally: Tally,
    slots: asyncio.Semaphore,
    advance: Callable[[], None],
) -> None:
    try:
        if entry.report is None:
            tally.refused.append({"record": entry.number, "reason": entry.reason})
        else:
            _count(entry, await _answer(entry, service, http), tally)
    finally:
        slots.release()
        advance()


async def _answer(entry: Entry, service: Service, http: httpx.AsyncClient) -> httpx.Response | str:
    """The final answer; while the service can't answer, the same report is sent again."""
    reason = ""
    for _ in range(TRIES):
        try:
            answer = await http.post(f"{service.url}/reports", json=entry.report, headers=service.headers)
            if answer.status_code < 500:
                return answer
            reason = f"{answer.status_code}: {answer.text[:200]}"
        except httpx.TransportError as error:
            reason = repr(error)
        await asyncio.sleep(RETRY_SECONDS)
    return reason


def _count(entry: Entry, answer: httpx.Response | str, tally: Tally) -> None:
    if isinstance(answer, str) or answer.is_error:
        reason = answer if isinstance(answer, str) else answer.json().get("detail", answer.text)
        status = None if isinstance(answer, str) else answer.status_code
        refused = {"record": entry.number, "status": status, "reason": reason, "report": entry.report}
        tally.refused.append(refused)
    else:
        told = answer.json()
        tally.reports[entry.number] = told["report_id"]
        tally.merged += told["merged"]
        tally.accepted += not told["merged"]
