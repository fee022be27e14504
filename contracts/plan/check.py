"""Does the plan hold together: every reference resolves, every sector is provided for, every figure vouched for."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal, get_args

from contracts.plan.jurisdiction import Level
from contracts.plan.plan import Plan
from contracts.plan.provenance import entries, texts
from contracts.plan.provinces import other_province, province_of
from contracts.plan.sector import Production, Sector
from contracts.plan.warnings import AutoDraft, Step, WarningRecipientKind
from contracts.values import Grade, ResponseLevel, Value, WarningLevel

TIMERS = ("acknowledge_seconds",)
"""The timers services ask for."""
RECIPIENTS = get_args(WarningRecipientKind)


Rule = Literal[
    "missing",
    "one_root",
    "circular",
    "repeated",
    "no_run_card",
    "no_departments",
    "no_duty",
    "no_criterion",
    "reserved",
    "unsourced",
    "unmarked",
    "misplaced",
    "no_province",
    "foreign_name",
]
"""What can be wrong; each has its message ``plan.fault.<rule>`` in the catalogue."""


class Finding(Value):
    """One fault: where, by which rule, and what is concerned (what is missing, what stands twice, …)."""

    where: str
    rule: Rule = "missing"
    concerns: str = ""


@dataclass(frozen=True)
class Reference:
    """One thing that must hold: most are names in one place that must exist in another."""

    where: str
    concerns: str
    holds: bool
    rule: Rule = "missing"


def check(plan: Plan) -> list[Finding]:
    """Everything that does not hold; empty for a sound plan."""
    return [
        Finding(where=one.where, rule=one.rule, concerns=one.concerns)
        for one in references(plan)
        if not one.holds
    ]


def references(plan: Plan) -> Iterator[Reference]:
    """Everything that is checked, in the plan's order."""
    for part in PARTS:
        yield from part(plan)


def _in(where: str, wanted: Iterable[object], known: Iterable[object]) -> Iterator[Reference]:
    have = set(known)
    for one in wanted:
        yield Reference(where, str(one), one in have)


def _once(where: str, keys: Iterable[Hashable]) -> Iterator[Reference]:
    for key, count in Counter(keys).items():
        yield Reference(where, str(key), count == 1, "repeated")


def _tree(plan: Plan) -> Iterator[Reference]:
    places = plan.jurisdictions
    roots = [code for code, place in places.items() if place.parent is None]
    yield Reference("jurisdictions", ", ".join(roots), len(roots) == 1, "one_root")
    for code, place in places.items():
        yield from _in(f"jurisdictions.{code}.parent", [place.parent] if place.parent else [], places)
        yield Reference(f"jurisdictions.{code}.parent", code, _ends(plan, code), "circular")
    yield from _in("boundaries", plan.boundaries, places)


def _places(plan: Plan) -> Iterator[Reference]:
    counties = [code for code, place in plan.jurisdictions.items() if place.level == "county"]
    for code, place in plan.places.items():
        where = f"places.{code}.within"
        yield from _in(where, [place.within], (*counties, *plan.places))
        yield Reference(where, code, _reaches_a_county(plan, code), "circular")


def _reaches_a_county(plan: Plan, code: str) -> bool:
    """Whether a place lies in the county that its code begins with."""
    current, seen = code, set[str]()
    while current in plan.places and current not in seen:
        seen.add(current)
        current = plan.places[current].within
    return current == code[:6]


def _ends(plan: Plan, code: str | None) -> bool:
    seen: set[str] = set()
    while code in plan.jurisdictions and code not in seen:
        seen.add(code)
        code = plan.parent(code)
    return code not in seen


def _completeness(plan: Plan) -> Iterator[Reference]:
    yield from _in("grades", Grade, plan.grades)
    yield from _in("responses.criteria", Grade, plan.responses.criteria.levels)
    yield from _in("responses.levels", ResponseLevel, plan.responses.levels)
    yield from _in("warnings.levels", WarningLevel, plan.warnings.levels)
    yield from _in("warnings.roles", get_args(Step), plan.warnings.roles.steps)
    yield from _in("timers", TIMERS, plan.timers)


def _sectors(plan: Plan) -> Iterator[Reference]:
    for slug, sector in plan.sectors.items():
        tables = [name for name in (sector.grading.table, sector.grading.outside_production) if name]
        yield from _in(f"sectors.{slug}.grading", tables, plan.grading)
        yield from _in(f"sectors.{slug}.competent", sector.competent.departments, plan.departments)
        yield from _in(f"sectors.{slug}.event_types", sector.event_types, plan.event_codes.names)
        yield from _once(f"sectors.{slug}.event_types", sector.event_types)
        card = plan.run_card(slug, "", Grade.GENERAL)
        yield Reference(f"sectors.{slug}", slug, card is not None, "no_run_card")
    yield from _once("sectors.name", (sector.name for sector in plan.sectors.values()))
    for slug, scale in plan.alarm_scales.items():
        yield from _in(f"alarm_scales.{slug}.sectors", scale.sectors, plan.sectors)
    yield from _once("alarm_scales", (s for scale in plan.alarm_scales.values() for s in scale.sectors))


def _grading(plan: Plan) -> Iterator[Reference]:
    for slug, table in plan.grading.items():
        for number, criterion in enumerate(table.criteria):
            where = f"grading.{slug}.criteria[{number}].event_types"
            yield from _in(where, criterion.event_types, plan.event_codes.names)


def _reporting(plan: Plan) -> Iterator[Reference]:
    for slug, duty in plan.reporting_clocks.items():
        where = f"reporting_clocks.{slug}.applies_to"
        yield from _in(where, (*duty.applies_to.sectors, *duty.applies_to.except_sectors), plan.sectors)
    for slug, sector in plan.sectors.items():
        for level in {place.level for place in plan.jurisdictions.values()} - {"province"}:
            for production in _kinds(sector.grading.production):
                owed = _owed(plan, level, slug, sector, production)
                yield Reference(f"sectors.{slug}", level, owed, "no_duty")


def _kinds(production: Production) -> tuple[bool, ...]:
    return {"always": (True,), "never": (False,), "by_fact": (True, False)}[production]


def _owed(plan: Plan, level: Level, slug: str, sector: Sector, production: bool) -> bool:
    """Whether somebody of a level has to report such an incident upward, at least when it is grave."""
    return any(
        duty.level == level
        and duty.applies_to.includes(slug, sector, production)
        and any(recipient.kind == "next_level" for recipient in duty.recipients)
        for duty in plan.reporting_clocks.values()
    )


def _responses(plan: Plan) -> Iterator[Reference]:
    for level, rule in plan.responses.levels.items():
        yield from _in(f"responses.levels.{level}.starters", rule.approvers, rule.starters)


def _consultations(plan: Plan) -> Iterator[Reference]:
    yield from _in("consultations.chairs", Grade, plan.consultations.chairs)
    yield from _in("consultations.matrix", plan.consultations.matrix, plan.sectors)
    for slug in plan.sectors:
        rule = plan.consultations.matrix.get(slug)
        for grade in Grade:
            invited = rule.departments.get(grade, ()) if rule else ()
            where = f"consultations.matrix.{slug}"
            yield Reference(where, grade, bool(invited), "no_departments")
            yield from _in(f"{where}.{grade}", invited, plan.departments)
        if rule:
            yield from _once(f"consultations.matrix.{slug}", chain.from_iterable(rule.departments.values()))


def _forces(plan: Plan) -> Iterator[Reference]:
    able = {capability for kind in plan.team_kinds.values() for capability in kind.capabilities}
    for slug, kind in plan.team_kinds.items():
        yield from _in(f"team_kinds.{slug}.capabilities", kind.capabilities, plan.capabilities)
    for slug, card in plan.run_cards.items():
        where = f"run_cards.{slug}"
        yield from _in(f"{where}.sector", [card.sector], plan.sectors)
        yield from _in(f"{where}.slots", [slot.capability for slot in card.slots], able)
        wanted = [card.event_type] if card.event_type else []
        yield from _in(f"{where}.event_type", wanted, _types_of(plan, card.sector))
        yield from _once(f"{where}.slots", (slot.capability for slot in card.slots))
    yield from _once(
        "run_cards",
        (f"{c.sector}, {c.event_type}, {c.grade}, {c.alarm_level}" for c in plan.run_cards.values()),
    )


def _types_of(plan: Plan, sector: str) -> Iterable[str]:
    return plan.sectors[sector].event_types if sector in plan.sectors else ()


CAN_BE_WARNED_OF = {"natural_disaster", "accident", "public_health"}
"""可以预警的自然灾害、事故灾难和公共卫生事件 (突发事件应对法 art. 63)."""


def _warnings(plan: Plan) -> Iterator[Reference]:
    rules = plan.warnings
    warned = [slug for slug, sector in plan.sectors.items() if sector.event_class in CAN_BE_WARNED_OF]
    yield from _in("warnings.criteria", warned, rules.criteria)
    for slug, criteria in rules.criteria.items():
        yield from _in(f"warnings.criteria.{slug}", [slug], plan.sectors)
        for level in WarningLevel:
            told = level in criteria.levels or criteria.to_confirm
            yield Reference(f"warnings.criteria.{slug}", level, told, "no_criterion")
    yield from _in("warnings.recipients", RECIPIENTS, (one.kind for one in rules.recipients))
    for number, issuer in enumerate(rules.issuers):
        wanted = [issuer.department] if issuer.department else []
        yield from _in(f"warnings.issuers[{number}].department", wanted, plan.departments)
    yield from _once("warnings.issuers", (prefix for one in rules.issuers for prefix in one.event_types))


def _drafts(plan: Plan) -> Iterator[Reference]:
    for number, draft in enumerate(plan.warnings.auto_draft):
        yield from _draft(plan, f"warnings.auto_draft[{number}]", draft)


def _draft(plan: Plan, where: str, draft: AutoDraft) -> Iterator[Reference]:
    yield from _in(f"{where}.sector", [draft.sector], plan.sectors)
    yield from _in(f"{where}.event_types", draft.event_types, _types_of(plan, draft.sector))
    for code in draft.event_types:
        issuer = plan.warnings.issuer(code)
        reserved = issuer is not None and issuer.reserved
        yield Reference(f"{where}.event_types", code, not reserved, "reserved")


def _seed(plan: Plan) -> Iterator[Reference]:
    seed = plan.seed
    for name in ("teams", "depots", "shelters", "hazard_sources", "experts"):
        for key, entry in getattr(seed, name).items():
            yield from _in(f"seed.{name}.{key}.jurisdiction", [entry.jurisdiction], plan.jurisdictions)
    for key, team in seed.teams.items():
        yield from _in(f"seed.teams.{key}.kind", [team.kind], plan.team_kinds)
    for key, depot in seed.depots.items():
        yield from _in(f"seed.depots.{key}.stock", [stock.item for stock in depot.stock], seed.items)
        yield from _once(f"seed.depots.{key}.stock", (stock.item for stock in depot.stock))
    for key, site in (*seed.shelters.items(), *seed.hazard_sources.items()):
        yield from _in(f"seed sites.{key}.sector", [site.sector] if site.sector else [], plan.sectors)


def _provenance(plan: Plan) -> Iterator[Reference]:
    yield from _in("confirmers.default", plan.confirmers.default, plan.departments)
    for part, departments in plan.confirmers.parts.items():
        yield from _in(f"confirmers.parts.{part}", departments, plan.departments)
        yield Reference("confirmers.parts", part, part.split(".")[0] in Plan.model_fields)
    for one in entries(plan):
        yield Reference(one.path, "", one.vouched, "unsourced")
        yield Reference(one.path, one.admits, not one.admits, "unmarked")
        if one.entry is not None:
            yield from _in(f"{one.path}.confirm_by", one.entry.confirm_by, plan.departments)


def _own_province(plan: Plan) -> Iterator[Reference]:
    """What an entry says, its sources apart, names no other province: a plan copied, not rewritten."""
    own = province_of(next(iter(plan.jurisdictions), ""))
    yield Reference("jurisdictions", "", own is not None, "no_province")
    for code in plan.jurisdictions:
        yield Reference(f"jurisdictions.{code}", code, province_of(code) == own, "foreign_name")
    for path, said in ((path, text) for path, text in (("name", plan.name), *texts(plan))):
        foreign = other_province(said, own)
        yield Reference(path, foreign or "", foreign is None, "foreign_name")


PARTS = (
    _tree,
    _places,
    _completeness,
    _sectors,
    _grading,
    _reporting,
    _responses,
    _consultations,
    _forces,
    _warnings,
    _drafts,
    _seed,
    _provenance,
    _own_province,
)
