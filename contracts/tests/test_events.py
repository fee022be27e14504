"""Every event: example, schema and model say the same."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from contracts.envelope import Envelope
from contracts.events import BY_TYPE, EVENTS, Event
from contracts.events.incident import IncidentReported
from liandong.contracts_check.check import check
from liandong.contracts_check.example_files import examples_of
from liandong.contracts_check.examples import check_examples, record_fault
from liandong.contracts_check.validation import faults, lenient_schema
from liandong.generated.files import ROOT
from liandong.generated.schemas import DIALECT, file_name, schema
from shared.contract_files import CONTRACTS, load_topics

EXAMPLES = CONTRACTS / "examples"
every_event = pytest.mark.parametrize("event", EVENTS, ids=file_name)


def full(event: type[Event]) -> dict:
    return json.loads((EXAMPLES / file_name(event) / "full.json").read_text(encoding="utf-8"))


def refused_by_both(event: type[Event], body: dict) -> bool:
    try:
        event.model_validate_json(json.dumps(body))
    except ValidationError:
        return bool(faults(schema(event), body))
    return False


def test_everything_under_contracts_is_in_order():
    assert [(str(one.where), one.fault("en")) for one in check(ROOT)] == []


@every_event
def test_the_committed_schema_is_the_models_and_a_valid_one(event):
    committed = json.loads((CONTRACTS / "schemas" / f"{file_name(event)}.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(committed)
    assert committed == schema(event)
    assert (committed["$id"], committed["$schema"]) == (event.schema_uri(), DIALECT)


@every_event
def test_the_examples_are_what_schema_and_model_say(event):
    assert [(one.where.name, one.fault("en")) for one in check_examples(EXAMPLES, event)] == []


@every_event
def test_without_a_required_field_neither_takes_it(event):
    body = full(event)
    required = schema(event)["required"]
    assert required
    for name in required:
        assert refused_by_both(event, {key: value for key, value in body.items() if key != name}), name


@every_event
def test_a_value_of_another_type_is_taken_by_neither(event):
    body = full(event)
    for name in body:
        assert refused_by_both(event, {**body, name: {"some": "thing else"}}), name


@every_event
def test_an_unknown_field_is_never_produced_but_ignored_when_read(event):
    body = {**full(event), "added_later": 1}
    assert refused_by_both(event, body)
    assert event.read(json.dumps(body).encode()) == event.model_validate_json(json.dumps(full(event)))
    assert faults(lenient_schema(schema(event)), body) == []


@every_event
def test_a_moment_without_an_offset_is_taken_by_neither(event):
    body = full(event)
    moments = [name for name, one in schema(event)["properties"].items() if one.get("format") == "date-time"]
    for name in moments:
        assert refused_by_both(event, {**body, name: body[name].removesuffix("+08:00")}), name


@every_event
def test_an_event_is_frozen_and_names_stream_type_and_subject(event):
    fact = event.model_validate_json(json.dumps(full(event)))
    with pytest.raises(ValidationError, match="frozen"):
        setattr(fact, event.SUBJECT, "another")
    assert event.NAME.partition(".")[0] in {event.STREAM.replace("-", ""), event.STREAM.partition("-")[0]}
    assert fact.subject == full(event)[event.SUBJECT]
    assert fact.correlation == full(event).get("incident_id", fact.subject)
    assert event.STREAM in load_topics().streams
    pattern = next(one.pattern for one in Envelope.model_fields["type"].metadata if hasattr(one, "pattern"))
    assert faults({"type": "string", "pattern": pattern}, event.type_name()) == []


def test_types_are_unique_and_registered():
    assert len(BY_TYPE) == len(EVENTS)
    assert {type_name: event.type_name() for type_name, event in BY_TYPE.items()} == {
        one: one for one in BY_TYPE
    }


def test_every_event_class_there_is_stands_in_the_register():
    def concrete(event: type[Event]) -> set[type[Event]]:
        own = {event} if "NAME" in vars(event) else set()
        return own.union(*(concrete(one) for one in event.__subclasses__()))

    ours = {one for one in concrete(Event) if one.__module__.startswith("contracts.events.")}
    assert ours == set(EVENTS)


RECORDS = sorted(EXAMPLES.glob("*/record.json"))


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.parent.name)
def test_a_consumer_takes_the_whole_record(path: Path):
    record = json.loads(path.read_text(encoding="utf-8"))
    event = BY_TYPE[record["headers"]["ce_type"]]
    assert record_fault(event.read(json.dumps(record["value"]).encode()), record) == ""


def test_there_are_whole_records_of_live_and_of_drill():
    found = {json.loads(path.read_text(encoding="utf-8"))["headers"]["ce_status"] for path in RECORDS}
    assert found == {"actual", "exercise"}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"topic": "drill.210404.incident"}, "topic"),
        ({"topic": "210404.dispatch"}, "may not write"),
        ({"key": "another"}, "key"),
        ({"headers": {"ce_id": None}}, "header ce_id is missing"),
        ({"headers": {"ce_subject": "another"}}, "ce_subject is not"),
        ({"headers": {"ce_dataschema": "https://elsewhere.example/x.json"}}, "ce_dataschema"),
        ({"headers": {"ce_correlationid": "another"}}, "ce_correlationid"),
        ({"headers": {"x-unknown": "1"}}, "headers"),
    ],
)
def test_a_record_that_does_not_fit_itself_is_told(change, fault):
    record = json.loads((EXAMPLES / "incident.reported.v1" / "record.json").read_text(encoding="utf-8"))
    headers = {**record["headers"], **change.pop("headers", {})}
    spoilt = {**record, **change, "headers": {k: v for k, v in headers.items() if v is not None}}
    event = IncidentReported.model_validate_json(json.dumps(record["value"]))
    assert fault in record_fault(event, spoilt)


def test_full_width_digits_are_no_jurisdiction():
    event = IncidentReported
    body = examples_of(EXAMPLES, event)[0].body
    assert refused_by_both(event, {**body, "jurisdiction": "２１０４０４"})
