"""Every trap that matters to correctness, planted: a test of ours must fall into it.

Each mutant is one changed snippet in a copy of the sources; the test it names must pass in the copy as
it is and fail once the mutant is planted. The numbers are those of the list of traps
(FastStream, aiokafka, outbox, SQL, contracts); a word instead of a number is a fault we found ourselves.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

import pytest

import shared
from liandong.local.servers import Servers

pytestmark = [pytest.mark.servers, pytest.mark.timeout(360)]
ROOT = Path(shared.__file__).parents[1]
SOURCES = ("contracts", "shared", "services", "liandong", "drills", "plans", "tests")
SHARED = "shared/tests/test_"
AT_ONCE = 2


@dataclass(frozen=True)
class Mutant:
    """``right`` stands exactly once in ``file``; with ``wrong`` in its place ``test`` must fail."""

    trap: str
    file: str
    right: str
    wrong: str
    test: str


MUTANTS = [
    Mutant(
        "1 auto-commit is at most once",
        "shared/consumer.py",
        "ack_policy=AckPolicy.MANUAL",
        "ack_policy=AckPolicy.ACK_FIRST",
        f"{SHARED}consumer.py::test_a_member_that_ends_before_the_effect_has_committed_nothing",
    ),
    Mutant(
        "2 a database that is down is no poison",
        "shared/unavailable.py",
        "            failures += 1\n",
        "            return {}\n",
        f"{SHARED}consumer.py::test_a_database_that_goes_away_is_waited_for_and_nothing_is_parked",
    ),
    Mutant(
        "5 a short request timeout limits joining the group",
        "shared/consumer.py",
        "metadata_max_age_ms=METADATA_MS",
        "metadata_max_age_ms=METADATA_MS, request_timeout_ms=5000",
        f"{SHARED}consumer.py::test_the_consumer_commits_nothing_by_itself_and_reads_what_was_declared",
    ),
    Mutant(
        "6 an idempotent producer never times out",
        "shared/relay.py",
        "async with asyncio.timeout(self._send_seconds):",
        "async with asyncio.timeout(None):",
        f"{SHARED}relay.py::test_a_relay_that_waits_for_a_dead_kafka_can_be_stopped",
    ),
    Mutant(
        "8 the key decides the partition",
        "shared/relay.py",
        "murmur2(row.key.encode())",
        "murmur2(str(row.id).encode())",
        f"{SHARED}relay.py::test_aggregates_arrive_in_order_while_several_write",
    ),
    Mutant(
        "9 a group without offsets starts at the end",
        "shared/consumer.py",
        'auto_offset_reset="earliest"',
        'auto_offset_reset="latest"',
        f"{SHARED}consumer.py::test_what_was_written_before_the_group_began_is_read_and_then_committed",
    ),
    Mutant(
        "11 two members can get the same record",
        "shared/inbox.py",
        "return Claim(set(fresh or ()), reached, waiting)",
        "return Claim({one.envelope.id for one in arrived}, reached, waiting)",
        f"{SHARED}inbox_processor.py::test_two_members_of_a_group_that_get_the_same_record_make_one_effect",
    ),
    Mutant(
        "12 the stored trace travels",
        "shared/relay.py",
        "orjson.loads(row.headers).items()]",
        'orjson.loads(row.headers).items() if name != "traceparent"]',
        f"{SHARED}relay.py::test_the_stored_trace_travels_with_the_event",
    ),
    Mutant(
        "17 ids commit out of order: outbox",
        "shared/relay.py",
        "WHERE sent_at IS NULL AND topic <> ALL(%(blocked)s) ORDER BY",
        "WHERE id > (SELECT COALESCE(max(id), 0) FROM outbox WHERE sent_at IS NOT NULL) ORDER BY",
        f"{SHARED}relay.py::test_a_unit_that_commits_late_is_not_passed_over",
    ),
    Mutant(
        "17 ids commit out of order: audit",
        "shared/audit.py",
        "WHERE pg_current_xact_id() IS NOT NULL",
        "WHERE true",
        f"{SHARED}audit.py::test_an_entry_is_not_sealed_while_an_earlier_one_may_still_come",
    ),
    Mutant(
        "17 ids are drawn in another order than transactions begin: audit",
        "shared/audit.py",
        "if self._fence is None or await connection.scalar(_OLDEST_RUNNING) < self._fence.number:",
        "if self._fence is None:",
        f"{SHARED}audit.py::test_a_transaction_that_began_first_may_draw_its_id_last",
    ),
    Mutant(
        "18 one relay per database",
        "shared/relay.py",
        'while not await connection.scalar(_TRY_LOCK, {"lock": RELAY_LOCK}):',
        'while await connection.scalar(_TRY_LOCK, {"lock": RELAY_LOCK}) is None:',
        f"{SHARED}relay.py::test_a_second_relay_sends_nothing_until_the_first_is_gone",
    ),
    Mutant(
        "20 the fence against double booking",
        "services/dispatch/migrations/versions/0005_foreign_orders.py",
        'op.create_index("one_live_order", "team_order", ["team_id"], unique=True, postgresql_where=live)',
        'op.create_index("one_live_order", "team_order", ["order_id"], unique=True, postgresql_where=live)',
        "services/dispatch/tests/test_orders.py::test_two_dispatchers_ordering_one_team_at_once_get_one_order",
    ),
    Mutant(
        "20 order numbers rise",
        "services/dispatch/store/teams.py",
        "last_order_no = last_order_no + 1",
        "last_order_no = last_order_no - 1",
        "services/dispatch/tests/test_orders.py::test_order_numbers_rise_and_a_released_team_is_free",
    ),
    Mutant(
        "21 overdue work is fired after a restart",
        "services/incident/store/due_reports.py",
        "wakes_at <= unit.now",
        "wakes_at == unit.now",
        "services/incident/tests/test_incident_commands.py::"
        "test_a_breached_clock_is_told_once_and_a_late_report_says_how_late",
    ),
    Mutant(
        "22 a warning of unknown outcome is sent again",
        "services/notify/store/deliveries.py",
        "AND (d.leased_until IS NULL OR d.leased_until <= clock_timestamp())\n    AND (s.resting_until",
        "AND d.leased_until IS NULL\n    AND (s.resting_until",
        "services/notify/tests/test_deliveries.py::"
        "test_a_crash_between_sending_and_recording_sends_again_with_the_same_key",
    ),
    Mutant(
        "23 a failed statement spoils its transaction",
        "shared/inbox.py",
        "ON CONFLICT DO NOTHING RETURNING event_id",
        "RETURNING event_id",
        f"{SHARED}inbox_processor.py::test_a_repeat_has_one_effect",
    ),
    Mutant(
        "25 a missing header is never invented",
        "contracts/envelope.py",
        'raise InvalidEnvelope(f"header {_PREFIX}{name} is missing")',
        'given[f"{_PREFIX}{name}"] = "0199c0de-0000-7000-8000-000000000000"',
        f"{SHARED}received.py::test_no_header_is_dispensable",
    ),
    Mutant(
        "twins: the loser finds the work done",
        "shared/http/commands.py",
        "if answer := await self._answer_of_twin(fingerprint):",
        "if answer := None:",
        f"{SHARED}commands.py::"
        "test_of_twins_that_exclude_each_other_one_has_its_effect_and_all_get_its_answer",
    ),
    Mutant(
        "names: an exception quotes what was typed",
        "shared/failures.py",
        "rule = error.diag.message_primary or",
        "rule = str(error) or",
        f"{SHARED}failures.py::test_a_parked_record_does_not_say_in_its_reason_what_the_row_held",
    ),
    Mutant(
        "places repeat after a topic is made anew",
        "shared/dead_letters.py",
        'place = f"{record.partition} {record.offset} {record.timestamp}"',
        'place = f"{record.partition} {record.offset}"',
        f"{SHARED}dead_letters.py::test_a_record_at_a_place_that_was_used_before_is_not_dropped",
    ),
    Mutant(
        "a bug in a handler is a flood too",
        "shared/inbox_processor.py",
        'count_record(record, reading, kind_of(failure) == "failed")',
        "count_record(record, reading, False)",
        f"{SHARED}fuse.py::test_a_handler_that_fails_on_everything_blows_it_too_and_the_rest_waits",
    ),
    Mutant(
        "retention is told apart from lateness",
        "shared/event_application.py",
        "first = await self._first_kept_offset(unit.connection, arrival)",
        "first = None",
        f"{SHARED}gaps.py::test_what_retention_deleted_is_told_apart_from_what_is_merely_late",
    ),
    Mutant(
        "a late retry is older than what stands",
        "shared/inbox.py",
        "WHERE newest_fact.sequence <= excluded.sequence",
        "WHERE true",
        "services/dispatch/tests/test_late_facts.py::"
        "test_an_older_grade_does_not_replace_a_newer_one_and_another_writers_is_not_compared",
    ),
    Mutant(
        "a dead connection is noticed before its use",
        "shared/connection_watch.py",
        "raise InvalidatePoolError",
        "return",
        f"{SHARED}database_away.py::test_after_a_restart_no_request_meets_a_dead_connection",
    ),
    Mutant(
        "one refused row blocks nobody",
        "shared/relay.py",
        'await _REFUSED.run(connection, {"id": id_, "reason": reason_of(error)})',
        "pass",
        f"{SHARED}relay.py::"
        "test_a_row_that_kafka_refuses_is_set_aside_its_aggregate_waits_and_the_others_go_on",
    ),
    Mutant(
        "one bad row of due work holds up no other",
        "shared/ticks.py",
        "await self._park(name, key, reason_of(error))",
        "return",
        f"{SHARED}ticks.py::test_one_bad_row_is_put_aside_with_its_reason_and_holds_up_no_other",
    ),
    Mutant(
        "a silent relay loses its lock",
        "shared/relay.py",
        "await connection.execute(_END_WHEN_SILENT, session)",
        "del session",
        f"{SHARED}database_away.py::test_a_relay_whose_machine_vanished_gives_up_its_lock",
    ),
    Mutant(
        "law: the hours of production for every event",
        "contracts/plan/reporting.py",
        "self.production in {None, production}",
        "self.production in {None, True}",
        "plans/fushun/tests/test_plan.py::test_493_holds_for_accidents_of_production_only_and_else_it_is_at_once",
    ),
    Mutant(
        "law: a clock per level for one event",
        "services/incident/domain/owed.py",
        'incident.occurred_at if trigger == "occurred" else now',
        "now",
        "services/incident/tests/test_incident_commands.py"
        "::test_a_grave_grade_brings_the_city_more_duties_counted_from_when_it_happened",
    ),
    Mutant(
        "law: ungraded is 一般",
        "services/incident/policy/grading.py",
        "plan.grade_of_level_above(node)",
        "Grade.GENERAL",
        "services/incident/tests/test_grading.py"
        "::test_what_no_table_grades_needs_the_level_above_until_a_person_grades",
    ),
    Mutant(
        "batches lock their incidents as their events come",
        "shared/event_application.py",
        "await _take_turns(unit.connection, batch.due)",
        "pass",
        "shared/tests/test_inbox_processor.py::"
        "test_batches_about_the_same_incidents_in_another_order_do_not_deadlock",
    ),
    Mutant(
        "resources: closing overlooks what is being reserved",
        "services/resources/store/incidents.py",
        'await unit.connection.execute(_GATE, {"incident_id": incident_id})',
        "pass",
        "services/resources/tests/test_stock.py::"
        "test_closing_never_overlooks_what_is_being_reserved_at_the_same_time",
    ),
    Mutant(
        "resources: the plan's share is given to every asker anew",
        "services/resources/policy/lending.py",
        "floor(total * rule.share) - stand.lent_here - stand.lent_away",
        "floor(total * rule.share)",
        "services/resources/tests/test_requests.py::"
        "test_policy_never_offers_more_than_its_share_nor_what_the_own_area_keeps",
    ),
    Mutant(
        "resources: an older fact puts a reservation back",
        "services/resources/handlers/reservations.py",
        "view = with_foreign_fact(view, earlier)",
        "pass",
        "services/resources/tests/test_between_nodes.py::"
        "test_an_older_fact_that_comes_late_does_not_put_a_reservation_back",
    ),
    Mutant(
        "drill: the last check believes a column",
        "services/notify/policy/sending.py",
        "if mode != node or dispatch.message_status != message.status:",
        "if MODE_OF[dispatch.message_status] != node:",
        "services/notify/tests/test_deliveries.py::"
        "test_the_last_check_reads_the_body_and_not_what_a_column_says",
    ),
    Mutant(
        "law: measures that nobody chose",
        "services/notify/policy/drafting.py",
        'filled = {"starts_at": now, ',
        'filled = {"starts_at": now, "measures": plan.warnings.levels[values["level"]].measures, ',
        "services/notify/tests/test_commands.py::test_measures_are_offered_and_never_filled_in",
    ),
    Mutant(
        "law: a source that hides what stands inside",
        "contracts/plan/provenance.py",
        "vouched = bool(value.source) or value.to_confirm",
        "vouched = bool(path)",
        "contracts/tests/test_plan_lookups.py::test_a_source_covers_its_own_entry_and_none_inside_it",
    ),
    Mutant(
        "merge: what was taken back still counts",
        "services/incident/store/incidents.py",
        "col(StatementRow.incident_id) == incident_id, col(StatementRow.withdrawn_at).is_(None)",
        "col(StatementRow.incident_id) == incident_id",
        "services/incident/tests/test_merging.py::test_a_merger_is_undone_after_two_hours_of_updates_on_both",
    ),
    Mutant(
        "merge: what is said of a merged incident is lost",
        "services/incident/passing_on.py",
        "    while merged.merged_into is not None and merged.origin == context.node:",
        "    while False and merged.origin == context.node:",
        "services/incident/tests/test_merging.py::test_a_merger_is_undone_after_two_hours_of_updates_on_both",
    ),
    Mutant(
        "merge: a call about a merged incident joins what is over",
        "services/incident/store/incidents.py",
        "    while incident.merged_into is not None:",
        "    while False:",
        "services/incident/tests/test_merging.py::test_who_reports_a_merged_record_again_or_calls_about_it_is_told_where_it_counts",
    ),
    Mutant(
        "storm: two callers of one event do not see each other",
        "services/incident/similar.py",
        "await turn.enter_async_context(self._locks.setdefault(cell, asyncio.Lock()))",
        "self._locks.setdefault(cell, asyncio.Lock())",
        "services/incident/tests/test_duplicates.py::test_turns_in_one_cell_come_one_after_the_other_and_elsewhere_at_once",
    ),
]


Outcomes = Mapping[Mutant | None, Future[subprocess.CompletedProcess[str]]]


@dataclass(frozen=True)
class Copy:
    """The sources beside the checkout, and the running servers to test them on."""

    folder: Path
    servers: Servers

    def run(self, *tests: str, patience: int = 15) -> subprocess.CompletedProcess[str]:
        """pytest on the copy; no test waits for anything longer than ``patience`` seconds."""
        env = {
            **os.environ,
            "TEST_SERVERS": "external",
            "KAFKA_BOOTSTRAP_SERVERS": self.servers.kafka_bootstrap,
            "DATABASE_URL": self.servers.postgres_url,
            "REDIS_URL": self.servers.redis_url,
            "TEST_PATIENCE_SECONDS": str(patience),
            "LIANDONG_HOME": str(self.folder / "home"),
            "PYTHONDONTWRITEBYTECODE": "1",  # a snippet changed within a second must not be taken for the old one
        }
        options = ["-x", "-q", "-p", "no:cacheprovider", "--timeout=90", "--tb=short"]
        # pytest's usual folder is closed to other users whenever a pytest starts, and PostgreSQL is another user
        options.append(f"--basetemp={self.folder / 'tmp'}")
        command = [sys.executable, "-m", "pytest", *options, *tests]
        return subprocess.run(
            command, cwd=self.folder, env=env, capture_output=True, text=True, timeout=340, check=False
        )

    @contextmanager
    def planted(self, mutant: Mutant) -> Iterator[None]:
        """The mutant in its place, and taken out again."""
        file = self.folder / mutant.file
        source = file.read_text()
        assert source.count(mutant.right) == 1, f"{mutant.file} no longer holds this once: {mutant.right}"
        file.write_text(source.replace(mutant.right, mutant.wrong))
        try:
            yield
        finally:
            file.write_text(source)


@pytest.fixture(scope="module")
def outcomes(
    request: pytest.FixtureRequest, servers: Servers, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Outcomes]:
    """What came of each mutant that this run asks for, and of none; two at a time, each in a copy of its own."""
    copies: SimpleQueue[Copy] = SimpleQueue()
    for _ in range(AT_ONCE):
        copies.put(_copied(tmp_path_factory.mktemp("copy"), servers))

    def outcome(mutant: Mutant | None) -> subprocess.CompletedProcess[str]:
        copy = copies.get()
        try:
            if mutant is None:
                return copy.run(*dict.fromkeys(mutant.test for mutant in MUTANTS))
            with copy.planted(mutant):
                return copy.run(mutant.test, patience=8)
        finally:
            copies.put(copy)

    wanted = [
        item.callspec.params.get("mutant") for item in request.session.items if item.fspath == request.fspath
    ]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield {mutant: pool.submit(outcome, mutant) for mutant in wanted}


def _copied(folder: Path, servers: Servers) -> Copy:
    for name in SOURCES:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("conftest.py", "pyproject.toml"):
        shutil.copy(ROOT / name, folder / name)
    return Copy(folder, servers)


@pytest.mark.parametrize("mutant", [None], ids=["none"])
def test_without_a_mutant_the_named_tests_pass(outcomes: Outcomes, mutant: None):
    done = outcomes[mutant].result()
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.trap)
def test_a_planted_trap_is_fallen_into(outcomes: Outcomes, mutant: Mutant):
    done = outcomes[mutant].result()
    assert done.returncode == 1 and "1 failed" in done.stdout, done.stdout[-3000:] + done.stderr[-1000:]
