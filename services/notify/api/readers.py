"""Who may read what this service knows."""

from typing import Annotated

from fastapi import Depends

from shared.http.auth import Principal, Role, requires

AUTHOR, REVIEWER, SIGNER = Role.WARNING_AUTHOR, Role.WARNING_REVIEWER, Role.WARNING_SIGNER
READERS = (
    AUTHOR,
    REVIEWER,
    SIGNER,
    Role.CALL_TAKER,
    Role.DISPATCHER,
    Role.DUTY_OFFICER,
    Role.COMMANDER,
    Role.DEPARTMENT,
    Role.LOGISTICS,
    Role.AUDITOR,
    Role.SYSTEM,
)
Reader = Annotated[Principal, Depends(requires(*READERS, scope="reads"))]


def department_of(principal: Principal) -> str | None:
    """Whose published warnings only are read: a department's token sees nobody's drafts. None: the watch's."""
    return (principal.department or "") if principal.roles == {Role.DEPARTMENT} else None


DeliveryReader = Annotated[
    Principal,
    Depends(
        requires(*(role for role in READERS if role not in {Role.DEPARTMENT, Role.SYSTEM}), scope="reads")
    ),
]
"""What became of every message is for the watch; a department hears of its own by what it receives."""
Overseer = Annotated[
    Principal,
    Depends(requires(Role.DUTY_OFFICER, Role.AUDITOR, AUTHOR, REVIEWER, SIGNER, scope="reads")),
]
