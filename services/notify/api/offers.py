"""What plan and law offer for a warning: measures, criterion, issuer, whom to tell. A person chooses."""

from collections.abc import Mapping

from fastapi import APIRouter, Request

from contracts.plan import Plan
from contracts.plan.warnings import WarningRecipientKind, Warnings
from contracts.values import Line, WarningLevel
from services.notify.api.bodies import MeasureGroup, OffersView, RecipientView
from services.notify.api.readers import Reader
from services.notify.context import Context

router = APIRouter(tags=["warnings"])


@router.get("/warning-offers")
async def show_offers(
    request: Request, _: Reader, sector: Line, event_type: Line, level: WarningLevel
) -> OffersView:
    """What is offered for a warning that is still to be written; refused for an unknown sector or type."""
    context: Context = request.app.state.context
    slug, _named = context.plan.sector(sector)
    context.plan.require_event_type(slug, event_type)
    return offers_of(context, slug, event_type, level)


def offers_of(context: Context, sector: str, event_type: str, level: WarningLevel) -> OffersView:
    """What is offered for a warning of this sector, type and level at this node."""
    rules, named = context.plan.warnings, context.plan.warnings.issuer(event_type)
    criteria = rules.criteria.get(sector)
    places = _places(context.plan, context.node)
    return OffersView(
        issuer=context.issuer(event_type),
        reserved=named is not None and named.reserved,
        criterion=criteria.levels.get(level, "") if criteria else "",
        criterion_to_confirm=criteria is None or criteria.to_confirm,
        measures=list(rules.levels[level].measures),
        measure_groups=_groups(rules, level),
        recipients=[
            RecipientView(kind=one.kind, name=one.name, places=places.get(one.kind, []))
            for one in rules.recipients
        ],
    )


def _groups(rules: Warnings, level: WarningLevel) -> list[MeasureGroup]:
    """A level's measures by the lowest level that offers them, the lowest first."""
    left, groups = list(rules.levels[level].measures), list[MeasureGroup]()
    for lower in reversed(WarningLevel):
        rule = rules.levels[lower]
        offered = [measure for measure in left if measure in rule.measures]
        left = [measure for measure in left if measure not in offered]
        if offered:
            groups.append(MeasureGroup(level=lower, name=rule.name, measures=offered))
    return groups


def _places(plan: Plan, node: str) -> Mapping[WarningRecipientKind, list[str]]:
    """The places of the plan that are meant: the one above, and those beside."""
    above = plan.parent(node)
    if above is None:
        return {}
    beside = [plan.jurisdictions[code].name for code in plan.children(above) if code != node]
    return {"next_level": [plan.jurisdictions[above].name], "neighbours": beside}
