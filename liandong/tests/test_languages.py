"""Every Chinese text is Chinese and every English one English: the catalogue, and every code that a text may name."""

import re
from pathlib import Path
from typing import get_args

import pytest

from contracts.events.incident import ReportChannel
from contracts.messages import Terms, both, catalogue, text
from contracts.refusals import RefusedTransition
from contracts.rights import SERVICES
from liandong.generated.diagrams import tables
from services.incident.domain.authority import MAY_SAY
from services.incident.domain.consultation import Position
from shared.http.auth import Role

ROOT = Path(__file__).parents[2]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
PLACE = re.compile(r"\{[^}]*\}")
WORDS = re.compile(r"[a-z]+(?:_[a-z]+)*")
TABLES = [(service, name, table) for service in SERVICES for name, table in tables(ROOT, service).items()]
STATES = sorted({str(one) for *_, table in TABLES for pair in table for one in (pair[0], table[pair])})
ACTS = sorted({command for *_, table in TABLES for _, command in table} | set(MAY_SAY) | {"redirect"})
NAMED = [
    *(f"state.{one}" for one in STATES),
    *(f"act.{one}" for one in ACTS),
    *(f"role.{one.value}" for one in Role),
    *(f"console.position_{one}" for one in get_args(Position) or [each.value for each in Position]),
    *(f"console.channel_{one}" for one in get_args(ReportChannel)),
]


@pytest.mark.parametrize("key", NAMED)
def test_every_state_command_role_position_and_channel_has_a_name_in_both_languages(key):
    zh, en = both(key)
    if not zh.isdigit():
        assert CHINESE.search(zh) and not CHINESE.search(en)


@pytest.mark.parametrize(("service", "name", "table"), TABLES, ids=[f"{s}.{n}" for s, n, _ in TABLES])
def test_a_refused_step_is_told_in_the_reader_s_words_only(service, name, table):
    codes = set(STATES) | set(ACTS)
    for state, command in table:
        allowed = {str(before) for before, wanted in table if wanted == command}
        refusal = RefusedTransition(str(state), command, allowed)
        zh, en = both(refusal.KEY, **refusal.values)
        assert not codes & set(WORDS.findall(zh)), zh
        assert not CHINESE.search(en), en


def test_no_english_text_holds_chinese_and_every_chinese_one_holds_some():
    mixed = [key for key, entry in catalogue().items() if CHINESE.search(entry["en"])]
    assert [key for key in mixed if key not in OTHER_LANGUAGE] == []
    bare = [
        key
        for key, entry in catalogue().items()
        if not CHINESE.search(entry["zh"]) and re.search(r"[A-Za-z]{2}", PLACE.sub("", entry["zh"]))
    ]
    assert [key for key in bare if key not in SAME_IN_BOTH | OTHER_LANGUAGE] == []


def test_a_code_without_a_name_stays_as_it_is():
    assert text("problem.wrong_role", "zh", roles=Terms("role", ("king", "dispatcher"))).endswith(
        "king、调度员"
    )


OTHER_LANGUAGE = {"console.language"}
"""Each names the language that it switches to, in that language."""
SAME_IN_BOTH = {"kind.uuid", "plan.new.kind.flag"}
