"""State machines as data: one table per aggregate, one total function, one diagram."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from contracts.refusals import RefusedTransition

State = TypeVar("State", bound=StrEnum)
Transitions = Mapping[tuple[State, str], State]
"""(state, command) → next state; what is absent is refused."""


def advance(transitions: Transitions[State], state: State, command: str) -> State:
    """The state after ``command``; raises RefusedTransition naming the states that allow it."""
    try:
        return transitions[state, command]
    except KeyError:
        allowed = {origin.value for origin, name in transitions if name == command}
        raise RefusedTransition(state.value, command, allowed) from None


def mermaid(transitions: Transitions[State], initial: State) -> str:
    """The table as a mermaid state diagram, in the table's order."""
    lines = ["stateDiagram-v2", f"    [*] --> {initial.value}"]
    lines += [
        f"    {origin.value} --> {target.value}: {command}"
        for (origin, command), target in transitions.items()
    ]
    leaving = {origin for origin, _ in transitions}
    ends = dict.fromkeys(target.value for target in transitions.values() if target not in leaving)
    return "\n".join(lines + [f"    {end} --> [*]" for end in ends])
