"""A reason that the program gives is data, read in the reader's language; a person's words are as they are."""

import pytest
from pydantic import ValidationError

from contracts.events.dispatch import SupportDeclined
from contracts.reasons import ReasonCode, code_of, read_reason, reason_of_refusal, words_of
from contracts.refusals import NotFound, RuleViolated
from contracts.tests.test_events import full


class NotLinked(RuleViolated):
    KEY = "dispatch.not_linked"


NO_TEAM = ReasonCode(key="dispatch.no_idle_team", values={"capability": "危化品处置", "able": 2})


def declined(why) -> SupportDeclined:
    told = SupportDeclined.model_validate(full(SupportDeclined))
    return told.model_copy(update={"reason": words_of(why), "reason_code": code_of(why)})


def test_the_program_s_own_reason_is_read_in_either_language():
    told = declined(NO_TEAM)
    assert read_reason(told, "zh") == told.reason == "没有空闲的队伍（能力 危化品处置，共 2 支）"
    assert read_reason(told, "en") == "no idle team (危化品处置, 2 in all)"


def test_a_person_s_words_are_the_same_in_both():
    told = declined("都在山上")
    assert told.reason_code is None
    assert read_reason(told, "zh") == read_reason(told, "en") == "都在山上"


def test_the_reason_of_a_newer_program_is_read_in_its_own_words():
    newer = declined(NO_TEAM).model_copy(
        update={"reason": "新的理由", "reason_code": ReasonCode(key="dispatch.never_heard_of")}
    )
    assert read_reason(newer, "en") == "新的理由"


def test_what_a_refusal_says_becomes_a_reason():
    refusal = NotLinked("target", "not_linked", target="210404", node="210421")
    why = reason_of_refusal(refusal)
    assert (why.key, why.values["target"]) == (refusal.KEY, "210404")
    assert why.in_words("zh")


def test_a_name_within_a_refusal_is_a_name_in_the_reason_too():
    why = reason_of_refusal(NotFound("dispatch.team", "t-1"))
    assert why.in_words("zh") == "未找到队伍 t-1"


@pytest.mark.parametrize("key", ["", "dispatch", "Dispatch.x", "dispatch.x y"])
def test_a_key_is_one_of_the_catalogue_s_form(key):
    with pytest.raises(ValidationError):
        ReasonCode(key=key)
