"""How a decision says no."""

import pytest

from contracts import refusals
from contracts.messages import both
from contracts.refusals import NotFound, Refusal, RefusedTransition, RuleViolated, StaleVersion

EACH = [
    (NotFound("incident.name", "x-1"), 404, "", "x-1"),
    (StaleVersion(1, 3), 409, "version", "3"),
    (
        RefusedTransition("closed", "convene", {"reported", "responding"}),
        409,
        "status",
        ("已接报、处置中", "reported, responding"),
    ),
    (RuleViolated("level", "只能升级"), 422, "level", "只能升级"),
]


@pytest.mark.parametrize(("refusal", "status", "field", "shown"), EACH, ids=lambda one: type(one).__name__)
def test_a_refusal_has_a_status_names_the_input_and_tells_its_values(refusal, status, field, shown):
    assert (refusal.STATUS, refusal.field) == (status, field)
    shown_in = shown if isinstance(shown, tuple) else (shown, shown)
    for words, told in zip(shown_in, both(refusal.KEY, **refusal.values), strict=True):
        assert words in told


def test_every_refusal_of_the_contracts_is_tried_here():
    named = {one for one in vars(refusals).values() if isinstance(one, type) and issubclass(one, Refusal)}
    assert named - {Refusal} == {type(refusal) for refusal, *_ in EACH}
