"""Does the plan hold together: every reference resolves, and what has still to be confirmed is listed."""

from collections.abc import Iterable, Iterator

from pydantic import BaseModel

from contracts.plan.plan import Plan
from contracts.plan.sourced import Sourced
from contracts.values import Grade, ResponseLevel, Value, WarningLevel


class Finding(Value):
    """One broken reference: where, and what is missing."""

    where: str
    missing: str


def check(plan: Plan) -> list[Finding]:
    """Every reference that does not resolve; empty for a sound plan."""
    return [
        *_tree(plan),
        *_missing("grades", Grade, plan.grades),
        *_missing("responses.levels", ResponseLevel, plan.responses.levels),
        *_missing("warnings.levels", WarningLevel, plan.warnings.levels),
        *_sectors(plan),
        *_forces(plan),
        *_seed(plan),
    ]


def unconfirmed(model: BaseModel, path: str = "") -> Iterator[str]:
    """The paths of everything marked ``to_confirm``, in the plan's order."""
    if isinstance(model, Sourced) and model.to_confirm:
        yield path
    for name in type(model).model_fields:
        yield from _unconfirmed_in(getattr(model, name), f"{path}.{name}" if path else name)


def _unconfirmed_in(value: object, path: str) -> Iterator[str]:
    if isinstance(value, BaseModel):
        yield from unconfirmed(value, path)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _unconfirmed_in(item, f"{path}.{key}")
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _unconfirmed_in(item, f"{path}[{number}]")


def _missing(where: str, wanted: Iterable[object], known: Iterable[object]) -> list[Finding]:
    have = set(known)
    return [Finding(where=where, missing=str(one)) for one in wanted if one not in have]


def _tree(plan: Plan) -> list[Finding]:
    roots = [code for code, place in plan.jurisdictions.items() if place.parent is None]
    parents = {place.parent for place in plan.jurisdictions.values() if place.parent}
    found = _missing("jurisdictions.parent", sorted(parents), plan.jurisdictions)
    return found if len(roots) == 1 else [*found, Finding(where="jurisdictions", missing="exactly one root")]


def _sectors(plan: Plan) -> Iterator[Finding]:
    for slug, sector in plan.sectors.items():
        yield from _missing(f"sectors.{slug}.grading_table", [sector.grading_table], plan.grading)
    for number, rule in enumerate(plan.consultations.matrix):
        where = f"consultations.matrix[{number}]"
        yield from _missing(f"{where}.sector", [rule.sector], plan.sectors)
        yield from _missing(f"{where}.departments", rule.departments, plan.departments)
    for number, draft in enumerate(plan.warnings.auto_draft):
        where = f"warnings.auto_draft[{number}]"
        yield from _missing(f"{where}.sector", [draft.sector], plan.sectors)
        known = plan.sectors[draft.sector].event_types if draft.sector in plan.sectors else {}
        yield from _missing(f"{where}.event_types", draft.event_types, known)


def _forces(plan: Plan) -> Iterator[Finding]:
    able = {capability for kind in plan.team_kinds.values() for capability in kind.capabilities}
    for slug, kind in plan.team_kinds.items():
        yield from _missing(f"team_kinds.{slug}.capabilities", kind.capabilities, plan.capabilities)
    for slug, card in plan.run_cards.items():
        where = f"run_cards.{slug}"
        yield from _missing(f"{where}.sector", [card.sector], plan.sectors)
        yield from _missing(f"{where}.slots", [slot.capability for slot in card.slots], able)
        known = plan.sectors[card.sector].event_types if card.sector in plan.sectors else {}
        yield from _missing(f"{where}.event_type", [card.event_type] if card.event_type else [], known)


def _seed(plan: Plan) -> Iterator[Finding]:
    seed = plan.seed
    for name in ("teams", "depots", "shelters", "hazard_sources", "experts"):
        for key, entry in getattr(seed, name).items():
            yield from _missing(f"seed.{name}.{key}.jurisdiction", [entry.jurisdiction], plan.jurisdictions)
    for key, team in seed.teams.items():
        yield from _missing(f"seed.teams.{key}.kind", [team.kind], plan.team_kinds)
    for key, depot in seed.depots.items():
        yield from _missing(f"seed.depots.{key}.stock", [stock.item for stock in depot.stock], seed.items)
