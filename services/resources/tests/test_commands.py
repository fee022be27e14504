"""What the API takes, refuses, lists and keeps."""

import asyncio
from datetime import timedelta

import pytest

from contracts.events.dispatch import TeamTransferred
from services.resources.tests.world import PLACE, TEAM, WISH, incident
from shared.changes import untold
from shared.http.auth import unguarded_routes
from shared.tests.world import take_noted

pytestmark = pytest.mark.servers

LISTS = [
    "/teams",
    "/depots",
    "/stock",
    "/stock-movements",
    "/shelters",
    "/hazard-sources",
    "/planned",
    "/experts",
    "/reservations",
    "/material-requests",
]
KEYS = {
    "/stock-movements": "movement_id",
    "/teams": "team_id",
    "/depots": "depot_id",
    "/stock": "stock_id",
    "/reservations": "reservation_id",
}


@pytest.mark.parametrize(
    ("changes", "rule", "field"),
    [
        ({"item": "helicopter"}, "unknown_item", "item"),
        ({"item": "Gas Mask"}, "format", "item"),
        ({"quantity": 0}, "range", "quantity"),
        ({"quantity": 10**30}, "range", "quantity"),
        ({"quantity": 1.5}, "type", "quantity"),
        ({"quantity": "5"}, "type", "quantity"),
        ({"destination": {**PLACE, "lat": 91}}, "range", "destination.lat"),
        ({"destination": None}, "type", "destination"),
        ({"incident_id": "\x00"}, "null_character", "incident_id"),
        ({"incident_id": "x" * 101}, "length", "incident_id"),
        ({"surprise": 1}, "extra_forbidden", "surprise"),
    ],
)
async def test_a_bad_reservation_is_refused_with_field_and_rule(county, changes, rule, field):
    refused = await county.send("POST", "/reservations", {**WISH, **changes})
    error = refused.json()["errors"][0]
    assert (refused.status_code, error["field"], error["rule"]) == (422, field, rule)
    assert await county.names() == []


@pytest.mark.parametrize("changes", [{"incident_id": "nobody-heard-of-it"}, {"depot_id": "city-depot-1"}])
async def test_what_is_not_known_here_is_not_found(county, changes):
    refused = await county.send("POST", "/reservations", {**WISH, **changes})
    assert refused.status_code == 404
    assert (await county.audited())[-1] == ("reservation.make", "refused:not_found")


async def test_strange_ids_are_answered_and_never_a_server_error(county):
    for path in ("/reservations/nothing/ship", f"/reservations/{'x' * 101}/ship", "/reservations/%00/ship"):
        assert 400 <= (await county.send("POST", path, {"carrier": "运输队"})).status_code < 500
    for path in ("/reservations?after=%00", "/stock?limit=201", "/stock?limit=0", "/stock?item=%00"):
        assert 400 <= (await county.send("GET", path)).status_code < 500


async def test_only_logistics_of_this_node_move_material(county):
    (one,) = await county.reserved()
    path = f"/reservations/{one['reservation_id']}/ship"
    body = {"carrier": "运输队"}
    assert (await county.send("POST", path, body, who="officer")).status_code == 403
    assert (await county.send("POST", path, body, node="210400")).status_code == 403
    assert (await county.send("PUT", "/teams/t-1", TEAM, who="officer")).status_code == 403
    assert unguarded_routes(county.app) == []


async def test_every_role_and_the_level_above_may_read_but_no_neighbour(county):
    for path in LISTS:
        assert isinstance(await county.get(path, who="author"), list)
        assert isinstance(await county.get(path, node="210400"), list)
        assert (await county.send("GET", path, node="210421")).status_code == 403


@pytest.mark.parametrize("path", KEYS)
async def test_a_list_is_read_page_by_page(county, path):
    for n in range(3):
        await county.reserved(quantity=n + 1)
    whole, pages, after = await county.get(path), [], ""
    while page := await county.get(f"{path}?limit=1&after={after}"):
        pages += page
        after = page[-1][KEYS[path]]
    assert pages == whole
    assert len(whole) >= 2


async def test_reservations_are_listed_by_incident(county):
    await county.hear(incident("incident-2"), "210404", "incident")
    first, second = await county.reserved(), await county.reserved(incident_id="incident-2", quantity=5)
    listed = await county.get("/reservations?incident_id=incident-2")
    assert [one["reservation_id"] for one in listed] == [second[0]["reservation_id"]]
    assert len(await county.get("/reservations")) == len(first) + len(second)


async def test_the_same_key_reserves_once(county):
    answers = [
        await county.send("POST", "/reservations", WISH, **{"idempotency-key": "k-1"}) for _ in range(2)
    ]
    assert answers[0].json() == answers[1].json()
    assert await county.names() == ["reserved"]


async def test_a_refused_step_says_which_states_allow_it_and_is_audited(county):
    (one,) = await county.reserved()
    body = {"received_by": "指挥部", "quantity": 1}
    refused = await county.send("POST", f"/reservations/{one['reservation_id']}/receive", body)
    assert refused.status_code == 409
    assert "运输中" in refused.json()["detail"]
    assert (await county.audited())[-1] == ("reservation.receive", "refused:refused_transition")


async def test_a_team_is_entered_changed_and_told_each_time(county):
    before = len(await county.events("resource.team_registered"))
    changes = ({"crew": 9}, {"crew": 11, "version": 1})
    answers = [await county.send("PUT", "/teams/t-1", {**TEAM, **one}) for one in changes]
    assert [(answer.status_code, answer.json()["version"]) for answer in answers] == [(201, 1), (200, 2)]
    told = (await county.events("resource.team_registered"))[before:]
    assert [(event.team_id, event.crew, event.jurisdiction) for event in told] == [
        ("t-1", 9, "210404"),
        ("t-1", 11, "210404"),
    ]
    kind = county.context.plan.team_kinds["hazmat"]
    assert (told[0].capabilities, told[0].team_class) == (kind.capabilities, kind.team_class)
    assert [team["crew"] for team in await county.get("/teams") if team["team_id"] == "t-1"] == [11]


async def test_a_team_that_changed_since_it_was_shown_is_not_overwritten(county):
    await county.send("PUT", "/teams/t-1", TEAM)
    for version in (0, 2):
        refused = await county.send("PUT", "/teams/t-1", {**TEAM, "version": version})
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (409, "version")
    tries = [county.send("PUT", "/teams/t-1", {**TEAM, "crew": n, "version": 1}) for n in (5, 6, 7)]
    assert sorted(answer.status_code for answer in await asyncio.gather(*tries)) == [200, 409, 409]


async def serves(county, service, version, status=200):
    body = {"service": service, "reason": "车辆检修", "version": version}
    answer = await county.send("POST", "/teams/t-1/service", body)
    assert answer.status_code == status, answer.text
    return answer.json()


async def test_a_team_goes_out_of_service_comes_back_and_retires(county):
    await county.send("PUT", "/teams/t-1", TEAM)
    out = await serves(county, "out_of_service", 1)
    assert (out["service"], out["service_reason"], out["version"]) == ("out_of_service", "车辆检修", 2)
    changed = await county.send("PUT", "/teams/t-1", {**TEAM, "crew": 3, "version": 2})
    assert changed.json()["service"] == "out_of_service"
    assert (await serves(county, "in_service", 3))["service_reason"] == ""
    await serves(county, "in_service", 4, status=409)
    await serves(county, "retired", 3, status=409)
    await serves(county, "retired", 4)
    told = [e.service for e in await county.events("resource.team_registered") if e.team_id == "t-1"]
    assert told == ["in_service", "out_of_service", "out_of_service", "in_service", "retired"]
    assert "t-1" not in {team["team_id"] for team in await county.get("/teams")}
    assert "t-1" in {team["team_id"] for team in await county.get("/teams?retired=true")}
    assert (await county.send("PUT", "/teams/t-1", {**TEAM, "version": 5})).status_code == 409
    await serves(county, "in_service", 5, status=409)


async def test_a_team_that_another_roster_has_later_leaves_this_one_and_may_come_back(county, city):
    await county.send("PUT", "/teams/t-1", TEAM)
    (here,) = [e for e in await county.events("resource.team_registered") if e.team_id == "t-1"]
    earlier = here.registered_at - timedelta(minutes=1)
    await county.hear(here.model_copy(update={"jurisdiction": "210400", "registered_at": earlier}), "210400")
    assert "t-1" in {team["team_id"] for team in await county.get("/teams")}
    later = here.registered_at + timedelta(minutes=1)
    await county.hear(here.model_copy(update={"jurisdiction": "210400", "registered_at": later}), "210400")
    assert "t-1" not in {team["team_id"] for team in await county.get("/teams?retired=true")}
    await serves(county, "out_of_service", 1, status=404)
    back = await county.send("PUT", "/teams/t-1", TEAM)
    assert (back.status_code, back.json()["version"]) == (201, 2)


async def test_the_level_above_says_that_a_team_is_on_another_county_s_roster(county):
    await county.send("PUT", "/teams/t-1", TEAM)
    moved = TeamTransferred(
        team_id="t-1",
        jurisdiction="210400",
        target="210404",
        to="210421",
        registered_at=county.clock.now() + timedelta(minutes=1),
    )
    await county.hear(moved, "210400", "dispatch")
    assert "t-1" not in {team["team_id"] for team in await county.get("/teams")}


@pytest.mark.parametrize(
    ("team_id", "changes", "status", "rule"),
    [
        ("t-1", {"kind": "wizards"}, 422, "unknown_kind"),
        ("t-1", {"crew": 0}, 422, "range"),
        ("t-1", {"capabilities": ["flying"]}, 422, "extra_forbidden"),
        ("city-hazmat-1", {}, 409, "foreign_team"),
    ],
)
async def test_a_bad_team_is_refused(county, team_id, changes, status, rule):
    refused = await county.send("PUT", f"/teams/{team_id}", {**TEAM, **changes})
    assert (refused.status_code, refused.json()["errors"][0]["rule"]) == (status, rule)
    assert "t-1" not in {team["team_id"] for team in await county.get("/teams")}


async def test_screens_are_told_what_changed_and_what_the_plan_lists_for_linked_places(county):
    (one,) = await county.reserved(depot_id="wanghua-depot-1", quantity=2)
    noted = await take_noted(county.database)
    assert {("supply", "wanghua-depot-1"), ("supply", one["reservation_id"])} <= noted
    assert await untold(None, ["wanghua-depot-1"]) == {}
    (city,) = await county.get("/planned")
    plan = county.context.plan.seed
    assert city["jurisdiction"] == "210400" and city["name"] == "抚顺市"
    assert len(city["teams"]) == sum(one.jurisdiction == "210400" for one in plan.teams.values())
    listed = sum(
        held.quantity for one in plan.depots.values() if one.jurisdiction == "210400" for held in one.stock
    )
    assert sum(held["quantity"] for held in city["stock"]) == listed > 0


async def test_no_two_teams_of_a_roster_are_called_alike(county):
    first = await county.send("PUT", "/teams/t-1", {**TEAM, "call_sign": "X9"})
    assert (first.status_code, first.json()["call_sign"]) == (201, "X9")
    same = await county.send("PUT", "/teams/t-1", {**TEAM, "call_sign": "X9", "version": 1})
    assert same.status_code == 200
    refused = await county.send("PUT", "/teams/t-2", {**TEAM, "call_sign": "X9"})
    assert (refused.status_code, refused.json()["type"]) == (
        409,
        "urn:liandong:problem:resources.call_sign_taken",
    )
    for wrong in ("E 3", "E3,", "x" * 11):
        answer = await county.send("PUT", "/teams/t-2", {**TEAM, "call_sign": wrong})
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "call_sign")
    body = {"version": 2, "service": "retired", "reason": "撤编"}
    assert (await county.send("POST", "/teams/t-1/service", body)).status_code == 200
    assert (await county.send("PUT", "/teams/t-2", {**TEAM, "call_sign": "X9"})).status_code == 201


async def test_of_two_who_give_one_call_sign_at_once_one_is_refused(county):
    bodies = {f"/teams/t-{number}": {**TEAM, "call_sign": "X9"} for number in range(6)}
    answers = await asyncio.gather(*(county.send("PUT", path, body) for path, body in bodies.items()))
    assert sorted(one.status_code for one in answers) == [201, 409, 409, 409, 409, 409]


async def test_who_changed_a_team_last_is_told(county):
    await county.send("PUT", "/teams/t-1", TEAM)
    await serves(county, "out_of_service", 1)
    changed = {one["team_id"]: one["changed_by"] for one in await county.get("/teams")}
    assert changed.pop("t-1") == "logistics 同志"
    assert set(changed.values()) == {""}, "the others stand as the plan has them"
