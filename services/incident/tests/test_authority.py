"""Who may say what about an incident seen from here, and which of two values said at once holds at both nodes."""

from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.events.incident import (
    CommandAssumed,
    IncidentClosed,
    IncidentEscalated,
    IncidentGraded,
    IncidentUpdated,
)
from contracts.facts import Facts
from contracts.precedence import Stamp, holds_over
from contracts.tests.small_plan import small_plan
from contracts.values import Grade
from services.incident.domain.authority import MAY_SAY, NoAuthority, require_authority
from services.incident.tests.incidents import CITY, COUNTY, PROVINCE

PLAN = small_plan()
STRANGER = "999999"
STAMPS = st.builds(
    Stamp,
    revision=st.integers(0, 3),
    node=st.sampled_from([COUNTY, CITY, PROVINCE, STRANGER]),
    by_person=st.booleans(),
)


@pytest.mark.parametrize(("act", "writer"), list(product(MAY_SAY, (COUNTY, CITY, PROVINCE, STRANGER))))
def test_only_the_origin_and_the_levels_above_it_may_speak_and_only_these_take_command(act, writer):
    above = {CITY, PROVINCE}
    of_origin = {act: {COUNTY} for act in ("report", "amend", "merge", "split")}
    narrow = {**of_origin, "command": above, "receive": above}
    allowed = narrow.get(act, {COUNTY, CITY, PROVINCE})
    if writer in allowed:
        require_authority(act, writer, COUNTY, PLAN)
    else:
        with pytest.raises(NoAuthority):
            require_authority(act, writer, COUNTY, PLAN)


def test_a_level_below_has_no_say_in_an_incident_of_the_level_above():
    with pytest.raises(NoAuthority):
        require_authority("update", COUNTY, CITY, PLAN)


@given(st.lists(STAMPS, min_size=1, max_size=4))
def test_whatever_order_the_words_of_several_nodes_come_in_the_same_holds(stamps):
    ends = set()
    for order in permutations(stamps):
        held = order[0]
        for one in order[1:]:
            held = one if holds_over(one, held, PLAN) else held
        ends.add(held)
    assert len(ends) == 1


def test_of_two_grades_given_at_once_a_person_s_holds_then_the_higher_level_s():
    assert holds_over(Stamp(2, COUNTY, by_person=True), Stamp(2, CITY), PLAN)
    assert holds_over(Stamp(2, CITY), Stamp(2, COUNTY), PLAN)
    assert holds_over(Stamp(3, COUNTY), Stamp(2, PROVINCE, by_person=True), PLAN)
    assert not holds_over(Stamp(2, CITY), Stamp(2, CITY), PLAN)


@pytest.mark.servers
@pytest.mark.parametrize("what", ["update", "grade", "escalate", "command", "close"])
async def test_a_neighbour_s_word_about_an_incident_that_is_not_its_own_is_put_aside(city, county, what):
    """东洲区 writes its own topics only, but a body may name any incident."""
    incident = await county.reported()
    await city.hear(county)
    snapshot = (await city.get("officer", f"/incidents/{incident}"))["version"]
    event = await _said_by_dongzhou(county, incident, what)
    with pytest.raises(NoAuthority):
        await city.feed(event, "210403")
    shown = await city.get("officer", f"/incidents/{incident}")
    assert (shown["version"], shown["grade"], shown["command"]["jurisdiction"]) == (
        snapshot,
        "general",
        "210404",
    )


async def _said_by_dongzhou(county, incident_id: str, what: str):
    now = county.clock.now()
    about = {"incident_id": incident_id, "jurisdiction": "210403"}
    (opened,) = await county.events("incident.reported")
    snapshot = {
        name: getattr(opened, name)
        for name in (
            "incident_id",
            "jurisdiction",
            "sector",
            "event_type",
            "title",
            "location",
            "occurred_at",
            "reported_at",
            "facts",
            "grade",
        )
    }
    facts = Facts(deaths=40)
    return {
        "update": lambda: IncidentUpdated(**about, facts=facts, source="x", stated_at=now),
        "grade": lambda: IncidentGraded(
            **about, grade=Grade.MAJOR, criterion="", article="x", facts=facts, revision=9
        ),
        "escalate": lambda: IncidentEscalated(
            **about, target="210400", grade=Grade.MAJOR, reason="x", article="x", snapshot=snapshot
        ),
        "command": lambda: CommandAssumed(
            **about, target="210400", commander="x", assumed_at=now, snapshot=snapshot, revision=9
        ),
        "close": lambda: IncidentClosed(**about, outcome="false_report", facts=facts, closed_at=now),
    }[what]()
