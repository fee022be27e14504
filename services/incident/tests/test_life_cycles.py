"""Every status meets every command: it moves as its table says, or says which statuses would allow it."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from contracts.facts import Facts
from contracts.refusals import RefusedTransition
from contracts.state_machine import advance
from contracts.tests.small_plan import small_plan
from contracts.values import Grade, ResponseLevel
from services.incident.domain import (
    consultation,
    due_report,
    filed_report,
    grading,
    lead,
    merging,
    parked_call,
    response,
)
from services.incident.domain import incident as domain
from services.incident.domain.facts import Statement
from services.incident.domain.filed_report import Disposition, FiledReport, ReportStatus, refuse_report
from services.incident.domain.incident import Incident, IncidentStatus
from services.incident.domain.merging import Because, Pair
from services.incident.domain.report import Report
from services.incident.tests.incidents import CITY, COUNTY, INCIDENT, NOW

PLAN = small_plan()
DECIDE = {
    "update": lambda one: grading.update(one, Statement(Facts(), "scene", NOW), (), PLAN, COUNTY)[0],
    "assume_command": lambda one: lead.assume_command(one, "chief", PLAN, CITY, NOW)[0],
    "convene": lambda one: replace(one, status=advance(domain.TRANSITIONS, one.status, "convene")),
    "respond": domain.respond,
    "control": lambda one: domain.control(one, "", COUNTY, NOW)[0],
    "close": lambda one: domain.close(one, "ended", "", COUNTY, NOW)[0],
    "dismiss": lambda one: domain.close(one, "false_report", "", COUNTY, NOW)[0],
    "reopen": lambda one: domain.reopen(one, "r-2", "again", "officer", COUNTY, NOW)[0],
    "merge": lambda one: merging.merge(_pair(one), (), (), 1, BECAUSE, PLAN, COUNTY).pair.merged,
    "unmerge": lambda one: merging.undo(_pair(one), (), (), 1, False, BECAUSE, PLAN, COUNTY).pair.merged,
}
BECAUSE = Because("the same leak", "officer", NOW)
DUE_REPORT = due_report.DueReport(
    incident_id="i-1",
    duty="report",
    occurrence=1,
    duty_id="d-1",
    name="report",
    article="art. 9",
    recipient="above",
    recipients=(),
    at_once=False,
    trigger="received",
    owed_by="government",
    grade=Grade.GENERAL,
    started_at=NOW,
    due_at=NOW + timedelta(hours=1),
)
MOVE = {
    "expire": lambda one: due_report.expire(one, COUNTY, NOW)[0],
    "send": lambda one: due_report.send(one, due_report.Sending("fax 1"), COUNTY, CITY, NOW)[0],
    "receive": lambda one: due_report.receive(one, due_report.Receipt("officer", "call 1"), COUNTY, NOW)[0],
    "cancel": due_report.cancel,
}
REPORT = Report("r-1", "119", "chemistry", "12D02", "leak", "", INCIDENT.location, NOW, NOW, Facts())
FILED = FiledReport(REPORT, "i-1", "taker")
FILE = {
    "attach": lambda one: one.after_command("attach", "i-1", "opened", "taker", NOW),
    "park": lambda one: one.after_command("park", "i-1", "incident_closed", "taker", NOW),
    "call_false": lambda one: refuse_report(one, Disposition("false", "x", "officer"), COUNTY, NOW)[0],
    "call_abuse": lambda one: refuse_report(one, Disposition("abuse", "x", "officer"), COUNTY, NOW)[0],
    "move": lambda one: one.after_command("move", "i-0", "merged", "officer", NOW),
}
HELD = consultation.Consultation("c-1", "i-1", COUNTY, "matter", "", "chief", ("health",), NOW, NOW)
SAY = {
    "give_opinion": lambda one: consultation.give_opinion(one, "health", "agree", "", "she", NOW)[0],
    "conclude": lambda one: consultation.conclude(one, consultation.Conclusion("go"), PLAN, NOW)[0],
}
RESPONSE = response.Response("r-1", "i-1", COUNTY, ResponseLevel.IV, "matter", 6, ("act",), "chief", NOW)
TABLES = {
    "incident": (IncidentStatus, domain.COMMANDS, domain.TRANSITIONS, INCIDENT, DECIDE),
    "report": (ReportStatus, filed_report.COMMANDS, filed_report.TRANSITIONS, FILED, FILE),
    "due_report": (due_report.DueReportStatus, due_report.COMMANDS, due_report.TRANSITIONS, DUE_REPORT, MOVE),
    "consultation": (
        consultation.ConsultationStatus,
        consultation.COMMANDS,
        consultation.TRANSITIONS,
        HELD,
        SAY,
    ),
    "parked_call": (
        parked_call.CallStatus,
        parked_call.COMMANDS,
        parked_call.TRANSITIONS,
        parked_call.ParkedCall("c-1", "110", "silent", "taker", NOW),
        {
            "note_down": lambda one: one.after_command("note_down", "called back", "taker", NOW),
            "clear": lambda one: one.after_command("clear", "a child", "taker", NOW),
            "report": lambda one: parked_call.became_report(one, "r-1", "taker", NOW),
        },
    ),
    "response": (
        response.ResponseStatus,
        ("end",),
        response.TRANSITIONS,
        RESPONSE,
        {"end": lambda one: response.end(one, "over", NOW)[0]},
    ),
}
CASES = [
    (name, status, command)
    for name, (statuses, commands, *_) in TABLES.items()
    for status, command in product(statuses, commands)
]


def _pair(later: Incident) -> Pair:
    """The incident, and one that was reported before it."""
    return Pair(later, replace(INCIDENT, incident_id="i-0", reported_at=NOW - timedelta(minutes=5)))


def _standing(name: str, status: object) -> dict[str, str]:
    """What an object of that status has beside it."""
    return {"merged_into": "i-0"} if (name, status) == ("incident", IncidentStatus.MERGED) else {}


@pytest.mark.parametrize(("name", "status", "command"), CASES)
def test_it_moves_by_its_table_or_says_which_states_would_allow_it(name, status, command):
    _, _, transitions, start, decide = TABLES[name]
    before = replace(start, status=status, **_standing(name, status))
    if (status, command) in transitions:
        assert decide[command](before).status is transitions[status, command]
    else:
        with pytest.raises(RefusedTransition) as refused:
            decide[command](before)
        allowed = {state.value for state, known in transitions if known == command}
        assert set(refused.value.values["allowed"].codes) == allowed


@pytest.mark.parametrize("name", TABLES)
def test_every_command_of_a_table_is_decided_and_every_state_but_the_last_can_be_left(name):
    statuses, commands, transitions, _, decide = TABLES[name]
    assert set(decide) == set(commands) == {command for _, command in transitions}
    left = {state for state, _ in transitions}
    assert left and left <= set(statuses)
