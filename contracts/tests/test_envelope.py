"""Headers first: nothing required may be missing, wrong or guessed."""

import json

import pytest

from contracts.envelope import Envelope, InvalidEnvelope, Status
from liandong.contracts_check.validation import faults
from liandong.generated.asyncapi import headers_schema
from shared.contract_files import CONTRACTS

RECORD = json.loads((CONTRACTS / "examples/consultation.convened.v1/record.json").read_text(encoding="utf-8"))
HEADERS: dict[str, str] = RECORD["headers"]
REQUIRED = sorted(set(HEADERS) - {"ce_drill", "traceparent"})


def parsed(**changes: str | None) -> Envelope:
    given = {
        **HEADERS,
        **{name.replace("content_type", "content-type"): one for name, one in changes.items()},
    }
    return Envelope.from_headers((name, None if one is None else one.encode()) for name, one in given.items())


def test_an_envelope_is_read_and_written_the_same():
    assert {name: value.decode() for name, value in parsed().to_headers()} == HEADERS


def test_it_says_who_wrote_and_that_it_is_a_drill():
    envelope = parsed()
    assert (envelope.jurisdiction, envelope.service) == ("210400", "incident")
    assert (envelope.status, envelope.drill, envelope.sequence) == (
        Status.EXERCISE,
        "wanghua-chlorine-leak",
        1,
    )


def test_twelve_headers_are_required():
    assert len(REQUIRED) == 12
    assert sorted(headers_schema()["required"]) == REQUIRED


@pytest.mark.parametrize("name", REQUIRED)
@pytest.mark.parametrize("how", ["absent", "null", "empty"])
def test_a_record_that_lacks_a_required_header_is_invalid_and_says_which(name, how):
    given = {"null": None, "empty": b""}
    headers = [(key, value.encode()) for key, value in HEADERS.items() if key != name]
    headers += [] if how == "absent" else [(name, given[how])]
    with pytest.raises(InvalidEnvelope, match=name):
        Envelope.from_headers(headers)


@pytest.mark.parametrize("name", ["ce_drill", "traceparent"])
def test_what_is_optional_may_be_absent(name):
    headers = [(key, value.encode()) for key, value in HEADERS.items() if key != name]
    assert getattr(Envelope.from_headers(headers), name.removeprefix("ce_")) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ce_specversion", "0.3"),
        ("ce_id", "not-a-uuid"),
        ("ce_type", "incident.reported"),
        ("ce_type", "cn.liandong.incident.reported.v0"),
        ("ce_source", "210400/incident"),
        ("ce_source", "/２１０４００/incident"),
        ("ce_time", "2026-05-20T09:41:00"),
        ("ce_time", "yesterday"),
        ("ce_status", "real"),
        ("ce_sequence", "0"),
        ("ce_sequence", "first"),
        ("ce_subject", "x" * 101),
        ("content_type", "text/plain"),
    ],
)
def test_a_header_that_cannot_be_meant_is_named(name, value):
    with pytest.raises(InvalidEnvelope, match=name.replace("_type", ".type") if "content" in name else name):
        parsed(**{name: value})


def test_header_names_are_read_in_any_case_and_content_type_with_parameters():
    headers = [(name.upper(), value.encode()) for name, value in HEADERS.items()]
    assert Envelope.from_headers(headers) == parsed()
    assert parsed(content_type="application/json; charset=utf-8") == parsed()


def test_a_header_that_is_no_text_is_invalid():
    with pytest.raises(InvalidEnvelope, match="UTF-8"):
        Envelope.from_headers([("ce_id", b"\xff\xfe")])


@pytest.mark.parametrize(
    "path", sorted(CONTRACTS.glob("examples/*/record.json")), ids=lambda p: p.parent.name
)
def test_the_published_header_schema_fits_every_record(path):
    headers = json.loads(path.read_text(encoding="utf-8"))["headers"]
    assert faults(headers_schema(), headers) == []
    for name in REQUIRED:
        assert faults(headers_schema(), {key: one for key, one in headers.items() if key != name}), name
