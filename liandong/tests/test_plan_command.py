"""``liandong plan``: whoever keeps the tables can check and try them."""

import csv
import io
import json
from pathlib import Path
from shutil import copytree

import pytest
from typer.testing import CliRunner

from liandong.commands.plan import app

RUN = CliRunner()
CHLORINE = {"sector": "hazardous_chemicals", "deaths": 3, "serious_injuries": 0, "direct_loss_yuan": 0}


def graded(facts: object, *options: str):
    raw = facts if isinstance(facts, str) else json.dumps(facts)
    return RUN.invoke(app, ["grade", "-", *options], input=raw)


@pytest.fixture
def plan(tmp_path) -> Path:
    return copytree("plans/fushun", tmp_path / "plan")


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_three_deaths_in_chemicals_are_significant_by_article_3():
    shown = graded(CHLORINE)
    assert shown.exit_code == 0
    assert shown.output.splitlines() == [
        "较大（significant）",
        "依据：3 人死亡（≥ 3），生产安全事故报告和调查处理条例 第三条第一款第三项",
    ]


def test_a_program_gets_the_same_as_json():
    told = json.loads(graded(CHLORINE, "--json").output)
    assert told == {
        "sector": "hazardous_chemicals",
        "sector_zh": "危险化学品",
        "grade": "significant",
        "grade_zh": "较大",
        "criterion": "3 人死亡（≥ 3）",
        "decided_by": [{"fact": "deaths", "value": 3, "at_least": 3.0, "unit": "人死亡"}],
        "article": "生产安全事故报告和调查处理条例 第三条第一款第三项",
        "unknown": [],
        "table": "生产安全事故",
        "to_confirm": False,
        "production": True,
        "alarm": None,
    }


def test_the_facts_may_stand_in_a_file(tmp_path):
    file = tmp_path / "facts.json"
    file.write_text(json.dumps(CHLORINE), encoding="utf-8")
    assert json.loads(RUN.invoke(app, ["grade", str(file), "--json"]).output)["grade_zh"] == "较大"


def test_a_sector_may_be_named_in_chinese_and_what_is_unknown_is_said():
    shown = graded({"sector": "危险化学品", "deaths": 0})
    assert "一般" in shown.output
    assert "未知而未计入：重伤（人）、直接经济损失（元）" in shown.output


def test_a_fire_also_has_its_alarm_level():
    told = json.loads(graded({"sector": "fire", "trapped": 5}, "--json").output)
    assert (told["grade"], told["alarm"]["level"], told["alarm"]["people"]) == ("general", 3, 5)
    assert "火警等级：3 级" in graded({"sector": "fire", "trapped": 5}).output


def test_a_table_that_the_city_has_to_confirm_says_so():
    told = graded({"sector": "power_grid"})
    assert "分级标准“电力安全事故”待本市确认" in told.output


def test_new_facts_are_taken_and_where_no_table_exists_it_says_so():
    lift = json.loads(graded({"sector": "特种设备", "event_type": "12N04", "held_hours": 2}, "--json").output)
    assert (lift["grade"], lift["criterion"]) == ("general", "2 小时电梯滞留（≥ 2）")
    assert "event_type" in json.loads(graded({"sector": "特种设备"}, "--json").output)["unknown"]
    quake = graded({"sector": "earthquake", "deaths": 100})
    assert quake.exit_code == 0
    assert quake.output.startswith("没有分级标准：由人工定级")
    assert json.loads(graded({"sector": "earthquake"}, "--json").output)["grade"] is None


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        ({}, "sector"),
        ({"sector": "nonsense"}, "nonsense"),
        ({"sector": 5}, "sector"),
        ({"sector": "fire", "event_type": "12D02"}, "12D02"),
        ({"sector": "fire", "in_production": 1}, "in_production"),
        ({"sector": "fire", "deaths": -1}, "deaths"),
        ({"sector": "fire", "deaths": 2.5}, "deaths"),
        ({"sector": "fire", "deaths": "three"}, "deaths"),
        ({"sector": "fire", "deaths": True}, "deaths"),
        ({"sector": "fire", "dead": 3}, "dead"),
        ('{"sector": "fire", "deaths": NaN}', "deaths"),
        ('{"sector": "fire", "deaths": 1, "deaths": 30}', "deaths"),
        ("not json", "-"),
        ("[" * 100_000, "-"),
        ("[1]", "-"),
        ("", "-"),
    ],
)
def test_bad_facts_are_refused_and_named(facts, named):
    refused = graded(facts)
    assert refused.exit_code == 2
    assert named in refused.stderr
    assert refused.stdout == ""


def test_a_file_that_is_not_there_is_refused_by_its_name(tmp_path):
    refused = RUN.invoke(app, ["grade", str(tmp_path / "nowhere.json")])
    assert (refused.exit_code, "nowhere.json" in refused.stderr) == (2, True)


def test_the_plan_on_disk_is_sound_and_says_what_to_confirm():
    checked = RUN.invoke(app, ["check", "--json"])
    assert checked.exit_code == 0
    told = json.loads(checked.output)
    assert told["broken"] == []
    paths = {item["path"] for item in told["to_confirm"]}
    assert {"travel.speed_kmh", "grades.significant", "run_cards.leak_general"} <= paths


def test_people_get_the_number_that_each_department_has_to_confirm_and_the_entries_if_they_ask():
    short, full = (RUN.invoke(app, ["check", *more]).output.splitlines() for more in ([], ["--to-confirm"]))
    listed = json.loads(RUN.invoke(app, ["check", "--json"]).output)["to_confirm"]
    count = sum("health" in item["departments"] for item in listed)
    assert f"待卫生健康确认：{count} 项" in short
    assert f"待确认的数据 {len(listed)} 项" in short[-1]
    assert len(full) == len(short) + sum(len(item["departments"]) for item in listed)
    after = full[full.index(f"待卫生健康确认：{count} 项") + 1 :][:count]
    assert all(line.startswith("  ") for line in after)


def test_a_meeting_gets_a_table_with_a_row_for_each_department_and_entry():
    raw = RUN.invoke(app, ["check", "--csv"]).output
    assert raw.startswith("\ufeff")
    header, *rows = csv.reader(io.StringIO(raw.removeprefix("\ufeff")))
    assert header == ["确认单位", "位置", "名称", "现有内容", "来源", "确认后的内容", "备注"]
    listed = json.loads(RUN.invoke(app, ["check", "--json"]).output)["to_confirm"]
    assert len(rows) == sum(len(item["departments"]) for item in listed)
    assert ["气象", "warnings.criteria.weather", "气象灾害"] in [row[:3] for row in rows]


def test_a_source_around_an_entry_hides_nothing(plan):
    change(
        plan / "2-sectors.yaml",
        "competent: {departments: [fire_rescue], to_confirm: true}",
        "competent: {departments: [fire_rescue]}",
    )
    told = json.loads(RUN.invoke(app, ["check", "--json", "--plan", str(plan)]).output)
    assert [(one["where"], one["rule"]) for one in told["broken"]] == [
        ("sectors.fire.competent", "unsourced")
    ]


def test_a_broken_reference_is_found(plan):
    change(plan / "8-seed.yaml", "kind: hazmat,", "kind: nonsense,")
    checked = RUN.invoke(app, ["check", "--plan", str(plan)])
    assert checked.exit_code == 1
    assert "seed.teams.city-hazmat-1.kind：没有“nonsense”" in checked.output
    assert "预案有 1 处问题" in checked.output


def test_two_teams_of_a_place_with_one_call_sign_are_found(plan):
    change(
        plan / "8-seed.yaml",
        "望花消防救援二站（示例）, call_sign: E2",
        "望花消防救援二站（示例）, call_sign: E1",
    )
    checked = RUN.invoke(app, ["check", "--plan", str(plan)])
    assert checked.exit_code == 1
    assert "seed.teams.call_sign.210404" in checked.output and "E1" in checked.output


def test_a_team_outside_its_jurisdiction_is_found(plan):
    change(plan / "8-seed.yaml", "home: {lon: 123.79, lat: 41.848", "home: {lon: 124.5, lat: 41.848")
    told = RUN.invoke(app, ["check", "--json"], env={"PLAN_DIR": str(plan)})
    assert told.exit_code == 1
    (fault,) = json.loads(told.output)["broken"]
    assert (fault["where"], fault["rule"], fault["concerns"]) == (
        "seed.teams.wanghua-fire-1.home",
        "misplaced",
        "210404",
    )


def test_a_folder_that_is_no_plan_is_refused(tmp_path):
    for command in (["check"], ["grade", "-"]):
        refused = RUN.invoke(app, [*command, "--plan", str(tmp_path)])
        assert refused.exit_code == 1
        assert "no *.yaml" in refused.stderr


def test_a_city_s_own_table_decides(plan):
    change(plan / "3-grading.yaml", "at_least: {significant: 3,", "at_least: {significant: 4,")
    assert "一般" in graded(CHLORINE, "--plan", str(plan)).output
