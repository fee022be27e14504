"""An incident that changes or ends asks whether its warnings still fit, and a person decides."""

from datetime import UTC, datetime, timedelta

import pytest

from contracts.events.incident import (
    IncidentClosed,
    IncidentGraded,
    IncidentMerged,
    IncidentReopened,
    IncidentUnmerged,
)
from contracts.facts import Facts
from contracts.values import Grade
from services.notify.handlers import HANDLERS
from services.notify.tests.test_proposals import received
from services.notify.tests.world import DRAFT, NODE

pytestmark = pytest.mark.servers
INCIDENT, CITY = "incident-1", "210400"
NOW = datetime(2031, 5, 6, 7, 8, tzinfo=UTC)


def graded(grade, revision=1, by=NODE, **more):
    values = {"criterion": "", "article": "第三条", "facts": Facts(), "revision": revision}
    return IncidentGraded(incident_id=INCIDENT, jurisdiction=by, grade=grade, **{**values, **more})


def closed(by=NODE):
    return IncidentClosed(
        incident_id=INCIDENT, jurisdiction=by, outcome="ended", facts=Facts(), closed_at=NOW
    )


def reopened(by=NODE):
    told = {"report_id": "r-2", "reason": "复燃", "by": "值班员", "reopened_at": NOW}
    return IncidentReopened(incident_id=INCIDENT, jurisdiction=by, **told)


def merged(by=NODE):
    told = {"into": "i-0", "reason": "同一火场", "by": "值班员", "merged_at": NOW}
    return IncidentMerged(incident_id=INCIDENT, jurisdiction=by, **told)


def unmerged(by=NODE):
    told = {"out_of": "i-0", "responding": True, "reason": "另一火场", "by": "值班员", "unmerged_at": NOW}
    return IncidentUnmerged(incident_id=INCIDENT, jurisdiction=by, **told)


async def hear(world, *events, start=1):
    for sequence, event in enumerate(events, start):
        told = received(event)
        told = type(told)(told.envelope.model_copy(update={"sequence": sequence}), event)
        async with world.database.begin(world.clock.now(), cause="test") as unit:
            await HANDLERS[type(event)](told, unit, world.context)


async def asked(world, status="open"):
    return (await world.get("officer", f"/warning-adjustments?status={status}")).json()


@pytest.mark.parametrize(
    ("grade", "cause", "suggests"),
    [(Grade.MAJOR, "raised", "raise"), (Grade.GENERAL, "lowered", "lower")],
)
async def test_another_grade_asks_about_the_warnings_in_force(live, grade, cause, suggests):
    warning_id = await live.published()
    await live.drafted()
    await hear(live, graded(grade))
    (one,) = await asked(live)
    assert (one["warning_id"], one["cause"], one["suggests"]) == (warning_id, cause, suggests)
    assert (one["previous_grade"], one["grade"]) == ("significant", grade.value)
    name, told = (await live.events())[-1]
    assert name == "cn.liandong.warning.adjustment_asked.v1"
    assert (told["warning_id"], told["level"], told["by"]) == (warning_id, "orange", "事件有变")


async def test_the_same_grade_again_or_one_that_does_not_hold_asks_nothing(live):
    await live.published()
    await hear(live, graded(Grade.SIGNIFICANT, 1), graded(Grade.MAJOR, 3, by=CITY, basis="person"))
    assert len(await asked(live)) == 1
    await hear(live, graded(Grade.GENERAL, 2), start=3)
    assert [one["grade"] for one in await asked(live)] == ["major"]


async def test_a_lifted_or_expired_warning_is_not_asked_about(live):
    lifted = await live.published()
    await live.post("signer", f"/warnings/{lifted}/cancel", {"reason": "解除"})
    await live.published(valid_hours=1)
    live.clock.forward(timedelta(hours=2))
    await hear(live, graded(Grade.MAJOR), closed())
    assert await asked(live) == []


@pytest.mark.parametrize(("writer", "count"), [(NODE, 1), (CITY, 0)])
async def test_the_end_asks_to_lift_and_a_part_that_ends_elsewhere_does_not(live, writer, count):
    await live.published()
    await hear(live, closed(by=writer))
    assert [one["suggests"] for one in await asked(live)] == ["lift"] * count


@pytest.mark.parametrize(("over", "undone"), [(closed, reopened), (merged, unmerged)])
async def test_an_incident_that_goes_on_asks_no_longer_and_an_older_end_asks_nothing_again(
    live, over, undone
):
    await live.published()
    await hear(live, over())
    assert [one["suggests"] for one in await asked(live)] == ["lift"]
    await hear(live, undone(), start=2)
    assert await asked(live) == []
    assert len(await asked(live, "withdrawn")) == 1
    await hear(live, over())
    assert await asked(live) == []


async def test_a_later_change_replaces_the_question_and_lifting_settles_it(live):
    warning_id = await live.published()
    await hear(live, graded(Grade.MAJOR, 1), graded(Grade.CATASTROPHIC, 2))
    (one,) = await asked(live)
    assert one["grade"] == "catastrophic"
    await live.post("signer", f"/warnings/{warning_id}/cancel", {"reason": "解除"})
    assert await asked(live) == []
    answer = {"answer": "keep", "reason": "仍适用"}
    refused = await live.post("officer", f"/warning-adjustments/{one['adjustment_id']}/answer", answer)
    assert refused.status_code == 409


async def test_raising_proposes_the_same_warning_at_a_graver_level_for_an_author(live):
    warning_id = await live.published()
    await hear(live, graded(Grade.MAJOR))
    (one,) = await asked(live)
    path = f"/warning-adjustments/{one['adjustment_id']}/answer"
    raising = {"answer": "raise", "level": "red", "reason": "泄漏扩大"}
    answered = await live.post("officer", path, raising, key="k-1")
    assert (answered.status_code, answered.json()["status"]) == (200, "answered")
    assert (await live.post("officer", path, raising, key="k-1")).json() == answered.json()
    old, new = (await live.get("officer", f"/warnings?incident_id={INCIDENT}")).json()
    assert (old["warning_id"], old["status"]) == (warning_id, "published")
    assert (new["status"], new["origin"], new["authors"]) == ("proposed", "person", [])
    assert new["content"]["level"] == "red"
    assert "红色预警" in new["content"]["headline"]
    assert new["content"]["measures"] == old["content"]["measures"]
    adopted = await live.post("author", f"/warnings/{new['warning_id']}/adopt", {})
    assert adopted.json()["status"] == "drafted"
    names = await live.event_names()
    assert names[-3:] == ["warning.adjustment_answered", "warning.drafted", "warning.drafted"]


@pytest.mark.parametrize("given", ["lift", "keep"])
async def test_what_is_kept_or_to_be_lifted_is_said_with_its_reason(live, given):
    await live.published()
    await hear(live, closed())
    (one,) = await asked(live)
    path = f"/warning-adjustments/{one['adjustment_id']}/answer"
    answered = await live.post("officer", path, {"answer": given, "reason": "余气已清"})
    assert (answered.json()["answer"], answered.json()["answered_by"]) == (given, "officer 同志")
    name, told = (await live.events())[-1]
    assert (name, told["answer"], told["reason"]) == (
        "cn.liandong.warning.adjustment_answered.v1",
        given,
        "余气已清",
    )
    again = await live.post("officer", path, {"answer": given, "reason": "余气已清"})
    assert again.status_code == 409


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ({"answer": "raise", "level": "yellow"}, "wrong_level"),
        ({"answer": "raise", "level": "orange"}, "wrong_level"),
        ({"answer": "raise"}, "wrong_level"),
        ({"answer": "lower", "level": "red"}, "wrong_level"),
        ({"answer": "lift", "level": "red"}, "wrong_level"),
        ({"answer": "perhaps"}, "choice"),
        ({"answer": "keep", "reason": " "}, "format"),
        ({"answer": "keep", "reason": "演练"}, "says_exercise"),
    ],
)
async def test_an_answer_that_does_not_fit_is_refused_and_the_question_stays(live, body, rule):
    await live.published()
    await hear(live, graded(Grade.MAJOR))
    (one,) = await asked(live)
    path = f"/warning-adjustments/{one['adjustment_id']}/answer"
    refused = await live.post("officer", path, {"reason": "研判", **body})
    assert (refused.status_code, refused.json()["errors"][0]["rule"]) == (422, rule)
    assert (await live.post("author", path, {"answer": "keep", "reason": "好"})).status_code == 403
    assert len(await asked(live)) == 1
    missing = await live.post(
        "officer", "/warning-adjustments/nothing/answer", {"answer": "keep", "reason": "好"}
    )
    assert missing.status_code == 404


async def test_a_draft_about_an_incident_nobody_heard_of_is_refused(live):
    refused = await live.post("author", "/warnings", {**DRAFT, "incident_id": "no-such"})
    assert (refused.status_code, await live.event_names()) == (404, [])
