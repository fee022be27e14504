"""``liandong contracts check`` finds what is planted in a copy of the contracts."""

import json
from collections.abc import Callable
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
import yaml
from pydantic import create_model

from contracts.events import EVENTS
from contracts.events.warning import WarningReturned
from liandong.contracts_check.asyncapi import LOADER, check_asyncapi
from liandong.contracts_check.check import check
from liandong.contracts_check.releases import release
from liandong.generated.files import ROOT, differing, leftover, write
from liandong.generated.schemas import file_name, render, schemas

NAME = file_name(WarningReturned)


@pytest.fixture
def root(tmp_path) -> Path:
    copytree(ROOT / "contracts", tmp_path / "contracts", ignore=ignore_patterns("*.py", "plan", "tests"))
    release(tmp_path / "contracts")
    return tmp_path


def told(root: Path, events=EVENTS) -> set[tuple[str, str]]:
    return {(finding.rule, finding.where.as_posix()) for finding in check(root, events)}


def edit(path: Path, change: Callable[[dict], object]) -> None:
    value = json.loads(path.read_text(encoding="utf-8"))
    change(value)
    path.write_text(render(value), encoding="utf-8")


def replaced(name: str, **fields: object) -> tuple:
    """All events, with one that has these fields besides its own."""
    event = next(one for one in EVENTS if file_name(one) == name)
    changed = create_model(event.__name__, __base__=event, __doc__=event.__doc__, **fields)
    return tuple(changed if one is event else one for one in EVENTS)


def test_an_untouched_copy_is_in_order(root):
    assert told(root) == set()


def test_a_schema_that_was_edited_or_lost_is_stale_or_missing(root):
    edit(root / f"contracts/schemas/{NAME}.json", lambda schema: schema.pop("additionalProperties"))
    (root / "contracts/schemas/incident.closed.v1.json").unlink()
    assert told(root) == {
        ("stale", f"contracts/schemas/{NAME}.json"),
        ("missing", "contracts/schemas/incident.closed.v1.json"),
        ("asyncapi", "contracts/asyncapi.yaml"),
    }


@pytest.mark.parametrize(
    "path",
    [
        "schemas/incident.vanished.v1.json",
        "schemas/notes.txt",
        "examples/incident.vanished.v1/full.json",
        "examples/loose.json",
        f"examples/{NAME}/full.yaml",
        f"examples/{NAME}/deeper/full.json",
    ],
)
def test_what_belongs_to_no_event_is_an_orphan(root, path):
    orphan = root / "contracts" / path
    orphan.parent.mkdir(parents=True, exist_ok=True)
    orphan.write_text("{}", encoding="utf-8")
    assert ("orphan", f"contracts/{path}") in told(root)


@pytest.mark.parametrize("name", ["full", "minimal"])
def test_an_event_without_its_example_is_found(root, name):
    path = f"contracts/examples/{NAME}/{name}.json"
    (root / path).unlink()
    assert ("no_example", path) in told(root)


@pytest.mark.parametrize(
    ("name", "change", "rules"),
    [
        ("full", lambda body: body.pop("reason"), {"schema_refuses", "model_refuses", "new_example"}),
        ("full", lambda body: body.update(extra=1), {"schema_refuses", "model_refuses"}),
        ("full", lambda body: body.pop("incident_id"), {"not_full"}),
        ("minimal", lambda body: body.update(incident_id="x"), {"not_minimal"}),
        (
            "full",
            lambda body: body.update(returned_at=1),
            {"schema_refuses", "not_the_same_again", "new_example"},
        ),
        ("full", lambda body: body.update(returned_at="2026-05-20T02:00:00.000Z"), {"not_the_same_again"}),
    ],
)
def test_an_example_that_is_not_what_it_says_is_found(root, name, change, rules):
    path = f"contracts/examples/{NAME}/{name}.json"
    edit(root / path, change)
    assert told(root) == {(rule, path) for rule in rules}


@pytest.mark.parametrize("content", ["", "[]", "{", '{"a": 1'])
def test_an_example_that_is_no_object_is_unreadable(root, content):
    path = f"contracts/examples/{NAME}/full.json"
    (root / path).write_text(content, encoding="utf-8")
    assert told(root) == {("unreadable", path)}


@pytest.mark.parametrize("part", ["topic", "key", "headers", "value"])
def test_a_record_that_is_not_whole_is_unreadable(root, part):
    path = "contracts/examples/incident.reported.v1/record.json"
    edit(root / path, lambda record: record.pop(part))
    assert told(root) == {("unreadable", path)}


def test_a_released_schema_that_cannot_be_read_is_found(root):
    path = f"contracts/released/schemas/{NAME}.json"
    (root / path).write_text("{", encoding="utf-8")
    assert told(root) == {("unreadable", path)}


def test_a_record_with_a_missing_header_is_found(root):
    path = "contracts/examples/incident.reported.v1/record.json"
    edit(root / path, lambda record: record["headers"].pop("ce_time"))
    assert ("record", path) in told(root)


def test_a_new_optional_field_needs_only_generating_and_examples(root):
    events = replaced(NAME, hint=(str, ""))
    regenerated(root, events)
    assert told(root, events) == {("not_full", f"contracts/examples/{NAME}/full.json")}
    edit(root / f"contracts/examples/{NAME}/full.json", lambda body: body.update(hint="见批注"))
    assert told(root, events) == set()


def regenerated(root: Path, events) -> None:
    for path, text in schemas(root, events).items():
        path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"hint": (str, ...)}, "change.new_required"),
        ({"reason": (str, "")}, "change.now_optional"),
        ({"reason": (int, ...)}, "change.type"),
        ({"incident_id": (str, ...)}, "change.now_required"),
    ],
)
def test_an_incompatible_change_is_found_though_everything_was_generated_anew(root, fields, rule):
    events = replaced(NAME, **fields)
    regenerated(root, events)
    assert (rule, f"contracts/released/schemas/{NAME}.json") in told(root, events)


def test_a_released_example_that_cannot_be_read_any_more_is_found(root):
    events = replaced(NAME, hint=(str, ...))
    regenerated(root, events)
    assert ("old_example", f"contracts/released/examples/{NAME}/full.json") in told(root, events)


def test_a_released_event_may_not_be_withdrawn(root):
    events = tuple(event for event in EVENTS if event is not WarningReturned)
    found = told(root, events)
    assert ("withdrawn", f"contracts/released/schemas/{NAME}.json") in found
    assert ("orphan", f"contracts/schemas/{NAME}.json") in found


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda it: it["channels"]["incident"].update(colour="red"), "channels"),
        (lambda it: it["channels"]["incident"].update(parameters={}), "jurisdiction"),
        (lambda it: it["operations"]["send-incident"].update(action="shout"), "action"),
        (lambda it: it["operations"]["send-incident"].pop("channel"), "channel"),
        (lambda it: it["channels"].pop("incident"), "#/channels/incident"),
        (lambda it: it["components"]["messages"].pop("incident-closed-v1"), "incident-closed-v1"),
        (lambda it: it["info"].pop("title"), "title"),
        (lambda it: it.update(asyncapi="2.6.0"), "2.6.0"),
        (lambda it: first_example(it)["headers"].pop("ce_id"), "ce_id"),
        (lambda it: first_example(it)["payload"].update(grade="huge"), "huge"),
    ],
)
def test_a_document_that_is_no_asyncapi_is_found(root, change, fault):
    path = root / "contracts/asyncapi.yaml"
    document = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)
    change(document)
    path.write_text(json.dumps(document), encoding="utf-8")
    found = [finding.fault("en") for finding in check_asyncapi(path)]
    assert any(fault in one for one in found), found


def first_example(document: dict) -> dict:
    return document["components"]["messages"]["incident-reported-v1"]["examples"][0]


def test_generating_mends_what_was_stale_and_removes_what_is_left_over(root):
    (root / f"contracts/schemas/{NAME}.json").write_text("{}", encoding="utf-8")
    left = root / "contracts/schemas/incident.vanished.v1.json"
    left.write_text("{}", encoding="utf-8")
    assert leftover(root) == [left]
    assert write(root) == [left, root / f"contracts/schemas/{NAME}.json"]
    assert (differing(root), leftover(root), told(root)) == ({}, [], set())
