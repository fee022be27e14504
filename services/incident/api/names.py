"""What screens call places, capabilities, material, departments and kinds of events: the plan's own names, by their keys."""

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from services.incident.api.access import PersonReader, context_of
from services.incident.api.intake import KindView

router = APIRouter(tags=["names"])


class NamesView(BaseModel):
    """Names by code or slug; ``linked``: the nodes that read this node's streams, which support can be asked of."""

    places: dict[str, str]
    capabilities: dict[str, str]
    items: dict[str, str]
    departments: dict[str, str]
    kinds: list[KindView] = Field(description="every kind of event, by sector")
    linked: list[str] = Field(description="the level above, and those directly below")


@router.get("/names")
async def show_names(request: Request, _: PersonReader) -> NamesView:
    """What things are called in this plan."""
    context = context_of(request)
    plan, node = context.plan, context.node
    return NamesView(
        places={code: place.name for code, place in plan.jurisdictions.items()},
        capabilities={slug: one.name for slug, one in plan.capabilities.items()},
        items={slug: one.name for slug, one in plan.seed.items.items()},
        departments={slug: one.name for slug, one in plan.departments.items()},
        kinds=[
            KindView(sector=slug, sector_name=sector.name, event_type=code, name=plan.event_codes.names[code])
            for slug, sector in plan.sectors.items()
            for code in sector.event_types
        ],
        linked=[code for code in plan.jurisdictions if code != node and plan.is_linked(node, code)],
    )
