"""Material asked of another node: offered there, accepted here, followed to its last piece at both."""

from datetime import UTC, datetime, timedelta

import pytest

from contracts.events.incident import CommandAssumed, IncidentClosed, IncidentReopened, IncidentSnapshot
from contracts.events.resource import (
    MaterialAccepted,
    MaterialDeclined,
    MaterialReceived,
    MaterialRequested,
    MaterialReserved,
)
from contracts.facts import Facts
from contracts.plan.mutual_aid import MaterialLending
from contracts.values import Location
from services.resources.tests.world import INCIDENT, PLACE, carry, incident

pytestmark = pytest.mark.servers
CITY, LENDER, ORIGIN = "210400", "210421", "210404"
DEPOT = "fushunxian-depot-2"
REQUEST = {
    "incident_id": INCIDENT,
    "target": LENDER,
    "item": "leak_plugging_kit",
    "quantity": 4,
    "destination": PLACE,
}
EVERYTHING = MaterialLending(share=1, keep_share=0)


def requested(**changes):
    """A request of the city's, as another version of the software might send it."""
    values = {"request_id": "q-1", "incident_id": INCIDENT, "jurisdiction": CITY, "target": LENDER}
    more = {"item": "tent", "quantity": 10, "destination": Location(**PLACE), "requested_by": "市级"}
    new = {"accepts_offers": True}
    return MaterialRequested(**{**values, **more, **new, "requested_at": datetime.now(UTC), **changes})


def closed(by, at):
    told = {"outcome": "ended", "facts": Facts(), "closed_at": at}
    return IncidentClosed(incident_id=INCIDENT, jurisdiction=by, **told)


def assumed(by=CITY):
    snapshot = IncidentSnapshot(**incident().model_dump(include=set(IncidentSnapshot.model_fields)))
    told = {"target": ORIGIN, "commander": "市级指挥长", "assumed_at": datetime.now(UTC), "revision": 1}
    return CommandAssumed(incident_id=INCIDENT, jurisdiction=by, snapshot=snapshot, **told)


async def asked(city, **changes):
    return (await city.done("/material-requests", {**REQUEST, **changes}))["request_id"]


async def standing(world, request_id):
    found = await world.get("/material-requests")
    return next(one for one in found if one["request_id"] == request_id)


async def given(city, lender, **changes):
    """A reservation of the lender's stock for the city, wholly by policy."""
    lender.plans(materials=EVERYTHING)
    await asked(city, **changes)
    await carry(city, lender)
    return (await lender.get("/reservations"))[-1]


async def test_policy_offers_its_share_a_person_the_rest_and_what_is_accepted_is_set_aside(
    city, other_county
):
    request = await asked(city)
    assert (await standing(city, request))["missing"] == 4
    await carry(city, other_county)
    for world in (city, other_county):
        seen = await standing(world, request)
        assert (seen["status"], seen["offered"], seen["accepted"], seen["reserved"]) == ("partly", 3, 3, 3)
    (waiting,) = await other_county.get("/material-requests?role=lender&waiting=true")
    await other_county.done(f"/material-requests/{waiting['request_id']}/offer", {"quantity": 1})
    await carry(city, other_county)
    for world in (city, other_county):
        seen = await standing(world, request)
        assert (seen["status"], seen["reserved"], seen["missing"]) == ("accepted", 4, 0)
        assert [one["offered_by"] for one in seen["offers"]] == ["", "logistics 同志"]
    assert await other_county.names() == ["material_offered", "reserved", "material_offered", "reserved"]
    assert await city.names() == ["material_requested", "material_accepted", "material_accepted"]
    assert await city.get("/material-requests?role=lender") == []
    assert await city.parked() == await other_county.parked() == []


async def test_the_receiver_counts_what_arrives_and_the_owner_settles_the_rest(city, other_county):
    theirs = await given(city, other_county)
    (view,) = await city.get(f"/reservations?incident_id={INCIDENT}")
    assert view == theirs
    path = f"/reservations/{theirs['reservation_id']}"
    await other_county.done(f"{path}/ship", {"carrier": "县运输队"})
    refused = await other_county.send("POST", f"{path}/receive", {"received_by": "县", "quantity": 4})
    assert (refused.status_code, refused.json()["errors"][0]["rule"]) == (409, "not_ours")
    await carry(city, other_county)
    await city.done(f"{path}/receive", {"received_by": "现场指挥部", "quantity": 3, "damaged": 1})
    await carry(city, other_county)
    seen = (await other_county.get("/reservations"))[0]
    assert seen == (await city.get("/reservations"))[0]
    assert (seen["status"], seen["received"], seen["damaged"], seen["difference"]) == ("received", 3, 1, 1)
    await city.done(f"{path}/use", {"quantity": 1})
    await other_county.done(f"{path}/return", {"quantity": 1})
    await other_county.done(f"{path}/settle", {"outcome": "returned", "reason": "车上找到"})
    await carry(city, other_county)
    seen = (await other_county.get("/reservations"))[0]
    assert seen == (await city.get("/reservations"))[0]
    assert (seen["status"], seen["used"], seen["returned"], seen["settlement"]) == ("used", 1, 1, "returned")
    assert sum(quantity for quantity, _ in (await other_county.stock("leak_plugging_kit")).values()) == 4


async def test_who_wants_to_choose_accepts_offers_himself(city, other_county):
    request = await asked(city, accepts_offers=False)
    await carry(city, other_county)
    seen = await standing(city, request)
    assert (seen["status"], seen["offered"], seen["accepted"]) == ("partly", 3, 0)
    assert (await other_county.stock("leak_plugging_kit")).popitem()[1] == (6, 0)
    offer = {"offer_id": seen["offers"][0]["offer_id"]}
    path = f"/material-requests/{request}/accept"
    tries = [(await city.send("POST", path, offer)).status_code for _ in range(2)]
    assert tries == [200, 409]
    assert (await city.send("POST", path, {"offer_id": "none"})).status_code == 404
    assert (await other_county.send("POST", path, offer)).status_code == 409
    await carry(city, other_county)
    assert (await standing(other_county, request))["reserved"] == 3


async def test_what_was_offered_and_is_gone_when_it_is_accepted_is_declined(city, other_county):
    request = await asked(city, accepts_offers=False)
    await carry(city, other_county)
    (depot, _) = (await other_county.stock("leak_plugging_kit")).popitem()
    lost = {"kind": "loss", "item": "leak_plugging_kit", "quantity": 4, "reason": "火损"}
    await other_county.done(f"/depots/{depot}/movements", lost)
    offer = (await standing(city, request))["offers"][0]["offer_id"]
    await city.done(f"/material-requests/{request}/accept", {"offer_id": offer})
    await carry(city, other_county)
    seen = await standing(city, request)
    assert (seen["status"], seen["reserved"], seen["missing"]) == ("short", 2, 2)
    assert seen["reason"] == "库存不足：堵漏器材缺 1 套"


async def test_several_requests_together_get_no_more_than_the_plan_lends(city, other_county):
    ids = [await asked(city, accepts_offers=choice) for choice in (False, True, True)]
    await carry(city, other_county)
    assert [(await standing(city, one))["offered"] for one in ids] == [3, 0, 0]
    assert len(await other_county.get("/material-requests?waiting=true")) == 3


async def test_a_person_offers_no_more_than_is_free_nor_than_is_asked(city, other_county):
    request = await asked(city, quantity=20)
    await carry(city, other_county)
    path = f"/material-requests/{request}/offer"
    for quantity, rule in ((4, "more_than_free"), (18, "more_than_free")):
        refused = await other_county.send("POST", path, {"quantity": quantity})
        assert (refused.status_code, refused.json()["errors"][0]["rule"]) == (422, rule)
    (depot, _) = (await other_county.stock("leak_plugging_kit")).popitem()
    more = {"kind": "receipt", "item": "leak_plugging_kit", "quantity": 50, "reason": "补充"}
    await other_county.done(f"/depots/{depot}/movements", more)
    refused = await other_county.send("POST", path, {"quantity": 18})
    assert (refused.status_code, refused.json()["errors"][0]["rule"]) == (422, "more_than_asked")
    assert (await other_county.send("POST", path, {"quantity": 1}, who="officer")).status_code == 403
    assert (await city.send("POST", path, {"quantity": 1})).status_code == 409


async def test_no_stock_is_locked_for_an_incident_that_nobody_has_heard_of_until_it_is_known(
    city, other_county
):
    await other_county.hear(requested(incident_id="i-9"), CITY)
    assert await other_county.names() == []
    assert (await other_county.stock("tent"))[DEPOT] == (120, 0)
    await other_county.hear(incident("i-9", CITY), CITY, "incident")
    assert await other_county.names() == ["material_offered"]


async def test_a_person_may_lend_for_an_incident_that_is_not_known_here_yet(city, other_county):
    await other_county.hear(requested(incident_id="i-9"), CITY)
    await other_county.done("/material-requests/q-1/offer", {"quantity": 10})
    assert await other_county.names() == ["material_offered"]


async def test_what_the_node_asked_does_not_have_is_declined_with_its_reason(city, other_county):
    request = await asked(city, item="air_respirator")
    await carry(city, other_county)
    (declined,) = await other_county.events("resource.material_declined")
    assert (declined.target, declined.missing) == (CITY, 4)
    seen = await standing(city, request)
    assert (seen["status"], seen["reserved"], seen["reason"]) == ("declined", 0, declined.reason)


async def test_what_is_cancelled_there_is_missing_here_again(city, other_county):
    theirs = await given(city, other_county)
    await other_county.done(f"/reservations/{theirs['reservation_id']}/cancel", {"reason": "本县急用"})
    await carry(city, other_county)
    (request,) = await city.get("/material-requests")
    assert (request["reserved"], request["missing"]) == (0, 4)
    assert [one["status"] for one in await city.get("/reservations")] == ["cancelled"]


async def test_what_is_withdrawn_is_free_again_and_what_is_under_way_arrives(city, other_county):
    under_way = await given(city, other_county, quantity=1)
    await other_county.done(f"/reservations/{under_way['reservation_id']}/ship", {"carrier": "队"})
    await asked(city, quantity=3)
    await carry(city, other_county)
    for one in await city.get("/material-requests"):
        await city.done(f"/material-requests/{one['request_id']}/withdraw", {"reason": "险情排除"})
    await carry(city, other_county)
    assert [one["status"] for one in await city.get("/reservations")] == ["shipped", "cancelled"]
    assert (await other_county.stock("leak_plugging_kit")).popitem()[1] == (5, 0)
    assert {one["status"] for one in await other_county.get("/material-requests")} == {"withdrawn"}
    refused = await other_county.send(
        "POST", f"/material-requests/{under_way['request_id']}/offer", {"quantity": 1}
    )
    assert refused.status_code == 409


async def test_what_is_not_answered_in_time_expires_at_both_and_may_be_extended_before(city, other_county):
    request, longer = await asked(city), await asked(city)
    until = (city.clock.now() + timedelta(hours=1)).isoformat()
    await city.done(f"/material-requests/{longer}/extend", {"until": until})
    city.clock.forward(timedelta(seconds=301))
    await city.tick()
    await city.tick()
    assert [(await standing(city, one))["status"] for one in (request, longer)] == ["expired", "requested"]
    await carry(city, other_county)
    assert (await standing(other_county, request))["status"] in {"expired", "short"}
    assert (await standing(city, request))["reserved"] == 0
    assert (await standing(city, longer))["status"] in {"partly", "declined", "requested"}
    past = (city.clock.now() - timedelta(hours=1)).isoformat()
    refused = await city.send("POST", f"/material-requests/{longer}/extend", {"until": past})
    assert (refused.status_code, refused.json()["errors"][0]["rule"]) == (422, "not_later")


async def test_a_reservation_that_is_not_shipped_expires_and_may_be_held_longer(city, other_county):
    theirs = await given(city, other_county, quantity=2)
    mine = await other_county.reserved(quantity=5, item="tent")
    held = datetime.fromisoformat(theirs["expires_at"]) + timedelta(hours=5)
    (request,) = await city.get("/material-requests")
    await city.done(f"/material-requests/{request['request_id']}/extend", {"until": held.isoformat()})
    await carry(city, other_county)
    assert datetime.fromisoformat((await city.get("/reservations"))[0]["expires_at"]) == held
    other_county.clock.forward(timedelta(hours=25))
    await other_county.tick()
    assert await other_county.names() == ["material_offered", "reserved", "reserved", "extended", "expired"]
    assert (await other_county.stock("tent"))[DEPOT] == (120, 0)
    ended = await other_county.send(
        "POST", f"/reservations/{mine[0]['reservation_id']}/ship", {"carrier": "队"}
    )
    assert ended.status_code == 409
    other_county.clock.forward(timedelta(hours=5))
    await other_county.tick()
    await carry(city, other_county)
    assert [one["status"] for one in await city.get("/reservations")] == ["expired"]


async def test_for_whom_an_incident_ends_nothing_stays_set_aside_and_nothing_comes_back(city, other_county):
    for world in (city, other_county):
        await world.hear(assumed(), CITY, "incident")
    await given(city, other_county)
    own = await other_county.reserved(quantity=5, item="tent")
    now = other_county.clock.now()
    late = requested(request_id="q-late")
    await other_county.hear(closed(ORIGIN, now), ORIGIN, "incident")
    assert [one["status"] for one in await other_county.get("/reservations")] == ["reserved", "cancelled"]
    assert own[0]["for_jurisdiction"] == LENDER
    end = closed(CITY, now)
    for world in (city, other_county):
        record = await world.hear(end, CITY, "incident")
        await world.consume([record])
    assert {one["status"] for one in await other_county.get("/reservations")} == {"cancelled"}
    await other_county.hear(late, CITY)
    (declined,) = await other_county.events("resource.material_declined")
    assert (declined.request_id, "已结束" in declined.reason) == ("q-late", True)
    assert all(reserved == 0 for _, reserved in (await other_county.stock("tent")).values())


async def test_with_the_end_only_what_may_still_come_is_withdrawn(city, other_county):
    done = await given(city, other_county, quantity=1)
    path = f"/reservations/{done['reservation_id']}"
    await other_county.done(f"{path}/ship", {"carrier": "队"})
    await carry(city, other_county)
    await city.done(f"{path}/receive", {"received_by": "现场", "quantity": 1})
    held = await given(city, other_county, quantity=2)
    other_county.plans(materials=MaterialLending())
    waiting = await asked(city, quantity=1)
    await carry(city, other_county)
    await city.hear(closed(ORIGIN, city.clock.now()), ORIGIN, "incident")
    await carry(city, other_county)
    wanted = {done["request_id"]: "accepted", held["request_id"]: "withdrawn", waiting: "withdrawn"}
    for world in (city, other_county):
        assert {one["request_id"]: one["status"] for one in await world.get("/material-requests")} == wanted
    assert [one["status"] for one in await other_county.get("/reservations")] == ["received", "cancelled"]


async def test_an_acceptance_that_comes_after_the_end_sets_nothing_aside(city, other_county):
    request = await asked(city, accepts_offers=False)
    await carry(city, other_county)
    offer = (await standing(other_county, request))["offers"][0]["offer_id"]
    await other_county.hear(closed(CITY, other_county.clock.now()), CITY, "incident")
    await other_county.hear(closed(ORIGIN, other_county.clock.now()), ORIGIN, "incident")
    about = {"request_id": request, "incident_id": INCIDENT, "jurisdiction": CITY, "target": LENDER}
    accepted = MaterialAccepted(**about, offer_id=offer, quantity=3, accepted_at=datetime.now(UTC))
    await other_county.hear(accepted, CITY)
    assert await other_county.get("/reservations") == []


async def test_an_older_fact_that_comes_late_does_not_put_a_reservation_back(city, other_county):
    theirs = await given(city, other_county)
    await other_county.done(f"/reservations/{theirs['reservation_id']}/cancel", {"reason": "本县急用"})
    (reserved,), (cancelled,) = [
        await other_county.events(f"resource.{name}") for name in ("reserved", "cancelled")
    ]
    for table in ("reservation", "inbox", "stream_position"):  # as if the first fact had been parked
        await city.execute(f"DELETE FROM {table}")
    await city.hear(cancelled, LENDER)
    assert await city.get("/reservations") == []
    await city.hear(reserved, LENDER)
    assert [one["status"] for one in await city.get("/reservations")] == ["cancelled"]


async def test_a_request_that_comes_twice_is_answered_once(other_county):
    record = await other_county.hear(requested(), CITY)
    await other_county.consume([record, record])
    await other_county.hear(requested(), CITY)
    assert await other_county.names() == ["material_offered"]


async def test_an_older_program_that_knows_no_offers_gets_what_the_plan_lends_at_once(other_county):
    await other_county.hear(requested(accepts_offers=None, quantity=100), CITY)
    assert await other_county.names() == ["reserved"]
    (made,) = await other_county.get("/reservations")
    assert (made["quantity"], made["for_jurisdiction"]) == (60, CITY)
    await other_county.done("/material-requests/q-1/decline", {"reason": "本县留用"})
    (declined,) = await other_county.events("resource.material_declined")
    assert (declined.missing, declined.reason) == (40, "本县留用")


async def test_what_an_older_program_reserves_counts_as_offered_and_accepted(city):
    request = await asked(city)
    told = {"depot_id": "d", "depot_name": "库", "item": "leak_plugging_kit", "item_name": "堵漏器材"}
    reserved = MaterialReserved(
        reservation_id="r-old",
        incident_id=INCIDENT,
        jurisdiction=LENDER,
        request_id=request,
        **told,
        quantity=4,
        unit="套",
        for_jurisdiction=CITY,
        reserved_at=datetime.now(UTC),
    )
    await city.hear(reserved, LENDER)
    seen = await standing(city, request)
    assert (seen["status"], seen["reserved"], seen["missing"]) == ("accepted", 4, 0)


async def test_a_request_to_somebody_else_is_none_of_ours(other_county):
    await other_county.hear(requested(target=ORIGIN), CITY)
    assert await other_county.names() == []


async def test_material_that_is_not_in_our_plan_is_declined(other_county):
    await other_county.hear(requested(item="helicopter"), CITY)
    (declined,) = await other_county.events()
    assert (declined.missing, declined.reason) == (10, "预案中没有物资“helicopter”")


async def test_nobody_else_says_for_the_receiver_that_it_arrived(city, other_county):
    theirs = await given(city, other_county)
    await other_county.done(f"/reservations/{theirs['reservation_id']}/ship", {"carrier": "队"})
    about = {"reservation_id": theirs["reservation_id"], "incident_id": INCIDENT, "target": LENDER}
    counts = {"quantity": 4, "damaged": 0, "difference": 0, "received_by": "谁"}
    false = MaterialReceived(**about, **counts, jurisdiction=ORIGIN, received_at=datetime.now(UTC))
    await other_county.hear(false, ORIGIN)
    assert (await other_county.get("/reservations"))[0]["status"] == "shipped"


async def test_another_node_s_reservation_is_not_ours_to_move(city, other_county):
    view = await given(city, other_county)
    for step, body in (
        ("ship", {"carrier": "市"}),
        ("cancel", {"reason": "市"}),
        ("return", {"quantity": 1}),
    ):
        refused = await city.send("POST", f"/reservations/{view['reservation_id']}/{step}", body)
        assert (refused.status_code, refused.json()["errors"][0]["rule"]) == (409, "not_ours")


async def test_what_above_reserves_for_another_county_is_not_shown_and_no_fault(county, city):
    city.plans(materials=EVERYTHING)
    await city.hear(requested(jurisdiction=LENDER, target=CITY, accepts_offers=None), LENDER)
    (fact,) = await city.events("resource.reserved")
    assert fact.for_jurisdiction == LENDER
    await city.done(f"/reservations/{fact.reservation_id}/cancel", {"reason": "市急用"})
    await carry(city, county)
    assert await county.get("/reservations") == []
    assert await county.parked() == []


async def test_an_answer_to_what_was_never_asked_is_parked(city):
    about = {"request_id": "never", "incident_id": INCIDENT, "jurisdiction": LENDER, "target": CITY}
    event = MaterialDeclined(**about, item="tent", missing=1, reason="没有", declined_at=datetime.now(UTC))
    await city.hear(event, LENDER)
    ((kind, reason),) = await city.parked()
    assert (kind, "never" in reason) == ("refused", True)


async def test_an_incident_that_goes_on_can_be_asked_for_again(city):
    now = city.clock.now()
    await city.hear(closed(ORIGIN, now), ORIGIN, "incident")
    refused = await city.send("POST", "/material-requests", REQUEST)
    assert (refused.status_code, refused.json()["errors"][0]["rule"]) == (409, "incident_over")
    told = {"report_id": "r-2", "reason": "确认", "by": "值班员", "reopened_at": now + timedelta(minutes=1)}
    await city.hear(IncidentReopened(incident_id=INCIDENT, jurisdiction=ORIGIN, **told), ORIGIN, "incident")
    await asked(city)


@pytest.mark.parametrize(
    ("changes", "status", "rule"),
    [
        ({"target": "210404"}, 422, "not_linked"),
        ({"target": "210421"}, 422, "not_linked"),
        ({"target": "110000"}, 422, "not_linked"),
        ({"item": "helicopter"}, 422, "unknown_item"),
    ],
)
async def test_a_county_asks_only_above_and_only_for_what_the_plan_knows(county, changes, status, rule):
    refused = await county.send("POST", "/material-requests", {**REQUEST, "target": CITY, **changes})
    assert (refused.status_code, refused.json()["errors"][0]["rule"]) == (status, rule)
    assert (await county.audited())[-1] == ("material.request", f"refused:{rule}")
    assert await county.names() == []
