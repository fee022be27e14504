"""Does the plan provide for what the law asks: grading, reporting, responses, consultations, warnings."""

from collections.abc import Iterator
from itertools import chain
from typing import get_args

from contracts.plan.jurisdiction import Level
from contracts.plan.plan import Plan
from contracts.plan.reference import Reference, once, present
from contracts.plan.sector import Production, Sector
from contracts.plan.warnings import WarningRecipientKind
from contracts.values import Grade, WarningLevel

RECIPIENTS = get_args(WarningRecipientKind)


def _grading(plan: Plan) -> Iterator[Reference]:
    for slug, table in plan.grading.items():
        for number, criterion in enumerate(table.criteria):
            where = f"grading.{slug}.criteria[{number}].event_types"
            yield from present(where, criterion.event_types, plan.event_codes.names)


def _reporting(plan: Plan) -> Iterator[Reference]:
    for slug, duty in plan.reporting_duties.items():
        where = f"reporting_duties.{slug}.applies_to"
        yield from present(where, (*duty.applies_to.sectors, *duty.applies_to.except_sectors), plan.sectors)
    for slug, sector in plan.sectors.items():
        for level in {place.level for place in plan.jurisdictions.values()} - {"province"}:
            for production in _kinds(sector.grading.production):
                owed = _is_reported_upward(plan, level, slug, sector, production)
                yield Reference(f"sectors.{slug}", level, owed, "no_duty")


def _kinds(production: Production) -> tuple[bool, ...]:
    return {"always": (True,), "never": (False,), "by_fact": (True, False)}[production]


def _is_reported_upward(plan: Plan, level: Level, slug: str, sector: Sector, production: bool) -> bool:
    """Whether somebody of a level has to report such an incident upward, at least when it is grave."""
    return any(
        duty.level == level
        and duty.applies_to.includes(slug, sector.event_class, production)
        and any(recipient.kind == "next_level" for recipient in duty.recipients)
        for duty in plan.reporting_duties.values()
    )


def _responses(plan: Plan) -> Iterator[Reference]:
    for level, rule in plan.responses.levels.items():
        yield from present(f"responses.levels.{level}.starters", rule.approvers, rule.starters)


def _consultations(plan: Plan) -> Iterator[Reference]:
    yield from present("consultations.chairs", Grade, plan.consultations.chairs)
    yield from present("consultations.matrix", plan.consultations.matrix, plan.sectors)
    for slug in plan.sectors:
        rule = plan.consultations.matrix.get(slug)
        for grade in Grade:
            invited = rule.departments.get(grade, ()) if rule else ()
            where = f"consultations.matrix.{slug}"
            yield Reference(where, grade, bool(invited), "no_departments")
            yield from present(f"{where}.{grade}", invited, plan.departments)
        if rule:
            yield from once(f"consultations.matrix.{slug}", chain.from_iterable(rule.departments.values()))


CAN_BE_WARNED_OF = {"natural_disaster", "accident", "public_health"}
"""可以预警的自然灾害、事故灾难和公共卫生事件 (突发事件应对法 art. 63)."""


STATED = ("category", "level", "start_time", "area", "cautions", "measures", "issuer", "issue_time")
"""What a warning must state, whatever a plan says: 突发事件应对法 art. 64."""


def _warnings(plan: Plan) -> Iterator[Reference]:
    rules = plan.warnings
    warned = [slug for slug, sector in plan.sectors.items() if sector.event_class in CAN_BE_WARNED_OF]
    yield from present("warnings.criteria", warned, rules.criteria)
    for slug, criteria in rules.criteria.items():
        yield from present(f"warnings.criteria.{slug}", [slug], plan.sectors)
        for level in WarningLevel:
            told = level in criteria.levels or criteria.to_confirm
            yield Reference(f"warnings.criteria.{slug}", level, told, "no_criterion")
    yield from present("warnings.required.statements", STATED, rules.required.statements)
    for step, roles in rules.roles.steps.items():
        yield Reference(f"warnings.roles.steps.{step}", step, bool(roles), "nobody_may")
    yield from present("warnings.recipients", RECIPIENTS, (one.kind for one in rules.recipients))
    for number, issuer in enumerate(rules.issuers):
        wanted = [issuer.department] if issuer.department else []
        yield from present(f"warnings.issuers[{number}].department", wanted, plan.departments)
    yield from once("warnings.issuers", (prefix for one in rules.issuers for prefix in one.event_types))


LAW = (_grading, _reporting, _responses, _consultations, _warnings)
