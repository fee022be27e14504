"""A plan folder is read whole or refused with the place that is wrong."""

import pytest

from shared.plan_folder import UnreadablePlan, load_plan


def test_a_folder_without_yaml_is_no_plan(tmp_path):
    with pytest.raises(UnreadablePlan, match="no"):
        load_plan(tmp_path)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a: [", "expected"),
        ("- 1\n", "not a mapping"),
        ("name: x\nname: y\n", "'name' stands twice"),
        ("timers:\n  a: {value: 1}\n  a: {value: 2}\n", "'a' stands twice"),
        ("name: x\n", "jurisdictions"),
    ],
)
def test_a_bad_file_is_refused_with_the_reason(tmp_path, text, reason):
    (tmp_path / "1.yaml").write_text(text)
    with pytest.raises(UnreadablePlan, match=reason):
        load_plan(tmp_path)


def test_a_part_in_two_files_is_refused(tmp_path):
    (tmp_path / "1.yaml").write_text("name: x\n")
    (tmp_path / "2.yaml").write_text("name: y\n")
    with pytest.raises(UnreadablePlan, match="another file"):
        load_plan(tmp_path)
