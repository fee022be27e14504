"""The scripts on disk are sound, and a bad one is refused with its place."""

from pathlib import Path

import pytest

from drills.scenario import UnreadableScenario, load_scenario

SCENARIOS = sorted((Path(__file__).parents[1] / "scenarios").glob("*.yaml"))
BASE = """
id: x
title: 演练
title_en: drill
jurisdictions: ["210400"]
people: {officer: {name: 值班员, node: "210400", roles: [duty_officer]}}
steps:
"""


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
def test_every_script_is_sound(file):
    assert load_scenario(file).steps


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        ("{name: a, name_en: a}", "one of get, post"),
        ("{name: a, name_en: a, get: /x}", "needs 'at' and 'by'"),
        ("{name: a, name_en: a, get: /x, at: 210400.incident, by: nobody}", "nobody is called"),
        ("{name: a, name_en: a, get: /x, at: 210421.incident, by: officer}", "does not take part"),
        ("{name: a, name_en: a, get: /x, at: 210400.incident, by: officer, typo: 1}", "typo"),
    ],
)
def test_a_bad_step_is_refused_with_its_place(tmp_path, step, reason):
    file = tmp_path / "drill.yaml"
    file.write_text(f"{BASE}  - {step}\n")
    with pytest.raises(UnreadableScenario, match=reason):
        load_scenario(file)
