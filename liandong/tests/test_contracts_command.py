"""``liandong contracts`` and ``liandong generate`` as one types them."""

import json

from typer.testing import CliRunner

from contracts.events import EVENTS
from liandong.commands.contracts import app as contracts
from liandong.commands.generate import app as generate

RUN = CliRunner()


def test_the_contracts_are_sound():
    shown = RUN.invoke(contracts, ["check"])
    assert (shown.exit_code, "契约完好" in shown.output) == (0, True)


def test_a_program_gets_counts_and_findings():
    told = json.loads(RUN.invoke(contracts, ["check", "--json"]).output)
    assert told["findings"] == []
    assert told["events"] == told["released"] == len(EVENTS)
    assert told["examples"] > len(EVENTS)


def test_the_list_holds_every_event():
    rows = json.loads(RUN.invoke(contracts, ["list", "--json"]).output)
    assert [row["type"] for row in rows] == [event.type_name() for event in EVENTS]
    assert rows[0] | {"meaning": ""} == {
        "name": "incident.reported.v1",
        "type": "cn.liandong.incident.reported.v1",
        "stream": "incident",
        "owner": "incident",
        "readers": ["own", "linked", "partners"],
        "key": "incident",
        "subject": "incident_id",
        "schema": "https://liandong.example/schemas/incident.reported.v1.json",
        "examples": 3,
        "released": True,
        "meaning": "",
    }
    shown = RUN.invoke(contracts, ["list"], env={"COLUMNS": "160"}).output
    assert all(f"{event.NAME}.v{event.VERSION}" in shown for event in EVENTS)


def test_every_generated_file_is_up_to_date():
    shown = RUN.invoke(generate, ["--check"])
    assert (shown.exit_code, shown.output.strip()) == (0, "0 个生成文件不是最新")
