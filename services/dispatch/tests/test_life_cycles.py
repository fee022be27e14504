"""The tables of orders and requests over the full product of states and commands."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from contracts.events.dispatch import OrderStatus, ReleaseCause
from contracts.refusals import RefusedTransition
from contracts.state_machine import advance
from contracts.values import Location
from services.dispatch.domain import order as domain
from services.dispatch.domain import support
from services.dispatch.domain.order import Entry, Order

NOW = datetime(2031, 5, 6, 7, 8, tzinfo=UTC)
DECIDE = {
    "acknowledge": domain.acknowledge,
    "depart": domain.depart,
    "arrive": domain.arrive,
    "release": lambda order, entry: domain.release(order, ReleaseCause.COMPLETED, "任务完成", entry),
}
ORDER = Order(
    "o",
    1,
    "t",
    "队",
    "210404",
    "i",
    "任务",
    Location(lon=1, lat=1),
    "210404",
    "某",
    NOW,
    NOW + timedelta(minutes=1),
)


@pytest.mark.parametrize(("status", "command"), list(product(OrderStatus, domain.COMMANDS)))
def test_an_order_moves_by_its_table_or_says_which_states_would_allow_it(status, command):
    order = Order(**{**vars(ORDER), "status": status})
    if (status, command) in domain.TRANSITIONS:
        moved, events = DECIDE[command](order, Entry("某", NOW))
        assert moved.status is domain.TRANSITIONS[status, command]
        assert {event.order_id for event in events} == {"o"}
    else:
        with pytest.raises(RefusedTransition) as refused:
            DECIDE[command](order, Entry("某", NOW))
        allowed = {state.value for state, name in domain.TRANSITIONS if name == command}
        assert set(refused.value.values["allowed"].codes) == allowed


def test_every_live_order_can_be_released_and_a_released_one_can_do_nothing():
    live = set(OrderStatus) - {OrderStatus.RELEASED}
    assert {state for state, name in domain.TRANSITIONS if name == "release"} == live
    assert not [1 for state, _ in domain.TRANSITIONS if state is OrderStatus.RELEASED]


@pytest.mark.parametrize(("status", "command"), list(product(support.SupportStatus, support.COMMANDS)))
def test_a_request_moves_by_its_table_and_says_no_to_everything_else(status, command):
    if (status, command) in support.TRANSITIONS:
        assert advance(support.TRANSITIONS, status, command) is support.TRANSITIONS[status, command]
    else:
        with pytest.raises(RefusedTransition):
            advance(support.TRANSITIONS, status, command)


def test_only_a_request_that_waits_can_be_offered_to_and_every_one_of_them_can_end():
    offering = {state for state, name in support.TRANSITIONS if name in {"offer", "offer_part"}}
    assert offering == support.WAITING
    for way_out in ("decline", "lapse", "withdraw"):
        assert {state for state, name in support.TRANSITIONS if name == way_out} == support.WAITING
