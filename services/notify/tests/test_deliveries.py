"""Deliveries on a real database to a real web server and real files."""

import asyncio
import json
from datetime import timedelta

import pytest
from sqlalchemy import text

from services.notify.policy.sending import ATTEMPTS, BACKOFF_SECONDS, LEASE_SECONDS

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


async def test_a_crash_between_sending_and_recording_sends_again_with_the_same_key(live, receiver):
    await live.subscriber("台网", "webhook", receiver.url)
    warning_id = await live.published()
    live.clock.forward(timedelta(seconds=5))
    (claimed,) = await live.courier.claim(10)
    await live.courier.attempt(claimed)  # and here the process dies
    assert await live.courier.once() == 0
    live.clock.forward(timedelta(seconds=LEASE_SECONDS))
    assert await live.courier.once() == 1
    first, second = [headers["idempotency-key"] for headers in receiver.headers]
    assert first == second
    assert [one["status"] for one in await live.deliveries(warning_id)] == ["completed"]
    assert (await live.event_names()).count("delivery.completed") == 1


async def test_a_late_outcome_of_an_abandoned_attempt_changes_nothing(live, receiver):
    await live.subscriber("台网", "webhook", receiver.url)
    await live.published()
    live.clock.forward(timedelta(seconds=5))
    (claimed,) = await live.courier.claim(10)
    outcome = await live.courier.attempt(claimed)
    live.clock.forward(timedelta(seconds=LEASE_SECONDS))
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


async def test_a_real_message_never_reaches_a_drill_s_subscriber(live, receiver):
    await live.subscriber("演练台网", "webhook", receiver.url, mode="exercise")
    warning_id = await live.published()
    live.clock.forward(timedelta(seconds=5))
    await live.courier.once()
    assert [one["status"] for one in await live.deliveries(warning_id)] == ["refused"]
    assert receiver.bodies == []


async def test_the_all_clear_never_overtakes_the_warning(live, receiver):
    receiver.answers = [500]
    await live.subscriber("台网", "webhook", receiver.url)
    warning_id = await live.published()
    live.clock.forward(timedelta(seconds=5))
    await live.courier.once()
    await live.post("signer", f"/warnings/{warning_id}/cancel", {"reason": "解除"})
    assert await live.courier.once() == 0
    live.clock.forward(timedelta(seconds=5))
    assert [await live.courier.once(), await live.courier.once()] == [1, 1]
    assert [body["kind"] for body in receiver.bodies] == ["published", "published", "cancelled"]
    assert receiver.bodies[-1]["headline"].startswith("解除：")


async def test_two_couriers_share_the_work_without_repeating_any(live):
    for n in range(6):
        await live.subscriber(f"电台 {n}", "file", f"radio-{n}")
    await live.published()
    live.clock.forward(timedelta(seconds=5))
    shares = await asyncio.gather(*(live.courier.claim(4) for _ in range(3)))
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
