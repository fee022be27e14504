"""The page of the consultation matrix says what stands in the plan, and what of it is to be confirmed."""

from pathlib import Path
from shutil import copytree

from contracts.values import Grade
from liandong.generated.consultations import PAGE, page
from liandong.generated.files import consultations, sound_plans
from shared.plan_folder import load_plan

FUSHUN = Path("plans/fushun")


def test_the_page_has_a_row_for_every_sector_and_marks_what_is_to_be_confirmed():
    plan = load_plan(FUSHUN)
    rows = [line for line in page(plan).splitlines() if line.startswith("| ")]
    assert len(rows) == 3 + len(plan.sectors)
    (gas,) = [row for row in rows if row.startswith("| 燃气（待确认）")]
    assert all(plan.departments[slug].name in gas for slug in plan.invitees("gas", Grade.CATASTROPHIC))
    assert f"{len(plan.sectors)} 个行业领域中 {len(plan.sectors)} 个待本市确认" in page(plan)


def test_what_the_city_has_confirmed_is_not_marked():
    plan = load_plan(FUSHUN)
    settled = plan.consultations.matrix["gas"].model_copy(
        update={"to_confirm": False, "source": "市政府文件"}
    )
    matrix = {**plan.consultations.matrix, "gas": settled}
    confirmed = plan.model_copy(
        update={"consultations": plan.consultations.model_copy(update={"matrix": matrix})}
    )
    assert "| 燃气 |" in page(confirmed)


def test_a_plan_still_being_written_has_no_page_and_stops_nobody(tmp_path):
    copytree(FUSHUN, tmp_path / "plans" / "ready")
    unfinished = tmp_path / "plans" / "unfinished"
    unfinished.mkdir()
    (unfinished / "1-places.yaml").write_text("name: x\n", encoding="utf-8")
    assert list(sound_plans(tmp_path)) == [tmp_path / "plans" / "ready"]
    assert list(consultations(tmp_path)) == [tmp_path / "plans" / "ready" / PAGE]
