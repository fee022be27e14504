"""The tables of orders and requests over the full product of states and commands."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from contracts.refusals import RefusedTransition
from contracts.state_machine import advance
from contracts.values import Location
from services.dispatch.domain import order as domain
from services.dispatch.domain import support
from services.dispatch.domain.order import Order, OrderStatus

NOW = datetime(2031, 5, 6, 7, 8, tzinfo=UTC)
DECIDE = {
    "acknowledge": domain.acknowledge,
    "depart": domain.depart,
    "arrive": domain.arrive,
    "release": lambda order, now: domain.release(order, "任务完成", now),
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
        moved, event = DECIDE[command](order, NOW)
        assert moved.status is domain.TRANSITIONS[status, command]
        assert event.order_id == "o"
    else:
        with pytest.raises(RefusedTransition) as refused:
            DECIDE[command](order, NOW)
        allowed = {state.value for state, name in domain.TRANSITIONS if name == command}
        assert set(str(refused.value.values["allowed"]).split(", ")) == allowed


def test_every_live_order_can_be_released_and_a_released_one_can_do_nothing():
    live = set(OrderStatus) - {OrderStatus.RELEASED}
    assert {state for state, name in domain.TRANSITIONS if name == "release"} == live
    assert not [1 for state, _ in domain.TRANSITIONS if state is OrderStatus.RELEASED]


@pytest.mark.parametrize(("status", "command"), list(product(support.SupportStatus, support.COMMANDS)))
def test_a_request_is_answered_once(status, command):
    if status is support.SupportStatus.REQUESTED:
        assert advance(support.TRANSITIONS, status, command) is not status
    else:
        with pytest.raises(RefusedTransition):
            advance(support.TRANSITIONS, status, command)
