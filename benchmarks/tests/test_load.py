"""The schedule is open loop, and quantiles count what was lost as endless."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.chain.load import Outcome, quantile, schedule


def test_sends_are_evenly_spaced_whatever_the_system_does():
    assert schedule(4, 1, 10.0) == [10.0, 10.25, 10.5, 10.75]


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0.01, 1))
def test_a_quantile_is_a_value_that_enough_values_stay_within(values, share):
    found = quantile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values) - 1e-9


@pytest.mark.parametrize(("lost", "expected"), [(0, 1.0), (1, 1.0), (2, math.inf)])
def test_what_is_lost_took_for_ever(lost, expected):
    assert Outcome(1, [1.0] * (100 - lost), lost).quantile(0.99) == expected
