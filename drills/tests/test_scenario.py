"""The scripts on disk are sound, and a bad one is refused with its place."""

import re
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
ASK = "name: a, name_en: a, at: 210400.incident, by: officer"
SOON = "at: '210400', within_ms: 9"
ELSEWHERE = "at: '210404', within_ms: 9"


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
        (f"{{{ASK}, post: /x, within_ms: 50}}", "only a read may be repeated"),
        (f"{{{ASK}, get: '/x/{{incident}}'}}", "nothing is saved as incident"),
        (f"{{{ASK}, get: '/x/{{fx-orders}}'}}", "no place to fill: /x/{fx-orders}"),
        (f"{{{ASK}, post: /x, body: {{a: ['{{']}}}}", "no place to fill"),
        (f"{{{ASK}, post: /x, body: {{a: '{{own}}'}}, save: {{own: id}}}}", "nothing is saved as own"),
        (f"{{{ASK}, get: /x, save: {{fx-orders: id}}}}", "save"),
        (
            f"{{{ASK}, get: /x, expect: {{events: [{{type: incident.repotred, {SOON}}}]}}}}",
            "no event is called",
        ),
        (
            f"{{{ASK}, get: /x, expect: {{events: [{{type: incident.closed, {ELSEWHERE}}}]}}}}",
            "does not take part",
        ),
        (f"{{{ASK}, get: /x, expect: {{no_events: [incident.closed]}}}}", "no_events"),
        (
            f"{{{ASK}, get: /x, expect: {{no_events: [{{type: monitoring.canary, within_ms: 9}}]}}}}",
            "listens to",
        ),
        (
            f"{{{ASK}, get: /x, expect: {{no_events: [{{type: incident.closd, within_ms: 9}}]}}}}",
            "no event is called",
        ),
    ],
)
def test_a_bad_step_is_refused_with_its_place(tmp_path, step, reason):
    file = tmp_path / "drill.yaml"
    file.write_text(f"{BASE}  - {step}\n")
    with pytest.raises(UnreadableScenario, match=re.escape(reason)):
        load_scenario(file)


def test_the_item_of_a_list_lives_no_longer_than_its_step(tmp_path):
    file = tmp_path / "drill.yaml"
    first = f"{{{ASK}, get: /x, save: {{all: ''}}}}"
    each = f"{{{ASK}, each: {{one: '{{all}}'}}, get: '/x/{{one}}'}}"
    later = f"{{{ASK}, get: '/x/{{one}}'}}"
    file.write_text(f"{BASE}  - {first}\n  - {each}\n")
    assert len(load_scenario(file).steps) == 2
    file.write_text(f"{BASE}  - {first}\n  - {each}\n  - {later}\n")
    with pytest.raises(UnreadableScenario, match="nothing is saved as one"):
        load_scenario(file)


def test_what_a_step_saves_may_be_expected_of_what_it_brings(tmp_path):
    file = tmp_path / "drill.yaml"
    events = "events: [{type: incident.closed, at: '210400', within_ms: 9, where: {incident_id: '{own}'}}]"
    file.write_text(f"{BASE}  - {{{ASK}, post: /x, save: {{own: id}}, expect: {{{events}}}}}\n")
    assert load_scenario(file).steps
    file.write_text(f"{BASE}  - {{{ASK}, post: /x, save: {{own: id}}, expect: {{body: {{a: '{{own}}'}}}}}}\n")
    with pytest.raises(UnreadableScenario, match="nothing is saved as own"):
        load_scenario(file)
