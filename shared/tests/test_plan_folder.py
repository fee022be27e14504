"""A plan folder is read whole or refused with the place that is wrong."""

from pathlib import Path
from shutil import copytree

import pytest

from shared.plan_folder import UnreadablePlan, UnsoundPlan, load_plan, read_plan

FUSHUN = Path("plans/fushun")


@pytest.fixture
def folder(tmp_path) -> Path:
    return copytree(FUSHUN, tmp_path / "plan")


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_parts_of_all_files_make_one_plan(folder):
    assert load_plan(folder) == load_plan(FUSHUN)


@pytest.mark.parametrize("name", ["", "nowhere"])
def test_a_folder_without_yaml_is_no_plan(tmp_path, name):
    with pytest.raises(UnreadablePlan, match=r"no \*\.yaml"):
        load_plan(tmp_path / name)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"a: [", "expected"),
        (b"- 1\n", "not a mapping"),
        (b"name: \xff\n", "decode"),
        (b"name: !!python/object/apply:os.getcwd []\n", "could not determine a constructor"),
        (b"name: x\nname: y\n", "'name' stands twice"),
        (b"timers:\n  a: {value: 1}\n  a: {value: 2}\n", "'a' stands twice"),
        (b"timers:\n  - {a: {b: 1, b: 2}}\n", "'b' stands twice"),
        (b"name: x\n", "jurisdictions"),
        (b"name: x\nsurprise: 1\n", "surprise"),
    ],
)
def test_a_bad_file_is_refused_with_its_name_and_the_reason(tmp_path, text, reason):
    (tmp_path / "1.yaml").write_bytes(text)
    with pytest.raises(UnreadablePlan, match=reason) as refused:
        load_plan(tmp_path)
    assert str(tmp_path) in str(refused.value)


def test_a_merge_key_may_be_overridden_wherever_its_anchor_stands(folder):
    change(
        folder / "6-forces.yaml",
        "timers:\n  acknowledge_seconds: {value: 60, to_confirm: true}",
        "x-a: {b: {c: &deep {<<: *local, value: 60}}}\ntimers:\n  acknowledge_seconds: {<<: *deep, value: 90}",
    )
    assert load_plan(folder).timers["acknowledge_seconds"].value == 90


def test_a_part_in_two_files_is_refused_naming_both(folder):
    (folder / "9-more.yaml").write_text("name: again\n")
    with pytest.raises(UnreadablePlan, match=r"9-more\.yaml: 'name' stands in 1-places\.yaml too"):
        load_plan(folder)


def test_every_fault_is_told_with_its_file(folder):
    change(folder / "6-forces.yaml", "speed_kmh: {value: 40", "speed_kmh: {value: -1")
    change(folder / "8-seed.yaml", "crew: 12", "crew: none")
    with pytest.raises(UnreadablePlan) as refused:
        load_plan(folder)
    one, other = sorted(str(refused.value).splitlines())
    assert "6-forces.yaml: travel.speed_kmh.value" in one
    assert "8-seed.yaml: seed.teams.city-hazmat-1.crew" in other


def test_a_plan_without_boundaries_is_a_plan(folder):
    (folder / "boundaries.geojson").unlink()
    assert load_plan(folder).boundaries == {}


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"features": [{}]}', '{"features": 1}'])
def test_bad_boundaries_are_refused(folder, text):
    (folder / "boundaries.geojson").write_text(text)
    with pytest.raises(UnreadablePlan, match=r"boundaries\.geojson"):
        load_plan(folder)


def test_services_do_not_start_on_an_unsound_plan_but_it_can_be_read(folder):
    change(folder / "8-seed.yaml", "kind: hazmat", "kind: nonsense")
    with pytest.raises(UnsoundPlan, match=r"seed\.teams\.city-hazmat-1\.kind.*nonsense"):
        load_plan(folder)
    assert read_plan(folder).seed.teams["city-hazmat-1"].kind == "nonsense"
