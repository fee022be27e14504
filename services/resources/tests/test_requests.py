"""The life of a request for material, and what a plan offers unasked."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.plan.mutual_aid import MaterialLending
from contracts.refusals import NotFound, Refusal, RefusedTransition
from contracts.values import Location
from services.resources.domain import request as domain
from services.resources.domain.refusals import MoreThanAsked, NotLater
from services.resources.domain.request import TRANSITIONS, WAITING, Request, RequestStatus
from services.resources.policy.lending import Stand, lendable

NOW = datetime(2031, 5, 6, 7, 8, tzinfo=UTC)
ASKED = Request(
    request_id="q-1",
    incident_id="i-1",
    jurisdiction="210400",
    target="210421",
    item="tent",
    quantity=10,
    destination=Location(lon=123.8, lat=41.8),
    requested_by="市级",
    requested_at=NOW,
    answer_by=NOW + timedelta(minutes=5),
)
PIECES = st.integers(0, 500)


@given(PIECES, PIECES, PIECES, PIECES, st.integers(1, 500), st.floats(0, 1), st.floats(0, 1))
def test_policy_never_offers_more_than_its_share_nor_what_the_own_area_keeps(
    here, free, lent_here, away, quantity, share, keep
):
    free, lent_here = min(free, here), min(lent_here, here)
    offered = lendable(
        quantity, Stand(here, free, lent_here, away), MaterialLending(share=share, keep_share=keep)
    )
    total = here + away
    assert 0 <= offered <= quantity
    assert offered == 0 or (offered + lent_here + away <= total * share and free - offered >= total * keep)


@pytest.mark.parametrize("rule", [MaterialLending(), MaterialLending(share=1), MaterialLending(keep_share=0)])
def test_where_the_plan_says_nothing_a_person_decides(rule):
    assert lendable(5, Stand(100, 100, 0, 0), rule) == 0


def offered(request=ASKED, quantity=4, offer_id="o-1", by="县"):
    return domain.offer(request, offer_id, quantity, by, NOW)[0]


def test_offers_add_up_and_what_is_accepted_is_the_asker_s_word():
    partly = offered()
    assert (partly.status, partly.missing, partly.accepted) == ("partly", 6, 0)
    whole = offered(partly, 6, "o-2", "")
    assert (whole.status, whole.missing) == ("offered", 0)
    first, fact = domain.accept(whole, "o-1", "市", NOW)
    assert (first.status, first.accepted, fact.quantity, fact.target) == ("offered", 4, 4, "210421")
    both, _ = domain.accept(first, "o-2", "市", NOW)
    assert (both.status, both.accepted) == ("accepted", 10)
    with pytest.raises(RefusedTransition):
        domain.accept(first, "o-1", "市", NOW)
    with pytest.raises(NotFound):
        domain.accept(first, "o-3", "市", NOW)
    with pytest.raises(MoreThanAsked):
        offered(partly, 7, "o-3")


def test_what_was_accepted_and_is_not_there_leaves_the_request_short():
    accepted, _ = domain.accept(offered(quantity=10), "o-1", "", NOW)
    short, fact = domain.decline(accepted, 3, "库存不足", NOW)
    assert (short.status, fact.missing, fact.target) == ("short", 3, "210400")


def test_an_offer_that_comes_when_nobody_waits_or_twice_changes_nothing():
    _, event = domain.offer(ASKED, "o-1", 4, "县", NOW)
    once = domain.follow_offer(ASKED, event)
    assert domain.follow_offer(once, event) is once
    for over in (domain.withdraw(ASKED, "不需要", NOW)[0], domain.expire(ASKED, NOW)[0]):
        assert domain.follow_offer(over, event) is over


def test_an_acceptance_after_the_end_sets_nothing_aside():
    given_ = offered()
    _, event = domain.accept(given_, "o-1", "", NOW)
    withdrawn = domain.follow_end(given_, "withdraw", "不需要")
    assert domain.follow_acceptance(withdrawn, event) is withdrawn
    once = domain.follow_acceptance(given_, event)
    assert once.accepted == 4
    assert domain.follow_acceptance(once, event) is once


def test_the_deadline_moves_only_forward():
    with pytest.raises(NotLater):
        domain.extend(ASKED, NOW, "市", NOW)
    longer, event = domain.extend(ASKED, NOW + timedelta(hours=1), "市", NOW)
    assert longer.answer_by == NOW + timedelta(hours=1)
    assert domain.follow_extension(ASKED, event).answer_by == longer.answer_by
    assert domain.follow_extension(replace(ASKED, answer_by=NOW + timedelta(days=1)), event).answer_by == (
        NOW + timedelta(days=1)
    )


STEPS = {
    "offer": lambda one: domain.offer(one, f"o-{len(one.offers)}", max(1, one.missing), "县", NOW)[0],
    "offer_part": lambda one: domain.offer(one, f"o-{len(one.offers)}", 1, "县", NOW)[0],
    "accept": lambda one: domain.accept(
        one, next(o.offer_id for o in one.offers if not o.accepted_at), "", NOW
    )[0],
    "decline": lambda one: domain.decline(one, 1, "没有", NOW)[0],
    "withdraw": lambda one: domain.withdraw(one, "不需要", NOW)[0],
    "extend": lambda one: domain.extend(one, NOW + timedelta(hours=1), "市", NOW)[0],
    "expire": lambda one: domain.expire(one, NOW)[0],
}


@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=15))
def test_whatever_is_tried_no_more_is_accepted_than_offered_nor_offered_than_asked(steps):
    one, seen = ASKED, [ASKED.status]
    for step in steps:
        try:
            one = STEPS[step](one)
        except (Refusal, StopIteration):
            continue
        seen.append(one.status)
        assert one.accepted <= one.offered <= one.quantity
    ends = {RequestStatus.DECLINED, RequestStatus.EXPIRED, RequestStatus.WITHDRAWN}
    assert not (set(seen[:-1]) & ends)
    assert {status for status, _ in TRANSITIONS} == set(RequestStatus) - ends
    assert set(RequestStatus) >= WAITING
