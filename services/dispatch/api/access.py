"""Who may do what at this service."""

from typing import Annotated

from fastapi import Depends, Path, Query, Request

from contracts.values import Id, Text
from services.dispatch.context import Context
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
Reader = Annotated[Principal, Depends(requires(*READERS, scope="reads"))]
Dispatcher = Annotated[Call, Depends(command(Role.DISPATCHER, Role.COMMANDER))]
Leader = Annotated[Call, Depends(command(Role.DISPATCHER, Role.DUTY_OFFICER, Role.COMMANDER))]
TeamCall = Annotated[Call, Depends(command(Role.DISPATCHER, Role.TEAM))]
PathId = Annotated[Id, Path(description="id")]
Limit = Annotated[int, Query(ge=1, le=200)]
After = Annotated[Text, Query(max_length=100, description="only what stands behind this id")]


def context_of(request: Request) -> Context:
    """What this node decides with."""
    context: Context = request.app.state.context
    return context
