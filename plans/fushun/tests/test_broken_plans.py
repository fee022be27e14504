"""Whatever is broken in a plan, the check names its place."""

from copy import deepcopy
from pathlib import Path
from typing import Any, get_args

import pytest

from contracts.messages import text
from contracts.plan import Finding, Plan, check
from contracts.plan.reference import Rule
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
    ("path", "value", "where", "rule", "concerns"),
    [
        ("jurisdictions/210404/parent", "210499", "jurisdictions.210404.parent", "missing", "210499"),
        ("jurisdictions/210404/parent", None, "jurisdictions", "one_root", "210400, 210404"),
        ("jurisdictions/210400/parent", "210404", "jurisdictions", "one_root", ""),
        ("jurisdictions/210404/parent", "210404", "jurisdictions.210404.parent", "circular", "210404"),
        ("sectors/fire/grading/table", "nonsense", "sectors.fire.grading", "missing", "nonsense"),
        (
            "sectors/fire/grading/outside_production",
            "nonsense",
            "sectors.fire.grading",
            "missing",
            "nonsense",
        ),
        ("sectors/fire/competent/departments", ["nonsense"], "sectors.fire.competent", "missing", "nonsense"),
        ("sectors/fire/name", "电网", "sectors.name", "repeated", "电网"),
        ("sectors/fire/event_types", ["12G01", "12G01"], "sectors.fire.event_types", "repeated", "12G01"),
        ("sectors/fire/event_types/0", "12G77", "sectors.fire.event_types", "missing", "12G77"),
        (
            "grading/special_equipment/criteria/4/event_types",
            ["12X77"],
            "grading.special_equipment.criteria[4].event_types",
            "missing",
            "12X77",
        ),
        ("run_cards/power_grid", None, "sectors.power_grid", "no_run_card", "power_grid"),
        ("run_cards/power_grid/sector", "nonsense", "run_cards.power_grid.sector", "missing", "nonsense"),
        (
            "run_cards/fire_high_rise/event_type",
            "12D02",
            "run_cards.fire_high_rise.event_type",
            "missing",
            "12D02",
        ),
        ("run_cards/boats/slots/0/capability", "nonsense", "run_cards.boats.slots", "missing", "nonsense"),
        (
            "run_cards/boats/slots",
            [{"capability": "rescue", "count": 1}] * 2,
            "run_cards.boats.slots",
            "repeated",
            "rescue",
        ),
        ("alarm_scales/fire/sectors/0", "nonsense", "alarm_scales.fire.sectors", "missing", "nonsense"),
        (
            "reporting_duties/unit_report/applies_to/except_sectors",
            ["nonsense"],
            "reporting_duties.unit_report.applies_to",
            "missing",
            "nonsense",
        ),
        ("reporting_duties/county_report_at_once", None, "sectors.earthquake", "no_duty", "county"),
        (
            "reporting_duties/county_report_up/recipients/0/kind",
            "notified",
            "sectors.coal_mine",
            "no_duty",
            "county",
        ),
        ("grades/major", None, "grades", "missing", "major"),
        ("responses/criteria/levels/major", None, "responses.criteria", "missing", "major"),
        ("responses/levels/II/starters/city", None, "responses.levels.II.starters", "missing", "city"),
        ("responses/levels/II", None, "responses.levels", "missing", "II"),
        ("warnings/levels/red", None, "warnings.levels", "missing", "red"),
        ("warnings/roles/steps/cancel", None, "warnings.roles", "missing", "cancel"),
        ("warnings/roles/steps/cancel", [], "warnings.roles.steps.cancel", "nobody_may", "cancel"),
        ("warnings/roles/steps/review", [], "warnings.roles.steps.review", "nobody_may", "review"),
        ("warnings/required/statements", [], "warnings.required.statements", "missing", "cautions"),
        ("warnings/criteria/fire", None, "warnings.criteria", "missing", "fire"),
        ("warnings/criteria/fire/to_confirm", False, "warnings.criteria.fire", "no_criterion", "blue"),
        (
            "warnings/criteria/nonsense",
            {"to_confirm": True},
            "warnings.criteria.nonsense",
            "missing",
            "nonsense",
        ),
        ("warnings/recipients", [], "warnings.recipients", "missing", "garrison"),
        (
            "warnings/issuers/0/department",
            "nonsense",
            "warnings.issuers[0].department",
            "missing",
            "nonsense",
        ),
        ("warnings/issuers/1/event_types", ["11B"], "warnings.issuers", "repeated", "11B"),
        ("timers/acknowledge_seconds", None, "timers", "missing", "acknowledge_seconds"),
        ("consultations/chairs/major", None, "consultations.chairs", "missing", "major"),
        ("consultations/matrix/fire", None, "consultations.matrix.fire", "no_departments", "general"),
        (
            "consultations/matrix/fire/departments/major",
            None,
            "consultations.matrix.fire",
            "no_departments",
            "major",
        ),
        (
            "consultations/matrix/nonsense",
            {"departments": {"general": ["health"]}, "to_confirm": True},
            "consultations.matrix",
            "missing",
            "nonsense",
        ),
        (
            "consultations/matrix/fire/departments/general/0",
            "nonsense",
            "consultations.matrix.fire.general",
            "missing",
            "nonsense",
        ),
        (
            "consultations/matrix/fire/departments/major/0",
            "health",
            "consultations.matrix.fire",
            "repeated",
            "health",
        ),
        (
            "team_kinds/hazmat/capabilities/0",
            "nonsense",
            "team_kinds.hazmat.capabilities",
            "missing",
            "nonsense",
        ),
        (
            "warnings/auto_draft/0/event_types/0",
            "11B03",
            "warnings.auto_draft[0].event_types",
            "reserved",
            "11B03",
        ),
        ("seed/teams/city-fire-1/kind", "nonsense", "seed.teams.city-fire-1.kind", "missing", "nonsense"),
        (
            "seed/teams/city-fire-1/jurisdiction",
            "210499",
            "seed.teams.city-fire-1.jurisdiction",
            "missing",
            "210499",
        ),
        ("seed/items/tent", None, "seed.depots.city-depot-1.stock", "missing", "tent"),
        ("boundaries/210499", {}, "boundaries", "missing", "210499"),
        ("travel/speed_kmh/to_confirm", False, "travel.speed_kmh", "unsourced", ""),
        (
            "reporting_duties/unit_report/owner",
            "浙江省应急管理厅",
            "reporting_duties.unit_report",
            "foreign_name",
            "浙江省",
        ),
        ("name", "宁夏回族自治区某市预案", "name", "foreign_name", "宁夏回族自治区"),
        ("sectors/fire/competent/to_confirm", False, "sectors.fire.competent", "unsourced", ""),
        ("grades/major/to_confirm", False, "grades.major", "unmarked", "待本市"),
        ("confirmers/default", ["nonsense"], "confirmers.default", "missing", "nonsense"),
        ("confirmers/parts/travel", ["nonsense"], "confirmers.parts.travel", "missing", "nonsense"),
        ("confirmers/parts/nonsense", ["health"], "confirmers.parts", "missing", "nonsense"),
        ("travel/speed_kmh/confirm_by", ["nonsense"], "travel.speed_kmh.confirm_by", "missing", "nonsense"),
    ],
)
def test_what_is_broken_is_found_with_its_place_and_rule(path, value, where, rule, concerns):
    assert Finding(where=where, rule=rule, concerns=concerns) in check(broken(path, value))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_rule_has_its_words(language):
    assert all(text(f"plan.fault.{rule}", language, concerns="x") for rule in get_args(Rule))


def test_a_circle_in_the_tree_is_found_and_does_not_hang_the_check():
    plan = broken("jurisdictions/210402/parent", "210403")
    raw = plan.model_dump(mode="json")
    raw["jurisdictions"]["210403"]["parent"] = "210402"
    assert "jurisdictions.210402.parent" in {found.where for found in check(Plan.model_validate(raw))}
