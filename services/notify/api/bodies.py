"""What comes in and goes out over HTTP; unknown fields are refused."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import Path, Query
from pydantic import BaseModel, Field

from contracts.events.delivery import Channel
from contracts.events.warning import WarningContent
from contracts.plan.warnings import WarningRecipientKind
from contracts.topics import Mode
from contracts.values import Id, JurisdictionCode, Line, Moment, PlaceCode, Slug, Text, Value, WarningLevel
from services.notify.domain.delivery import DeliveryStatus, Kind
from services.notify.domain.warning import Origin, Person, WarningRecord, WarningStatus

PathId = Annotated[Id, Path(description="id")]
Limit = Annotated[int, Query(ge=1, le=200)]
After = Annotated[Text, Query(max_length=100, description="only what stands behind this id")]

Headline = Annotated[Text, Field(min_length=1, max_length=150)]
Words = Annotated[Text, Field(min_length=1, max_length=190)]
"""A line with room for the mark of a drill."""
Paragraphs = Annotated[Text, Field(max_length=10_000)]
Reason = Annotated[Text, Field(min_length=1, max_length=190, pattern=r"\S")]
AreaCodes = Annotated[tuple[JurisdictionCode, ...], Field(min_length=1, max_length=200)]
Places = Annotated[tuple[PlaceCode, ...], Field(max_length=200)]
Measures = Annotated[tuple[Words, ...], Field(max_length=50)]
ValidHours = Annotated[float, Field(gt=0, le=24 * 30, allow_inf_nan=False)]
PERIOD = "valid_hours"


class VersionBody(Value):
    """A command on a warning; ``version`` is the one it was given on, if the caller wants that checked."""

    version: int | None = None


class SeenBody(VersionBody):
    """A step that answers for a text; ``version`` is the one that was shown to whoever takes it."""

    version: int


class ReasonBody(VersionBody):
    """A command that states its reason."""

    reason: Reason


class ChangesBody(VersionBody):
    """Changes to a warning's text; what is absent stays."""

    sector: Line | None = None
    event_type: Line | None = None
    level: WarningLevel | None = None
    headline: Headline | None = None
    description: Paragraphs | None = None
    instruction: Paragraphs | None = None
    area: Words | None = None
    area_codes: AreaCodes | None = None
    places: Places | None = None
    valid_hours: ValidHours | None = None
    starts_at: Moment | None = None
    measures: Measures | None = None

    def changes(self) -> dict[str, Any]:
        """The fields of the text that are given."""
        return {
            name: value
            for name, value in self
            if value is not None and name not in {"version", "incident_id", PERIOD}
        }


class DraftBody(ChangesBody):
    """A new warning; start and period come from the plan unless given. Measures are chosen by a person."""

    incident_id: Id | None = None
    sector: Line
    event_type: Line
    level: WarningLevel
    headline: Headline
    description: Paragraphs
    instruction: Paragraphs
    area: Words
    area_codes: AreaCodes


class SubscriberBody(Value):
    """Who receives warnings and where; a known name is changed."""

    name: Line
    department: Slug | None = None
    channel: Channel
    target: Annotated[Text, Field(min_length=1, max_length=500, json_schema_extra={"secret": True})]


class PersonView(BaseModel):
    """Who did something."""

    subject: str
    name: str

    @classmethod
    def of(cls, person: Person | None) -> "PersonView | None":
        """The view of a person, if there is one."""
        return cls(subject=person.subject, name=person.name) if person else None


class WarningView(BaseModel):
    """One warning."""

    warning_id: str
    incident_id: str | None
    jurisdiction: str
    origin: Origin
    status: WarningStatus
    version: int
    content: WarningContent
    authors: list[PersonView]
    reviewer: PersonView | None
    signer: PersonView | None
    drafted_at: datetime
    published_at: datetime | None
    cancelled_at: datetime | None
    reason: str


class WarningLine(WarningView):
    """A warning in a list."""

    acknowledged: int = Field(description="how many departments have confirmed it")
    confirmed: bool = Field(default=False, description="by the department that asks")


class AcknowledgementView(BaseModel):
    """A department's confirmation."""

    acknowledgement_id: str
    warning_id: str
    department: str
    acknowledged_by: str
    acknowledged_at: datetime
    first: bool = Field(default=True, exclude=True)


class RecipientView(BaseModel):
    """Who is told besides the public: 突发事件应对法 art. 64."""

    kind: WarningRecipientKind
    name: str
    places: list[str] = Field(description="those of the plan; others beyond its borders are not in it")


class MeasureGroup(BaseModel):
    """Measures that are offered from a level up."""

    level: WarningLevel
    name: str
    measures: list[str]


class OffersView(BaseModel):
    """What plan and law offer for a warning: nothing of it is filled in, a person chooses."""

    issuer: str
    reserved: bool = Field(description="only people of its own department may write it")
    criterion: str = Field(description="what calls for this level; empty while the city has not decided")
    criterion_to_confirm: bool
    measures: list[str] = Field(description="突发事件应对法 arts 66, 67: one or several")
    measure_groups: list[MeasureGroup] = Field(
        description="the same, by the level from which they are offered"
    )
    recipients: list[RecipientView]


class WarningDetails(WarningView):
    """One warning with what became of it, and what may be chosen for it."""

    offers: OffersView

    acknowledgements: list[AcknowledgementView]
    deliveries: dict[DeliveryStatus, int]


class SubscriberView(BaseModel):
    """One subscriber."""

    subscriber_id: str
    name: str
    department: str | None
    channel: Channel
    target: str
    mode: Mode
    failures: int = Field(description="attempts in a row that failed")
    resting_until: datetime | None = Field(description="until then nothing is sent to it")
    created_at: datetime
    new: bool = Field(default=False, exclude=True)


class DeliveryView(BaseModel):
    """One delivery; ``receipt`` when it was taken, ``reason`` when not (yet)."""

    delivery_id: str
    warning_id: str
    incident_id: str | None
    subscriber_id: str
    subscriber: str
    channel: Channel
    mode: Mode
    kind: Kind
    status: DeliveryStatus
    attempts: int
    due_at: datetime
    receipt: str
    reason: str
    created_at: datetime
    finished_at: datetime | None


def view(record: WarningRecord) -> WarningView:
    """A warning as the API shows it."""
    return WarningView.model_validate(fields_of(record))


def fields_of(record: WarningRecord) -> dict[str, Any]:
    """The fields of a warning's view."""
    people = {
        "authors": [PersonView.of(author) for author in record.authors],
        "reviewer": PersonView.of(record.reviewer),
        "signer": PersonView.of(record.signer),
    }
    return {**vars(record), **people}
