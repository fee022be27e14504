"""What may change in a released schema: nothing but a new optional field and words for people."""

from enum import StrEnum
from typing import Annotated, ClassVar, Literal

import pytest
from pydantic import Field, create_model

from contracts.events.event import Event, Stream
from contracts.values import Value
from liandong.contracts_check.compatibility import incompatible
from liandong.generated.schemas import schema


class Part(Value):
    name: str
    size: int = 1


class PartWithMore(Part):
    colour: str = "red"


class PartWithLess(Value):
    size: int = 1


class PartAsking(Part):
    colour: str


class Mood(StrEnum):
    GOOD = "good"
    BAD = "bad"


class MoodAgain(StrEnum):
    BAD = "bad"
    GOOD = "good"


class _Fact(Event):
    STREAM: ClassVar = Stream.INCIDENT
    NAME: ClassVar = "incident.tried"
    SUBJECT: ClassVar = "incident_id"

    incident_id: str


def of(**fields: object) -> dict:
    """The schema of a fact with these fields."""
    definitions = {name: one if isinstance(one, tuple) else (one, ...) for name, one in fields.items()}
    return schema(create_model("Tried", __base__=_Fact, __doc__="A fact to try.", **definitions))


def rules(before: dict, after: dict) -> list[tuple[str, str]]:
    return [(change.field, change.rule) for change in incompatible(before, after)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"a": int}, {"a": int}),
        ({}, {"a": (int, 1)}),
        ({}, {"a": (int | None, None)}),
        ({}, {"a": (tuple[Part, ...], ())}),
        ({"a": Part}, {"a": PartWithMore}),
        ({"a": (Part | None, None)}, {"a": (PartWithMore | None, None)}),
        ({"a": tuple[Part, ...]}, {"a": tuple[PartWithMore, ...]}),
        ({"a": Mood}, {"a": MoodAgain}),
        ({"a": Mood}, {"a": Literal["bad", "good"]}),
        ({"a": int}, {"a": Annotated[int, Field(description="now with words")]}),
        ({"a": int, "b": str}, {"b": str, "a": int}),
    ],
)
def test_this_may_change(before, after):
    assert rules(of(**before), of(**after)) == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"a": int}, {}, [("a", "removed")]),
        ({"a": Part}, {}, [("a", "removed")]),
        ({"a": Part}, {"a": PartWithLess}, [("a.name", "removed")]),
        ({"a": tuple[Part, ...]}, {"a": tuple[PartWithLess, ...]}, [("a[].name", "removed")]),
        ({"a": (Part | None, None)}, {"a": (PartWithLess | None, None)}, [("a.name", "removed")]),
        ({"a": (int, 1)}, {"a": int}, [("a", "now_required"), ("a", "meaning")]),
        ({"a": (int | None, None)}, {"a": int | None}, [("a", "now_required")]),
        ({"a": int | None}, {"a": (int | None, None)}, [("a", "now_optional")]),
        ({}, {"a": int}, [("a", "new_required")]),
        ({"a": Part}, {"a": PartAsking}, [("a.colour", "new_required")]),
        ({"a": int}, {"a": str}, [("a", "type")]),
        ({"a": int}, {"a": float}, [("a", "type")]),
        ({"a": int | None}, {"a": int}, [("a", "type")]),
        ({"a": int}, {"a": int | None}, [("a", "type")]),
        ({"a": tuple[int, ...]}, {"a": tuple[str, ...]}, [("a[]", "type")]),
        ({"a": str}, {"a": Mood}, [("a", "type")]),
        ({"a": Mood}, {"a": Literal["good"]}, [("a", "choice_lost")]),
        ({"a": Literal["good"]}, {"a": Mood}, [("a", "choice_gained")]),
        ({"a": (int, 1)}, {"a": (int, 2)}, [("a", "meaning")]),
        ({"a": str}, {"a": Annotated[str, Field(pattern="^x")]}, [("a", "meaning")]),
    ],
)
def test_this_may_not(before, after, expected):
    assert rules(of(**before), of(**after)) == expected


BOUNDS = [
    (int, "ge", 1, 2),
    (int, "gt", 1, 2),
    (str, "min_length", 1, 2),
    (tuple[int, ...], "min_length", 1, 2),
    (int, "le", 9, 8),
    (int, "lt", 9, 8),
    (str, "max_length", 9, 8),
    (tuple[int, ...], "max_length", 9, 8),
]


@pytest.mark.parametrize(("kind", "bound", "wide", "narrow"), BOUNDS)
@pytest.mark.parametrize("start", ["wide", "none"])
def test_a_bound_neither_tightens_nor_loosens(kind, bound, wide, narrow, start):
    tight = of(a=Annotated[kind, Field(**{bound: narrow})])
    loose = of(a=kind) if start == "none" else of(a=Annotated[kind, Field(**{bound: wide})])
    assert rules(loose, tight) == [("a", "bound_tightened")]
    assert rules(tight, loose) == [("a", "bound_loosened")]
