"""Who may do what at this service."""

from typing import Annotated

from fastapi import Depends, Path, Query, Request
from pydantic import Field

from contracts.values import Id, Text
from services.resources.context import Context
from shared.http.auth import Principal, Role, requires
from shared.http.commands import Call, command

Reader = Annotated[Principal, Depends(requires(*Role, scope="reads"))]
Logistics = Annotated[Call, Depends(command(Role.LOGISTICS))]
Asker = Annotated[Call, Depends(command(Role.LOGISTICS, Role.DUTY_OFFICER, Role.COMMANDER))]
Quantity = Annotated[int, Field(ge=1, le=10_000_000, strict=True)]
PathId = Annotated[Id, Path(description="id")]
Limit = Annotated[int, Query(ge=1, le=200)]
LongAfter = Annotated[Text, Query(max_length=200, description="only what stands behind this stock_id")]
After = Annotated[Text, Query(max_length=100, description="only what stands behind this id")]


LONGEST_NAME = 200


def name_of(call: Call) -> str:
    """Who gives a command, as events tell it: one line, never empty."""
    return (call.principal.name or call.principal.subject or "-")[:LONGEST_NAME]


def context_of(request: Request) -> Context:
    """What this node decides with."""
    context: Context = request.app.state.context
    return context
