"""Numbers that people type into free text are masked; what only looks like one is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.privacy import holds_number, mask, masked_values

MOBILE = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
IDENTITY = st.from_regex(r"[1-9][0-9]{16}[0-9X]", fullmatch=True)
WORDS = st.text(st.sampled_from("张先生报告，地点在望花区。 "), max_size=10)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("张先生13812345678称泄漏", "张先生138******78称泄漏"),
        ("电话 138-1234-5678", "电话 138********78"),
        ("电话:13812345678:张三", "电话:138******78:张三"),
        ("手机-13812345678-家属", "手机-138******78-家属"),
        ("138 1234 5678", "138********78"),
        ("+8613812345678", "+86*********78"),
        ("１３８１２３４５６７８", "１３８******７８"),
        ("024-52812345 来电", "024*******45 来电"),
        ("身份证21040419900101123X。", "身份证210*************3X。"),
    ],
)
def test_a_phone_or_identity_number_is_masked_but_for_its_ends(typed, shown):
    assert mask(typed) == shown


@pytest.mark.parametrize(
    "text",
    [
        "2031-05-06T07:08:00+08:00",
        "01a210b7-205b-73a0-9b26-ce0b3e021c1a",
        "01234567-8901-7345-9123-138123456789",
        "210404901001",
        "损失 13812345678901 元",
        "119-demo-0001",
        "A13812345678",
        "01a210b7-205b-73a0-9b26-a13812345678",
        "01a210b7-205b-73a0-9b26-138123456789",
        "http://127.0.0.1:13812/x",
        "经度 123.13812345678",
    ],
)
def test_what_is_no_such_number_is_left_alone(text):
    assert mask(text) == text
    assert not holds_number(text)


@given(st.from_regex(r"[0-9]{8}-[0-9]{4}-7[0-9]{3}-[89][0-9]{3}-[01][0-9]{11}", fullmatch=True))
def test_no_identifier_is_touched_not_even_one_of_digits_only(identifier):
    assert mask(identifier) == identifier
    assert masked_values({"incident_id": identifier}) == {"incident_id": identifier}


@given(WORDS, MOBILE | IDENTITY, WORDS)
def test_nothing_masked_can_be_found_again_and_the_words_stay(before, number, after):
    shown = mask(before + number + after)
    assert number not in shown
    assert not holds_number(shown)
    assert shown.startswith(before) and shown.endswith(after)
    assert len(shown) == len(before + number + after)


def test_every_text_of_a_value_is_masked_but_for_references_of_a_sending():
    value = {"title": "13812345678", "list": ["13812345678", 13812345678], "proof": "传真 024-52812345"}
    assert masked_values(value) == {
        "title": "138******78",
        "list": ["138******78", 13812345678],
        "proof": "传真 024-52812345",
    }
