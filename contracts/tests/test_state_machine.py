"""State machines as data: every pair of state and command has an answer."""

from enum import StrEnum
from itertools import product

import pytest

from contracts.refusals import RefusedTransition
from contracts.state_machine import Transitions, advance, mermaid


class Door(StrEnum):
    SHUT = "shut"
    OPEN = "open"
    WALLED_UP = "walled_up"


DOORS: Transitions[Door] = {
    (Door.SHUT, "push"): Door.OPEN,
    (Door.OPEN, "pull"): Door.SHUT,
    (Door.OPEN, "push"): Door.OPEN,
    (Door.SHUT, "wall_up"): Door.WALLED_UP,
}


@pytest.mark.parametrize(("state", "command"), [*product(Door, ["push", "pull", "wall_up", "sing"])])
def test_what_is_in_the_table_happens_and_all_else_is_refused(state, command):
    if (state, command) in DOORS:
        assert advance(DOORS, state, command) is DOORS[state, command]
    else:
        with pytest.raises(RefusedTransition):
            advance(DOORS, state, command)


def test_a_refusal_says_which_states_would_allow_the_command():
    with pytest.raises(RefusedTransition) as refused:
        advance(DOORS, Door.WALLED_UP, "push")
    codes = {name: value.codes for name, value in refused.value.values.items()}
    assert codes == {"state": ("walled_up",), "command": ("push",), "allowed": ("open", "shut")}
    assert refused.value.STATUS == 409


def test_a_command_that_no_state_allows_is_refused_with_a_dash():
    with pytest.raises(RefusedTransition) as refused:
        advance(DOORS, Door.SHUT, "sing")
    assert refused.value.values["allowed"].read("zh") == "—"


def test_the_diagram_shows_the_table_in_its_order_with_start_and_ends():
    assert mermaid(DOORS, Door.SHUT).splitlines() == [
        "stateDiagram-v2",
        "    [*] --> shut",
        "    shut --> open: push",
        "    open --> shut: pull",
        "    open --> open: push",
        "    shut --> walled_up: wall_up",
        "    walled_up --> [*]",
    ]
