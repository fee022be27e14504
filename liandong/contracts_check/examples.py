"""Whether golden examples are what schema and model say, full and minimal as their names promise."""

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from pydantic import BaseModel, ValidationError

from contracts.envelope import Status
from contracts.events import Event
from contracts.topics import topic_name
from liandong.contracts_check.example_files import Example, UnreadableExample, examples_of
from liandong.contracts_check.finding import Finding
from liandong.contracts_check.validation import faults
from liandong.generated.schemas import file_name, schema
from shared.received import Invalid, read_record


def check_examples(folder: Path, event: type[Event]) -> Iterator[Finding]:
    """What is wrong with an event's examples, missing ones included."""
    try:
        found = examples_of(folder, event)
    except UnreadableExample as error:
        yield Finding("unreadable", error.path)
        return
    names = {one.path.stem for one in found}
    wanted = {"full", "minimal"} if has_optional_fields(event) else {"full"}
    for name in sorted(wanted - names):
        yield Finding("no_example", folder / file_name(event) / f"{name}.json")
    for one in found:
        yield from _check(event, one)


def _check(event: type[Event], example: Example) -> Iterator[Finding]:
    for fault in faults(schema(event), example.body):
        yield Finding("schema_refuses", example.path, {"fault": fault})
    try:
        parsed = event.model_validate_json(json.dumps(example.body))
    except ValidationError as error:
        yield Finding("model_refuses", example.path, {"fault": _first(error)})
        return
    if json.loads(parsed.model_dump_json(exclude_unset=True)) != example.body:
        yield Finding("not_the_same_again", example.path)
    yield from _completeness(parsed, example)
    if example.is_record and (fault := record_fault(parsed, example.value)):
        yield Finding("record", example.path, {"fault": fault})


def _first(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"


def _completeness(event: Event, example: Example) -> Iterator[Finding]:
    unset, optional = _optional_fields(event)
    if example.path.stem == "full" and unset:
        yield Finding("not_full", example.path, {"fields": ", ".join(unset)})
    if example.path.stem == "minimal" and optional:
        yield Finding("not_minimal", example.path, {"fields": ", ".join(optional)})


def _optional_fields(value: BaseModel, at: str = "") -> tuple[list[str], list[str]]:
    """(fields not set, optional fields set) of a value and the values inside it."""
    unset, optional = [], []
    for name, info in type(value).model_fields.items():
        if name not in value.model_fields_set:
            unset.append(f"{at}{name}")
        elif not info.is_required():
            optional.append(f"{at}{name}")
        content = getattr(value, name)
        for inner in content if isinstance(content, tuple) else (content,):
            if isinstance(inner, BaseModel) and name in value.model_fields_set:
                deeper = _optional_fields(inner, f"{at}{name}.")
                unset, optional = unset + deeper[0], optional + deeper[1]
    return unset, optional


def has_optional_fields(event: type[Event]) -> bool:
    """Whether a shorter example than the full one is possible."""
    whole = schema(event)
    objects = [one for one in (whole, *whole.get("$defs", {}).values()) if "properties" in one]
    return any(set(one["properties"]) - set(one.get("required", ())) for one in objects)


def record_fault(event: Event, record: dict[str, Any]) -> str:
    """Why a consumer would not take the record as it stands; empty when it would."""
    headers = [(name, str(value).encode()) for name, value in record["headers"].items()]
    raw = SimpleNamespace(
        topic=record["topic"],
        partition=0,
        offset=0,
        key=record["key"].encode(),
        value=json.dumps(record["value"]).encode(),
        headers=headers,
    )
    status = Status(record["headers"].get("ce_status", "test"))
    received = read_record(raw, status)
    if isinstance(received, Invalid):
        return received.reason
    topic = topic_name(
        received.envelope.jurisdiction, event.STREAM, "exercise" if status is Status.EXERCISE else "live"
    )
    expected = {
        "topic": (record["topic"], topic),
        "key": (record["key"], event.correlation),
        "headers": (sorted(headers), sorted(received.envelope.to_headers())),
        "ce_dataschema": (received.envelope.dataschema, event.schema_uri()),
        "ce_correlationid": (received.envelope.correlationid, event.correlation),
    }
    return ", ".join(name for name, (given, right) in expected.items() if given != right)
