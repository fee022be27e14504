"""Stream ``consultation`` (会商, 突发事件应对法 art. 62), written by the incident service."""

from typing import ClassVar, Literal

from pydantic import Field

from contracts.events.event import Event, Stream
from contracts.values import (
    Id,
    JurisdictionCode,
    Line,
    Moment,
    Prose,
    ResponseLevel,
    Slug,
    Value,
    WarningLevel,
)

Position = Literal["agree", "agree_with_conditions", "dissent"]


class Task(Value):
    """What a conclusion obliges a department to do, by when."""

    task_id: Id
    department: Slug
    action: Line
    due_at: Moment


class ProposedWarning(Value):
    """A warning the conclusion asks the notify service to draft."""

    level: WarningLevel
    area: Line
    reason: Line


class SupportRequest(Value):
    """Teams a conclusion asks for from another county, by capability."""

    target: JurisdictionCode
    capability: Slug
    count: int = Field(ge=1, le=1000)


class ConsultationEvent(Event):
    """A fact about one consultation on an incident."""

    STREAM: ClassVar = Stream.CONSULTATION
    SUBJECT: ClassVar = "consultation_id"

    consultation_id: Id
    incident_id: Id
    jurisdiction: JurisdictionCode


class ConsultationConvened(ConsultationEvent):
    """召集会商: who is invited, on what, by when."""

    NAME: ClassVar = "consultation.convened"

    matter: Line
    brief: Prose = ""
    chair: Line
    departments: tuple[Slug, ...] = Field(min_length=1)
    convened_at: Moment
    opinions_due_at: Moment


class OpinionGiven(ConsultationEvent):
    """部门意见: dissent is recorded as it stands."""

    NAME: ClassVar = "consultation.opinion_given"

    department: Slug
    position: Position
    opinion: Prose
    given_by: Line
    given_at: Moment


class ConsultationConcluded(ConsultationEvent):
    """会商结论: tasks with owner and deadline, and what else it sets in motion."""

    NAME: ClassVar = "consultation.concluded"

    conclusion: Prose
    tasks: tuple[Task, ...] = ()
    dissenting: tuple[Slug, ...] = ()
    unanswered: tuple[Slug, ...] = Field(default=(), description="invited, but no opinion when concluded")
    response_level: ResponseLevel | None = None
    warning: ProposedWarning | None = None
    support: tuple[SupportRequest, ...] = ()
    concluded_at: Moment
