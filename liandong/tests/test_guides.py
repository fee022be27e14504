"""The guides say what stands on the screen: words, keys, commands and pictures."""

import re
from pathlib import Path

import pytest

from contracts.messages import catalogue
from liandong.node import CONSOLE
from shared.http.auth import Role

GUIDES = sorted(Path("docs/guide").glob("*.md"))
PAGES = [guide for guide in GUIDES if guide.name != "README.md"]
SHOWN = ("console.", "login.", "role.", "release_cause.", "due_report_status.", "order_status.", "support_")
KEYS = (CONSOLE / "app/views/help.js").read_text(encoding="utf-8")
COMMANDS = (CONSOLE / "app/lib/commands.js").read_text(encoding="utf-8")
NOT_OF_THE_CONSOLE = {
    "make demo WATCH=1",
    "make screenshots",
    "WATCH=1",
    "LIANDONG_HOME",
    "drill-runs",
    "Tab",
    "Enter",
}


TEXTS = [message["zh"] for key, message in catalogue().items() if key.startswith(SHOWN)]


def stands(words: str) -> bool:
    """Whether a page says these words, or begins a text with them; a text's values may be anything."""
    whole = (re.sub(r"\\\{\w+\\\}", ".+", re.escape(text)) for text in TEXTS)
    return any(text.startswith(words) for text in TEXTS) or any(re.fullmatch(text, words) for text in whole)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_words_in_corner_brackets_stand_on_the_screen(guide):
    quoted = set(re.findall("「([^」]+)」", guide.read_text(encoding="utf-8")))
    assert [one for one in quoted if not stands(one)] == []


def test_words_that_stand_nowhere_are_found():
    assert (
        not stands("派出队伍出发")
        and not stands("确认收到了")
        and stands("确认收到")
        and stands("缺 灭火 2 支")
    )


@pytest.mark.parametrize("guide", PAGES, ids=lambda guide: guide.stem)
def test_each_has_four_pages_and_every_key_is_one_of_the_console(guide):
    text = guide.read_text(encoding="utf-8")
    assert re.findall(r"^## 第(.)页", text, re.M) == list("一二三四")
    keys = {one for one in re.findall("`([^`]+)`", text) if one not in NOT_OF_THE_CONSOLE and "/" not in one}
    assert [key for key in keys if not re.search(rf'"{re.escape(key)}"|\b{re.escape(key)}\b', KEYS)] == []


@pytest.mark.parametrize("guide", PAGES, ids=lambda guide: guide.stem)
def test_every_picture_and_link_is_there(guide):
    targets = re.findall(r"\]\(([^)]+)\)", guide.read_text(encoding="utf-8"))
    assert [one for one in targets if not (guide.parent / one).exists()] == []
    assert any(one.endswith(".png") for one in targets)


def test_every_command_named_is_known():
    text = "".join(guide.read_text(encoding="utf-8") for guide in PAGES)
    for word in ("派", "状态", "记事", "办", "观察", "接警"):
        assert f"{word} " in text and f'"{word}"' in COMMANDS


def test_every_role_of_a_person_has_a_guide():
    index = (Path("docs/guide") / "README.md").read_text(encoding="utf-8")
    names = {role: catalogue()[f"role.{role}"]["zh"] for role in Role if role is not Role.SYSTEM}
    alike = {
        Role.AUDITOR: "观察员",
        Role.WARNING_AUTHOR: "预警制作",
        Role.WARNING_REVIEWER: "审核",
        Role.WARNING_SIGNER: "签发",
    }
    assert [role for role, name in names.items() if alike.get(role, name) not in index] == []


def test_the_readme_says_as_many_keys_as_were_counted():
    total = re.search(
        r"\| all \| (\d+) \|", Path("benchmarks/console/KEYSTROKES.md").read_text(encoding="utf-8")
    )
    assert total and f"[{total[1]} keys]" in Path("README.md").read_text(encoding="utf-8")
