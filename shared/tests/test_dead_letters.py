"""An operator sees what was parked and why, and has it tried again; others may look, or not even that."""

from uuid import uuid4

import pytest

from contracts.refusals import RuleViolated
from shared.http.auth import Role
from shared.tests.world import World

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
