"""Whatever is broken in a plan, the check names its place."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from contracts.plan import Plan, check
from shared.plan_folder import load_plan

SOUND = load_plan(Path(__file__).parents[1]).model_dump(mode="json")


def broken(path: str, value: object) -> Plan:
    """The plan with one entry replaced, or taken away by None."""
    raw: Any = deepcopy(SOUND)
    *steps, last = [int(step) if step.isdigit() and len(step) < 6 else step for step in path.split("/")]
    place = raw
    for step in steps:
        place = place[step]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return Plan.model_validate(raw)


@pytest.mark.parametrize(
    ("path", "value", "where", "missing"),
    [
        ("jurisdictions/210404/parent", "210499", "jurisdictions.210404.parent", "210499"),
        ("jurisdictions/210400/parent", "210404", "jurisdictions", "exactly one root"),
        ("jurisdictions/210404/parent", "210404", "jurisdictions.210404.parent", "an end at the root"),
        ("sectors/fire/grading_table", "nonsense", "sectors.fire.grading_table", "nonsense"),
        ("sectors/fire/name", "电网", "sectors.name", "电网 once, not 2 times"),
        ("run_cards/power_grid", None, "sectors.power_grid", "a run card for every event type"),
        ("run_cards/power_grid/sector", "nonsense", "run_cards.power_grid.sector", "nonsense"),
        ("run_cards/fire_high_rise/event_type", "12D02", "run_cards.fire_high_rise.event_type", "12D02"),
        ("run_cards/boats/slots/0/capability", "nonsense", "run_cards.boats.slots", "nonsense"),
        (
            "run_cards/boats/slots",
            [{"capability": "rescue", "count": 1}] * 2,
            "run_cards.boats.slots",
            "rescue once, not 2 times",
        ),
        ("alarm_scales/fire/sectors/0", "nonsense", "alarm_scales.fire.sectors", "nonsense"),
        ("grades/major", None, "grades", "major"),
        ("responses/levels/II", None, "responses.levels", "II"),
        ("warnings/levels/red", None, "warnings.levels", "red"),
        ("warnings/roles/cancel", None, "warnings.roles", "cancel"),
        ("timers/acknowledge_seconds", None, "timers", "acknowledge_seconds"),
        ("consultations/matrix/0/sector", "nonsense", "consultations.matrix[0].sector", "nonsense"),
        (
            "consultations/matrix/0/departments/0",
            "nonsense",
            "consultations.matrix[0].departments",
            "nonsense",
        ),
        ("team_kinds/hazmat/capabilities/0", "nonsense", "team_kinds.hazmat.capabilities", "nonsense"),
        (
            "warnings/auto_draft/0/event_types/0",
            "11B03",
            "warnings.auto_draft[0].event_types",
            "the right to warn of 11B03",
        ),
        ("seed/teams/city-fire-1/kind", "nonsense", "seed.teams.city-fire-1.kind", "nonsense"),
        (
            "seed/teams/city-fire-1/jurisdiction",
            "210499",
            "seed.teams.city-fire-1.jurisdiction",
            "210499",
        ),
        ("seed/items/tent", None, "seed.depots.city-depot-1.stock", "tent"),
        ("travel/speed_kmh/to_confirm", False, "travel.speed_kmh", "a source, or to_confirm"),
    ],
)
def test_a_broken_plan_is_named_by_its_place(path, value, where, missing):
    findings = check(broken(path, value))
    assert (where, missing) in [(finding.where, finding.missing) for finding in findings]


def test_a_circle_in_the_tree_is_found_and_does_not_hang_the_check():
    plan = broken("jurisdictions/210402/parent", "210403")
    raw = plan.model_dump(mode="json")
    raw["jurisdictions"]["210403"]["parent"] = "210402"
    assert "jurisdictions.210402.parent" in {found.where for found in check(Plan.model_validate(raw))}
