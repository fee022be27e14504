"""Who may do what at this service."""

from typing import Annotated

from fastapi import Depends, Path, Query, Request

from contracts.values import Id, Text
from services.dispatch.context import Context
from services.dispatch.store.concerns import Audience
from shared.http.auth import Principal, Role, requires
from shared.http.commands import Call, command

READERS = (
    Role.CALL_TAKER,
    Role.DISPATCHER,
    Role.DUTY_OFFICER,
    Role.COMMANDER,
    Role.DEPARTMENT,
    Role.LOGISTICS,
    Role.TEAM,
    Role.AUDITOR,
)
WATCH = frozenset(READERS) - {Role.DEPARTMENT}
"""Who reads everything of the node."""
Reader = Annotated[Principal, Depends(requires(*READERS, scope="reads"))]
Dispatcher = Annotated[Call, Depends(command(Role.DISPATCHER, Role.COMMANDER))]
Leader = Annotated[Call, Depends(command(Role.DISPATCHER, Role.DUTY_OFFICER, Role.COMMANDER))]
TeamCall = Annotated[Call, Depends(command(Role.DISPATCHER, Role.COMMANDER, Role.TEAM))]
TeamReader = Annotated[Principal, Depends(requires(Role.TEAM, scope="reads"))]
PathId = Annotated[Id, Path(description="id")]
Limit = Annotated[int, Query(ge=1, le=200)]
After = Annotated[Text, Query(max_length=100, description="only what stands behind this id")]


def gives_orders(principal: Principal) -> bool:
    """Whether somebody may order teams out, and therefore end and correct orders."""
    return bool(principal.roles & {Role.DISPATCHER, Role.COMMANDER})


def audience_of(principal: Principal, context: Context) -> Audience | None:
    """What this principal reads of the node's orders; None: all of them.

    A department reads those of the incidents it is consulted on, has a task in, or is competent for (主管部门).
    """
    if principal.roles & WATCH:
        return None
    slug = principal.department or ""
    sectors = [sector for sector, one in context.plan.sectors.items() if slug in one.competent.departments]
    return Audience(slug, tuple(sectors))


def team_of(principal: Principal) -> str | None:
    """Whose orders only a team's own token reads; None: it is none, and reads those of others too."""
    return (principal.team or "") if principal.roles == {Role.TEAM} else None


def context_of(request: Request) -> Context:
    """What this node decides with."""
    context: Context = request.app.state.context
    return context
