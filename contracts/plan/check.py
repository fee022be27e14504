"""Does the plan hold together: every reference resolves, every sector is provided for, every figure vouched for."""

from collections.abc import Iterable, Iterator
from typing import get_args

from contracts.plan.check_law import LAW
from contracts.plan.intake import AskedWhen, Question
from contracts.plan.plan import Plan
from contracts.plan.provenance import entries, texts
from contracts.plan.provinces import other_province, province_of
from contracts.plan.reference import Finding, Reference, once, present
from contracts.plan.warnings import AutoDraft, Step
from contracts.values import Grade, ResponseLevel, WarningLevel

TIMERS = ("acknowledge_seconds", "undo_seconds")
"""The timers services ask for."""


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


def _tree(plan: Plan) -> Iterator[Reference]:
    places = plan.jurisdictions
    roots = [code for code, place in places.items() if place.parent is None]
    yield Reference("jurisdictions", ", ".join(roots), len(roots) == 1, "one_root")
    for code, place in places.items():
        yield from present(f"jurisdictions.{code}.parent", [place.parent] if place.parent else [], places)
        yield Reference(f"jurisdictions.{code}.parent", code, _ends(plan, code), "circular")
    yield from present("boundaries", plan.boundaries, places)


def _places(plan: Plan) -> Iterator[Reference]:
    counties = [code for code, place in plan.jurisdictions.items() if place.level == "county"]
    for code, place in plan.places.items():
        where = f"places.{code}.within"
        yield from present(where, [place.within], (*counties, *plan.places))
        yield Reference(where, code, _reaches_a_county(plan, code), "circular")


def _intake(plan: Plan) -> Iterator[Reference]:
    known = (*plan.jurisdictions, *plan.places)
    for one, landmark in plan.landmarks.items():
        yield from present(f"landmarks.{one}.within", [landmark.within], known)
    kind = plan.intake.undetermined
    sectors = [kind.sector] if kind.sector else []
    yield from present("intake.undetermined.sector", sectors, plan.sectors)
    for sector in sectors:
        yield from present("intake.undetermined.event_type", [kind.event_type], _types_of(plan, sector))
    alike = {code for group in plan.intake.same_event.alike for code in group}
    yield from present("intake.same_event.alike", sorted(alike), plan.event_codes.names)
    yield from _questions(plan)


def _questions(plan: Plan) -> Iterator[Reference]:
    asked = plan.intake.questions
    facts = [question.fact for question in asked.values() if question.fact]
    yield from once("intake.questions", facts)
    for number, (name, question) in enumerate(asked.items()):
        where, before = f"intake.questions.{name}", list(asked)[:number]
        yield from present(f"{where}.sectors", sorted(question.sectors), plan.sectors)
        known = {code for slug in question.sectors or plan.sectors for code in _types_of(plan, slug)}
        yield from present(f"{where}.event_types", sorted(question.event_types), known)
        if question.when is not None:
            yield from present(f"{where}.when.question", [question.when.question], before)
            yield from _answers(where, question.when, asked.get(question.when.question))


def _answers(where: str, when: AskedWhen, asked: Question | None) -> Iterator[Reference]:
    """The answers that a question waits for are answers of the other one."""
    if asked is not None:
        numbers, flags = asked.answer_kind in {"count", "number"}, asked.answer_kind == "flag"
        fits = numbers if when.at_least is not None else flags or asked.answer_kind == "choice"
        yield Reference(f"{where}.when", when.question, fits, "wrong_answer")
        chosen = [str(one).lower() for one in when.answers]
        yield from present(f"{where}.when.answers", chosen, ("true", "false") if flags else asked.options)


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
    yield from present("grades", Grade, plan.grades)
    yield from present("responses.criteria", Grade, plan.responses.criteria.levels)
    yield from present("responses.levels", ResponseLevel, plan.responses.levels)
    yield from present("warnings.levels", WarningLevel, plan.warnings.levels)
    yield from present("warnings.roles", get_args(Step), plan.warnings.roles.steps)
    yield from present("timers", TIMERS, plan.timers)


def _sectors(plan: Plan) -> Iterator[Reference]:
    for slug, sector in plan.sectors.items():
        tables = [name for name in (sector.grading.table, sector.grading.outside_production) if name]
        yield from present(f"sectors.{slug}.grading", tables, plan.grading)
        yield from present(f"sectors.{slug}.competent", sector.competent.departments, plan.departments)
        yield from present(f"sectors.{slug}.event_types", sector.event_types, plan.event_codes.names)
        yield from once(f"sectors.{slug}.event_types", sector.event_types)
        card = plan.run_card(slug, "", Grade.GENERAL)
        yield Reference(f"sectors.{slug}", slug, card is not None, "no_run_card")
    yield from once("sectors.name", (sector.name for sector in plan.sectors.values()))
    for slug, scale in plan.alarm_scales.items():
        yield from present(f"alarm_scales.{slug}.sectors", scale.sectors, plan.sectors)
    yield from once("alarm_scales", (s for scale in plan.alarm_scales.values() for s in scale.sectors))


def _forces(plan: Plan) -> Iterator[Reference]:
    able = {capability for kind in plan.team_kinds.values() for capability in kind.capabilities}
    for slug, kind in plan.team_kinds.items():
        yield from present(f"team_kinds.{slug}.capabilities", kind.capabilities, plan.capabilities)
    for slug, card in plan.run_cards.items():
        where = f"run_cards.{slug}"
        yield from present(f"{where}.sector", [card.sector], plan.sectors)
        yield from present(f"{where}.slots", [slot.capability for slot in card.slots], able)
        wanted = [card.event_type] if card.event_type else []
        yield from present(f"{where}.event_type", wanted, _types_of(plan, card.sector))
        yield from once(f"{where}.slots", (slot.capability for slot in card.slots))
    yield from once(
        "run_cards",
        (f"{c.sector}, {c.event_type}, {c.grade}, {c.alarm_level}" for c in plan.run_cards.values()),
    )


def _mutual_aid(plan: Plan) -> Iterator[Reference]:
    yield from once("mutual_aid.lenders.asker", (lenders.asker for lenders in plan.mutual_aid.lenders))
    for number, lenders in enumerate(plan.mutual_aid.lenders):
        where, asker = f"mutual_aid.lenders[{number}]", lenders.asker
        yield from present(f"{where}.asker", [asker], plan.jurisdictions)
        yield from once(f"{where}.order", lenders.order)
        for lender in lenders.order if asker in plan.jurisdictions else ():
            yield Reference(f"{where}.order", lender, plan.is_linked(asker, lender), "not_linked")


def _types_of(plan: Plan, sector: str) -> Iterable[str]:
    return plan.sectors[sector].event_types if sector in plan.sectors else ()


def _drafts(plan: Plan) -> Iterator[Reference]:
    for number, draft in enumerate(plan.warnings.auto_draft):
        yield from _draft(plan, f"warnings.auto_draft[{number}]", draft)


def _draft(plan: Plan, where: str, draft: AutoDraft) -> Iterator[Reference]:
    yield from present(f"{where}.sector", [draft.sector], plan.sectors)
    yield from present(f"{where}.event_types", draft.event_types, _types_of(plan, draft.sector))
    for code in draft.event_types:
        issuer = plan.warnings.issuer(code)
        reserved = issuer is not None and issuer.reserved
        yield Reference(f"{where}.event_types", code, not reserved, "reserved")


def _seed(plan: Plan) -> Iterator[Reference]:
    seed = plan.seed
    for name in ("teams", "depots", "shelters", "hazard_sources", "experts"):
        for key, entry in getattr(seed, name).items():
            yield from present(f"seed.{name}.{key}.jurisdiction", [entry.jurisdiction], plan.jurisdictions)
    for key, team in seed.teams.items():
        yield from present(f"seed.teams.{key}.kind", [team.kind], plan.team_kinds)
    for place in plan.jurisdictions:
        here = (
            team.call_sign for team in seed.teams.values() if team.jurisdiction == place and team.call_sign
        )
        yield from once(f"seed.teams.call_sign.{place}", here)
    for key, depot in seed.depots.items():
        yield from present(f"seed.depots.{key}.stock", [stock.item for stock in depot.stock], seed.items)
        yield from once(f"seed.depots.{key}.stock", (stock.item for stock in depot.stock))
    for key, site in (*seed.shelters.items(), *seed.hazard_sources.items()):
        yield from present(f"seed sites.{key}.sector", [site.sector] if site.sector else [], plan.sectors)


def _provenance(plan: Plan) -> Iterator[Reference]:
    yield from present("confirmers.default", plan.confirmers.default, plan.departments)
    for part, departments in plan.confirmers.parts.items():
        yield from present(f"confirmers.parts.{part}", departments, plan.departments)
        yield Reference("confirmers.parts", part, part.split(".")[0] in Plan.model_fields)
    for one in entries(plan):
        yield Reference(one.path, "", one.vouched, "unsourced")
        yield Reference(one.path, one.admits, not one.admits, "unmarked")
        if one.entry is not None:
            yield from present(f"{one.path}.confirm_by", one.entry.confirm_by, plan.departments)


def _own_province(plan: Plan) -> Iterator[Reference]:
    """What an entry says, its sources apart, names no other province: a plan copied, not rewritten."""
    own = province_of(next(iter(plan.jurisdictions), ""))
    yield Reference("jurisdictions", "", own is not None, "no_province")
    for code in plan.jurisdictions:
        yield Reference(f"jurisdictions.{code}", code, province_of(code) == own, "foreign_name")
    for path, said in (("name", plan.name), *texts(plan)):
        foreign = other_province(said, own)
        yield Reference(path, foreign or "", foreign is None, "foreign_name")


PARTS = (
    _tree,
    _places,
    _intake,
    _completeness,
    _sectors,
    *LAW,
    _forces,
    _mutual_aid,
    _drafts,
    _seed,
    _provenance,
    _own_province,
)
