"""The life of a reservation: which commands are possible when, and what they make true."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.events.resource import MaterialReserved
from contracts.refusals import Refusal, RefusedTransition
from contracts.state_machine import mermaid
from contracts.values import Location
from services.resources.domain import reservation as domain
from services.resources.domain.refusals import MoreThanShipped
from services.resources.domain.reservation import TRANSITIONS, Reservation, ReservationStatus

NOW = datetime(2031, 5, 6, 7, 8, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
RESERVED = Reservation(
    reservation_id="r-1",
    request_id="q-1",
    incident_id="i-1",
    jurisdiction="210404",
    depot_id="d-1",
    depot_name="库",
    item="gas_mask",
    item_name="防毒面具",
    quantity=40,
    unit="具",
    for_jurisdiction="210400",
    destination=Location(lon=123.8, lat=41.8),
    reserved_at=NOW,
)
COMMANDS = {
    "ship": lambda one: domain.ship(one, "运输队", LATER),
    "deliver": lambda one: domain.deliver(one, "现场指挥部", 40, LATER),
    "cancel": lambda one: domain.cancel(one, "不需要", LATER),
}
NAMES = {"ship": "resource.shipped", "deliver": "resource.delivered", "cancel": "resource.cancelled"}


@pytest.mark.parametrize("status", ReservationStatus)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_succeeds_exactly_where_the_table_has_it(status, command):
    before = replace(RESERVED, status=status)
    if target := TRANSITIONS.get((status, command)):
        after, fact = COMMANDS[command](before)
        assert (after.status, fact.NAME) == (target, NAMES[command])
        assert (fact.subject, fact.correlation, fact.jurisdiction) == ("r-1", "i-1", "210404")
    else:
        with pytest.raises(RefusedTransition) as refused:
            COMMANDS[command](before)
        assert refused.value.values["state"] == status


def test_the_table_uses_every_command_and_ends_where_it_should():
    assert {command for _, command in TRANSITIONS} == set(COMMANDS)
    assert set(ReservationStatus) - {status for status, _ in TRANSITIONS} == {
        ReservationStatus.DELIVERED,
        ReservationStatus.CANCELLED,
    }


def test_the_fact_of_a_reservation_says_what_is_promised_to_whom():
    fact = domain.reserved(RESERVED)
    assert isinstance(fact, MaterialReserved)
    assert (fact.quantity, fact.unit, fact.for_jurisdiction, fact.depot_id) == (40, "具", "210400", "d-1")


@given(st.integers(0, 100))
def test_less_than_what_was_shipped_may_be_signed_for_but_never_more(quantity):
    shipped, _ = domain.ship(RESERVED, "运输队", NOW)
    if quantity > RESERVED.quantity:
        with pytest.raises(MoreThanShipped) as refused:
            domain.deliver(shipped, "指挥部", quantity, LATER)
        assert (refused.value.field, refused.value.values["shipped"]) == ("quantity", 40)
    else:
        delivered, fact = domain.deliver(shipped, "指挥部", quantity, LATER)
        assert delivered.delivered == fact.quantity == quantity
        assert (delivered.quantity, delivered.delivered_at) == (40, LATER)


@given(st.lists(st.sampled_from(sorted(COMMANDS)), max_size=8))
def test_whatever_is_tried_a_reservation_ends_at_most_once_and_only_its_own_way(commands):
    one, facts = RESERVED, []
    for command in commands:
        before = one
        try:
            one, fact = COMMANDS[command](one)
        except Refusal:
            assert one == before
            continue
        facts.append(fact.NAME)
    assert facts in (
        [],
        ["resource.cancelled"],
        ["resource.shipped"],
        ["resource.shipped", "resource.delivered"],
    )


def test_the_readme_shows_the_state_machine_as_it_is():
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    diagram = mermaid(TRANSITIONS, ReservationStatus.RESERVED)
    shown = f"<!-- generated: state reservation -->\n```mermaid\n{diagram}\n```\n<!-- /generated -->"
    assert shown in readme
