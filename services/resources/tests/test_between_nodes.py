"""Material asked of another node: reserved there, followed here."""

from datetime import UTC, datetime

import pytest

from contracts.events.resource import MaterialDeclined, MaterialRequested
from contracts.values import Location
from services.resources.tests.world import INCIDENT, PLACE

pytestmark = pytest.mark.servers

REQUEST = {
    "incident_id": INCIDENT,
    "target": "210421",
    "item": "leak_plugging_kit",
    "quantity": 4,
    "destination": PLACE,
}


async def carry(*worlds):
    """Bring every node what the others have told; what is known comes again, as Kafka may do."""
    for reader in worlds:
        for writer in worlds:
            if writer is not reader:
                await reader.consume(await writer.told())


def requested(**changes):
    """A request of the city's, as another version of the software might send it."""
    values = {"request_id": "q-1", "incident_id": "i-9", "jurisdiction": "210400", "target": "210421"}
    more = {"item": "tent", "quantity": 10, "destination": Location(**PLACE), "requested_by": "市级"}
    return MaterialRequested(**{**values, **more, "requested_at": datetime.now(UTC), **changes})


async def test_the_node_asked_reserves_and_the_asker_sees_it_arrive(city, other_county):
    asked = await city.done("/material-requests", REQUEST)
    assert (asked["reserved"], asked["missing"], asked["destination"]["lon"]) == (0, 0, PLACE["lon"])
    await carry(city, other_county)
    (theirs,) = await other_county.get(f"/reservations?incident_id={INCIDENT}")
    assert (theirs["for_jurisdiction"], theirs["quantity"], theirs["destination"]) == ("210400", 4, PLACE)
    await carry(city, other_county)
    (view,) = await city.get(f"/reservations?incident_id={INCIDENT}")
    assert view == theirs
    path = f"/reservations/{theirs['reservation_id']}"
    await other_county.done(f"{path}/ship", {"carrier": "县运输队"})
    await other_county.done(f"{path}/deliver", {"received_by": "现场指挥部", "quantity": 3})
    await carry(city, other_county)
    (view,) = await city.get("/reservations")
    assert view == (await other_county.get("/reservations"))[0]
    assert (view["status"], view["delivered"]) == ("delivered", 3)
    assert await other_county.names() == ["reserved", "shipped", "delivered"]
    assert await city.names() == ["material_requested"]
    assert await city.parked() == await other_county.parked() == []


async def test_what_the_node_asked_does_not_have_is_declined_with_its_reason(city, other_county):
    await city.done("/material-requests", {**REQUEST, "quantity": 10})
    await carry(city, other_county)
    declined = (await other_county.events("resource.material_declined"))[0]
    assert (declined.target, declined.missing, declined.reason) == ("210400", 4, "库存不足：堵漏器材缺 4 套")
    await carry(city, other_county)
    (request,) = await city.get(f"/material-requests?incident_id={INCIDENT}")
    assert (request["reserved"], request["missing"], request["reason"]) == (6, 4, declined.reason)


async def test_what_is_cancelled_there_is_missing_here_again(city, other_county):
    await city.done("/material-requests", REQUEST)
    await carry(city, other_county)
    (theirs,) = await other_county.get("/reservations")
    await other_county.done(f"/reservations/{theirs['reservation_id']}/cancel", {"reason": "本县急用"})
    await carry(city, other_county)
    (request,) = await city.get("/material-requests")
    assert (request["reserved"], request["missing"], request["reason"]) == (0, 4, "本县急用")
    assert [one["status"] for one in await city.get("/reservations")] == ["cancelled"]


async def test_a_request_that_comes_twice_is_answered_once(other_county):
    record = await other_county.hear(requested(), "210400")
    await other_county.consume([record, record])
    assert await other_county.names() == ["reserved"]
    assert (await other_county.stock("tent"))["fushunxian-depot-2"] == (120, 10)


async def test_a_request_to_somebody_else_is_none_of_ours(other_county):
    await other_county.hear(requested(target="210404"), "210400")
    assert await other_county.names() == []


async def test_material_that_is_not_in_our_plan_is_declined(other_county):
    await other_county.hear(requested(item="helicopter"), "210400")
    (declined,) = await other_county.events()
    assert (declined.missing, declined.reason) == (10, "预案中没有物资“helicopter”")


async def test_of_requests_and_commands_together_nobody_gets_what_another_has(other_county):
    batch = [requested(request_id=f"q-{n}", quantity=50) for n in range(3)]
    for event in batch:
        await other_county.hear(event, "210400")
    answer = await other_county.done(
        "/reservations", {"incident_id": INCIDENT, "item": "tent", "quantity": 5, "destination": PLACE}
    )
    assert answer["missing"] == 5
    assert (await other_county.stock("tent"))["fushunxian-depot-2"] == (120, 120)
    assert await other_county.names() == ["reserved", "reserved", "reserved", "material_declined"]


async def test_another_node_s_reservation_is_not_ours_to_move(city, other_county):
    await city.done("/material-requests", REQUEST)
    await carry(city, other_county)
    await carry(city, other_county)
    (view,) = await city.get("/reservations")
    refused = await city.send("POST", f"/reservations/{view['reservation_id']}/ship", {"carrier": "市运输队"})
    assert refused.status_code == 404


async def test_what_above_reserves_for_another_county_is_not_shown_and_no_fault(county, city):
    await city.hear(requested(jurisdiction="210421", target="210400"), "210421")
    (fact,) = await city.events("resource.reserved")
    assert fact.for_jurisdiction == "210421"
    await carry(city, county)
    assert await county.get("/reservations") == []
    assert await county.parked() == []


async def test_an_answer_to_what_was_never_asked_is_parked(city):
    about = {"request_id": "never", "incident_id": INCIDENT, "jurisdiction": "210421", "target": "210400"}
    event = MaterialDeclined(**about, item="tent", missing=1, reason="没有", declined_at=datetime.now(UTC))
    await city.hear(event, "210421")
    ((kind, reason),) = await city.parked()
    assert (kind, "never" in reason) == ("refused", True)


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
    refused = await county.send("POST", "/material-requests", {**REQUEST, "target": "210400", **changes})
    assert (refused.status_code, refused.json()["errors"][0]["rule"]) == (status, rule)
    assert (await county.audited())[-1] == ("material.request", f"refused:{rule}")
    assert await county.names() == []
