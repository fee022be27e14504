"""地名表: the places of a plan that the city keeps as a table, one row a name, as a spreadsheet writes it.

Columns: ``name``, ``kind`` (道路, 建筑, 村屯, 水体, 站点, 其他, or the plan's own words), ``within`` (code of a county,
township or grid), ``lon``, ``lat``; if wanted ``aliases`` (separated by ； or ;), ``km`` (a kilometre post of a road: one
row each), ``source`` and ``confirmed`` (是). A row that is not confirmed is to be confirmed. UTF-8, or GB 18030 as Chinese
spreadsheets save it.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError, field_validator

from contracts.messages import preferred_language, text
from contracts.plan.intake import LandmarkKind
from contracts.values import Line, Text, Value
from shared.http.problem import field_error

KINDS = {
    "道路": "road",
    "建筑": "building",
    "村屯": "village",
    "水体": "waters",
    "站点": "station",
    "其他": "other",
}
NEEDED = ("name", "kind", "within", "lon", "lat")
COLUMNS = (*NEEDED, "aliases", "km", "source", "confirmed")
YES = frozenset({"是", "yes", "true", "1"})


class UnreadableGazetteer(ValueError):
    """The table is none, or some rows are not; the message names line, column and rule, one fault a line."""


class _Row(Value):
    name: Line
    kind: LandmarkKind
    within: Annotated[Text, Field(min_length=6, max_length=20)]
    lon: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
    lat: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
    aliases: tuple[Line, ...] = ()
    km: Annotated[float, Field(ge=0, le=10_000)] | None = None
    source: Text = ""
    confirmed: bool = False

    @field_validator("kind", mode="before")
    @classmethod
    def _in_chinese(cls, kind: object) -> object:
        return KINDS.get(str(kind), kind)


def read_gazetteer(file: Path) -> dict[str, dict[str, Any]]:
    """The landmarks of a table by an id of their own; raises UnreadableGazetteer."""
    try:
        content = decoded(file.read_bytes())
    except UnicodeDecodeError as error:
        raise UnreadableGazetteer(f"{file}: {error}") from error
    reader = csv.DictReader(StringIO(content, newline=""))
    columns = [name.strip() for name in reader.fieldnames or ()]
    if missing := [name for name in NEEDED if name not in columns]:
        raise UnreadableGazetteer(text("gazetteer.no_column", file=file, columns="、".join(missing)))
    if unknown := [name for name in columns if name not in COLUMNS]:
        raise UnreadableGazetteer(text("gazetteer.unknown_column", file=file, columns="、".join(unknown)))
    reader.fieldnames = columns
    rows, faults = list[tuple[int, _Row]](), list[str]()
    for cells in reader:
        try:
            rows.append((reader.line_num, _Row.model_validate(_values(cells))))
        except ValidationError as error:
            faults += _faults(file, reader.line_num, error)
    faults += _repeated(file, rows)
    if faults:
        raise UnreadableGazetteer("\n".join(faults))
    return {f"{file.stem}-{line}": landmark for line, landmark in _landmarks(rows)}


def decoded(content: bytes) -> str:
    """The text of a table: UTF-8, else GB 18030; raises UnicodeDecodeError."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def _values(cells: Mapping[str | None, Any]) -> dict[str, Any]:
    """The cells that hold something; one too many stands under ``extra``, which no row has."""
    told = {name or "extra": str(cell or "").strip() for name, cell in cells.items()}
    values: dict[str, Any] = {name: cell for name, cell in told.items() if cell}
    if "aliases" in values:
        names = values["aliases"].replace("；", ";").split(";")
        values["aliases"] = tuple(one.strip() for one in names if one.strip())
    if "confirmed" in values:
        values["confirmed"] = values["confirmed"].lower() in YES
    return values


def _faults(file: Path, line: int, error: ValidationError) -> Iterator[str]:
    for fault in error.errors(include_url=False, include_input=False):
        told = field_error(dict(fault))
        words = told["message" if preferred_language() == "zh" else "message_en"]
        yield f"{file}:{line}: {told['field']}: {words}"


def _repeated(file: Path, rows: Iterable[tuple[int, _Row]]) -> Iterator[str]:
    """A name stands once within a place, but for the posts of a road."""
    seen = dict[tuple[Any, ...], int]()
    for line, row in rows:
        key = (row.name, row.within, row.km)
        if key in seen:
            yield text("gazetteer.repeated", file=file, line=line, name=row.name, first=seen[key])
        seen.setdefault(key, line)


def _landmarks(rows: Iterable[tuple[int, _Row]]) -> Iterator[tuple[int, dict[str, Any]]]:
    named = dict[tuple[str, str], list[tuple[int, _Row]]]()
    for line, row in rows:
        named.setdefault((row.name, row.within), []).append((line, row))
    for same in named.values():
        line, first = same[0]
        posts = sorted((row.km, row) for _, row in same if row.km is not None)
        middle = next(
            (row for _, row in same if row.km is None), posts[len(posts) // 2][1] if posts else first
        )
        yield (
            line,
            {
                "name": first.name,
                "aliases": tuple(dict.fromkeys(alias for _, row in same for alias in row.aliases)),
                "kind": first.kind,
                "within": first.within,
                "location": {"lon": middle.lon, "lat": middle.lat},
                "posts": tuple({"km": km, "location": {"lon": row.lon, "lat": row.lat}} for km, row in posts),
                "source": first.source,
                "to_confirm": not all(row.confirmed for _, row in same),
            },
        )
