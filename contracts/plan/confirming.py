"""Who has to confirm what the city has not settled: the agenda of a meeting with the departments."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from contracts.plan.plan import Plan
from contracts.plan.provenance import entries, plain_values
from contracts.plan.sourced import Sourced

NAMES = ("name", "office", "text", "article")
LONGEST = 1000


@dataclass(frozen=True)
class Open:
    """One entry to confirm: where it stands, how it is called, what it says now, its source, who confirms."""

    path: str
    name: str
    value: str
    source: str
    departments: tuple[str, ...]


def agenda(plan: Plan) -> list[Open]:
    """Everything marked ``to_confirm``, in the plan's order, with the departments that confirm it."""
    words, named, found = _plan_words(plan), dict[str, str](), list[Open]()
    for one in entries(plan):
        if one.entry is None:
            continue
        named[one.path] = own = _own_name(one.entry)
        if one.to_confirm:
            name = own or _name_around(plan, one.path, named)
            departments = confirmers(plan, one.path, one.entry)
            found.append(Open(one.path, name, _entry_text(one.entry, words), one.entry.source, departments))
    return found


def confirmers(plan: Plan, path: str, entry: Sourced) -> tuple[str, ...]:
    """The slugs of the departments that confirm an entry.

    Those it names itself; else those of the longest fitting path of the plan's ``confirmers`` and the
    competent departments of the sectors it is about; else the plan's default.
    """
    if entry.confirm_by:
        return entry.confirm_by
    rules = plan.confirmers
    fitting = [part for part in rules.parts if path == part or _is_inside(path, part)]
    named = rules.parts[max(fitting, key=len)] if fitting else ()
    competent = [
        slug for sector in _sectors(plan, path) for slug in plan.sectors[sector].competent.departments
    ]
    return tuple(dict.fromkeys((*named, *competent))) or rules.default


def _is_inside(path: str, outer: str) -> bool:
    return path.startswith((f"{outer}.", f"{outer}["))


def _sectors(plan: Plan, path: str) -> Iterator[str]:
    """The sectors that an entry is about."""
    match re.split(r"[.\[]", path):
        case (
            ["sectors", slug, *_] | ["consultations", "matrix", slug, *_] | ["warnings", "criteria", slug, *_]
        ):
            yield slug
        case ["run_cards", card, *_]:
            yield plan.run_cards[card].sector
        case ["grading", table, *_]:
            for slug, sector in plan.sectors.items():
                if table in {sector.grading.table, sector.grading.outside_production}:
                    yield slug


def _own_name(entry: Sourced) -> str:
    return next((str(name) for field in NAMES if (name := getattr(entry, field, None))), "")


def _name_around(plan: Plan, path: str, named: Mapping[str, str]) -> str:
    """The name of the nearest entry around this one, else of the sector it is about."""
    around = [name for outer, name in named.items() if name and _is_inside(path, outer)]
    about = [plan.sectors[slug].name for slug in _sectors(plan, path) if slug in plan.sectors]
    return (around or about or [""])[-1]


@dataclass(frozen=True)
class _Words:
    """The Chinese names of what the plan calls by English ones; what a slug means depends on its field."""

    by_field: Mapping[str, Mapping[str, str]]
    elsewhere: Mapping[str, str]

    def name(self, slug: str, field: str) -> str:
        return self.by_field.get(field, self.elsewhere).get(slug, slug)


def _plan_words(plan: Plan) -> _Words:
    teams, able, sectors = (_names(part) for part in (plan.team_kinds, plan.capabilities, plan.sectors))
    fields = {"kind": teams, "capability": able, "capabilities": able, "sector": sectors, "sectors": sectors}
    return _Words(fields, {**_names(plan.grades), **_names(plan.departments)})


def _names(part: Mapping[Any, Any]) -> dict[str, str]:
    return {str(slug): entry.name for slug, entry in part.items()}


def _entry_text(entry: Sourced, words: _Words) -> str:
    """What the entry says now, in one line, without its name."""
    values = {name for name, value in plain_values(entry).items() if value not in (None, (), {}, "")}
    said = entry.model_dump(mode="json", include=values - {"name", "name_en"})
    if len(said) == 1:
        ((field, value),) = said.items()
        return _plain(value, words, field)[:LONGEST]
    return _plain(said, words)[:LONGEST]


def _plain(value: object, words: _Words, field: str = "") -> str:
    if isinstance(value, dict):
        kept = {key: item for key, item in value.items() if item not in (None, [], {}, "")}
        return "；".join(f"{words.name(key, '')}: {_plain(item, words, key)}" for key, item in kept.items())
    if isinstance(value, list):
        return "、".join(_plain(item, words, field) for item in value)
    if isinstance(value, float):
        return f"{value:.15g}"
    return words.name(str(value), field)
