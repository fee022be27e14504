"""Nobody's number leaves the service, wherever it was typed; the call-taker is told, the original is kept."""

import pytest
from sqlalchemy import text

from services.incident.tests.world import REPORT

pytestmark = pytest.mark.servers

NUMBER, IDENTITY = "13812345678", "210404199001011234"
TYPED = {
    "title": f"张先生{NUMBER}称泄漏",
    "description": f"身份证{IDENTITY}",
    "location": {"lon": 123.782, "lat": 41.842, "address": f"示例路1号，{NUMBER}"},
}


async def rows(world, table: str) -> str:
    async with world.database.reading() as connection:
        return "\n".join(await connection.scalars(text(f"SELECT CAST(t AS text) FROM {table} t")))


async def test_a_caller_s_number_typed_into_the_description_leaves_on_no_topic_and_stands_in_no_audit(county):
    told = await county.done("taker", "/reports", {**REPORT, **TYPED})
    incident = told["incident_id"]
    assert told["masked"] == ["address", "description", "title"]
    body = {"facts": {"deaths": 1}, "statement": f"家属{NUMBER}", "source": f"现场 {NUMBER}"}
    await county.done("officer", f"/incidents/{incident}/updates", body)
    held = await county.done(
        "officer",
        f"/incidents/{incident}/consultations",
        {"matter": f"找{NUMBER}", "brief": IDENTITY, "departments": ["health"]},
    )
    opinion = {"position": "agree", "opinion": f"请联系{NUMBER}"}
    await county.done("health", f"/consultations/{held['consultation_id']}/opinions", opinion)
    for table in ("outbox", "timeline", "audit_entry", "incident"):
        kept = await rows(county, table)
        assert NUMBER not in kept and IDENTITY not in kept, table
    assert "138******78" in await rows(county, "outbox")
    assert (await county.get("officer", f"/incidents/{incident}"))["title"] == "张先生138******78称泄漏"


async def test_the_original_stays_in_the_store_of_the_node_that_took_it(county):
    await county.done("taker", "/reports", {**REPORT, **TYPED})
    assert NUMBER in await rows(county, "report")
    assert IDENTITY in await rows(county, "report")


async def test_a_report_without_numbers_is_told_nothing_and_kept_once(county):
    told = await county.done("taker", "/reports", REPORT)
    assert told["masked"] == []


async def test_the_number_of_the_fax_that_proves_a_report_stays(county):
    incident = await county.reported()
    body = {"duty": "county_report_up", "proof": "传真 024-52812345"}
    await county.done("officer", f"/incidents/{incident}/submissions", body)
    (submitted,) = await county.events("incident.report_submitted")
    assert submitted.proof == "传真 024-52812345"
    assert "024-52812345" in await rows(county, "audit_entry")
