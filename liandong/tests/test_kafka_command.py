"""``liandong kafka rights``: who may do what, for people and for programs."""

import json

import pytest
from typer.testing import CliRunner

from liandong.commands.kafka import app

RUN = CliRunner()


def rights(*more: str) -> dict[str, dict]:
    told = RUN.invoke(app, ["rights", "--json", "--node", "210404", *more])
    assert told.exit_code == 0
    return {row["user"]: row for row in json.loads(told.output)}


def test_it_lists_the_services_and_the_departments_of_a_node():
    found = rights()
    assert "210404.incident" in found["210404.incident"]["writes"]
    assert found["210404.partner.fire-rescue"]["writes"] == []
    assert all(user.startswith("210404.") for user in found)


def test_a_drill_has_users_of_its_own_and_who_plays_it():
    found = rights("--mode", "exercise")
    assert "drill.210404.clock" in found["drill.210404.drills"]["writes"]
    assert all(user.startswith("drill.210404.") for user in found)


def test_people_see_a_table_that_says_what_is_not_listed_is_refused():
    told = RUN.invoke(app, ["rights", "--node", "210404"])
    assert "210404.warning-draft" in told.output and "拒绝" in told.output


@pytest.mark.parametrize(
    ("wrong", "told"), [(["--node", "999999"], "999999"), (["--plan", "no/such/plan"], "no/such/plan")]
)
def test_a_node_or_a_plan_that_is_not_there_is_named(wrong, told):
    refused = RUN.invoke(app, ["rights", *wrong])
    assert refused.exit_code == 2
    assert told in refused.output.replace("\n", "")


def test_a_mode_that_is_none_is_refused():
    assert RUN.invoke(app, ["rights", "--mode", "test"]).exit_code == 2
