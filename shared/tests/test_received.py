"""A record is an event for this node or it is invalid with a reason; nothing raises, nothing is invented."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.envelope import Envelope, Status
from contracts.events.incident import IncidentControlled
from shared.ids import new_id
from shared.received import Invalid, Received, Unknown, read_record
from shared.tests.kafka_record import KafkaRecord

NOW = datetime(2030, 1, 1, tzinfo=UTC)
EVENT = IncidentControlled(incident_id="incident-1", jurisdiction="210404", controlled_at=NOW)
ENVELOPE = Envelope(
    id=new_id(),
    type=EVENT.type_name(),
    source="/210404/incident",
    subject="incident-1",
    time=NOW,
    dataschema=EVENT.schema_uri(),
    status=Status.ACTUAL,
    sequence=1,
    correlationid="incident-1",
    causationid="test",
)
GOOD = KafkaRecord(
    "210404.incident", 0, b"incident-1", EVENT.model_dump_json().encode(), ENVELOPE.to_headers()
)
REQUIRED = [name for name, _ in ENVELOPE.to_headers()]


def reason(record: KafkaRecord, status: Status = Status.ACTUAL) -> str:
    found = read_record(record, status)
    assert isinstance(found, Invalid), found
    return found.reason


def test_a_whole_record_is_its_event():
    assert read_record(GOOD, Status.ACTUAL) == Received(ENVELOPE, EVENT)


@pytest.mark.parametrize("name", REQUIRED)
def test_no_header_is_dispensable(name):
    """Trap 25: one that is missing or empty is never invented."""
    assert name in reason(GOOD.without_header(name))
    assert name in reason(GOOD.with_header(name, b""))
    assert name in reason(GOOD.with_header(name, None))


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("ce_specversion", b"0.3", "specversion"),
        ("content-type", b"text/plain", "content-type"),
        ("ce_id", b"7", "ce_id"),
        ("ce_type", b"incident.controlled", "ce_type"),
        ("ce_source", b"210404", "ce_source"),
        ("ce_source", b"/210421/incident", "/210421/incident may not write"),
        ("ce_subject", b"another", "ce_subject"),
        ("ce_subject", b"nu\x00l", "ce_subject"),
        ("ce_time", b"2030-01-01T00:00:00", "ce_time"),
        ("ce_status", b"real", "ce_status"),
        ("ce_sequence", b"0", "ce_sequence"),
        ("ce_sequence", b"1.5", "ce_sequence"),
        ("ce_sequence", b"9223372036854775808", "ce_sequence"),
        ("ce_sequence", b"9" * 5000, "ce_sequence"),
        ("ce_correlationid", b"x" * 101, "ce_correlationid"),
        ("ce_causationid", b"\xff", "UTF-8"),
    ],
)
def test_a_wrong_header_is_named(name, value, expected):
    assert expected in reason(GOOD.with_header(name, value))


@pytest.mark.parametrize("type_", ["cn.liandong.incident.exploded.v1", "cn.liandong.incident.controlled.v2"])
def test_a_type_or_version_not_known_yet_is_no_fault_of_a_known_writer(type_):
    found = read_record(GOOD.with_header("ce_type", type_.encode()), Status.ACTUAL)
    assert isinstance(found, Unknown)
    assert found.aggregate == ("/210404/incident", "incident", "incident-1")
    assert type_ in found.reason


def test_an_unknown_type_of_a_writer_that_does_not_belong_there_is_invalid():
    unknown = GOOD.with_header("ce_type", b"cn.liandong.incident.exploded.v1")
    assert "may not write" in reason(replace(unknown, topic="210421.incident"))
    assert "may not write" in reason(replace(unknown, topic="210404.nowhere"))
    assert "status" in reason(unknown, Status.EXERCISE)


@pytest.mark.parametrize("topic", ["210421.incident", "210404.dispatch", "incident", ""])
def test_an_event_on_a_topic_that_is_not_its_writers_is_refused(topic):
    assert "may not write" in reason(replace(GOOD, topic=topic))


@pytest.mark.parametrize("wrong", [Status.EXERCISE, Status.TEST])
def test_drill_and_live_never_mix(wrong):
    assert "status" in reason(GOOD.with_header("ce_status", wrong.value.encode()))
    assert "status actual" in reason(GOOD, wrong)


@pytest.mark.parametrize(
    "body",
    [
        None,
        b"",
        b"{",
        b"null",
        b"[]",
        b"\xff\xfe",
        b'{"incident_id": 1}',
        GOOD.value.replace(b'"statement":""', b'"statement":"\\u0000"'),
        GOOD.value.replace(b'"statement":""', b'"statement":"\\ud800"'),
        GOOD.value.replace(b'"statement":""', b'"statement":NaN'),
    ],
)
def test_a_body_that_is_no_such_event_is_refused_with_its_type(body):
    assert EVENT.type_name() in reason(replace(GOOD, value=body))


def test_a_field_of_a_newer_writer_is_no_fault():
    assert isinstance(
        read_record(replace(GOOD, value=GOOD.value[:-1] + b',"new":1}'), Status.ACTUAL), Received
    )


def test_a_drills_record_is_read_on_a_drill_node():
    record = replace(GOOD, topic="drill.210404.incident").with_header("ce_status", b"exercise")
    assert isinstance(read_record(record, Status.EXERCISE), Received)


names = st.sampled_from(REQUIRED) | st.text(max_size=20)
headers = st.lists(st.tuples(names, st.none() | st.binary(max_size=30)), max_size=15)


@given(headers, st.none() | st.binary(max_size=200))
def test_nothing_that_comes_makes_reading_fail(given_headers, body):
    found = read_record(KafkaRecord("210404.incident", 0, None, body, given_headers), Status.ACTUAL)
    assert isinstance(found, Invalid) and found.reason


@given(st.sampled_from(REQUIRED), st.binary(max_size=40), st.binary(max_size=40))
def test_a_whole_record_with_one_thing_changed_never_fails_to_read(name, value, body):
    assert isinstance(read_record(GOOD.with_header(name, value), Status.ACTUAL), Invalid | Received)
    assert isinstance(read_record(replace(GOOD, value=body), Status.ACTUAL), Invalid)


@given(
    st.integers(1, 2**63 - 1),
    st.sampled_from(Status),
    st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=100),
)
def test_an_envelope_survives_its_headers(sequence, status, subject):
    whole = ENVELOPE.model_copy(update={"sequence": sequence, "status": status, "subject": subject})
    assert Envelope.from_headers(whole.to_headers()) == whole


def test_a_node_speaks_for_itself_only():
    """A county can't put another county's jurisdiction into the body of its own event."""
    body = GOOD.value.replace(b'"jurisdiction":"210404"', b'"jurisdiction":"210421"')
    assert body != GOOD.value
    assert "may not speak for 210421" in reason(replace(GOOD, value=body))
