"""Who may do what at this service, and what every route asks for."""

from typing import Annotated

from fastapi import Depends, Request

from services.incident.context import Context
from shared.http.auth import Principal, Role, requires
from shared.http.commands import Call, command

READERS = (
    Role.CALL_TAKER,
    Role.DISPATCHER,
    Role.DUTY_OFFICER,
    Role.COMMANDER,
    Role.DEPARTMENT,
    Role.LOGISTICS,
    Role.WARNING_AUTHOR,
    Role.WARNING_REVIEWER,
    Role.WARNING_SIGNER,
    Role.AUDITOR,
    Role.SYSTEM,
)
Reader = Annotated[Principal, Depends(requires(*READERS, scope="reads"))]
ReportReader = Annotated[
    Principal,
    Depends(
        requires(
            Role.CALL_TAKER,
            Role.DISPATCHER,
            Role.DUTY_OFFICER,
            Role.COMMANDER,
            Role.AUDITOR,
            Role.SYSTEM,
            scope="reads",
        )
    ),
]
Intake = Annotated[Call, Depends(command(Role.CALL_TAKER, Role.DUTY_OFFICER, Role.SYSTEM))]
Operator = Annotated[
    Call, Depends(command(Role.CALL_TAKER, Role.DISPATCHER, Role.DUTY_OFFICER, Role.COMMANDER))
]
Leader = Annotated[Call, Depends(command(Role.DUTY_OFFICER, Role.COMMANDER))]
DepartmentCall = Annotated[Call, Depends(command(Role.DEPARTMENT))]


def context_of(request: Request) -> Context:
    """What this node decides with."""
    context: Context = request.app.state.context
    return context


def own_reports_of(principal: Principal) -> str | None:
    """Whose reports only are to be read: a machine's token reads its own, people read all (None)."""
    return principal.subject if principal.roles == {Role.SYSTEM} else None
