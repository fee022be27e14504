"""Whether an incident is over does not depend on what was heard first, and who commands is not ended by others."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from contracts.precedence import Part, follows_ending, is_over

COUNTY, CITY, OTHER = "210404", "210400", "210421"
NOW = datetime(2031, 5, 6, 7, 8, tzinfo=UTC)

words = st.lists(
    st.tuples(
        st.sampled_from([COUNTY, CITY, OTHER]),
        st.sampled_from(["ended_at", "reopened_at"]),
        st.integers(0, 9),
    ),
    max_size=8,
)


def heard(said: list[tuple[str, str, int]]) -> dict[str, Part]:
    parts: dict[str, Part] = {}
    for writer, what, minute in said:
        parts[writer] = parts.get(writer, Part()).with_word(**{what: NOW + timedelta(minutes=minute)})
    return parts


@given(words, st.randoms(), st.sampled_from([COUNTY, CITY]), st.sampled_from([COUNTY, CITY]))
def test_the_order_of_hearing_does_not_matter(said, random, lead, node):
    shuffled = list(said)
    random.shuffle(shuffled)
    assert is_over(heard(said), COUNTY, lead, node) == is_over(heard(shuffled), COUNTY, lead, node)


@given(words, st.sampled_from([COUNTY, CITY, OTHER]))
def test_who_commands_is_ended_by_nobody_else(said, lead):
    others = [word for word in said if word[0] != lead]
    assert not is_over(heard(others), COUNTY, lead, lead)


@given(words, st.sampled_from([COUNTY, CITY]))
def test_a_third_node_s_end_is_none_here(said, lead):
    assert not is_over(heard([word for word in said if word[0] == OTHER]), COUNTY, lead, CITY)


def test_the_origin_s_end_holds_above_until_command_was_taken():
    ended = heard([(COUNTY, "ended_at", 1)])
    assert is_over(ended, COUNTY, COUNTY, CITY)
    assert not is_over(ended, COUNTY, CITY, CITY)
    assert follows_ending(COUNTY, COUNTY, COUNTY, CITY)


def test_what_was_opened_again_here_after_the_origin_s_end_is_open_here():
    said = [(COUNTY, "ended_at", 1), (CITY, "ended_at", 2), (CITY, "reopened_at", 3)]
    assert not is_over(heard(said), COUNTY, COUNTY, CITY)
    assert is_over(heard(said), COUNTY, COUNTY, COUNTY)
