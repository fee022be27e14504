"""What every event class has in common."""

from enum import StrEnum
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

SCHEMA_BASE = "https://liandong.example/schemas"


class Stream(StrEnum):
    """A stream belongs to one service; its topic is ``<jurisdiction>.<stream>``."""

    INCIDENT = "incident"
    CONSULTATION = "consultation"
    DISPATCH = "dispatch"
    POSITION = "position"
    RESOURCE = "resource"
    WARNING = "warning"
    WARNING_DRAFT = "warning-draft"
    DELIVERY = "delivery"
    MONITORING = "monitoring"
    CLOCK = "clock"
    DEAD_LETTER = "dead-letter"


class Event(BaseModel):
    """A fact in the past tense: frozen, self-sufficient, closed when produced, read leniently.

    A subclass is one version of one fact; ``NAME`` is ``<stream>.<fact>`` (of
    ``warning-draft``: ``warning.<fact>``), ``SUBJECT`` the field that holds the aggregate's id.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    STREAM: ClassVar[Stream]
    NAME: ClassVar[str]
    VERSION: ClassVar[int] = 1
    SUBJECT: ClassVar[str]

    @classmethod
    def type_name(cls) -> str:
        """The CloudEvents type, e.g. ``cn.liandong.incident.reported.v1``."""
        return f"cn.liandong.{cls.NAME}.v{cls.VERSION}"

    @classmethod
    def schema_uri(cls) -> str:
        """The ``dataschema`` of this version."""
        return f"{SCHEMA_BASE}/{cls.NAME}.v{cls.VERSION}.json"

    @classmethod
    def read(cls, body: bytes) -> "Event":
        """Parse a received body; fields added by a newer minor writer are ignored.

        Raises pydantic.ValidationError.
        """
        return cls.model_validate_json(body, extra="ignore")

    @property
    def subject(self) -> str:
        """The id of the aggregate the fact is about."""
        return str(getattr(self, self.SUBJECT))

    @property
    def correlation(self) -> str:
        """The incident's id where there is one, else the subject; also the Kafka key."""
        return str(getattr(self, "incident_id", None) or self.subject)
