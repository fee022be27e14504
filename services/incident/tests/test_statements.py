"""Statements are the truth: who said what, when; what is known follows from them in whatever order they come."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.facts import Facts
from services.incident.domain.facts import Known, Statement, facts_that_grade, learn, news, unlearn
from services.incident.store import incidents

NOW = datetime(2031, 5, 6, 7, 8, tzinfo=UTC)
COUNTS = st.none() | st.integers(0, 50)
STATEMENTS = st.lists(
    st.builds(
        Statement,
        facts=st.builds(Facts, deaths=COUNTS, missing=COUNTS, serious_injuries=COUNTS),
        source=st.sampled_from(["119", "现场"]),
        stated_at=st.integers(0, 3).map(lambda minutes: NOW + timedelta(minutes=minutes)),
        entered_at=st.none() | st.integers(0, 3).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    ),
    max_size=4,
)


def learnt(statements) -> Known:
    held = Known()
    for one in statements:
        held = learn(held, one)
    return held


def known(statements) -> Facts:
    return learnt(statements).facts


@given(STATEMENTS)
def test_what_is_known_does_not_depend_on_the_order_in_which_statements_come(statements):
    assert len({known(order).model_dump_json() for order in permutations(statements)}) <= 1


@given(STATEMENTS, STATEMENTS, st.randoms())
def test_statements_that_are_taken_back_leave_what_is_known_as_if_they_had_never_been_made(
    stays, withdrawn, chance
):
    mixed = [*stays, *withdrawn]
    chance.shuffle(mixed)
    assert unlearn(learnt(mixed), withdrawn, stays) == learnt(stays)


def test_taking_back_leaves_what_was_handed_on_without_a_statement():
    """A level above knows a snapshot's facts only."""
    snapshot = learn(Known(), Statement(Facts(deaths=3), "210404", NOW))
    said = Statement(Facts(missing=2), "现场", NOW, report_id="r-2")
    assert unlearn(learn(snapshot, said), [said], []) == snapshot


@given(STATEMENTS, st.builds(Facts, deaths=COUNTS, missing=COUNTS))
def test_a_record_sent_again_says_nothing_and_erases_nothing(earlier, facts):
    record = Statement(facts, "119", NOW)
    again = Statement(facts, "119", NOW + timedelta(days=1))
    newly = news(again, [record])
    assert newly.facts == Facts()
    assert known([*earlier, record, newly]) == known([*earlier, record])


@given(st.builds(Facts, deaths=COUNTS), st.builds(Facts, deaths=COUNTS, missing=COUNTS))
def test_a_record_newly_says_only_what_differs_from_what_it_said(first, second):
    newly = news(Statement(second, "119", NOW), [Statement(first, "119", NOW - timedelta(hours=1))]).facts
    for name in ("deaths", "missing"):
        before, after = getattr(first, name), getattr(second, name)
        assert getattr(newly, name) == (after if after is not None and after != before else None)


def test_what_stands_in_no_statement_here_counts_as_it_is_known():
    """A level above may know an incident from a snapshot only; its first facts still grade."""
    later = Statement(Facts(serious_injuries=2), "现场", NOW)
    held = Facts(deaths=3, serious_injuries=2)
    assert facts_that_grade([later], NOW + timedelta(days=1), held) == held
    assert facts_that_grade([later], NOW, held) == Facts(deaths=3)


@pytest.mark.servers
async def test_a_partner_s_resend_of_the_original_does_not_turn_significant_back_to_general(county):
    """生产安全事故报告和调查处理条例 art. 13: what the scene has learnt since stays."""
    record = {"external_reference": "A-1", "facts": {"deaths": 0}}
    incident = await county.reported(**record)
    body = {"facts": {"deaths": 3}, "source": "现场"}
    await county.update("officer", incident, body)
    assert await county.reported(**record) == incident
    told = await county.get("officer", f"/incidents/{incident}")
    assert (told["grade"], told["facts"]["deaths"]) == ("significant", 3)
    await county.reported(external_reference="A-1", facts={"deaths": 1})
    told = await county.get("officer", f"/incidents/{incident}")
    assert (told["grade"], told["facts"]["deaths"]) == ("general", 1)


@pytest.mark.servers
async def test_the_first_report_s_statement_is_one_of_them_on_both_nodes(county, city):
    incident = await county.reported(external_reference="A-1", facts={"deaths": 1})
    body = {"facts": {"deaths": 3}, "source": "现场", "statement": "核实"}
    await county.update("officer", incident, body)
    await city.hear(county)
    for world in (county, city):
        async with world.database.reading() as connection:
            said = await incidents.statements(connection, incident)
        assert [(one.source, one.facts.deaths) for one in said] == [("119", 1), ("现场", 3)]
        told = await world.get("officer", f"/incidents/{incident}")
        assert known(said).deaths == told["facts"]["deaths"] == 3
