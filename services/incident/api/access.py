"""Who may do what at this service, and what every route asks for."""

from typing import Annotated

from fastapi import Depends, Request

from services.incident.context import Context
from services.incident.store.board import Audience
from shared.http.auth import Principal, Role, requires
from shared.http.commands import Call, command

PEOPLE = (
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
)
WATCH = frozenset(PEOPLE) - {Role.DEPARTMENT}
"""Who reads every incident of the node; everybody else no more than their own job."""
REPORT_WATCH = frozenset({Role.CALL_TAKER, Role.DISPATCHER, Role.DUTY_OFFICER, Role.COMMANDER, Role.AUDITOR})
"""Who reads every report."""
Reader = Annotated[Principal, Depends(requires(*PEOPLE, Role.SYSTEM, scope="reads"))]
WatchReader = Annotated[Principal, Depends(requires(*WATCH, scope="reads"))]
PersonReader = Annotated[Principal, Depends(requires(*PEOPLE, scope="reads"))]
ReportReader = Annotated[Principal, Depends(requires(*REPORT_WATCH, Role.SYSTEM, scope="reads"))]
Intake = Annotated[Call, Depends(command(Role.CALL_TAKER, Role.DUTY_OFFICER, Role.SYSTEM))]
Operator = Annotated[
    Call, Depends(command(Role.CALL_TAKER, Role.DISPATCHER, Role.DUTY_OFFICER, Role.COMMANDER))
]
Leader = Annotated[Call, Depends(command(Role.DUTY_OFFICER, Role.COMMANDER))]
CallerReader = Annotated[Call, Depends(command(Role.CALL_TAKER, Role.DUTY_OFFICER, Role.COMMANDER))]
"""Who reads from whom a report or a call came; a command, so that it is on record."""
DepartmentCall = Annotated[Call, Depends(command(Role.DEPARTMENT))]


def context_of(request: Request) -> Context:
    """What this node decides with."""
    context: Context = request.app.state.context
    return context


def own_reports_of(principal: Principal) -> str | None:
    """Whose reports only are to be read: a machine's token reads its own, people read all (None)."""
    return None if principal.roles & REPORT_WATCH else principal.subject


def audience_of(principal: Principal, context: Context) -> Audience | None:
    """What this principal reads of the node's incidents; None: all of them.

    A department reads what it is consulted on, has a task in, or is competent for by sector (主管部门); a
    machine's token what it reported itself.
    """
    if principal.roles & WATCH:
        return None
    department = principal.department if Role.DEPARTMENT in principal.roles else None
    sectors = [slug for slug, one in context.plan.sectors.items() if department in one.competent.departments]
    reporter = principal.subject if Role.SYSTEM in principal.roles else None
    return Audience(department, tuple(sectors), reporter)
