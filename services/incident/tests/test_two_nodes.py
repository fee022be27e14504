"""County and city, real services on real databases, whatever the link does: in the end both say the same.

People act at both nodes while events are delayed, come in any number at once, cross, and come again. When all have
come, both nodes hold the same statements, facts, grade, alarm level and lead, each owes what its level owes for that, and what the
one confirmed is discharged at the other.
"""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from contracts.facts import Facts
from services.incident.domain import grading
from services.incident.domain.due_report import DueReportStatus
from services.incident.domain.facts import Known, Statement, known_facts, learn
from services.incident.domain.incident import Incident
from services.incident.domain.owed import changed_duties
from services.incident.store import due_reports, incidents, submissions
from services.incident.tests.world import MIGRATIONS, REPORT, World
from shared.ids import new_id

pytestmark = pytest.mark.servers
T = TypeVar("T")
ROUNDS = 20
NODES = st.sampled_from(["county", "city"])
FACTS = st.fixed_dictionaries(
    {},
    optional={
        "deaths": st.sampled_from([0, 1, 2, 3, 9, 10, 29, 30]),
        "serious_injuries": st.sampled_from([0, 9, 10, 50]),
        "trapped": st.sampled_from([0, 2, 10]),
        "direct_loss_yuan": st.sampled_from([0, 10_000_000]),
    },
)
SECTORS = st.sampled_from(
    [
        {},
        {"sector": "earthquake", "event_type": "11C02"},
        {"sector": "fire", "event_type": "12G01"},
    ]
)


class Nodes:
    """The two nodes, and how far each has heard the other."""

    def __init__(self, make: Callable[[Path], str], folder: Path) -> None:
        self.loop = asyncio.new_event_loop()
        self.county, self.city = (
            self.run(self._made(make(MIGRATIONS), folder, node)) for node in ("210404", "210400")
        )

    async def _made(self, url: str, folder: Path, node: str) -> World:
        return World(url, folder, node)

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    def close(self) -> None:
        for node in (self.county, self.city):
            self.run(node.__aexit__())
        self.loop.close()

    def both(self) -> tuple[World, World]:
        return self.county, self.city

    def named(self, name: str) -> World:
        node: World = getattr(self, name)
        return node

    def other(self, node: World) -> World:
        return self.city if node is self.county else self.county


class TwoNodes(RuleBasedStateMachine):
    """One incident between two nodes."""

    def __init__(self, nodes: Nodes) -> None:
        super().__init__()
        self.nodes = nodes
        self.heard = {id(node): self._newest(nodes.other(node)) for node in nodes.both()}
        self.incident_id, self.record, self.other_id = "", {}, ""

    def _newest(self, node: World) -> int:
        return max((record.offset for record in self.nodes.run(node.told())), default=0)

    @initialize(facts=FACTS, sector=SECTORS, heard=st.sampled_from([True, True, False]))
    def report(self, facts, sector, heard):
        self.record = {**REPORT, **sector, "external_reference": str(new_id())}
        body = {**self.record, "facts": facts}
        self.incident_id = self.nodes.run(self.nodes.county.done("taker", "/reports", body))["incident_id"]
        if heard:
            self._deliver(self.nodes.city, 1000)

    @rule(facts=FACTS)
    def merge(self, facts):
        """A later call's incident turns out to be the same event; there is one of them at most."""
        county = self.nodes.county
        if not self.other_id:
            self.other_id = self.nodes.run(
                county.done("taker", "/reports", {**REPORT, "title": "第二路来电", "facts": facts})
            )["incident_id"]
        self._decide("merge", {"into": self.incident_id})

    @rule(node=NODES, facts=FACTS)
    def update_the_other(self, node, facts):
        self._update(node, self.other_id, facts)

    @rule()
    def unmerge(self):
        self._decide("unmerge", {})

    def _decide(self, what: str, body: dict[str, Any]) -> None:
        county = self.nodes.county
        if self.other_id:
            found = self.nodes.run(county.get("officer", f"/incidents/{self.other_id}"))
            told = {**body, "version": found["version"], "reason": "核实"}
            answer = self.nodes.run(county.post("officer", f"/incidents/{self.other_id}/{what}", told))
            assert answer.status_code in {200, 409}, answer.text

    def _command(self, node: str, who: str, path: str, body: object) -> None:
        answer = self.nodes.run(
            self.nodes.named(node).post(who, f"/incidents/{self.incident_id}{path}", body)
        )
        assert answer.status_code in {200, 404, 409}, answer.text

    @rule(node=NODES, facts=FACTS)
    def update(self, node, facts):
        self._update(node, self.incident_id, facts)

    def _update(self, node: str, incident_id: str, facts: dict[str, int]) -> None:
        world = self.nodes.named(node)
        found = self.nodes.run(world.read("officer", f"/incidents/{incident_id}"))
        if found.status_code == 200:
            body = {"facts": facts, "source": "现场", "version": found.json()["version"]}
            answer = self.nodes.run(world.post("officer", f"/incidents/{incident_id}/updates", body))
            assert answer.status_code in {200, 409}, answer.text

    @rule(at_county=FACTS, at_city=FACTS)
    def both_update(self, at_county, at_city):
        self.update("county", at_county)
        self.update("city", at_city)

    @rule(sector=SECTORS)
    def amend(self, sector):
        """What it is, or what it is called, turns out to be something else."""
        county = self.nodes.county
        found = self.nodes.run(county.get("officer", f"/incidents/{self.incident_id}"))
        kind = sector or {"sector": REPORT["sector"], "event_type": REPORT["event_type"]}
        body = {**kind, "title": f"更正 {found['version']}", "version": found["version"]}
        self._command("county", "taker", "/particulars", body)

    @rule(node=NODES, grade=st.sampled_from(["general", "significant", "major"]))
    def grade(self, node, grade):
        self._command(node, "commander", "/grade", {"grade": grade, "reason": "现场判断"})

    @rule(node=NODES)
    def raise_alarm(self, node):
        self._command(node, "commander", "/alarm", {"reason": "供水不足"})

    @rule()
    def assume_command(self):
        self._command("city", "commander", "/command", {"commander": "王指挥"})

    @rule(node=NODES)
    def control(self, node):
        self._command(node, "commander", "/controlled", {"statement": ""})

    @rule(node=NODES, outcome=st.sampled_from(["ended", "false_report"]))
    def close(self, node, outcome):
        self._command(node, "commander", "/close", {"outcome": outcome})

    @rule(facts=FACTS)
    def report_again(self, facts):
        """The source sends its record again: it joins, or waits for a person when the incident is over."""
        body = {**self.record, "facts": facts}
        answer = self.nodes.run(self.nodes.county.post("taker", "/reports", body))
        assert answer.status_code in {200, 202}, answer.text

    @rule(decision=st.sampled_from(["reopen_incident", "attach", "false", "abuse"]))
    def dispose(self, decision):
        county = self.nodes.county
        for report in self.nodes.run(county.get("officer", "/reports?status=parked"))[:1]:
            body = {"decision": decision, "reason": "核实"}
            path = f"/reports/{report['report_id']}/disposition"
            answer = self.nodes.run(county.post("officer", path, body))
            assert answer.status_code in {200, 409}, answer.text

    @rule(node=NODES, chosen=st.integers(0, 5), told=st.booleans())
    def submit(self, node, chosen, told):
        owed = self.nodes.run(
            self.nodes.named(node).get("officer", f"/due-reports?incident_id={self.incident_id}")
        )
        if owed:
            owed.sort(key=lambda one: (one["duty"], one["occurrence"]))
            receipt = {"received_by": "值班员", "receipt": "电话"} if told else None
            duty = owed[chosen % len(owed)]["duty_id"]
            self._command(
                node, "officer", "/submissions", {"duty": duty, "proof": "传真", "receipt": receipt}
            )

    @rule(chosen=st.integers(0, 2))
    def confirm(self, chosen):
        city = self.nodes.city
        waiting = self.nodes.run(city.get("officer", f"/submissions?incident_id={self.incident_id}"))
        for one in waiting[chosen : chosen + 1]:
            body = {"received_by": "市值班员", "receipt": "回执"}
            self.nodes.run(city.done("officer", f"/submissions/{one['duty_id']}/receipt", body))

    @rule(minutes=st.sampled_from([1, 40, 130]))
    def time_passes(self, minutes):
        for node in self.nodes.both():
            node.clock.forward(timedelta(minutes=minutes))
            self.nodes.run(node.tick())

    @rule(node=NODES, count=st.integers(1, 4))
    def deliver(self, node, count):
        """The next few events of the other node arrive together."""
        self._deliver(self.nodes.named(node), count)

    @rule(node=NODES)
    def repeat(self, node):
        """What has come before comes again, all of it."""
        world = self.nodes.named(node)
        known = [
            one
            for one in self.nodes.run(self.nodes.other(world).told())
            if one.offset <= self.heard[id(world)]
        ]
        self.nodes.run(world.consume(known[-5:]))

    def _deliver(self, world: World, count: int) -> int:
        records = self.nodes.run(self.nodes.other(world).told(self.heard[id(world)]))[:count]
        if records:
            self.nodes.run(world.consume(records))
            self.heard[id(world)] = records[-1].offset
        return len(records)

    def teardown(self):
        for _ in range(ROUNDS):
            if not sum(self._deliver(node, 1000) for node in self.nodes.both()):
                break
        else:
            raise AssertionError("the nodes never stop answering each other")
        if self.incident_id:
            self.nodes.run(self._receipts_arrived())
        for one in filter(None, (self.incident_id, self.other_id)):
            self.nodes.run(self._agree(one))

    async def _agree(self, incident_id: str) -> None:
        views, said = [], []
        for node in self.nodes.both():
            async with node.database.reading() as connection:
                incident = await incidents.require(connection, incident_id)
                statements = await incidents.statements(connection, incident_id)
                owed = await due_reports.of_incident(connection, incident_id)
            assert (
                changed_duties(
                    owed, incident, node.context.duties(incident), node.context.plan, node.clock.now()
                )
                == []
            )
            assert grading.verify(incident, statements, node.context.plan, node.node)[1] == []
            graded = incident.grading
            why = (graded.grade, graded.basis, graded.computed, graded.graded_by, graded.reason)
            kind = (incident.sector, incident.event_type, incident.title, incident.amendments)
            assert known(statements, incident) == incident.known.facts
            views.append((incident.known.facts, why, incident.graded_at, incident.alarm, incident.lead, kind))
            said.append(sorted(repr((one.facts, one.source, one.moment)) for one in statements))
            assert await node.parked() == []
        assert views[0] == views[1]
        assert said[0] == said[1]

    async def _receipts_arrived(self) -> None:
        """What was sent up stands at the city, and what was confirmed there is discharged or no longer owed."""
        county, city = self.nodes.both()
        async with county.database.reading() as connection:
            owed = {one.duty_id: one for one in await due_reports.of_incident(connection, self.incident_id)}
        async with city.database.reading() as connection:
            came = await submissions.page(connection, False, self.incident_id, 200, None)
        assert {one.duty_id for one in came} == {
            one.duty_id for one in owed.values() if one.submitted_at and one.goes_up
        }
        over = {DueReportStatus.DISCHARGED, DueReportStatus.CANCELLED}
        assert all(owed[one.duty_id].status in over for one in came if one.received_at)


def known(statements: Sequence[Statement], incident: Incident) -> Facts:
    """What the statements that count make of the facts; what a snapshot handed on stands in none of them."""
    held = Known()
    for one in statements:
        held = learn(held, one)
    handed_on = {
        name: value for name, value in known_facts(incident.known.facts).items() if name not in held.since
    }
    return held.facts.model_copy(update=handed_on)


def test_both_nodes_end_with_the_same_facts_grade_and_lead(migrated_database, tmp_path):
    nodes = Nodes(migrated_database, tmp_path)
    try:
        run_state_machine_as_test(
            lambda: TwoNodes(nodes),
            settings=settings(
                max_examples=80,
                stateful_step_count=18,
                derandomize=True,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
    finally:
        nodes.close()
