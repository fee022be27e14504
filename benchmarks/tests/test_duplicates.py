"""The labelled calls, and that telling them apart by score beats the plain rule on what it was not tuned on."""

from typer import Typer
from typer.testing import CliRunner

from benchmarks.duplicates.__main__ import (
    GOLD,
    PLAN,
    by_rule,
    by_score,
    duplicates,
    halves,
    judge,
    load,
    pairs,
)
from shared.plan_folder import load_plan

RULES = load_plan(PLAN)
CALLS = load(GOLD)
app = Typer()
app.command()(duplicates)


def test_the_gold_set_has_pairs_enough_of_both_kinds_and_kinds_that_the_plan_knows():
    found = pairs(CALLS)
    assert len(found) >= 200 and 100 < sum(pair.same for pair in found) < 300
    assert {call.event_type for call in CALLS} <= set(RULES.event_codes.names)


def test_on_nights_it_was_not_tuned_on_the_score_is_more_precise_and_finds_more_than_the_rule():
    held_out = pairs(halves(CALLS)[1])
    rule, score = judge("", held_out, by_rule(RULES)), judge("", held_out, by_score(RULES, 0.7))
    assert score.precision >= rule.precision and score.recall > 1.5 * rule.recall


def test_what_joins_by_itself_is_hardly_ever_another_event():
    joins_from = RULES.intake.same_event.joins_from
    assert judge("", pairs(halves(CALLS)[1]), by_score(RULES, joins_from)).precision > 0.98


def test_a_file_that_is_no_calls_is_refused_with_its_line(tmp_path):
    bad = tmp_path / "bad.jsonl"
    bad.write_text('\n{"group": "a"}\n', encoding="utf-8")
    done = CliRunner().invoke(app, [str(bad)])
    assert done.exit_code == 2 and "bad.jsonl:2" in done.output.replace("\n", "")
