"""A place near a border: the operator says which jurisdiction it lies in, and that is kept."""

import pytest

pytestmark = pytest.mark.servers
VILLAGE = {"lon": 123.8697, "lat": 41.8349, "address": "界河屯"}
"""Between 望花区 and 新抚区."""
HERE, THERE = "210404", "210402"


async def shown(world, incident):
    return await world.get("officer", f"/incidents/{incident}")


async def test_a_border_village(county, city):
    """Saved at once, since nobody waits for a border; then somebody finds where it lies, and every node knows."""
    near = await county.get("taker", f"/intake/borders?lon={VILLAGE['lon']}&lat={VILLAGE['lat']}")
    assert {one["jurisdiction"]: one["within"] for one in near} == {HERE: True, THERE: False}
    incident = await county.reported(location=VILLAGE)
    saved = await shown(county, incident)
    assert (saved["jurisdiction_unsure"], saved["lies_in"]) == (True, None)
    told = await county.done("taker", f"/incidents/{incident}/particulars", {"version": 1, "lies_in": HERE})
    assert (told["jurisdiction_unsure"], told["lies_in_name"]) == (False, "望花区")
    await city.hear(county)
    seen = await shown(city, incident)
    assert (seen["jurisdiction_unsure"], seen["lies_in"]) == (False, HERE)
    lines = [line["summary"] for line in await city.get("officer", f"/incidents/{incident}/timeline")]
    assert any("属地 望花区" in line for line in lines)
    renamed = await county.done(
        "taker", f"/incidents/{incident}/particulars", {"version": 2, "title": "屋顶起火"}
    )
    assert renamed["lies_in"] == HERE, "other particulars leave the choice"
    elsewhere = {**VILLAGE, "lon": VILLAGE["lon"] - 0.0002}
    moved = await county.done(
        "taker", f"/incidents/{incident}/particulars", {"version": 3, "location": elsewhere}
    )
    assert (moved["jurisdiction_unsure"], moved["lies_in"]) == (True, None), (
        "another place is another question"
    )


async def test_what_lies_in_the_neighbour_stays_unsure_here_until_that_has_taken_it_over(county, city):
    incident = await county.reported(location=VILLAGE, lies_in=THERE)
    await city.hear(county)
    for world in (county, city):
        seen = await shown(world, incident)
        assert (seen["jurisdiction_unsure"], seen["lies_in_name"]) == (True, "新抚区")


async def test_far_from_a_border_there_is_one_answer_and_another_is_refused(county):
    middle = await county.get("taker", "/intake/borders?lon=123.782&lat=41.842")
    assert [one["jurisdiction"] for one in middle] == [HERE]
    body = {"version": 1, "lies_in": THERE}
    incident = await county.reported(lies_in=HERE)
    refused = await county.post("taker", f"/incidents/{incident}/particulars", body)
    (error,) = refused.json()["errors"]
    assert (refused.status_code, error["field"], error["rule"]) == (422, "lies_in", "not_one_of_these")
    assert "望花区（210404）" in error["message"]
    assert (await county.read("taker", "/intake/borders?lon=200&lat=41")).status_code == 422


async def test_the_city_asks_which_of_its_counties(city):
    incident = await city.reported(location=VILLAGE, lies_in=THERE)
    seen = await shown(city, incident)
    assert (seen["jurisdiction_unsure"], seen["lies_in"]) == (False, THERE)
