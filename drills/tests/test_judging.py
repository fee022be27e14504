"""A verdict can't pass wrongly: each of the ways in which one could is a story here, on logs written by hand."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from drills.judging import verdict_of
from drills.log import Answer, Log, PerformedStep, ReceivedMessage, SeenEvent
from drills.scenario import Scenario
from drills.template import fill

START = datetime(2031, 5, 12, 6, 0, tzinfo=UTC)
BASE = {
    "id": "x",
    "title": "演练",
    "title_en": "drill",
    "jurisdictions": ["210400", "210404"],
    "people": {"officer": {"name": "值班员", "node": "210400", "roles": ["duty_officer"]}},
}
ASK = {"at": "210400.incident", "by": "officer", "post": "/x"}
REPORTED = {"type": "incident.reported", "at": "210404", "within_ms": 1000}


def scenario(*expects, **more):
    steps = [
        {"name": f"步骤{i}", "name_en": f"step {i}", **ASK, "expect": one} for i, one in enumerate(expects)
    ]
    return Scenario.model_validate({**BASE, "steps": steps, **more})


FINE = Answer(200, {})


def done(step=0, at=0.0, answer=FINE, **values):
    return PerformedStep(step, at, START + timedelta(seconds=at), 5.0, values, answer)


def seen(at, type_="incident.reported", node="210404", happened=None, **body):
    time = START + timedelta(seconds=at if happened is None else happened)
    return SeenEvent(f"{type_}-{node}-{at}-{body}", at, time, type_, node, body)


def broken(script, log):
    return [(one.step, one.expected) for one in verdict_of(script, log) if not one.held]


def test_what_came_in_time_holds_and_says_how_long_it_took():
    script = scenario({"events": [REPORTED]})
    log = Log([done(at=10)], [seen(10.2)])
    (answer, event) = verdict_of(script, log)
    assert (answer.held, event.held, round(event.milliseconds)) == (True, True, 200)
    assert broken(script, Log([done(at=10)], [seen(11.2)])) == [("步骤0", "incident.reported ≤ 1000 ms")]


def test_a_late_event_of_the_step_before_serves_no_other():
    script = scenario({"events": [REPORTED]}, {"events": [REPORTED]})
    late = [seen(0.2), seen(2.1, happened=0.3)]
    log = Log([done(0, 0), done(1, 2)], late)
    assert broken(script, log) == [("步骤1", "incident.reported ≤ 1000 ms")]


def test_one_event_serves_one_expectation():
    script = scenario({"events": [REPORTED, REPORTED]})
    assert len(broken(script, Log([done()], [seen(0.1)]))) == 1
    assert broken(script, Log([done()], [seen(0.1), seen(0.2)])) == []
    two = scenario({"events": [REPORTED]}, {"events": [REPORTED]})
    assert len(broken(two, Log([done(0, 0), done(1, 0.05)], [seen(0.1)]))) == 1


def test_a_general_expectation_does_not_take_what_a_special_one_needs():
    special = {**REPORTED, "where": {"grade": "major"}}
    script = scenario({"events": [REPORTED, special]})
    log = Log([done()], [seen(0.1, grade="major"), seen(0.2, grade="general")])
    assert broken(script, log) == []


@pytest.mark.parametrize(("count", "holds"), [(1, False), (2, True), (3, False)])
def test_a_count_is_exact(count, holds):
    script = scenario({"events": [{**REPORTED, "count": count}]})
    log = Log([done()], [seen(0.1), seen(0.2), seen(1.5)])
    assert (broken(script, log) == []) is holds


def test_an_event_at_another_node_or_of_other_content_serves_nothing():
    script = scenario(
        {"events": [{**REPORTED, "where": {"incident_id": "{incident}"}}]}, values={"incident": ""}
    )
    here = done(incident="a")
    assert broken(script, Log([here], [seen(0.1, incident_id="a")])) == []
    assert broken(script, Log([here], [seen(0.1, incident_id="b")]))
    assert broken(script, Log([here], [seen(0.1, node="210400", incident_id="a")]))


def test_what_must_not_come_is_judged_to_the_end_of_its_time_and_at_its_node_only():
    unwanted = {"type": "incident.closed", "at": "210404", "within_ms": 1000}
    script = scenario({"no_events": [unwanted]})
    assert broken(script, Log([done()], [])) == []
    assert broken(script, Log([done()], [seen(0.9, "incident.closed")]))
    assert broken(script, Log([done()], [seen(0.9, "incident.closed", node="210400")])) == []
    assert broken(script, Log([done()], [seen(1.1, "incident.closed")])) == []
    served = scenario({"events": [{**unwanted}], "no_events": [unwanted]})
    assert broken(served, Log([done()], [seen(0.5, "incident.closed")]))


def test_what_must_never_come_breaks_the_whole():
    script = scenario({}, never=[{"type": "deadletter.parked"}])
    assert broken(script, Log([done()], [])) == []
    assert broken(script, Log([done()], [seen(-3, "deadletter.parked")])) == [
        ("演练", "deadletter.parked × 0")
    ]


def test_what_must_never_come_may_name_the_scenario_s_values_and_nothing_that_a_step_saves():
    named = {"type": "incident.closed", "where": {"incident_id": "{incident}"}}
    script = scenario({}, values={"incident": "a"}, never=[named])
    assert broken(script, Log([done()], [seen(1, "incident.closed", incident_id="b")])) == []
    assert broken(script, Log([done()], [seen(1, "incident.closed", incident_id="a")]))
    for wrong in ("{incident}", "{fx-orders}"):
        with pytest.raises(ValidationError):
            scenario({}, never=[{**named, "where": {"incident_id": wrong}}])


def test_a_read_that_fits_too_late_does_not_hold():
    script = scenario({})
    step = script.steps[0].model_copy(update={"post": None, "get": "/x", "within_ms": 100})
    script = script.model_copy(update={"steps": (step,)})
    for milliseconds, holds in ((99.0, True), (101.0, False)):
        log = Log([replace(done(), milliseconds=milliseconds)])
        assert (broken(script, log) == []) is holds


def test_a_message_serves_one_expectation_and_only_of_a_step_that_had_begun():
    expected = {"messages": [{"within_ms": 1000, "where": {"status": "exercise"}}]}
    script = scenario(expected, expected)
    both = [done(0, 0), done(1, 5)]
    told = {"status": "exercise"}
    assert (
        broken(script, Log(both, [], [ReceivedMessage("1", 0.1, told), ReceivedMessage("2", 5.1, told)]))
        == []
    )
    assert len(broken(script, Log(both, [], [ReceivedMessage("1", 0.1, told)]))) == 1
    assert (
        len(broken(script, Log(both, [], [ReceivedMessage("1", -1, told), ReceivedMessage("2", 5.1, told)])))
        == 1
    )
    assert (
        len(
            broken(
                script, Log(both, [], [ReceivedMessage("1", 0.1, "no JSON"), ReceivedMessage("2", 5.1, told)])
            )
        )
        == 1
    )


def test_of_a_step_that_failed_nothing_holds():
    script = scenario({"status": 201, "events": [REPORTED], "no_events": [{**REPORTED}]})
    log = Log([done(answer=Answer(error="connection lost"))], [seen(0.1)])
    assert len(broken(script, log)) == 3
    log = Log([done(answer=Answer(200, {}))], [seen(0.1)])
    assert len(broken(script, log)) == 3


def test_a_place_that_nothing_fills_breaks_its_expectation():
    script = scenario({"body": {"a": "{now.x}"}})
    assert broken(script, Log([done(now="2031")], []))


def test_names_are_filled_by_what_stood_when_the_step_was_done():
    assert fill("{order.id}", done(order={"id": 3}).values) == 3
