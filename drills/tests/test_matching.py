"""Expectations match parts; templates put in what was saved."""

import pytest

from drills.matching import mismatch
from drills.template import NotSaved, fill, pick


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"a": 1}, {"a": 1, "b": 2}),
        ({"a": {"b": [1, {"c": 2}]}}, {"a": {"b": [1, {"c": 2, "d": 3}]}}),
        ({"least": 3}, 3),
        ({"most": 3}, 2.5),
        ({"length": 2}, [1, 2]),
        ({"some": {"x": 1}}, [{"x": 0}, {"x": 1}]),
        ({"every": {"x": 1}}, [{"x": 1}, {"x": 1}]),
        ({"starts": "【演练】"}, "【演练】氯气"),
        ({"contains": "氯"}, "【演练】氯气"),
    ],
)
def test_what_is_not_named_is_free(wanted, found):
    assert mismatch(wanted, found) == ""


@pytest.mark.parametrize(
    ("wanted", "found", "where"),
    [
        ({"a": 1}, {}, "a is missing"),
        ({"a": {"b": 1}}, {"a": {"b": 2}}, "a.b = 2"),
        ([1, 2], [1], "value = [1]"),
        ([1, {"x": 2}], [1, {"x": 3}], "[1].x = 3"),
        ({"least": 3}, 2, "value = 2"),
        ({"some": {"x": 1}}, [{"x": 0}], "value = "),
        ({"every": 1}, [1, 2], "value = "),
        ({"every": 1}, [], "value = []"),
        (1, True, "value = True"),
        (True, 1, "value = 1"),
        ({"least": 1}, True, "value = True"),
        ({"length": 1}, [], "value = []"),
        ({"starts": "x"}, None, "value = None"),
        ({"a": 1}, "text", "expected an object"),
    ],
)
def test_a_difference_is_named_with_its_place(wanted, found, where):
    assert where in mismatch(wanted, found)


def test_a_whole_place_becomes_the_value_itself():
    values = {"picks": [{"team_id": "a"}, {"team_id": "b"}], "n": 3}
    assert fill({"ids": "{picks.*.team_id}", "n": "{n}", "text": "/x/{n}/y"}, values) == {
        "ids": ["a", "b"],
        "n": 3,
        "text": "/x/3/y",
    }


def test_what_nobody_saved_is_said():
    with pytest.raises(NotSaved):
        fill("{incident}", {})
    with pytest.raises(NotSaved):
        pick([1], "1")
