"""A county whose program is one contract version behind its city's: nothing freezes, and an upgrade takes up the rest."""

import asyncio
import shutil
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

import liandong
from liandong.local.nodes import Nodes, Place, Setup
from shared.plan_folder import load_plan
from shared.provisioning.topics import create_topics
from tests.integration.conftest import FIRST_PORT, PLAN
from tests.integration.desk import Desk

pytestmark = [pytest.mark.servers, pytest.mark.timeout(240)]
ROOT = Path(liandong.__file__).parents[1]
CITY, COUNTY = "210400", "210404"
NEW_TO_THE_COUNTY = "    incident.IncidentControlled,\n"
"""The event that the county's version does not know yet."""


def older_program(folder: Path) -> Path:
    """The sources as they were before that event existed."""
    for name in ("contracts", "shared", "services", "plans"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "tests"))
    register = folder / "contracts/events/__init__.py"
    source = register.read_text()
    assert source.count(NEW_TO_THE_COUNTY) == 1
    register.write_text(source.replace(NEW_TO_THE_COUNTY, ""))
    return folder


class OlderCounty(Nodes):
    """City and county as processes; the county runs the older program until it is upgraded."""

    def __init__(self, setup: Setup, older: Path) -> None:
        super().__init__(setup, (f"{CITY}.incident", f"{COUNTY}.incident"))
        self._older: Path | None = older

    def child(self, place: Place):
        child = super().child(place)
        if place.node != COUNTY or self._older is None:
            return child
        older = {"PYTHONSAFEPATH": "1", "PYTHONPATH": str(self._older)}
        return replace(child, environment={**child.environment, **older})

    def upgrade(self) -> None:
        """Stop the county's service and start the new program in its place."""
        self._older = None
        name = f"{COUNTY}.incident"
        self.children[name].stop()
        self.children[name] = self.child(Place.of(name))
        self.children[name].start()


@pytest.fixture
def nodes(servers, tmp_path):
    setup = Setup(tmp_path, servers, "live", (CITY, COUNTY), first_port=FIRST_PORT + 200)
    create_topics(servers.kafka_access, load_plan(PLAN).jurisdictions, "live")
    for node in (CITY, COUNTY):
        servers.database(setup.database(node, "incident"), fresh=True)
    found = OlderCounty(setup, older_program(tmp_path / "older"))
    try:
        found.start()
        asyncio.run(found.ready(lambda _: None))
        yield found
    finally:
        found.stop()


REPORT = {
    "channel": "119",
    "sector": "hazardous_chemicals",
    "event_type": "12D02",
    "title": "新版市级与旧版区级",
    "location": {"lon": 123.782, "lat": 41.842},
}


async def test_what_a_newer_city_says_is_parked_passed_and_taken_up_after_the_upgrade(nodes: OlderCounty):
    async with httpx.AsyncClient(trust_env=False, timeout=10) as http:
        desk = Desk(nodes, http)
        incident = (await desk.call(COUNTY, "POST", "/reports", REPORT))["incident_id"]
        here = f"/incidents/{incident}"
        await desk.until(CITY, here, lambda found: found["incident_id"] == incident)
        assert await desk.call(CITY, "POST", f"{here}/command", {"commander": "李"})
        await desk.until(COUNTY, here, lambda found: found["command"]["jurisdiction"] == CITY)
        assert await desk.call(CITY, "POST", f"{here}/controlled", {"statement": "泄漏已止"})
        assert await desk.call(CITY, "POST", f"{here}/close", {"statement": "处置结束"})

        # what comes behind the unknown event has its effect, and the service is well
        await desk.until(COUNTY, here, lambda found: found["command"]["jurisdiction"] == COUNTY)
        letters = await desk.call(COUNTY, "GET", "/dead-letters")
        assert [(letter["kind"], letter["subject"]) for letter in letters] == [("unknown", incident)]
        assert (await desk.call(COUNTY, "GET", "/health/ready"))["ready"]
        assert await kinds(desk, here, CITY) == ["incident.command_assumed", "incident.closed"]

        await asyncio.to_thread(nodes.upgrade)
        await desk.until(COUNTY, "/dead-letters", lambda found: found == [])
        assert await kinds(desk, here, CITY) == [
            "incident.command_assumed",
            "incident.closed",
            "incident.controlled",
        ]
        settled = await desk.call(COUNTY, "GET", here)
        assert settled["command"]["jurisdiction"] == COUNTY


async def kinds(desk: Desk, incident: str, node: str) -> list[str]:
    """What another node's incident service left in the county's timeline, in the order of entry.

    Its dispatch service recommends at about the same time, on a topic of its own.
    """
    lines = await desk.call(COUNTY, "GET", f"{incident}/timeline")
    said = [line["kind"] for line in lines if line["jurisdiction"] == node]
    return [kind for kind in said if kind.startswith("incident.")]
