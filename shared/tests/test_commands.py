"""A command is one transaction, has its effect once per Idempotency-Key, and its answer can be had again."""

import asyncio

import pytest

from shared.tests.world import World

pytestmark = pytest.mark.servers
KEY = {"idempotency-key": "key-1"}
DIES_AT_COMMIT = """
CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER dies AFTER INSERT ON note DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION die()
"""
FAILS_TO_SERIALIZE = """
CREATE SEQUENCE tries;
CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN IF nextval('tries') <= {times} THEN RAISE EXCEPTION 'x' USING ERRCODE = '40001'; END IF; RETURN NEW; END $$;
CREATE TRIGGER fails BEFORE INSERT ON note FOR EACH ROW EXECUTE FUNCTION fail()
"""


async def kept(world: World) -> tuple[int, int, int]:
    """How many notes, events and idempotency keys there are."""
    query = """SELECT (SELECT count(*) FROM note) AS notes, (SELECT count(*) FROM outbox) AS events,
               (SELECT count(*) FROM idempotency) AS keys"""
    return tuple((await world.rows(query))[0])


async def amend(world: World, statement: str, version: int | None = None, **headers: str):
    body = {"statement": statement} | ({"version": version} if version else {})
    return await world.api.post(
        "/notes/incident-1/amendments", json=body, headers={**world.headers(), **headers}
    )


async def test_a_repeat_with_the_same_key_gets_the_same_answer_byte_for_byte_and_has_no_effect(world):
    first = await world.note(**KEY)
    again = await world.note(**KEY)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert "idempotent-replayed" not in first.headers
    assert again.headers["idempotent-replayed"] == "true"
    assert await kept(world) == (1, 1, 1)
    assert await world.audited() == [("wang", "note.take", "incident-1", "accepted")]


async def test_of_twins_that_exclude_each_other_one_has_its_effect_and_all_get_its_answer(world, make_world):
    """The loser finds the work done already; that must not look like a refusal."""
    worlds = [world, make_world(url=world.settings.database_url)]
    answers = await asyncio.gather(*(worlds[n % 2].note(**KEY) for n in range(8)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert await kept(world) == (1, 1, 1)
    assert [entry[3] for entry in await world.audited()] == ["accepted"]


async def test_of_twins_that_could_all_succeed_one_does(world):
    await world.note()
    answers = await asyncio.gather(*(amend(world, "amended", **KEY) for _ in range(6)))
    assert {(answer.status_code, answer.content) for answer in answers} == {(200, answers[0].content)}
    assert await kept(world) == (1, 2, 1)
    assert (await world.rows("SELECT version FROM note"))[0].version == 2


async def test_without_a_key_every_call_counts(world):
    await world.note()
    assert [(await amend(world, text)).status_code for text in ("a", "a")] == [200, 200]
    assert (await world.note()).status_code == 409
    assert await kept(world) == (1, 3, 0)


async def test_a_key_can_not_be_used_for_something_else(world):
    await world.note(**KEY)
    for other in (await world.note("incident-2", **KEY), await amend(world, "x", **KEY)):
        problem = other.json()
        assert (other.status_code, problem["type"]) == (422, "urn:liandong:problem:idempotency_mismatch")
        assert problem["errors"][0]["field"] == "Idempotency-Key"
    assert await kept(world) == (1, 1, 1)
    assert [entry[3] for entry in await world.audited()][1:] == ["refused:idempotency_mismatch"] * 2


async def test_the_same_key_of_another_person_is_another_key(world):
    await world.note(**KEY)
    theirs = await world.note("incident-2", **KEY, **world.headers(who="li"))
    assert (theirs.status_code, theirs.json()["incident_id"]) == (201, "incident-2")
    assert await kept(world) == (2, 2, 2)


@pytest.mark.parametrize("key", [b"", b"x" * 201, "钥".encode(), b"a\tb", b"\xff"])
async def test_a_key_that_is_none_is_refused(world, key):
    body = {"incident_id": "incident-1"}
    headers = [(b"authorization", world.headers()["authorization"].encode()), (b"idempotency-key", key)]
    answer = await world.api.post("/notes", json=body, headers=headers)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "Idempotency-Key")
    assert await kept(world) == (0, 0, 0)


async def test_a_crash_before_the_commit_leaves_nothing_and_the_repeat_succeeds(world):
    await world.execute(DIES_AT_COMMIT)
    crashed = await world.note(**KEY)
    assert (crashed.status_code, crashed.headers["retry-after"]) == (503, "1")
    assert crashed.headers["content-type"] == "application/problem+json"
    assert await kept(world) == (0, 0, 0)
    assert await world.audited() == []
    await world.execute("DROP TRIGGER dies ON note")
    assert (await world.note(**KEY)).status_code == 201
    assert await kept(world) == (1, 1, 1)


async def test_after_an_outage_nobody_pays_for_connections_that_were_lost_in_it(world):
    before = await asyncio.gather(*(world.note(f"before-{n}") for n in range(10)))
    async with world.outage():
        during = await world.note("during", **KEY)
    after = [await world.note("during", **KEY), *[await world.note(f"after-{n}") for n in range(10)]]
    assert {answer.status_code for answer in before} == {201}
    assert during.status_code == 503
    assert [answer.status_code for answer in after] == [201] * 11


async def test_what_only_collided_with_others_is_tried_again(world):
    await world.execute(FAILS_TO_SERIALIZE.format(times=2))
    assert (await world.note()).status_code == 201
    assert await kept(world) == (1, 1, 0)


async def test_what_goes_on_colliding_is_given_up_clearly(world):
    await world.execute(FAILS_TO_SERIALIZE.format(times=100))
    assert (await world.note()).status_code == 503
    assert await kept(world) == (0, 0, 0)


async def test_a_refusal_is_a_problem_that_names_field_and_rule_and_leaves_only_its_audit_entry(world):
    await world.note()
    refused = await world.note(**KEY)
    problem = refused.json()
    assert (refused.status_code, refused.headers["content-type"]) == (409, "application/problem+json")
    assert (problem["status"], problem["instance"]) == (409, "/notes")
    assert (problem["errors"][0]["field"], problem["errors"][0]["rule"]) == ("incident_id", "rule_violated")
    assert "违反规则" in problem["detail"] and "Rule violated" in problem["detail_en"]
    assert await kept(world) == (1, 1, 0)
    assert [entry[3] for entry in await world.audited()] == ["accepted", "refused:rule_violated"]


async def test_a_refused_command_may_be_given_again_with_its_key_once_nothing_stands_against_it(world):
    assert (await amend(world, "amended", **KEY)).status_code == 404
    await world.note()
    assert (await amend(world, "amended", **KEY)).status_code == 200


async def test_a_command_on_an_old_version_is_refused_and_says_which_is_current(world):
    await world.note()
    assert (await amend(world, "second", version=1)).status_code == 200
    stale = await amend(world, "third", version=1)
    problem = stale.json()
    assert (stale.status_code, problem["type"]) == (409, "urn:liandong:problem:stale_version")
    assert "第 1 版" in problem["detail"] and "第 2 版" in problem["detail"]
    assert problem["errors"][0]["field"] == "version"
    assert (await world.rows("SELECT statement FROM note"))[0].statement == "second"


async def test_of_two_commands_on_the_same_version_one_wins(world):
    await world.note()
    answers = await asyncio.gather(*(amend(world, f"{n}", version=1) for n in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
