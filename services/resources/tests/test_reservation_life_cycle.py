"""The life of a reservation: which commands are possible when, and what they make true."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.events.resource import MaterialReserved
from contracts.refusals import Refusal, RefusedTransition
from contracts.values import Location
from services.resources.domain import reservation as domain
from services.resources.domain.refusals import (
    MoreThanArrived,
    MoreThanLeft,
    MoreThanShipped,
    NothingToSettle,
    NotLater,
)
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
RECEIVED = replace(
    RESERVED,
    status=ReservationStatus.RECEIVED,
    shipped_at=NOW,
    received=30,
    damaged=2,
    received_at=NOW,
)
FACTS = {
    ReservationStatus.RESERVED: RESERVED,
    ReservationStatus.SHIPPED: replace(RESERVED, status=ReservationStatus.SHIPPED, shipped_at=NOW),
    ReservationStatus.RECEIVED: RECEIVED,
    ReservationStatus.USED: replace(RECEIVED, status=ReservationStatus.USED, used=28),
    ReservationStatus.RETURNED: replace(RECEIVED, status=ReservationStatus.RETURNED, returned=28),
    ReservationStatus.CANCELLED: replace(RESERVED, status=ReservationStatus.CANCELLED, cancelled_at=NOW),
    ReservationStatus.EXPIRED: replace(RESERVED, status=ReservationStatus.EXPIRED, expired_at=NOW),
}
COMMANDS = {
    "extend": lambda one: domain.extend(one, LATER + timedelta(hours=1), LATER),
    "ship": lambda one: domain.ship(one, "运输队", LATER),
    "cancel": lambda one: domain.cancel(one, "不需要", LATER),
    "expire": lambda one: domain.expire(one, LATER),
    "receive": lambda one: domain.receive(one, "现场指挥部", 30, 2, LATER),
    "use_part": lambda one: domain.use(one, 1, "现场", LATER),
    "use_rest": lambda one: domain.use(one, one.left or 1, "现场", LATER),
    "return_part": lambda one: domain.take_back(one, 1, LATER),
    "return_rest": lambda one: domain.take_back(one, one.left or 1, LATER),
    "settle": lambda one: domain.settle(one, "lost", "途中丢失", "管理员", LATER),
    "settle_late": lambda one: domain.settle(one, "arrived_late", "后到", "管理员", LATER),
}
BY_RECEIVER = {"receive", "use_part", "use_rest"}


@pytest.mark.parametrize("status", ReservationStatus)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_succeeds_exactly_where_the_table_has_it(status, command):
    before = FACTS[status]
    name = "settle" if command == "settle_late" and status is ReservationStatus.RECEIVED else command
    if target := TRANSITIONS.get((status, name)):
        after, fact = COMMANDS[command](before)
        assert after.status == target == domain.status_of(after)
        by = "210400" if command in BY_RECEIVER else "210404"
        assert (fact.subject, fact.correlation, fact.jurisdiction) == ("r-1", "i-1", by)
    else:
        with pytest.raises(RefusedTransition) as refused:
            COMMANDS[command](before)
        assert refused.value.values["state"].codes == (status,)


def test_the_table_uses_every_command_and_ends_where_it_should():
    assert {command for _, command in TRANSITIONS} == set(COMMANDS)
    assert set(ReservationStatus) - {status for status, _ in TRANSITIONS} == {
        ReservationStatus.CANCELLED,
        ReservationStatus.EXPIRED,
    }


def test_the_fact_of_a_reservation_says_what_is_promised_to_whom():
    fact = domain.stock_reserved(RESERVED)
    assert isinstance(fact, MaterialReserved)
    assert (fact.quantity, fact.unit, fact.for_jurisdiction, fact.depot_id) == (40, "具", "210400", "d-1")


@given(st.integers(0, 100), st.integers(0, 100))
def test_less_than_what_was_shipped_may_arrive_and_not_more_is_damaged_than_arrives(quantity, damaged):
    shipped, _ = domain.ship(RESERVED, "运输队", NOW)
    if quantity > RESERVED.quantity or damaged > quantity:
        with pytest.raises((MoreThanShipped, MoreThanArrived)):
            domain.receive(shipped, "指挥部", quantity, damaged, LATER)
        return
    received, fact = domain.receive(shipped, "指挥部", quantity, damaged, LATER)
    assert (received.received, received.left, received.difference) == (
        quantity,
        quantity - damaged,
        40 - quantity,
    )
    assert (fact.quantity, fact.damaged, fact.difference, fact.target) == (
        quantity,
        damaged,
        40 - quantity,
        "210404",
    )


@given(st.lists(st.sampled_from(sorted(COMMANDS)), max_size=14), st.integers(0, 40), st.data())
def test_whatever_is_tried_no_piece_appears_or_vanishes_and_the_views_agree(commands, arrived, data):
    one, facts = RESERVED, []
    tries = {**COMMANDS, "receive": lambda one: domain.receive(one, "指挥部", arrived, arrived // 5, LATER)}
    for command in commands:
        before = one
        try:
            one, fact = tries[command](one)
        except Refusal:
            assert one == before
            continue
        facts.append(fact)
        assert one.status == domain.status_of(one)
        if one.received is not None:
            assert one.received + one.difference == one.quantity
            assert one.damaged + one.used + one.returned + one.left == one.received
            assert one.difference >= 0
    view = RESERVED
    for fact in data.draw(st.permutations(facts)) if _commutes(facts) else facts:
        view = domain.with_foreign_fact(view, fact)
    assert view == one


def _commutes(facts):
    """A late arrival is counted on what had arrived, which one node says and the other settles in turn."""
    return not any(getattr(fact, "outcome", "") == "arrived_late" for fact in facts)


def test_a_difference_is_settled_once_and_none_where_nothing_is_missing():
    settled, fact = domain.settle(RECEIVED, "lost", "途中丢失", "管理员", LATER)
    assert (fact.quantity, settled.settlement, settled.difference) == (10, "lost", 10)
    for one in (settled, replace(RECEIVED, received=40)):
        with pytest.raises(NothingToSettle):
            domain.settle(one, "lost", "途中丢失", "管理员", LATER)
    late, _ = domain.settle(RECEIVED, "arrived_late", "后到", "管理员", LATER)
    assert (late.received, late.difference, late.left) == (40, 0, 38)


@pytest.mark.parametrize(
    "act", [lambda one, n: domain.use(one, n, "现场", LATER), lambda one, n: domain.take_back(one, n, LATER)]
)
def test_nobody_uses_or_returns_more_than_is_left(act):
    with pytest.raises(MoreThanLeft) as refused:
        act(RECEIVED, 29)
    assert refused.value.values["left"] == 28


def test_it_is_held_longer_and_never_shorter():
    held = replace(RESERVED, expires_at=LATER)
    with pytest.raises(NotLater):
        domain.extend(held, LATER, NOW)
    longer, fact = domain.extend(held, LATER + timedelta(hours=1), NOW)
    assert longer.expires_at == fact.expires_at == LATER + timedelta(hours=1)
