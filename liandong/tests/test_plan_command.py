"""``liandong plan``: whoever keeps the tables can try them."""

import json
from pathlib import Path
from shutil import copytree

import pytest
from typer.testing import CliRunner

from liandong.commands.plan import app

RUN = CliRunner()


def graded(facts: object, *options: str):
    return RUN.invoke(
        app, ["grade", "-", *options], input=facts if isinstance(facts, str) else json.dumps(facts)
    )


def test_three_deaths_in_chemicals_are_significant_by_article_3():
    asked = {"sector": "hazardous_chemicals", "deaths": 3, "serious_injuries": 0, "direct_loss_yuan": 0}
    shown = graded(asked)
    assert shown.exit_code == 0
    assert "较大" in shown.output
    assert "第三条" in shown.output
    told = json.loads(graded(asked, "--json").output)
    assert (told["grade"], told["grade_zh"]) == ("significant", "较大")
    assert "deaths = 3" in told["criterion"]


def test_a_sector_may_be_named_in_chinese():
    assert json.loads(graded({"sector": "危险化学品", "deaths": 0}, "--json").output)["grade_zh"] == "一般"


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        ({"sector": "nonsense"}, "sector"),
        ({"sector": "fire", "deaths": -1}, "deaths"),
        ({"sector": "fire", "deaths": "three"}, "deaths"),
        ({"sector": "fire", "dead": 3}, "dead"),
        ("not json", "-"),
        ("[1]", "-"),
    ],
)
def test_bad_facts_are_refused_and_named(facts, named):
    refused = graded(facts)
    assert refused.exit_code == 2
    assert named in refused.output


def test_the_plan_on_disk_is_sound_and_says_what_to_confirm():
    checked = RUN.invoke(app, ["check", "--json"])
    assert checked.exit_code == 0
    told = json.loads(checked.output)
    assert told["broken"] == []
    assert "travel.speed_kmh" in told["to_confirm"]


def test_a_broken_reference_is_found(tmp_path):
    copytree("plans/fushun", tmp_path / "plan")
    file = Path(tmp_path / "plan" / "5-seed.yaml")
    file.write_text(file.read_text().replace("kind: hazmat,", "kind: nonsense,", 1))
    checked = RUN.invoke(app, ["check", "--plan", str(tmp_path / "plan")])
    assert checked.exit_code == 1
    assert "nonsense" in checked.output
