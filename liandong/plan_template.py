"""An empty plan folder for another city, written from the models: every section, every allowed value.

What the law says is the same everywhere; it stands commented out as the example plan has it, with the names
of its places replaced, to be taken over.
"""

from collections.abc import Iterator, Mapping
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import to_jsonable_python

from contracts.messages import text
from contracts.plan import Plan
from contracts.plan.check import TIMERS
from contracts.plan.jurisdiction import Level
from contracts.plan.provinces import province_of
from contracts.plan.sector import EventCode
from contracts.plan.sourced import Sourced
from contracts.values import JurisdictionCode, PlaceCode, Slug

FILES: Mapping[str, tuple[str, ...]] = {
    "1-places.yaml": ("name", "confirmers", "jurisdictions", "places", "landmarks", "geography"),
    "2-sectors.yaml": ("departments", "event_codes", "sectors"),
    "3-grading.yaml": ("grades", "grading", "graded_by_person", "alarm_scales"),
    "4-reporting.yaml": ("reporting_duties",),
    "5-response.yaml": ("responses", "consultations", "intake", "privacy"),
    "6-forces.yaml": ("capabilities", "team_kinds", "run_cards", "travel", "timers", "mutual_aid"),
    "7-warnings.yaml": ("warnings",),
    "8-seed.yaml": ("seed",),
}
"""Which sections stand in which file; ``boundaries.geojson`` is made of the package's shapes."""
FROM_LAW = (
    "event_codes",
    "grades",
    "grading",
    "graded_by_person",
    "reporting_duties",
    "responses",
    "warnings",
)
"""Sections that the example plan has from laws and national lists."""
PROVENANCE = tuple(Sourced.model_fields)


def template_files(places: Mapping[str, str], root: str, example: Plan) -> dict[str, str]:
    """The text of each file of an empty plan for a city: ``places`` are its own and its counties' names."""
    return {
        file: "\n\n".join(
            [text("plan.new.head", "zh"), *(_section(name, places, root, example) for name in sections)]
        )
        + "\n"
        for file, sections in FILES.items()
    }


def _section(name: str, places: Mapping[str, str], root: str, example: Plan) -> str:
    lines = [f"# {text(f'plan.section.{name}', 'zh')}"]
    if name == "name":
        lines.append(f"name: {places[root]}突发事件应急联动预案")
    elif name == "jurisdictions":
        lines += ["jurisdictions:", *_jurisdictions(places, root)]
    elif name == "timers":
        lines += ["timers:", *(line for timer in TIMERS for line in _lines(timer, _entry("timers"), 1))]
    else:
        lines += _lines(name, Plan.model_fields[name].annotation, 0)
    if name in FROM_LAW:
        lines += _law(name, places[root], root, example)
    return "\n".join(lines)


def _entry(section: str) -> Any:
    return get_args(Plan.model_fields[section].annotation)[1]


def _jurisdictions(places: Mapping[str, str], root: str) -> Iterator[str]:
    for code, name in places.items():
        level = "level: city" if code == root else f'level: county, parent: "{root}"'
        yield f'  "{code}": {{name: {name}, name_en: , {level}, source: GB/T 2260}}'
    yield from _commented_lines(
        _lines("<" + allowed_values(JurisdictionCode) + ">", _entry("jurisdictions"), 1)
    )


def _law(name: str, city: str, root: str, example: Plan) -> Iterator[str]:
    entries = getattr(example, name)
    dumped = (
        entries.model_dump(mode="json")
        if isinstance(entries, BaseModel)
        else {str(key): one.model_dump(mode="json", exclude_defaults=True) for key, one in entries.items()}
    )
    said = yaml.safe_dump({name: dumped}, allow_unicode=True, sort_keys=False, width=1000)
    theirs = (example.jurisdictions[example.root].name, province_of(example.root) or "")
    for old, new in zip(theirs, (city, province_of(root) or ""), strict=True):
        said = said.replace(old, new)
    yield f"# {text('plan.new.law', 'zh')}"
    yield from (f"# {line}" for line in said.rstrip().split("\n"))


def _lines(name: str, annotation: Any, depth: int) -> Iterator[str]:
    """A key with what belongs under it: to be filled in, or commented where it may be left out."""
    pad = "  " * depth
    kind, inner = _kind_and_inner_type(annotation)
    if kind == "model":
        yield f"{pad}{name}:"
        yield from _fields(inner, depth + 1)
    elif kind == "keys":
        yield f"{pad}{name}:"
        keys, value = inner
        for key in keys:
            yield from _lines(key, value, depth + 1)
    elif kind == "entries":
        yield f"{pad}{name}: {{}}"
        key, value = inner
        yield from _commented_lines(_lines(f"<{key}>", value, depth + 1))
    elif kind == "list":
        yield f"{pad}{name}: []  # {allowed_values(annotation)}"
        if _kind_and_inner_type(inner)[0] == "model":
            yield from _commented_lines(_item(inner, depth + 1))
    else:
        yield f"{pad}{name}:  # {allowed_values(annotation)}"


def _commented_lines(lines: Iterator[str]) -> Iterator[str]:
    yield from (f"#{line}" for line in lines)


def _item(annotation: Any, depth: int) -> Iterator[str]:
    first, *rest = _fields(_kind_and_inner_type(annotation)[1], depth + 1)
    yield "  " * depth + "- " + first.lstrip()
    yield from rest


def _fields(model: type[BaseModel], depth: int) -> Iterator[str]:
    own = {name: one for name, one in model.model_fields.items() if name not in PROVENANCE}
    for name, field in own.items():
        if field.is_required():
            yield from _lines(name, _whole(field), depth)
    for name, field in own.items():
        if not field.is_required():
            yield "  " * depth + f"# {name}: {_default(field)}  # {allowed_values(_whole(field))}"
            yield from _commented_lines(_inside(_whole(field), depth + 1))
    if issubclass(model, Sourced):
        yield "  " * depth + f"to_confirm: true  # {text('plan.new.provenance', 'zh')}"


def _inside(annotation: Any, depth: int) -> Iterator[str]:
    """What belongs under a key that may be left out: the fields of its model, or of one of its items."""
    for part in get_args(annotation) if get_origin(annotation) in {Union, UnionType} else (annotation,):
        kind, inner = _kind_and_inner_type(part)
        if kind == "model":
            yield from _fields(inner, depth)
        elif kind == "list" and _kind_and_inner_type(inner)[0] == "model":
            yield from _item(inner, depth)
        elif kind == "keys":
            keys, value = inner
            for key in keys:
                yield from _lines(key, value, depth)
        elif kind == "entries":
            key, value = inner
            yield from _lines(f"<{key}>", value, depth)


def _default(field: FieldInfo) -> str:
    value = to_jsonable_python(field.get_default(call_default_factory=True))
    return yaml.safe_dump(value, allow_unicode=True, default_flow_style=True).split("\n")[0]


def _whole(field: FieldInfo) -> Any:
    """The annotation of a field with its constraints."""
    return Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation


def _kind_and_inner_type(annotation: Any) -> tuple[str, Any]:
    """What kind of thing a field holds, and what is inside."""
    bare = get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation
    origin, inner = get_origin(bare), get_args(bare)
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        return "model", bare
    if origin is dict:
        keys = [] if inner[0] is Level else _values(inner[0])
        return ("keys", (keys, inner[1])) if keys else ("entries", (allowed_values(inner[0]), inner[1]))
    if origin is tuple:
        return "list", inner[0]
    return "value", bare


def _values(annotation: Any) -> list[str]:
    """The values of an enumeration; none for anything else."""
    if get_origin(annotation) is Literal:
        return [str(value) for value in get_args(annotation)]
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return [str(one.value) for one in annotation]
    return []


def allowed_values(annotation: Any) -> str:
    """What may stand there, in words a plan's writer reads."""
    if values := _values(annotation):
        return " | ".join(values)
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        bounds = [bound for one in inner[1:] for bound in _bounds(one)]
        if named := next((NAMED[bound] for bound in bounds if bound in NAMED), ""):
            return text(f"plan.new.kind.{named}", "zh")
        return " ".join([allowed_values(inner[0]), *bounds])
    if origin in {Union, UnionType}:
        return f" {text('plan.new.or', 'zh')} ".join(
            allowed_values(one) for one in inner if one is not NoneType
        )
    if origin is tuple:
        return f"[{allowed_values(inner[0])}, …]"
    if origin is dict:
        return f"{{{allowed_values(inner[0])}: {allowed_values(inner[1])}}}"
    return text(f"plan.new.kind.{_kind(annotation)}", "zh")


def _kind(annotation: Any) -> str:
    kinds = {str: "text", bool: "flag", int: "whole", float: "number"}
    return kinds.get(annotation, "entry")


SIGNS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "min_length": "≥", "max_length": "≤"}


def _bounds(constraint: object) -> Iterator[str]:
    for inner in constraint.metadata if isinstance(constraint, FieldInfo) else ():
        yield from _bounds(inner)
    if pattern := getattr(constraint, "pattern", None):
        yield str(pattern)
    found = ((sign, getattr(constraint, name, None)) for name, sign in SIGNS.items())
    yield from (f"{sign}{value}" for sign, value in found if value is not None)


NAMED = {
    str(bound): name
    for name, annotation in {
        "slug": Slug,
        "jurisdiction": JurisdictionCode,
        "place": PlaceCode,
        "event_code": EventCode,
    }.items()
    for one in get_args(annotation)[1:]
    for bound in _bounds(one)
}
"""Patterns that have a name."""
