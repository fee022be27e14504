"""Nobody's number leaves the service, wherever it was typed; the call-taker is told, the original is kept."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from contracts.plan.privacy import Privacy
from contracts.plan.provenance import unconfirmed
from services.incident.context import Context, context_of
from services.incident.tests.world import REPORT
from services.incident.ticks import caller_retention
from shared.plan_folder import load_plan
from shared.ticks import fire

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
    await county.update("officer", incident, body)
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


def decided(days: int | None) -> Context:
    """The county's plan once its city has decided how long callers are kept."""
    plan = load_plan(Path("plans/fushun"))
    callers = plan.privacy.callers.model_copy(update={"days": days})
    return context_of(plan.model_copy(update={"privacy": Privacy(callers=callers)}), "210404")


async def removed(county, days: int | None) -> int:
    """How many reports lost their personal data by a look at them."""
    async with county.database.begin(county.clock.now(), cause="tick") as unit:
        return await fire(caller_retention(decided(days)), unit)


async def with_caller(county) -> tuple[str, str]:
    """(report, incident) of a call with a name and a number."""
    caller = {"name": "张先生", "phone": NUMBER}
    told = await county.done("taker", "/reports", {**REPORT, **TYPED, "caller": caller})
    return told["report_id"], told["incident_id"]


async def test_who_reported_is_removed_after_the_city_s_days_once_the_incident_is_over(county):
    report, incident = await with_caller(county)
    running, _ = await with_caller(county)
    await county.done("officer", f"/incidents/{incident}/close", {"outcome": "false_report"})
    county.clock.forward(timedelta(days=30))
    assert await removed(county, 31) == 0
    assert await removed(county, 30) == 1
    assert await removed(county, 30) == 0
    told = await county.get("officer", f"/reports/{report}/caller")
    assert (told["name"], told["phone"], told["original"]) == (None, None, {})
    assert datetime.fromisoformat(told["personal_removed_at"]) == county.clock.now()
    assert (await county.get("officer", f"/reports/{running}/caller"))["phone"] == NUMBER


async def test_what_is_left_of_a_report_counts_in_the_statistics_and_holds_no_number(county):
    report, incident = await with_caller(county)
    await county.done("officer", f"/incidents/{incident}/close", {"outcome": "false_report"})
    county.clock.forward(timedelta(days=400))
    await removed(county, 365)
    for table in ("report", "caller"):
        kept = await rows(county, table)
        assert NUMBER not in kept and IDENTITY not in kept, table
    shown = await county.get("officer", f"/reports/{report}")
    assert (shown["status"], shown["channel"], shown["title"]) == ("false", "119", "张先生138******78称泄漏")
    assert shown["personal_removed_at"] is not None


async def test_as_long_as_the_city_has_not_decided_nothing_is_removed(county):
    _, incident = await with_caller(county)
    await county.done("officer", f"/incidents/{incident}/close", {"outcome": "false_report"})
    county.clock.forward(timedelta(days=4000))
    assert await removed(county, None) == 0
    assert "privacy.callers" in unconfirmed(county.context.plan)
