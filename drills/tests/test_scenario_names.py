"""Every name a script uses is one of the plan's, so that a drill never asks for what does not exist."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from shared.plan_folder import load_plan

PLAN = load_plan(Path("plans/fushun"))
SCENARIOS = sorted((Path(__file__).parents[1] / "scenarios").glob("*.yaml"))
KNOWN = {
    "department": PLAN.departments,
    "departments": PLAN.departments,
    "dissenting": PLAN.departments,
    "sector": PLAN.sectors,
    "event_type": PLAN.event_codes.names,
    "capability": PLAN.capabilities,
    "item": PLAN.seed.items,
    "node": PLAN.jurisdictions,
    "jurisdictions": PLAN.jurisdictions,
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
    used = names(yaml.safe_load(file.read_text(encoding="utf-8")))
    missing = [
        (key, name) for key, name in used if key in KNOWN and name not in KNOWN[key] and "{" not in name
    ]
    assert missing == []
