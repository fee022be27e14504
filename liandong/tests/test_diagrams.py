"""The diagrams in the services' READMEs are drawn from the tables that decide."""

import pytest

from liandong.generated.diagrams import UnshownTable, diagrams, tables, with_diagrams
from liandong.generated.files import ROOT

WARNING = {"warning": tables(ROOT, "notify")["warning"]}
MARKED = "# x\n<!-- generated: state warning -->\nold\n<!-- /generated -->\nend\n"


def test_state_machines_are_found_by_the_name_of_their_status():
    named = {"incident", "report", "call", "consultation", "response", "due_report"}
    assert set(tables(ROOT, "incident")) == named
    assert set(tables(ROOT, "notify")) == {"warning", "delivery", "adjustment"}


def test_every_readme_shows_its_state_machines_as_they_are():
    for path, text in diagrams(ROOT).items():
        assert path.read_text(encoding="utf-8") == text, path


def test_only_what_stands_between_the_markers_changes(tmp_path):
    readme = tmp_path / "README.md"
    readme.write_text(MARKED, encoding="utf-8")
    drawn = with_diagrams(readme, WARNING)
    assert drawn.startswith(
        "# x\n<!-- generated: state warning -->\n```mermaid\nstateDiagram-v2\n    [*] -->"
    )
    assert drawn.endswith("```\n<!-- /generated -->\nend\n")
    readme.write_text(drawn, encoding="utf-8")
    assert with_diagrams(readme, WARNING) == drawn


@pytest.mark.parametrize("text", ["# nothing marked\n", MARKED.replace("warning", "weather")])
def test_a_marker_without_a_table_and_a_table_without_a_marker_are_told(tmp_path, text):
    readme = tmp_path / "README.md"
    readme.write_text(text, encoding="utf-8")
    with pytest.raises(UnshownTable, match="warning"):
        with_diagrams(readme, WARNING)
