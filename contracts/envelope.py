"""The envelope of every event: CloudEvents 1.0 in Kafka binary mode.

Required headers are checked before anything is parsed; a record that lacks one is invalid and
says which (the ``cloudevents`` package would invent a missing id).
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field, ValidationError

from contracts.values import Id, Value

CONTENT_TYPE = "application/json"
_PREFIX = "ce_"
_REQUIRED = (
    "specversion",
    "id",
    "type",
    "source",
    "subject",
    "time",
    "dataschema",
    "status",
    "sequence",
    "correlationid",
    "causationid",
)
_OPTIONAL = ("drill",)


class Status(StrEnum):
    """Whether an event is real; anything else than ``actual`` never leaves a drill."""

    ACTUAL = "actual"
    EXERCISE = "exercise"
    TEST = "test"


class InvalidEnvelope(ValueError):
    """A record whose headers are not an envelope; ``reason`` names the header and the rule."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Envelope(Value):
    """What is said about an event beside its body.

    ``sequence`` counts the events of one aggregate (source, stream and subject) from 1 without a gap.
    """

    id: UUID
    type: Annotated[str, Field(pattern=r"^cn\.liandong\.[a-z]+\.[a-z_]+\.v[1-9][0-9]*$")]
    source: Annotated[str, Field(pattern=r"^/[0-9]{6}/[a-z]+$", examples=["/210404/incident"])]
    subject: Id
    time: AwareDatetime
    dataschema: str
    status: Status
    drill: str | None = None
    sequence: Annotated[int, Field(ge=1, lt=2**63)]
    correlationid: Id
    causationid: Id
    traceparent: str | None = None

    @property
    def jurisdiction(self) -> str:
        """The node that wrote the event."""
        return self.source.split("/")[1]

    @property
    def service(self) -> str:
        """The service that wrote the event."""
        return self.source.split("/")[2]

    def to_headers(self) -> list[tuple[str, bytes]]:
        """The Kafka headers of this envelope."""
        fields = self.model_dump(mode="json", exclude_none=True, exclude={"traceparent"})
        headers = [(f"{_PREFIX}specversion", b"1.0"), ("content-type", CONTENT_TYPE.encode())]
        headers += [(f"{_PREFIX}{name}", str(value).encode()) for name, value in fields.items()]
        if self.traceparent:
            headers.append(("traceparent", self.traceparent.encode()))
        return headers

    @classmethod
    def from_headers(cls, headers: Iterable[tuple[str, bytes | None]]) -> "Envelope":
        """Read the headers of a record; raises InvalidEnvelope naming what is missing or wrong."""
        given = _decode(headers)
        for name in _REQUIRED:
            if not given.get(f"{_PREFIX}{name}"):
                raise InvalidEnvelope(f"header {_PREFIX}{name} is missing")
        if given[f"{_PREFIX}specversion"] != "1.0":
            raise InvalidEnvelope(f"header {_PREFIX}specversion is not 1.0")
        if given.get("content-type", "").split(";")[0].strip() != CONTENT_TYPE:
            raise InvalidEnvelope(f"header content-type is not {CONTENT_TYPE}")
        fields = {name: given[f"{_PREFIX}{name}"] for name in _REQUIRED if name != "specversion"}
        fields |= {name: given[f"{_PREFIX}{name}"] for name in _OPTIONAL if f"{_PREFIX}{name}" in given}
        if given.get("traceparent"):
            fields["traceparent"] = given["traceparent"]
        try:
            return cls.model_validate_strings(fields)
        except ValidationError as error:
            first = error.errors()[0]
            raise InvalidEnvelope(f"header {_PREFIX}{first['loc'][0]}: {first['msg']}") from error


def _decode(headers: Iterable[tuple[str, bytes | None]]) -> dict[str, str]:
    try:
        return {name.lower(): (value or b"").decode() for name, value in headers}
    except UnicodeDecodeError as error:
        raise InvalidEnvelope("a header is not UTF-8") from error
