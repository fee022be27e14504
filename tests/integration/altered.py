"""A drill's script with one expectation altered, every one in its turn, so that it can't hold any more."""

from collections.abc import Iterator
from typing import Any

from drills.scenario import Scenario

SOON = 1
NOBODY = 999
FACTORS = {"most": -1_000_000, "least": 1_000_000, "length": 1_000}


def altered(script: Scenario, happened: str) -> Iterator[tuple[str, str, Scenario]]:
    """The step's name, what was altered, and the script; ``happened``: an event type of which there was one."""
    whole = script.model_dump(mode="json")
    for number, step in enumerate(script.steps):
        for what, expect in _of_step(step.expect.model_dump(mode="json"), step.at or "", happened):
            steps = [*whole["steps"]]
            steps[number] = {**steps[number], "expect": expect}
            yield step.name, what, Scenario.model_validate({**whole, "steps": steps})
    for number, unwanted in enumerate(script.never):
        never = [*whole["never"]]
        never[number] = {**never[number], "type": happened}
        yield script.title, f"never {unwanted.type}", Scenario.model_validate({**whole, "never": never})


def _of_step(expect: dict[str, Any], at: str, happened: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if expect["status"] is not None:
        yield "status", {**expect, "status": expect["status"] + 1}
    elif at:
        yield "status", {**expect, "status": 418}
    for what, body in leaves(expect["body"]):
        yield f"body {what}", {**expect, "body": body}
    for group, some in (("events", _of_event), ("messages", _of_message)):
        for number, one in enumerate(expect[group]):
            for what, other in some(one):
                others = [*expect[group]]
                others[number] = other
                yield f"{group}[{number}] {what}", {**expect, group: others}
    for number, one in enumerate(expect["no_events"]):
        others = [*expect["no_events"]]
        others[number] = {**one, "type": happened, "at": None, "where": {}, "within_ms": 600_000}
        yield f"no_events[{number}]", {**expect, "no_events": others}


def _of_event(one: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "type", {**one, "type": "incident.reopened"}
    yield "within_ms", {**one, "within_ms": SOON}
    yield "count", {**one, "count": (one["count"] or NOBODY) + 1}
    for what, where in leaves(one["where"]):
        yield f"where {what}", {**one, "where": where}


def _of_message(one: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "within_ms", {**one, "within_ms": SOON}
    for what, where in leaves(one["where"]):
        yield f"where {what}", {**one, "where": where}


def leaves(value: Any, rule: str = "", path: str = "") -> Iterator[tuple[str, Any]]:
    """The value with one leaf of it altered, each in its turn, and where that is."""
    if isinstance(value, dict):
        yield from _of_object(value, path)
    elif isinstance(value, list):
        yield from _of_list(value, rule, path)
    elif isinstance(value, bool):
        yield path, not value
    elif isinstance(value, int | float):
        yield path, value + FACTORS.get(rule, 1)
    elif value is not None:
        yield path, f"{value}×"


def _of_object(value: dict[str, Any], path: str) -> Iterator[tuple[str, Any]]:
    for name, item in value.items():
        for what, other in leaves(item, name, f"{path}.{name}"):
            yield what, {**value, name: other}


def _of_list(value: list[Any], rule: str, path: str) -> Iterator[tuple[str, Any]]:
    for number, item in enumerate(value):
        for what, other in leaves(item, rule, f"{path}[{number}]"):
            yield what, [*value[:number], other, *value[number + 1 :]]
    if not value:
        yield path, ["x"]
