"""Stories of a night, on a city and a county with every part real: what each level knows, owes and may say."""

from collections.abc import AsyncIterator, Sequence
from itertools import count
from typing import Any

import httpx
import pytest
from sqlalchemy import Row, create_engine, text

from contracts.events import Stream
from contracts.topics import topic_name
from drills.watch import Watch
from liandong.local.nodes import Nodes, Setup
from shared.http.auth import Role
from tests.integration.desk import Desk

pytestmark = [pytest.mark.servers, pytest.mark.timeout(180)]
CITY, COUNTY = "210400", "210404"
STREAMS = (
    Stream.INCIDENT,
    Stream.CONSULTATION,
    Stream.DISPATCH,
    Stream.RESOURCE,
    Stream.WARNING,
    Stream.WARNING_DRAFT,
)
NUMBER, IDENTITY = "13812345678", "210404199001011234"
RECORDS = count(1)


@pytest.fixture
async def desk(drill_nodes: Nodes) -> AsyncIterator[Desk]:
    """People of the watch at both nodes."""
    async with httpx.AsyncClient(trust_env=False, timeout=10) as http:
        yield Desk(drill_nodes, http)


def coal(**changes: object) -> dict[str, object]:
    """A report of gas in a mine; each test its own."""
    return {
        "channel": "12350",
        "sector": "coal_mine",
        "event_type": "12A01",
        "title": "瓦斯突出",
        "location": {"lon": 123.782, "lat": 41.842},
        **changes,
    }


async def opened(desk: Desk, **changes: object) -> str:
    """The id of a new incident of the county, once the city has it too."""
    incident = str((await desk.do(COUNTY, "/reports", coal(**changes)))["incident_id"])
    await desk.until(CITY, f"/incidents/{incident}", bool)
    return incident


def audit(setup: Setup) -> Sequence[Row[Any]]:
    """What the audit of the county's incident service has on record."""
    url = setup.servers.database_url(setup.database(COUNTY, "incident"))
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return connection.execute(text("SELECT * FROM audit_entry")).all()
    finally:
        engine.dispose()


async def update(desk: Desk, node: str, incident: str, **facts: object) -> None:
    body = {"facts": facts, "source": "现场指挥部", "statement": "续报"}
    await desk.update(node, incident, body)


def status_of(clocks: list[dict[str, object]]) -> dict[object, list[object]]:
    """The status of every duty, each time that it was owed."""
    ordered = sorted(clocks, key=lambda one: str(one["occurrence"]))
    return {
        one["duty"]: [same["status"] for same in ordered if same["duty"] == one["duty"]] for one in ordered
    }


async def test_a_grade_that_rises_twice_overnight_and_what_each_level_owes(desk: Desk):
    """条例 arts 9-13: each rise is told upward by its own time, with proof that it arrived."""
    incident = await opened(desk, facts={"deaths": 1})
    owed = f"/due-reports?incident_id={incident}"
    assert set(status_of(await desk.see(COUNTY, owed))) == {
        "unit_report",
        "county_report_up",
        "county_report_own",
    }
    assert set(status_of(await desk.see(CITY, owed))) == {"city_report_own"}

    body = {"duty": "county_report_up", "proof": "传真 1"}
    sent = await desk.do(COUNTY, f"/incidents/{incident}/submissions", body)
    waiting = f"/submissions?incident_id={incident}"
    await desk.until(CITY, waiting, len)
    receipt = {"received_by": "市应急局值班员", "receipt": "回执 1"}
    await desk.do(CITY, f"/submissions/{sent['duty_id']}/receipt", receipt)
    await desk.until(COUNTY, owed, lambda found: status_of(found)["county_report_up"] == ["discharged"])

    await update(desk, COUNTY, incident, deaths=3)
    lead = await desk.until(CITY, f"/incidents/{incident}", lambda found: found["escalated_to"] == CITY)
    assert lead["grade_zh"] == "较大"
    assert status_of(await desk.see(COUNTY, owed))["county_report_up"] == ["discharged", "running"]
    await desk.until(CITY, owed, lambda found: "city_report_up" in status_of(found))

    body = {"duty": "city_report_up", "proof": "电话 2", "receipt": receipt}
    await desk.do(CITY, f"/incidents/{incident}/submissions", body)
    await update(desk, COUNTY, incident, deaths=12)
    at_city = status_of(await desk.until(CITY, owed, lambda found: "urgent_phone" in status_of(found)))
    assert at_city["city_report_up"] == ["discharged", "running"]
    assert {"urgent_phone", "urgent_written"} < set(at_city)
    at_county = await desk.see(COUNTY, owed)
    assert status_of(at_county)["county_report_up"] == ["discharged", "running"]
    (again,) = [one for one in at_county if one["duty"] == "county_report_up" and one["status"] == "running"]
    assert (again["grade"], again["trigger"]) == ("major", "risen")
    assert again["recipients"][0]["name"] == "抚顺市应急管理局（逐级报国务院有关部门）"
    assert "urgent_phone" not in status_of(at_county)


async def test_a_partner_s_resend_of_its_old_record_erases_nothing_at_either_level(desk: Desk):
    record = {"channel": "partner", "external_reference": f"night-{next(RECORDS)}", "facts": {"deaths": 1}}
    incident = await opened(desk, **record)
    await update(desk, COUNTY, incident, deaths=3)
    await desk.until(CITY, f"/incidents/{incident}", lambda found: found["grade"] == "significant")
    again = await desk.ask(COUNTY, "POST", "/reports", coal(**record))
    assert (again.status_code, again.json()["incident_id"]) == (200, incident)
    lines = f"/incidents/{incident}/timeline?limit=200"
    await desk.until(CITY, lines, lambda found: "incident.report_merged" in {line["kind"] for line in found})
    for node in (COUNTY, CITY):
        shown = await desk.see(node, f"/incidents/{incident}")
        assert (shown["grade"], shown["facts"]["deaths"]) == ("significant", 3), node


async def test_a_county_s_word_that_it_was_false_ends_nothing_while_the_city_commands(desk: Desk):
    incident = await opened(desk, facts={"deaths": 3})
    here = f"/incidents/{incident}"
    await desk.do(CITY, f"{here}/command", {"commander": "市现场指挥长"})
    await desk.until(COUNTY, here, lambda found: found["command"]["jurisdiction"] == CITY)
    await desk.do(COUNTY, f"{here}/close", {"outcome": "false_report", "statement": "误报"})
    kinds = await desk.until(
        CITY, f"{here}/timeline?limit=200", lambda found: found[-1]["kind"] == "incident.closed"
    )
    assert kinds
    at_city = await desk.see(CITY, here)
    assert (at_city["status"], at_city["command"]["jurisdiction"]) == ("reported", CITY)
    at_city_owed = status_of(await desk.see(CITY, f"/due-reports?incident_id={incident}"))
    assert {status for duty in at_city_owed.values() for status in duty} == {"running"}
    owed = status_of(await desk.see(COUNTY, f"/due-reports?incident_id={incident}"))
    assert {status for duty in owed.values() for status in duty} == {"cancelled"}


async def test_a_city_that_commands_sends_its_teams_after_the_county_closed_and_nobody_closes_over_teams_unasked(
    desk: Desk, drill_nodes: Nodes
):
    incident = await opened(desk)
    here, orders = f"/incidents/{incident}", f"/orders?incident_id={incident}"
    async with httpx.AsyncClient(trust_env=False, timeout=10) as http:
        dispatch = Desk(drill_nodes, http, "dispatch")
        send = {COUNTY: "wanghua-social-1", CITY: "city-comms-1"}
        known = f"/recommendations?incident_id={incident}"
        await dispatch.until(COUNTY, known, bool)
        body = {"incident_id": incident, "task": "警戒"}
        dispatchers = {node: dispatch.token(node, Role.DISPATCHER) for node in send}
        for_county = {**body, "team_ids": [send[COUNTY]]}
        (county_order,) = (await dispatch.do(COUNTY, "/orders", for_county, dispatchers[COUNTY]))["orders"]
        await desk.until(COUNTY, here, lambda found: found["teams_out"])
        await desk.do(CITY, f"{here}/command", {"commander": "市现场指挥长"})
        await dispatch.until(CITY, known, bool)
        asked = await desk.ask(COUNTY, "POST", f"{here}/close", {"outcome": "false_report"})
        assert (asked.status_code, "望花社会应急救援队" in asked.json()["detail"]) == (409, True)
        await desk.do(COUNTY, f"{here}/close", {"outcome": "false_report", "teams_stay_out": True})
        closed = f"{here}/timeline?limit=200"
        await desk.until(CITY, closed, lambda found: found[-1]["kind"] == "incident.closed")
        for_city = {**body, "team_ids": [send[CITY]]}
        (city_order,) = (await dispatch.do(CITY, "/orders", for_city, dispatchers[CITY]))["orders"]
        standing = await dispatch.until(CITY, f"{orders}&live=true", lambda found: len(found) == 2)
        assert {one["order_id"] for one in standing} == {county_order["order_id"], city_order["order_id"]}
        for node, order in ((COUNTY, county_order), (CITY, city_order)):
            path = f"/orders/{order['order_id']}/release"
            await dispatch.do(node, path, {"cause": "stood_down"}, dispatchers[node])


async def test_a_caller_s_number_typed_into_the_description_is_on_no_topic_and_in_no_log(
    desk: Desk, drill_nodes: Nodes
):
    setup = drill_nodes.setup
    topics = [topic_name(node, one.value, "exercise") for node in (CITY, COUNTY) for one in STREAMS]
    async with Watch(setup.servers.kafka_access, topics, lambda _: None, setup.drill_id) as watch:
        report = coal(
            title=f"张先生{NUMBER}称瓦斯突出",
            description=f"身份证{IDENTITY}",
            caller={"name": "张先生", "phone": NUMBER},
        )
        told = await desk.do(COUNTY, "/reports", report)
        assert told["masked"] == ["description", "title"]
        incident = told["incident_id"]
        body = {"matter": f"联系{NUMBER}", "brief": IDENTITY, "departments": ["health"]}
        held = await desk.do(COUNTY, f"/incidents/{incident}/consultations", body)
        await desk.do(COUNTY, f"/consultations/{held['consultation_id']}/conclusion", {"conclusion": "撤离"})
        await desk.until(
            CITY,
            f"/incidents/{incident}/timeline?limit=200",
            lambda found: "consultation.concluded" in {line["kind"] for line in found},
        )
        sent = [str(one.body) for one in watch.events if incident in str(one.body)]
    assert sent and any("138******78" in one for one in sent)
    everything = "\n".join(sent)
    for node in (COUNTY, CITY):
        everything += str(await desk.see(node, f"/incidents/{incident}/timeline?limit=200"))
    logs = [log.read_text(errors="replace") for log in setup.folder.rglob("*.log")]
    metrics = [(await desk.ask(node, "GET", "/metrics")).text for node in (CITY, COUNTY)]
    everything += "\n".join([*logs, *metrics, *(str(entry) for entry in audit(setup))])
    assert len(logs) >= 2 and "report.take" in everything
    assert NUMBER not in everything and IDENTITY not in everything
    original = await desk.see(COUNTY, f"/reports/{told['report_id']}/caller")
    assert (original["phone"], NUMBER in original["original"]["title"]) == (NUMBER, True)
    assert ("report.read_caller", told["report_id"]) in {(one.command, one.target) for one in audit(setup)}
