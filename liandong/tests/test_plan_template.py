"""``liandong plan new``: an empty plan folder for another city, complete, commented, and a way from there."""

import re
from enum import Enum
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
import yaml
from pydantic import BaseModel, TypeAdapter
from typer.testing import CliRunner

from contracts.plan import Plan
from contracts.plan.sourced import Sourced
from liandong.commands.plan import app
from liandong.commands.up import nodes_to_run
from liandong.plan_template import FILES, FROM_LAW
from liandong.running import UnknownPlaces
from shared.plan_folder import load_plan

RUN = CliRunner()
CITY = "640200"
LAW = "以下是法律已有规定的内容"


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    new = tmp_path_factory.mktemp("plans") / CITY
    told = RUN.invoke(app, ["new", CITY, "--folder", str(new)])
    assert told.exit_code == 0, told.output
    assert "石嘴山市" in told.output and f"plan check --plan {new}" in told.output
    return new


def models(annotation: Any) -> set[type[BaseModel]]:
    """Every model that an annotation reaches."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        inner = (models(one.annotation) for one in annotation.model_fields.values())
        return {annotation}.union(*inner)
    return set[type[BaseModel]]().union(*(models(one) for one in get_args(annotation)))


def values(annotation: Any) -> set[str]:
    """Every value of every enumeration that an annotation names."""
    if get_origin(annotation) is Literal:
        return {str(value) for value in get_args(annotation)}
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return {str(one.value) for one in annotation}
    return set[str]().union(*(values(one) for one in get_args(annotation)))


def test_every_section_of_a_plan_stands_in_exactly_one_file(folder):
    sections = [name for names in FILES.values() for name in names]
    assert sorted(sections) == sorted(set(Plan.model_fields) - {"boundaries"})
    for file, names in FILES.items():
        written = (folder / file).read_text(encoding="utf-8")
        assert list(yaml.safe_load(written)) == list(names)


def test_every_field_and_every_allowed_value_stands_there(folder):
    told = (_without_law((folder / file).read_text(encoding="utf-8")) for file in FILES)
    words = set(re.findall(r"[A-Za-z_0-9]+", "\n".join(told)))
    for model in models(Plan) - {Plan}:
        for name, field in model.model_fields.items():
            if name not in Sourced.model_fields:
                assert name in words, (model, name)
                assert values(field.annotation) <= words, (model, name)


def _without_law(written: str) -> str:
    """What stands there without the parts taken from the law, so that these do not count."""
    return re.sub(rf"# {LAW}.*?(\n\n|\Z)", "\n", written, flags=re.DOTALL)


def test_the_places_are_real_and_have_their_boundaries(folder):
    places = yaml.safe_load((folder / "1-places.yaml").read_text(encoding="utf-8"))["jurisdictions"]
    assert {code: one["name"] for code, one in places.items()} == {
        "640200": "石嘴山市",
        "640202": "大武口区",
        "640205": "惠农区",
        "640221": "平罗县",
    }
    assert '"640205"' in (folder / "boundaries.geojson").read_text(encoding="utf-8")


def test_the_check_names_in_chinese_what_is_still_to_be_filled_in(folder):
    told = RUN.invoke(app, ["check", "--plan", str(folder)])
    assert told.exit_code == 1
    assert "1-places.yaml: confirmers.default：长度不符合要求" in told.stderr
    assert "geography.edge_margin_m.value：类型不正确，应为数字" in told.stderr
    assert re.search(r"……还有 \d+ 处", told.stderr)


@pytest.mark.parametrize("section", FROM_LAW)
def test_what_the_law_says_can_be_taken_over_as_it_stands_with_the_city_s_own_names(folder, section):
    (file,) = [name for name, sections in FILES.items() if section in sections]
    parts = (folder / file).read_text(encoding="utf-8").split(f"\n{section}:", 1)[1]
    commented = parts.split(LAW, 1)[1].split("\n\n", 1)[0].split("\n", 1)[1]
    taken = yaml.safe_load("\n".join(line.removeprefix("# ") for line in commented.split("\n")))
    assert TypeAdapter(Plan.model_fields[section].annotation).validate_python(taken[section])
    assert "抚顺" not in commented and "辽宁" not in commented


def test_a_city_that_does_not_exist_and_a_folder_that_does_are_refused(folder, tmp_path):
    for code in ("640299", "64", "640202", "石嘴山"):
        refused = RUN.invoke(app, ["new", code, "--folder", str(tmp_path / "new")])
        assert refused.exit_code == 2
        assert code in refused.stderr
        assert not (tmp_path / "new").exists()
    before = (folder / "1-places.yaml").read_text(encoding="utf-8")
    refused = RUN.invoke(app, ["new", CITY, "--folder", str(folder)])
    assert (refused.exit_code, str(folder) in refused.stderr) == (2, True)
    assert (folder / "1-places.yaml").read_text(encoding="utf-8") == before


def test_up_runs_the_plan_s_own_nodes():
    fushun, other = load_plan(Path("plans/fushun")), load_plan(Path("plans/examples/shizuishan"))
    assert nodes_to_run(fushun, ()) == ("210400", "210404", "210421")
    assert nodes_to_run(other, ()) == ("640200", "640202", "640205")
    assert nodes_to_run(other, ("640221",)) == ("640221",)
    with pytest.raises(UnknownPlaces, match="210404"):
        nodes_to_run(other, ("210404",))
