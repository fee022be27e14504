"""What a call is asked is the plan's; answers are kept with it, fit their question, and reach every node."""

from pathlib import Path

import pytest

from contracts.facts import Facts
from contracts.plan.check import check
from contracts.plan.intake import Intake, Question
from services.incident.domain.answers import NoAnswerToThat, UnknownQuestion, checked_answers, unanswered
from services.incident.domain.facts import Known
from services.incident.policy.questions import questions
from services.incident.tests.world import REPORT
from shared.plan_folder import load_plan

PLAN = load_plan(Path("plans/fushun"))
PROMPT = {"prompt": "问", "prompt_en": "asks", "why": "因", "why_en": "because", "to_confirm": True}
FIRE = {"sector": "fire", "event_type": "12G01", "title": "住宅起火"}


def test_the_plan_s_questions_come_first_and_every_fact_that_counts_is_asked_once():
    asked = questions(PLAN, "fire")
    assert list(asked)[:2] == ["caller_safe", "trapped"]
    facts = [one.fact for one in asked.values() if one.fact]
    assert {"trapped", "deaths", "serious_injuries", "direct_loss_yuan"} <= set(facts)
    assert len(facts) == len(set(facts))
    assert asked["trapped"].prompt == "有没有人被困，几人"
    assert "underground" not in asked and "underground" in questions(PLAN, "coal_mine")


@pytest.mark.parametrize(
    ("answers", "refusal"),
    [
        ({"nobody_asks": True}, UnknownQuestion),
        ({"trapped": 3}, UnknownQuestion),
        ({"burning": "cheese"}, NoAnswerToThat),
        ({"burning": True}, NoAnswerToThat),
        ({"caller_safe": "yes"}, NoAnswerToThat),
        ({"floor": "  "}, NoAnswerToThat),
        ({"floor": 3.0}, NoAnswerToThat),
        ({"underground": -1.0}, NoAnswerToThat),
        ({"underground": 1.5}, NoAnswerToThat),
        ({"water_depth": False}, NoAnswerToThat),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(answers, refusal):
    with pytest.raises(refusal):
        checked_answers(answers, PLAN)


def test_an_answer_that_fits_is_kept_and_a_number_in_words_is_masked():
    told = {"burning": "vehicle", "caller_safe": False, "underground": 12.0, "floor": "3 楼，找 13800138000"}
    assert checked_answers(told, PLAN) == {**told, "floor": "3 楼，找 138******00"}


@pytest.mark.parametrize(
    ("known", "missing"),
    [
        (Known(), ["trapped", "burning"]),
        (Known(Facts(trapped=0)), ["burning"]),
        (Known(Facts(trapped=0), answers={"burning": "vehicle"}), []),
    ],
)
def test_required_questions_without_an_answer_are_named(known, missing):
    assert unanswered(known, "fire", "12G01", PLAN) == missing


def test_a_question_is_required_only_once_its_condition_holds():
    asked = {
        "leaking": {**PROMPT, "kind": "flag"},
        "how_much": {
            **PROMPT,
            "kind": "number",
            "required": True,
            "when": {"question": "leaking", "answers": [True]},
        },
        "many": {
            **PROMPT,
            "kind": "text",
            "required": True,
            "when": {"question": "how_much", "at_least": 10},
        },
    }
    plan = PLAN.model_copy(update={"intake": Intake.model_validate({"questions": asked})})
    steps = [
        {},
        {"leaking": False},
        {"leaking": True},
        {"leaking": True, "how_much": 9.0},
        {"leaking": True, "how_much": 10.0},
    ]
    found = [unanswered(Known(answers=one), "fire", "12G01", plan) for one in steps]
    assert found == [[], [], ["how_much"], [], ["many"]]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "flag", "fact": "deaths"},
        {},
        {"kind": "choice"},
        {"kind": "text", "options": {"a": {"name": "甲", "name_en": "a"}}},
        {"kind": "text", "when": {"question": "x"}},
        {"kind": "text", "when": {"question": "x", "answers": [True], "at_least": 1}},
        {"fact": "nothing"},
    ],
)
def test_a_question_that_cannot_be_asked_is_no_plan(wrong):
    with pytest.raises(ValueError):
        Question.model_validate({**PROMPT, **wrong})


@pytest.mark.parametrize(
    ("asked", "rule"),
    [
        ({"a": {**PROMPT, "kind": "text", "sectors": ["nonsense"]}}, "missing"),
        ({"a": {**PROMPT, "kind": "text", "sectors": ["fire"], "event_types": ["12D02"]}}, "missing"),
        ({"a": {**PROMPT, "kind": "text", "when": {"question": "b", "at_least": 1}}}, "missing"),
        ({"a": {**PROMPT, "fact": "deaths"}, "b": {**PROMPT, "fact": "deaths"}}, "repeated"),
        (
            {
                "a": {**PROMPT, "kind": "text"},
                "b": {**PROMPT, "kind": "text", "when": {"question": "a", "answers": ["x"]}},
            },
            "wrong_answer",
        ),
        (
            {
                "a": {**PROMPT, "kind": "flag"},
                "b": {**PROMPT, "kind": "text", "when": {"question": "a", "answers": ["x"]}},
            },
            "missing",
        ),
    ],
)
def test_plan_check_finds_questions_that_would_never_be_asked(asked, rule):
    intake = PLAN.intake.model_copy(
        update={"questions": Intake.model_validate({"questions": asked}).questions}
    )
    found = check(PLAN.model_copy(update={"intake": intake}))
    assert rule in {one.rule for one in found if one.where.startswith("intake.questions")}


@pytest.mark.servers
async def test_answers_stand_with_the_incident_on_both_nodes_and_later_ones_replace_them(county, city):
    incident = await county.reported(**FIRE, answers={"burning": "building", "floor": "3 楼"})
    body = {"answers": {"floor": "4 楼，共 18 层"}, "source": "来电人"}
    await county.update("taker", incident, body)
    await city.hear(county)
    for world in (county, city):
        shown = await world.get("officer", f"/incidents/{incident}")
        assert {one["question"]: one["words"] for one in shown["answers"]} == {
            "burning": "什么在烧：房屋",
            "floor": "几层，共几层：4 楼，共 18 层",
        }
        assert shown["unanswered"] == ["trapped"]
        lines = [line["summary"] for line in await world.get("officer", f"/incidents/{incident}/timeline")]
        assert "什么在烧：房屋" in lines[0] and any("4 楼" in line for line in lines[1:])


@pytest.mark.servers
async def test_answers_move_along_when_incidents_are_merged_and_come_back(county):
    first = await county.reported(**FIRE, answers={"burning": "building"})
    second = await county.reported(**FIRE, answers={"burning": "vehicle"})

    async def burning(incident: str) -> list[object]:
        shown = await county.get("officer", f"/incidents/{incident}")
        return [one["answer"] for one in shown["answers"]]

    await county.done(
        "officer", f"/incidents/{second}/merge", {"into": first, "version": 1, "reason": "同一火场"}
    )
    assert await burning(first) == ["vehicle"]
    await county.done("officer", f"/incidents/{second}/unmerge", {"version": 2, "reason": "两处"})
    assert (await burning(first), await burning(second)) == (["building"], ["vehicle"])


@pytest.mark.servers
async def test_a_wrong_answer_is_refused_by_field_and_rule(county):
    refused = await county.post("taker", "/reports", {**REPORT, "answers": {"burning": "cheese"}})
    (error,) = refused.json()["errors"]
    assert (refused.status_code, error["field"], error["rule"]) == (
        422,
        "answers.burning",
        "no_answer_to_that",
    )
    assert "什么在烧" in error["message"]


@pytest.mark.servers
async def test_the_form_tells_what_to_ask_why_and_when(county):
    form = await county.get("taker", "/intake/form")
    fire = next(one for one in form["sectors"] if one["slug"] == "fire")
    asked = {one["question"]: one for one in fire["questions"]}
    assert [one["value"] for one in asked["burning"]["options"]][:2] == ["building", "vehicle"]
    assert asked["floor"]["when"] == {
        "question": "burning",
        "answers": ["building", "electric"],
        "at_least": None,
    }
    assert (asked["trapped"]["fact"], asked["trapped"]["required"]) == ("trapped", True)
    assert all(one["why"] and one["why_en"] for one in asked.values())
