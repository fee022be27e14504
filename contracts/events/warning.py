"""预警: 制作 → 审核 → 签发 → 发布 → 解除, written by the notify service.

Stream ``warning`` tells what is in force and is read by partners; what comes before is nobody else's to read and
stands on ``warning-draft``.
"""

from typing import ClassVar, Literal

from pydantic import Field

from contracts.events.event import Event, Stream
from contracts.values import (
    Grade,
    Id,
    JurisdictionCode,
    Line,
    Moment,
    PlaceCode,
    Prose,
    Slug,
    Value,
    WarningLevel,
)


class WarningContent(Value):
    """What a warning must state: 突发事件应对法 art. 64."""

    sector: Slug
    event_type: str
    level: WarningLevel
    headline: Line
    description: Prose
    instruction: Prose = Field(description="cautions and measures for the public")
    area: Line = Field(description="the area that may be affected, in words")
    area_codes: tuple[JurisdictionCode, ...] = Field(min_length=1)
    places: tuple[PlaceCode, ...] = Field(default=(), description="townships, subdistricts, zones and grids")
    starts_at: Moment
    expires_at: Moment
    measures: tuple[Line, ...] = ()
    issuer: Line


class WarningEvent(Event):
    """A fact about one warning."""

    STREAM: ClassVar = Stream.WARNING
    SUBJECT: ClassVar = "warning_id"

    warning_id: Id
    incident_id: Id | None = None
    jurisdiction: JurisdictionCode
    by: Line = Field(description="who did it")


class DraftEvent(WarningEvent):
    """A fact about a warning that is not published."""

    STREAM: ClassVar = Stream.WARNING_DRAFT


class WarningDrafted(DraftEvent):
    """制作: by a person, or proposed by a rule of the plan and then still to be adopted by a person."""

    NAME: ClassVar = "warning.drafted"

    origin: Literal["person", "plan_rule", "consultation"]
    content: WarningContent
    drafted_at: Moment


class WarningReviewed(DraftEvent):
    """审核通过."""

    NAME: ClassVar = "warning.reviewed"

    reviewed_at: Moment


class WarningSigned(DraftEvent):
    """签发."""

    NAME: ClassVar = "warning.signed"

    signed_at: Moment


class WarningPublished(WarningEvent):
    """发布: the full text goes to every subscriber."""

    NAME: ClassVar = "warning.published"

    content: WarningContent
    published_at: Moment


class WarningReturned(DraftEvent):
    """退回修改: reviewer or signer sends the draft back with a reason."""

    NAME: ClassVar = "warning.returned"

    reason: Line
    returned_at: Moment


class WarningCancelled(WarningEvent):
    """解除: refers to the published warning (突发事件应对法 art. 70)."""

    NAME: ClassVar = "warning.cancelled"

    headline: Line
    reason: Line
    cancelled_at: Moment


class WarningAdjustmentAsked(DraftEvent):
    """The incident of a warning in force changed or ended: a duty officer decides (突发事件应对法 art. 70)."""

    NAME: ClassVar = "warning.adjustment_asked"

    adjustment_id: Id
    cause: Literal["raised", "lowered", "ended"] = Field(
        description="the incident's grade rose or fell, or it ended"
    )
    grade: Grade | None = None
    previous_grade: Grade | None = None
    headline: Line
    level: WarningLevel = Field(description="of the warning in force")
    asked_at: Moment


class WarningAdjustmentAnswered(DraftEvent):
    """What the duty officer decided: a draft at another level is proposed, the warning is to be lifted, or it stands."""

    NAME: ClassVar = "warning.adjustment_answered"

    adjustment_id: Id
    answer: Literal["raise", "lower", "lift", "keep"]
    level: WarningLevel | None = None
    reason: Line
    answered_at: Moment


class WarningDropped(DraftEvent):
    """A draft that nobody needs was put aside; it was never published."""

    NAME: ClassVar = "warning.dropped"

    reason: Line
    dropped_at: Moment
