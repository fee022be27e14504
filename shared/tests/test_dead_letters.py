"""An operator sees what was parked and why, and has it tried again; others may look, or not even that."""

from dataclasses import replace
from uuid import uuid4

import pytest

from contracts.refusals import RuleViolated
from shared.http.auth import Role
from shared.retention import keep_forgetting
from shared.tests.world import World, running, until

pytestmark = pytest.mark.servers


def officer(world: World) -> dict[str, str]:
    return world.headers(Role.DUTY_OFFICER, who="chen")


async def listed(world: World, query: str = "", **headers: str) -> list[dict]:
    answer = await world.api.get(f"/dead-letters{query}", headers=headers or officer(world))
    assert answer.status_code == 200, answer.text
    return answer.json()


async def retried(world: World, id_: object, **headers: str):
    return await world.api.post(f"/dead-letters/{id_}/retry", headers=headers or officer(world))


async def test_what_was_parked_is_listed_newest_first_and_shown_whole(world):
    first, second = world.record().without_header("ce_id"), world.record().without_header("ce_time")
    await world.consume(first)
    world.clock.forward(world.clock.now() - world.clock.now().replace(hour=0))
    await world.consume(second)
    letters = await listed(world)
    assert ["ce_time" in letters[0]["reason"], "ce_id" in letters[1]["reason"]] == [True, True]
    assert [(letter["kind"], letter["retries"], letter["body"]) for letter in letters] == [
        ("invalid", 0, "")
    ] * 2
    shown = (await world.api.get(f"/dead-letters/{letters[1]['id']}", headers=officer(world))).json()
    assert shown["body"] == first.value.decode()
    assert shown["headers"] == {name: value.decode() for name, value in first.headers}
    assert len(await listed(world, "?limit=1")) == 1


async def test_what_can_not_be_read_as_text_is_shown_all_the_same(world):
    await world.consume(
        type(world.record())(f"{world.node}.incident", 1, b"\xff", b"\xff\x00", [("x", b"\xfe")])
    )
    (letter,) = await listed(world)
    shown = await world.api.get(f"/dead-letters/{letter['id']}", headers=officer(world))
    assert (shown.status_code, shown.json()["body"]) == (200, "�\x00")


async def test_a_retry_takes_effect_with_all_that_waited_and_is_audited(world):
    world.script.stumbles["no"] += [RuleViolated("status", "not yet")] * 2
    await world.consume(world.record(1, statement="no"))
    (letter,) = await listed(world)
    answer = await retried(world, letter["id"])
    assert answer.json() == {"resolved": True, "reason": ""}
    assert await world.effects() == ["no"]
    assert await listed(world) == []
    (resolved,) = await listed(world, "?resolved=true")
    assert (resolved["retries"], resolved["resolved_at"] is not None) == (1, True)
    assert await world.audited() == [("chen", "dead_letter.retry", letter["id"], "accepted")]


async def test_a_retry_that_does_not_help_says_why_and_is_counted(world):
    await world.consume(world.record().without_header("ce_id"))
    (letter,) = await listed(world)
    for _ in range(2):
        assert (await retried(world, letter["id"])).json()["reason"] == "header ce_id is missing"
    assert (await listed(world))[0]["retries"] == 2
    assert [entry[3] for entry in await world.audited()] == ["refused:still_parked"] * 2


async def test_a_second_retry_of_what_took_effect_does_nothing_more(world):
    world.script.stumbles["once"] += [RuleViolated("status", "not yet")] * 2
    await world.consume(world.record(1, statement="once"))
    (letter,) = await listed(world)
    await retried(world, letter["id"])
    assert (await retried(world, letter["id"])).status_code == 200
    assert await world.effects() == ["once"]


async def test_a_gap_given_up_by_hand_stays_where_it_is_until_the_missing_one_came(world):
    await world.consume(world.record(1, statement="1"))
    await world.consume(world.record(3, statement="3"))
    (letter,) = await listed(world)
    assert "missing" in (await retried(world, letter["id"])).json()["reason"]
    await world.consume(world.record(2, statement="2"))
    assert await world.effects() == ["1", "2", "3"]


async def test_who_may_look_and_who_may_retry(world):
    await world.consume(world.record().without_header("ce_id"))
    (letter,) = await listed(world)
    above, auditor = world.headers(Role.DUTY_OFFICER, node=world.parent), world.headers(Role.AUDITOR)
    for headers in (above, auditor):
        assert len(await listed(world, **headers)) == 1
        denied = await retried(world, letter["id"], **headers)
        assert (denied.status_code, denied.headers["content-type"]) == (403, "application/problem+json")
    for headers in (world.headers(), world.headers(Role.DUTY_OFFICER, node=world.child)):
        assert (await world.api.get("/dead-letters", headers=headers)).status_code == 403
    assert (await world.api.get("/dead-letters")).status_code == 401
    assert (await retried(world, letter["id"], authorization="")).status_code == 401
    assert [entry[3] for entry in await world.audited()] == [
        "refused:foreign_jurisdiction",
        "refused:wrong_role",
    ]


async def test_an_id_that_is_none_or_nobodys_is_a_problem(world):
    for id_, status in ((uuid4(), 404), ("nonsense", 422), ("%00", 422)):
        shown = await world.api.get(f"/dead-letters/{id_}", headers=officer(world))
        again = await retried(world, id_)
        assert (shown.status_code, again.status_code) == (status, status)
        assert again.headers["content-type"] == "application/problem+json"
    assert (await world.api.get("/dead-letters?limit=201", headers=officer(world))).status_code == 422
    assert [entry[3] for entry in await world.audited()] == ["refused:not_found"]


async def skipped(world: World, id_: object, **headers: str):
    return await world.api.post(f"/dead-letters/{id_}/skip", headers=headers or officer(world))


async def test_an_officer_goes_on_past_what_will_not_come_and_that_is_audited(world):
    await world.consume(world.record(1, statement="1"))
    await world.consume(*(world.record(n, statement=f"{n}") for n in (4, 5, 7)))
    letters = await listed(world)
    answer = await skipped(world, letters[0]["id"])
    assert answer.status_code == 200, answer.text
    assert await world.effects() == ["1", "4", "5"], "past the first hole; 7 waits for 6"
    assert [letter["sequence"] for letter in await listed(world)] == [7]
    assert await world.audited() == [("chen", "dead_letter.skip", letters[0]["id"], "accepted")]


async def test_any_other_letter_is_closed_without_effect(world):
    await world.consume(world.record().without_header("ce_id"))
    (letter,) = await listed(world)
    closed = (await skipped(world, letter["id"])).json()
    assert (closed["resolution"], closed["resolved_at"] is not None) == ("skipped", True)
    assert (await listed(world), await world.effects()) == ([], [])


async def test_what_was_looked_at_is_dismissed_with_a_reason_that_the_audit_keeps(world):
    await world.consume(replace(world.record(), value=b"{"))
    (letter,) = await listed(world)
    path = f"/dead-letters/{letter['id']}/dismiss"
    assert (await world.api.post(path, headers=officer(world), json={"reason": ""})).status_code == 422
    for _ in range(2):
        closed = await world.api.post(path, headers=officer(world), json={"reason": "试验消息"})
        assert (closed.status_code, closed.json()["resolution"]) == (200, "dismissed")
    assert await listed(world) == []
    rows = await world.rows(
        "SELECT inputs FROM audit_entry WHERE command = 'dead_letter.dismiss' AND outcome = 'accepted'"
    )
    assert len(rows) == 2 and "试验消息" in str(rows[0])
    nobody = f"/dead-letters/{uuid4()}/dismiss"
    assert (await world.api.post(nobody, headers=officer(world), json={"reason": "x"})).status_code == 404


async def test_what_waits_for_others_is_not_dismissed(world):
    await world.consume(world.record(1), world.record(3))
    (letter,) = await listed(world)
    path = f"/dead-letters/{letter['id']}/dismiss"
    refused = await world.api.post(path, headers=officer(world), json={"reason": "等不到"})
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:liandong:problem:waits_for_others")
    assert len(await listed(world)) == 1


async def test_who_may_not_skip(world):
    await world.consume(world.record().without_header("ce_id"))
    (letter,) = await listed(world)
    for headers in (
        world.headers(),
        world.headers(Role.AUDITOR),
        world.headers(Role.DUTY_OFFICER, node=world.child),
    ):
        assert (await skipped(world, letter["id"], **headers)).status_code == 403
    assert (await skipped(world, uuid4())).status_code == 404
    assert len(await listed(world)) == 1


async def test_a_record_at_a_place_that_was_used_before_is_not_dropped(world):
    """Topic, partition and offset repeat after a topic is made anew."""
    first = replace(world.record(), value=b"?")
    later = replace(first, value=b"another", timestamp=1)
    repeated = replace(first, timestamp=2)
    await world.consume(first, later)
    await world.consume(repeated)
    await world.consume(first)
    assert len(await listed(world)) == 3


async def test_an_event_that_is_sent_again_to_another_place_is_parked_once(world):
    await world.consume(world.record(1))
    early = world.record(3, statement="3")
    await world.consume(early)
    await world.consume(replace(early, offset=999, timestamp=5))
    assert len(await listed(world)) == 1


async def test_many_are_tried_again_in_the_order_of_their_aggregates(world):
    world.script.stumbles["bug"] += [ZeroDivisionError()] * 100
    records = [world.record(n, subject, "bug") for n in (1, 2, 3) for subject in ("a", "b")]
    for record in reversed(records[::2]):
        await world.consume(record)
    await world.consume(*records[1::2])
    await world.consume(world.record().without_header("ce_id"))
    world.script.stumbles.clear()
    answer = await world.api.post("/dead-letters/retry", json={"kind": "failed"}, headers=officer(world))
    assert answer.json() == {"resolved": 6, "failures": {}, "next": None}
    rows = await world.rows("SELECT subject, cause FROM effect ORDER BY id")
    assert [row.subject for row in rows] == ["a"] * 3 + ["b"] * 3
    assert [letter["kind"] for letter in await listed(world)] == ["invalid"]
    assert ("chen", "dead_letter.retry_all", "failed", "accepted:6") in await world.audited()


async def test_those_that_still_fail_are_named_and_passed_over_by_the_next_call(world):
    world.script.stumbles["bug"] += [ZeroDivisionError()] * 100
    await world.consume(world.record(1, statement="bug"))
    answer = await world.api.post("/dead-letters/retry", json={"kind": "failed"}, headers=officer(world))
    assert list(answer.json()["failures"].values()) == ["ZeroDivisionError()"]
    body = {"kind": "failed", "after": 1}
    assert (await world.api.post("/dead-letters/retry", json=body, headers=officer(world))).json()[
        "failures"
    ] == {}
    wrong = await world.api.post("/dead-letters/retry", json={"kind": "lost"}, headers=officer(world))
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "kind")


async def test_resolved_ones_are_forgotten_after_a_while_and_open_ones_never(world):
    await world.consume(world.record().without_header("ce_id"), world.record().without_header("ce_time"))
    letters = await listed(world)
    await skipped(world, letters[0]["id"])
    await world.execute("UPDATE dead_letter SET resolved_at = resolved_at - interval '91 days'")
    for letter, days in zip(letters, (200, 400), strict=True):
        await world.make_old("dead_letter", "id", days, f"id = '{letter['id']}'")
    async with running(keep_forgetting(world.database, world.clock, audit_kept_days=0)):
        await until(lambda: count_is(world, 1))
    assert [letter["reason"] for letter in await listed(world)] == [letters[1]["reason"]]


async def count_is(world: World, number: int) -> bool:
    return (await world.rows("SELECT count(*) AS n FROM dead_letter"))[0].n == number
