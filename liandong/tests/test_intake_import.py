"""Recorded calls of two public forms: which report each makes, and what the scoring would do with it and why."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from liandong.commands.intake import app as intake
from liandong.explaining import explain
from liandong.intake import UnreadableInput, load_entries, load_map
from services.incident.policy.spots import spots
from shared.plan_folder import load_plan

RUN = CliRunner()
PLAN = load_plan(Path("plans/fushun"))
EXAMPLES = Path("examples/intake")
HOTLINE, HOTLINE_MAP = EXAMPLES / "hotline-12345.csv", EXAMPLES / "hotline-12345.map.yaml"
SAMPLE, SAMPLE_MAP = EXAMPLES / "sample.csv", EXAMPLES / "san-francisco.map.yaml"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("LIANDONG_HOME", str(tmp_path))
    return tmp_path


def entries(file=HOTLINE, mapping=HOTLINE_MAP):
    return load_entries(file, load_map(mapping), spots(PLAN, "210404"))


def test_a_work_order_of_the_hotline_becomes_a_report_with_its_number_and_source():
    first = entries()[0]
    assert first.at == datetime(2030, 1, 1, 7, 58, 10)  # noqa: DTZ001 - the source's own clock
    assert first.report["caller"] == {"phone": "13800000001"}
    assert (first.report["channel"], first.report["source_system"]) == ("partner", "12345")
    assert (first.report["sector"], first.report["approximate"]) == ("hazardous_chemicals", False)


def test_without_degrees_a_name_of_the_plan_in_the_address_says_where_and_that_it_is_only_about_there():
    road = next(one for one in entries() if one.number == 4)
    assert road.report["approximate"] is True
    assert road.report["location"]["address"] == "示例环路"
    nowhere = next(one for one in entries() if one.number == 10)
    assert nowhere.report is None and "不知名小区" in nowhere.reason


def test_the_export_of_a_chinese_system_is_read_too(tmp_path):
    file = tmp_path / "export.csv"
    file.write_bytes(HOTLINE.read_text(encoding="utf-8").encode("gb18030"))
    assert [one.report for one in entries(file)] == [one.report for one in entries()]
    file.write_bytes(b"\xff\xff\x00\x81")
    with pytest.raises(UnreadableInput):
        entries(file)


def test_each_call_is_explained_as_the_service_would_judge_it():
    found = {one.entry.number: one for one in explain(entries(), PLAN, lambda: None)}
    verdicts = {number: (one.verdict, one.other) for number, one in found.items() if one.entry.number != 6}
    assert verdicts == {
        1: ("new", None),
        2: ("joins", 1),
        3: ("proposed", 1),
        4: ("new", None),
        5: ("joins", 1),
        7: ("new", None),
        8: ("joins", 7),
        9: ("unreadable", None),
        10: ("unreadable", None),
    }
    assert found[6].verdict == "same_record"
    assert {one.aspect for one in found[5].match.evidence} >= {"phone", "place", "time", "kind"}


def test_the_explanation_is_a_file_for_programs_and_nothing_is_sent(tmp_path):
    file = tmp_path / "why.jsonl"
    command = [
        "import",
        str(HOTLINE),
        "--map",
        str(HOTLINE_MAP),
        "--dry-run",
        "--explain",
        str(file),
        "--json",
    ]
    done = RUN.invoke(intake, command)
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["explained"] == {"same_record": 1, "joins": 3, "proposed": 1, "new": 3, "unreadable": 2}
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    (fifth,) = [row for row in rows if row["record"] == 5]
    assert (fifth["with"], fifth["metres"]) == (1, 14)
    assert "+5 同一电话" in fifth["why"]


def test_without_a_file_the_reasons_stand_on_the_screen():
    done = RUN.invoke(intake, ["import", str(SAMPLE), "--map", str(SAMPLE_MAP), "--dry-run"])
    assert done.exit_code == 0
    assert "共 6 条" in done.output and "相距 199 米" in done.output


@pytest.mark.parametrize("where", [[], ["--url", "http://127.0.0.1:1"], ["--purpose", "up"]])
def test_original_times_are_for_a_drill_only(where):
    done = RUN.invoke(intake, ["import", str(HOTLINE), "--map", str(HOTLINE_MAP), "--keep-times", *where])
    assert done.exit_code == 2 and "演练" in done.output


def test_nodes_that_are_live_are_no_drill_whatever_their_folder_is_called(home):
    (home / "demo").mkdir()
    told = {"mode": "live", "plan": "plans/fushun", "kafka": "127.0.0.1:1", "drill": "", "services": {}}
    (home / "demo/nodes.json").write_text(json.dumps(told))
    command = ["import", str(HOTLINE), "--map", str(HOTLINE_MAP), "--keep-times", "--purpose", "demo"]
    done = RUN.invoke(intake, command)
    assert done.exit_code == 2
