"""Deliveries on a real database to a real web server and real files."""

import asyncio
import json
from datetime import timedelta

import pytest
from sqlalchemy import text

from contracts.messages import text as message
from services.notify.policy.sending import ATTEMPTS, BACKOFF_SECONDS, REST_AFTER, SLOTS, SLOTS_OF_ONE
from shared.tests.world import take_noted

pytestmark = pytest.mark.servers


async def test_every_subscriber_gets_the_whole_warning_and_leaves_a_receipt(live, receiver):
    await live.subscriber("台网", "webhook", receiver.url)
    await live.subscriber("电台", "file", "radio")
    warning_id = await live.published()
    live.clock.forward(timedelta(seconds=5))
    assert await live.courier.once() == 2
    assert await live.courier.once() == 0
    web, file = await live.deliveries(warning_id)
    assert (web["status"], web["receipt"]) == ("completed", "HTTP 200 R-1")
    (written,) = (live.files / "radio").iterdir()
    assert file["receipt"].startswith(f"{written.name} sha256:")
    assert receiver.bodies == [json.loads(written.read_text(encoding="utf-8"))]
    assert receiver.bodies[0]["status"] == "actual"
    assert receiver.bodies[0]["content"]["measures"]
    assert receiver.headers[0]["idempotency-key"] == web["delivery_id"]
    assert (await live.event_names())[-2:] == ["delivery.completed"] * 2


async def test_screens_are_told_that_something_became_of_a_delivery(live, receiver):
    await live.subscriber("台网", "webhook", receiver.url)
    warning_id = await live.published()
    live.clock.forward(timedelta(seconds=5))
    await take_noted(live.database)
    await live.courier.once()
    assert ("delivery", warning_id) in await take_noted(live.database)


async def test_a_crash_between_sending_and_recording_sends_again_with_the_same_key(live, receiver):
    await live.subscriber("台网", "webhook", receiver.url)
    warning_id = await live.published()
    live.clock.forward(timedelta(seconds=5))
    (claimed,) = await live.courier.claim(SLOTS)
    await live.courier.attempt(claimed)  # and here the process dies
    assert await live.courier.once() == 0
    live.clock.forward(timedelta(hours=1))
    assert await live.courier.once() == 0
    await live.leases_over()
    assert await live.courier.once() == 1
    first, second = [headers["idempotency-key"] for headers in receiver.headers]
    assert first == second
    assert [one["status"] for one in await live.deliveries(warning_id)] == ["completed"]
    assert (await live.event_names()).count("delivery.completed") == 1


async def test_a_late_outcome_of_an_abandoned_attempt_changes_nothing(live, receiver):
    await live.subscriber("台网", "webhook", receiver.url)
    await live.published()
    live.clock.forward(timedelta(seconds=5))
    (claimed,) = await live.courier.claim(SLOTS)
    outcome = await live.courier.attempt(claimed)
    live.clock.forward(timedelta(hours=1))
    assert await live.courier.once() == 0
    await live.leases_over()
    await live.courier.once()
    await live.courier.record(claimed, outcome)
    assert (await live.event_names()).count("delivery.completed") == 1


async def test_a_failing_receiver_is_tried_with_growing_pauses(live, receiver):
    receiver.answers = [503, 500]
    await live.subscriber("台网", "webhook", receiver.url)
    warning_id = await live.published()
    live.clock.forward(timedelta(seconds=5))
    for pause in BACKOFF_SECONDS[:2]:
        assert await live.courier.once() == 1
        (waiting,) = await live.deliveries(warning_id)
        assert (waiting["status"], waiting["reason"][:6]) == ("pending", "HTTP 5")
        assert await live.courier.once() == 0
        live.clock.forward(timedelta(seconds=pause))
    assert await live.courier.once() == 1
    (done,) = await live.deliveries(warning_id)
    assert (done["status"], done["attempts"]) == ("completed", 3)


async def test_after_the_last_attempt_it_is_given_up_for_a_person_to_see(live):
    await live.subscriber("台网", "webhook", "http://127.0.0.1:9/nobody")
    warning_id = await live.published()
    for _ in range(ATTEMPTS + 2):
        live.clock.forward(timedelta(seconds=max(BACKOFF_SECONDS)))
        await live.courier.once()
    (failed,) = await live.deliveries(warning_id)
    assert (failed["status"], failed["attempts"]) == ("failed", ATTEMPTS)
    assert "ConnectError" in failed["reason"]
    assert (await live.event_names())[-1] == "delivery.failed"


async def test_a_drill_s_message_never_reaches_a_live_subscriber(drill, receiver):
    await drill.subscriber("实战台网", "webhook", receiver.url, mode="live")
    await drill.subscriber("演练电台", "file", "radio", mode="exercise")
    warning_id = await drill.published()
    for _ in range(3):
        drill.clock.forward(timedelta(seconds=700))
        await drill.courier.once()
    refused, completed = await drill.deliveries(warning_id)
    assert (refused["status"], refused["attempts"], completed["status"]) == ("refused", 1, "completed")
    assert "演练" in refused["reason"]
    assert receiver.bodies == []
    assert (await drill.event_names()).count("delivery.refused") == 1
    async with drill.database.reading() as connection:
        audited = await connection.scalar(
            text("SELECT outcome FROM audit_entry WHERE command = 'delivery.send'")
        )
    assert audited == "refused:exercise_to_live"


async def test_the_last_check_reads_the_body_and_not_what_a_column_says(drill, live, receiver):
    cases = [
        (drill, '"status":"exercise"', '"status":"actual"', "foreign_message"),
        (drill, "【演练】和平街道", "和平街道", "unmarked_exercise"),
        (drill, "【演练】启动应急预案", "启动应急预案", "unmarked_exercise"),
        (live, "和平街道", "和平街道演练区", "live_says_exercise"),
        (live, '"status":', '"state":', "unreadable_message"),
    ]
    for number, (world, old, new, rule) in enumerate(cases):
        await world.subscriber(f"台网{number}", "webhook", receiver.url)
        warning_id = await world.published()
        await world.rewrite_messages(old, new)
        world.clock.forward(timedelta(seconds=5))
        await world.courier.once()
        said = {one["reason"].partition("（")[0] for one in await world.deliveries(warning_id)}
        assert said == {message(f"delivery.{rule}", "zh", subscriber="").partition("（")[0]}
    assert receiver.bodies == []


async def test_a_real_message_never_reaches_a_drill_s_subscriber(live, receiver):
    await live.subscriber("演练台网", "webhook", receiver.url, mode="exercise")
    warning_id = await live.published()
    live.clock.forward(timedelta(seconds=5))
    await live.courier.once()
    assert [one["status"] for one in await live.deliveries(warning_id)] == ["refused"]
    assert receiver.bodies == []


async def cancelled(world, warning_id: str) -> None:
    answer = await world.post("signer", f"/warnings/{warning_id}/cancel", {"reason": "解除"})
    assert answer.status_code == 200, answer.text


async def test_a_lifted_warning_is_not_sent_after_an_outage_and_its_all_clear_is_sent_at_once(live, receiver):
    receiver.answers = [500]
    await live.subscriber("台网", "webhook", receiver.url)
    warning_id = await live.published()
    live.clock.forward(timedelta(seconds=5))
    await live.courier.once()
    await cancelled(live, warning_id)
    assert await live.courier.once() == 1
    live.clock.forward(timedelta(minutes=30))
    assert await live.courier.once() == 0
    assert [body["kind"] for body in receiver.bodies] == ["published", "cancelled"]
    assert receiver.bodies[-1]["headline"].startswith("解除：")
    assert {one["kind"]: one["status"] for one in await live.deliveries(warning_id)} == {
        "published": "superseded",
        "cancelled": "completed",
    }
    (dropped,) = [body for name, body in await live.events() if "delivery.dropped" in name]
    assert (dropped["cause"], dropped["attempts"]) == ("cancelled", 1)


async def test_the_all_clear_waits_while_the_warning_itself_is_on_the_wire(live, receiver):
    await live.subscriber("台网", "webhook", receiver.url)
    warning_id = await live.published()
    live.clock.forward(timedelta(seconds=5))
    (under_way,) = await live.courier.claim(SLOTS)
    outcome = await live.courier.attempt(under_way)
    await cancelled(live, warning_id)
    assert await live.courier.once() == 0
    await live.courier.record(under_way, outcome)
    assert await live.courier.once() == 1
    assert {one["status"] for one in await live.deliveries(warning_id)} == {"completed"}


async def test_a_warning_lifted_between_claim_and_wire_is_kept_from_it(live, receiver):
    await live.subscriber("台网", "webhook", receiver.url)
    warning_id = await live.published()
    live.clock.forward(timedelta(seconds=5))
    (claimed,) = await live.courier.claim(SLOTS)
    await cancelled(live, warning_id)
    await live.courier.record(claimed, await live.courier.attempt(claimed))
    assert await live.courier.once() == 1
    assert [body["kind"] for body in receiver.bodies] == ["cancelled"]


async def test_a_warning_whose_period_is_over_is_not_sent(live, receiver):
    receiver.answers = [500]
    await live.subscriber("台网", "webhook", receiver.url)
    warning_id = await live.published(valid_hours=1)
    live.clock.forward(timedelta(seconds=5))
    await live.courier.once()
    live.clock.forward(timedelta(hours=1))
    assert await live.courier.once() == 1
    (expired,) = await live.deliveries(warning_id)
    assert (expired["status"], len(receiver.bodies)) == ("expired", 1)


async def test_the_all_clear_goes_to_who_was_sent_the_warning_and_to_nobody_else(live, receiver):
    left = await live.subscriber("台网", "webhook", receiver.url)
    await live.subscriber("电台", "file", "radio")
    warning_id = await live.published()
    live.clock.forward(timedelta(seconds=5))
    assert await live.courier.once() == 2
    assert (await live.delete("officer", f"/subscribers/{left}")).status_code == 200
    moved = {"name": "电台", "channel": "file", "target": "elsewhere"}
    assert (await live.post("officer", "/subscribers", moved)).status_code == 200
    await live.subscriber("后来者", "file", "late")
    await cancelled(live, warning_id)
    live.clock.forward(timedelta(seconds=5))
    assert await live.courier.once() == 2
    assert [body["kind"] for body in receiver.bodies] == ["published", "cancelled"]
    assert len(list((live.files / "radio").iterdir())) == 2
    assert not (live.files / "elsewhere").exists() and not (live.files / "late").exists()


async def test_nothing_follows_to_whom_the_last_check_kept_the_warning_from(drill, receiver):
    await drill.subscriber("实战台网", "webhook", receiver.url, mode="live")
    warning_id = await drill.published()
    drill.clock.forward(timedelta(seconds=5))
    await drill.courier.once()
    await cancelled(drill, warning_id)
    assert [one["kind"] for one in await drill.deliveries(warning_id)] == ["published"]


async def test_a_receiver_that_drips_is_given_up_after_a_deadline_in_all(live, receiver):
    receiver.pause = 3
    await live.subscriber("慢台网", "webhook", receiver.url)
    warning_id = await live.published()
    live.clock.forward(timedelta(seconds=5))
    begun = asyncio.get_running_loop().time()
    assert await live.courier.once() == 1
    assert asyncio.get_running_loop().time() - begun < receiver.pause
    (waiting,) = await live.deliveries(warning_id)
    assert (waiting["status"], waiting["reason"]) == ("pending", "1 秒内没有完成")


async def test_a_slow_subscriber_takes_two_slots_and_none_of_another_channel(live, receiver):
    await live.subscriber("慢台网", "webhook", receiver.url)
    await live.subscriber("电台", "file", "radio")
    for _ in range(4):
        await live.published()
    live.clock.forward(timedelta(seconds=5))
    claimed = await live.courier.claim(SLOTS)
    by_channel = [one.channel for one in claimed]
    assert (by_channel.count("webhook"), by_channel.count("file")) == (SLOTS_OF_ONE, SLOTS_OF_ONE)
    assert await live.courier.claim(SLOTS) == []


async def test_a_subscriber_that_fails_again_and_again_rests_and_says_so(live, receiver):
    live.courier = live.another_courier(subscriber_rest_seconds=60)
    receiver.answers = [503] * 20
    await live.subscriber("坏台网", "webhook", receiver.url)
    await live.subscriber("电台", "file", "radio")
    for _ in range(REST_AFTER + 1):
        await live.published()
    live.clock.forward(timedelta(seconds=5))
    for _ in range(REST_AFTER):
        await live.courier.once()
    failing = (await live.get("officer", "/subscribers")).json()[0]
    assert failing["failures"] >= REST_AFTER and failing["resting_until"]
    sent = len(receiver.bodies)
    live.clock.forward(timedelta(hours=1))
    await live.courier.once()
    assert len(receiver.bodies) == sent
    assert len(list((live.files / "radio").iterdir())) == REST_AFTER + 1
    receiver.answers.clear()
    async with live.database.begin(live.clock.now(), cause="test") as unit:
        await unit.connection.execute(text("UPDATE subscriber SET resting_until = clock_timestamp()"))
    await live.courier.once()
    healed = (await live.get("officer", "/subscribers")).json()[0]
    assert (healed["failures"], healed["resting_until"]) == (0, None)


async def test_two_couriers_share_the_work_without_repeating_any(live):
    for n in range(6):
        await live.subscriber(f"电台 {n}", "file", f"radio-{n}")
    await live.published()
    live.clock.forward(timedelta(seconds=5))
    shares = await asyncio.gather(*(live.courier.claim({"file": 4}) for _ in range(3)))
    ids = [one.delivery_id for share in shares for one in share]
    assert len(ids) == len(set(ids)) == 6


async def test_the_running_courier_delivers_when_the_bell_rings(live, receiver):
    await live.subscriber("台网", "webhook", receiver.url)
    running = asyncio.create_task(live.courier.run())
    try:
        live.clock.forward(timedelta(minutes=1))
        warning_id = await live.published()
        async with asyncio.timeout(10):
            while (await live.deliveries(warning_id))[0]["status"] != "completed":
                live.context.bell.set()
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
