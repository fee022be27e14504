"""Who may say what about an incident; which of two values said at different nodes holds is ``contracts.precedence``.

A node writes only its own topics, so the envelope's jurisdiction is who speaks (ADR 0015). Levels are those of
突发事件应对法 arts 16-18: the origin acts first (属地管理), the levels above it may take the lead.
"""

from enum import StrEnum

from contracts.messages import Terms
from contracts.plan import Plan
from contracts.refusals import Refusal


class NoAuthority(Refusal):
    """The node that says so has no part in this incident, or not this one."""

    STATUS = 403
    KEY = "incident.no_authority"


class Standing(StrEnum):
    """What a node is to an incident."""

    ORIGIN = "origin"
    ABOVE = "above"
    ELSEWHERE = "elsewhere"


_LINE = frozenset({Standing.ORIGIN, Standing.ABOVE})
MAY_SAY: dict[str, frozenset[Standing]] = {
    "report": frozenset({Standing.ORIGIN}),
    "amend": frozenset({Standing.ORIGIN}),
    "update": _LINE,
    "grade": _LINE,
    "alarm": _LINE,
    "escalate": _LINE,
    "command": frozenset({Standing.ABOVE}),
    "respond": _LINE,
    "control": _LINE,
    "close": _LINE,
    "reopen": _LINE,
    "merge": frozenset({Standing.ORIGIN}),
    "split": frozenset({Standing.ORIGIN}),
    "link": _LINE,
    "submit": _LINE,
    "receive": frozenset({Standing.ABOVE}),
}
"""What the origin and the levels above it may say. Of its own part a node says when it responds and ends; what that
makes of the part of another node is ``mirror.follow``."""


def standing(writer: str, origin: str, plan: Plan) -> Standing:
    """What a node is to the incidents of ``origin``."""
    if writer == origin:
        return Standing.ORIGIN
    return Standing.ABOVE if plan.is_within(origin, writer) else Standing.ELSEWHERE


def require_authority(act: str, writer: str, origin: str, plan: Plan) -> None:
    """Raise NoAuthority unless ``writer`` may say this about an incident of ``origin``."""
    if standing(writer, origin, plan) not in MAY_SAY[act]:
        raise NoAuthority(
            writer=plan.words_of(writer), act=Terms("act", (act,)), origin=plan.words_of(origin)
        )
