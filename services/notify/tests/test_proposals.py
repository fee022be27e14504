"""What the service does about incidents and conclusions, on a real database."""

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from contracts.envelope import Envelope, Status
from contracts.events.consultation import ConsultationConcluded, ProposedWarning
from contracts.events.incident import IncidentAmended, IncidentEscalated, IncidentReported, IncidentSnapshot
from contracts.facts import Facts
from contracts.values import Grade, Location, WarningLevel
from services.notify.handlers import HANDLERS
from shared.received import Received

pytestmark = pytest.mark.servers

NOW = datetime(2031, 5, 6, 7, 8, tzinfo=UTC)
PLACE = Location(lon=123.8, lat=41.86, address="和平路 1 号")
REPORTED = IncidentReported(
    incident_id="i-1",
    jurisdiction="210404",
    report_id="r-1",
    channel="119",
    sector="hazardous_chemicals",
    event_type="12D02",
    title="液氯储罐泄漏",
    location=PLACE,
    occurred_at=NOW,
    reported_at=NOW,
    facts=Facts(),
    grade=Grade.GENERAL,
)
CONCLUDED = ConsultationConcluded(
    consultation_id="c-1",
    incident_id="i-1",
    jurisdiction="210404",
    conclusion="扩大预警",
    warning=ProposedWarning(level=WarningLevel.RED, area="望花区北部", reason="氯气扩散"),
    concluded_at=NOW,
)


def received(event):
    envelope = Envelope(
        id=uuid4(),
        type=event.type_name(),
        source=f"/{event.jurisdiction}/incident",
        subject=event.subject,
        time=NOW,
        dataschema=event.schema_uri(),
        status=Status.ACTUAL,
        sequence=1,
        correlationid=event.correlation,
        causationid="test",
    )
    return Received(envelope, event)


async def handle(world, *events):
    for event in events:
        async with world.database.begin(datetime.now(UTC), cause="test") as unit:
            await HANDLERS[type(event)](received(event), unit, world.context)


async def listed(world):
    return (await world.get("officer", "/warnings?incident_id=i-1")).json()


async def test_a_report_that_a_rule_covers_gets_one_proposal(live):
    await handle(live, REPORTED, REPORTED)
    (proposal,) = await listed(live)
    assert (proposal["status"], proposal["origin"], proposal["authors"]) == ("proposed", "plan_rule", [])
    ((name, body),) = await live.events()
    assert (name, body["origin"]) == ("cn.liandong.warning.drafted.v1", "plan_rule")


async def test_an_incident_that_turns_out_to_be_of_a_kind_that_a_rule_covers_gets_one_too(live):
    first = REPORTED.model_copy(update={"sector": "other", "event_type": "19000"})
    amended = IncidentAmended(
        incident_id="i-1",
        jurisdiction="210404",
        sector="hazardous_chemicals",
        event_type="12D02",
        title="液氯储罐泄漏",
        location=PLACE,
        grade=Grade.GENERAL,
        changed=("sector", "event_type"),
        by="接警员",
        amended_at=NOW,
        amendments=1,
    )
    await handle(live, first)
    assert await listed(live) == []
    await handle(live, amended)
    (proposal,) = await listed(live)
    assert proposal["origin"] == "plan_rule"


async def test_a_conclusion_gets_one_proposal_beside_the_rule_s(live):
    await handle(live, REPORTED, CONCLUDED, CONCLUDED)
    assert [one["origin"] for one in await listed(live)] == ["plan_rule", "consultation"]


async def test_a_conclusion_that_comes_before_its_incident_waits_for_it(live):
    await handle(live, CONCLUDED)
    assert await listed(live) == []
    await handle(live, REPORTED)
    assert sorted(one["origin"] for one in await listed(live)) == ["consultation", "plan_rule"]


@pytest.mark.parametrize(("first", "second"), [(REPORTED, CONCLUDED), (CONCLUDED, REPORTED)])
async def test_two_replicas_that_hear_of_both_at_the_same_time_miss_neither(live, first, second):
    async with live.database.begin(datetime.now(UTC), cause="one replica") as unit:
        await HANDLERS[type(first)](received(first), unit, live.context)
        other = asyncio.create_task(handle(live, second))
        await asyncio.wait({other}, timeout=0.3)
    await other
    assert sorted(one["origin"] for one in await listed(live)) == ["consultation", "plan_rule"]


async def test_another_node_s_facts_are_remembered_but_propose_nothing(live):
    elsewhere = {"jurisdiction": "210421"}
    await handle(live, REPORTED.model_copy(update=elsewhere), CONCLUDED.model_copy(update=elsewhere))
    assert await listed(live) == []


async def test_an_incident_known_only_by_its_escalation_can_be_warned_about(live):
    snapshot = IncidentSnapshot(**REPORTED.model_dump(include=set(IncidentSnapshot.model_fields)))
    escalated = IncidentEscalated(
        incident_id="i-1",
        jurisdiction="210421",
        target="210404",
        grade=Grade.MAJOR,
        reason="deaths >= 10",
        article="第十条",
        snapshot=snapshot,
    )
    await handle(live, escalated, CONCLUDED)
    assert [one["origin"] for one in await listed(live)] == ["consultation"]


async def test_a_drill_s_proposal_says_so(drill):
    await handle(drill, REPORTED)
    (proposal,) = await listed(drill)
    assert proposal["content"]["headline"].startswith("【演练】")


async def test_a_proposal_is_adopted_changed_and_answered_for_by_a_person(live):
    await handle(live, REPORTED)
    (proposal,) = await listed(live)
    path = f"/warnings/{proposal['warning_id']}"
    assert (await live.post("reviewer", f"{path}/review", {"version": 1})).status_code == 409
    unchosen = await live.post("author", f"{path}/adopt", {"level": "orange"})
    assert unchosen.json()["errors"][0]["field"] == "measures"
    chosen = {"level": "orange", "measures": ["启动应急预案"]}
    adopted = (await live.post("author", f"{path}/adopt", chosen)).json()
    assert (adopted["status"], adopted["content"]["level"]) == ("drafted", "orange")
    assert adopted["content"]["measures"] == ["启动应急预案"]
    assert adopted["authors"][0]["subject"] == "author"
    refused = await live.post("author", f"{path}/adopt")
    assert refused.status_code == 409


async def test_a_proposal_nobody_needs_is_dropped_with_a_reason(live):
    await handle(live, REPORTED)
    (proposal,) = await listed(live)
    dropped = await live.post("author", f"/warnings/{proposal['warning_id']}/drop", {"reason": "误报"})
    assert (dropped.json()["status"], dropped.json()["reason"]) == ("dropped", "误报")
    await handle(live, REPORTED)
    assert len(await listed(live)) == 1
