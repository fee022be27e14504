"""A database of an older program goes on: nothing that was promised, shipped or asked is lost."""

from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from services.resources.tests.world import MIGRATIONS, World
from shared.database import migrate

pytestmark = pytest.mark.servers
PLACE = "123.8, 41.8, '园区'"
OLD = [
    f"INSERT INTO depot VALUES ('wanghua-depot-1', '旧库', {PLACE})",
    "INSERT INTO stock VALUES ('wanghua-depot-1', 'gas_mask', 33, 7)",
    "INSERT INTO known_incident VALUES ('i-open', '在办', '210404', false), ('i-over', '已结', '210404', true)",
    *(
        "INSERT INTO reservation VALUES "
        f"('{key}', true, 'q-{key}', 'i-open', '210404', 'wanghua-depot-1', '旧库', 'gas_mask', '防毒面具', 7, '具', '210404', "
        f"{PLACE}, now(), '{status}', '', {shipped}, '', {arrived}, {shipped}, NULL, '')"
        for key, status, shipped, arrived in (
            ("r-1", "reserved", "NULL", "NULL"),
            ("r-2", "delivered", "now()", "5"),
        )
    ),
    *(
        "INSERT INTO material_request (request_id, incident_id, target, item, quantity, requested_by, requested_at, "
        "reserved, missing, reason, lon, lat, address) VALUES "
        f"('{key}', 'i-open', '210400', 'gas_mask', 4, '县', now(), {reserved}, {missing}, '', {PLACE})"
        for key, reserved, missing in (("q-1", 4, 0), ("q-2", 3, 1), ("q-3", 0, 4), ("q-4", 0, 0))
    ),
]


async def test_what_was_promised_shipped_and_asked_before_goes_on(servers, tmp_path):
    url = servers.database(f"test_{uuid4().hex[:12]}")
    migrate(url, MIGRATIONS, "0002")
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in OLD:
            connection.execute(text(statement))
    engine.dispose()
    migrate(url, MIGRATIONS)
    async with World(url, tmp_path, "210404") as world:
        told = {one["reservation_id"]: one for one in await world.get("/reservations")}
        assert (told["r-1"]["status"], told["r-1"]["expires_at"]) == ("reserved", None)
        assert (told["r-2"]["status"], told["r-2"]["received"], told["r-2"]["difference"]) == (
            "received",
            5,
            2,
        )
        asked = await world.get("/material-requests?role=asker")
        assert [one["status"] for one in asked] == ["accepted", "short", "declined", "requested"]
        opening = await world.get("/stock-movements?depot_id=wanghua-depot-1&item=gas_mask")
        assert [(one["kind"], one["balance"]) for one in opening] == [("opening", 33)]
        await world.done("/reservations/r-1/ship", {"carrier": "运输队"})
        assert (await world.stock())["wanghua-depot-1"] == (26, 0)
        wish = {"item": "gas_mask", "quantity": 1, "destination": {"lon": 123.8, "lat": 41.8, "address": ""}}
        for incident, status in (("i-open", 201), ("i-over", 409)):
            made = await world.send("POST", "/reservations", {**wish, "incident_id": incident})
            assert made.status_code == status, made.text
