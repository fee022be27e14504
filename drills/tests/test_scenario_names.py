"""Every name a script uses is one of the plan's, so that a drill never asks for what does not exist."""

from collections.abc import Container, Iterator
from pathlib import Path

import pytest
import yaml

from contracts.plan import Plan
from drills.scenario import load_scenario
from shared.plan_folder import load_plan

SCENARIOS = sorted((Path(__file__).parents[1] / "scenarios").glob("*.yaml"))


def known(plan: Plan) -> dict[str, Container[str]]:
    """What a plan knows, by the keys under which a script names it."""
    sectors = {*plan.sectors, *(sector.name for sector in plan.sectors.values())}
    return {
        "department": plan.departments,
        "departments": plan.departments,
        "dissenting": plan.departments,
        "sector": sectors,
        "event_type": plan.event_codes.names,
        "capability": plan.capabilities,
        "item": plan.seed.items,
        "node": plan.jurisdictions,
        "jurisdictions": plan.jurisdictions,
    }


def names(value: object) -> Iterator[tuple[str, str]]:
    """Every (key, text) of a document; a list counts for each of its members."""
    for key, item in value.items() if isinstance(value, dict) else ():
        for one in item if isinstance(item, list) else [item]:
            if isinstance(one, str):
                yield key, one
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from names(item)


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
def test_every_name_of_a_script_is_in_the_plan(file):
    used, there = (
        names(yaml.safe_load(file.read_text(encoding="utf-8"))),
        known(load_plan(load_scenario(file).plan)),
    )
    missing = [
        (key, name) for key, name in used if key in there and name not in there[key] and "{" not in name
    ]
    assert missing == []
