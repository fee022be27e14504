"""接警: what a call is taken for until its kind is known, when two calls may be about one event, where places are."""

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from contracts.facts import FactName, is_count, is_flag
from contracts.plan.sector import EventCode
from contracts.plan.sourced import Sourced
from contracts.values import JurisdictionCode, Line, Location, PlaceCode, Slug, Value


class Undetermined(Sourced):
    """What a call is reported as whose place is known and whose kind is not; None: it waits for its kind."""

    sector: Slug | None = None
    event_type: EventCode | None = None


Likelihood = Annotated[float, Field(gt=0, lt=1)]


class SameEvent(Sourced):
    """How near and how soon after another one a call may be about the same event; None: nothing is proposed.

    ``alike``: kinds of event that callers take for each other, or that follow from each other. Scores run from 0 to 1:
    from ``proposed_from`` on one is shown to whoever takes the call, from ``joins_from`` on (None: never) a report joins
    by itself where its sender asks for that.
    """

    metres: Annotated[float, Field(gt=0, le=100_000)] | None = None
    minutes: Annotated[float, Field(gt=0, le=60 * 24)] | None = None
    alike: tuple[Annotated[frozenset[EventCode], Field(min_length=2)], ...] = ()
    proposed_from: Likelihood = 0.3
    joins_from: Likelihood | None = None


class CallTime(Sourced):
    """After how many seconds the timer of a call turns amber, and red; None: it does not."""

    amber_seconds: Annotated[int, Field(gt=0, le=3600)] | None = None
    red_seconds: Annotated[int, Field(gt=0, le=3600)] | None = None


AnswerKind = Literal["count", "number", "flag", "choice", "text"]
"""数目, 数值, 是否, 选项, 文字."""


class Option(Value):
    """One answer of a question with options."""

    name: Line
    name_en: Line


class AskedWhen(Value):
    """A question is asked once an earlier one is answered: with one of ``answers``, or with at least so much."""

    question: Slug
    answers: tuple[Annotated[bool, Field(strict=True)] | Slug, ...] = ()
    at_least: float | None = None

    @model_validator(mode="after")
    def _says_one(self) -> "AskedWhen":
        if bool(self.answers) == (self.at_least is not None):
            raise PydanticCustomError("one_condition", "either answers or at_least, and not both")
        return self


class Question(Sourced):
    """问询: what a call is asked, of these sectors and kinds of event, or of all.

    ``fact``: the answer is this fact, which has its own kind. ``required``: whoever finishes a call without an answer
    is reminded; a call is saved without. The caller who cannot say is no reason to wait.
    """

    prompt: Line
    prompt_en: Line
    why: Line = Field(description="为什么要问: what it decides")
    why_en: Line
    fact: FactName | None = None
    kind: AnswerKind | None = None
    options: dict[Slug, Option] = Field(default_factory=dict)
    sectors: frozenset[Slug] = frozenset()
    event_types: frozenset[EventCode] = frozenset()
    when: AskedWhen | None = None
    required: bool = False

    @model_validator(mode="after")
    def _has_one_kind(self) -> "Question":
        if (self.fact is None) == (self.kind is None):
            raise PydanticCustomError("one_kind", "either a fact or a kind, and not both")
        if bool(self.options) != (self.kind == "choice"):
            raise PydanticCustomError("options_of_choice", "a choice has options, and nothing else has")
        return self

    @property
    def answer_kind(self) -> AnswerKind:
        """How it is answered."""
        if self.fact is not None:
            return "flag" if is_flag(self.fact) else "count" if is_count(self.fact) else "number"
        assert self.kind is not None
        return self.kind

    def is_for(self, sector: str, event_type: str) -> bool:
        """Whether a call of that kind is asked this, whatever else it has answered."""
        return (not self.sectors or sector in self.sectors) and (
            not self.event_types or event_type in self.event_types
        )


class Intake(Value):
    """接警; ``questions`` are asked in their order."""

    undetermined: Undetermined = Undetermined(to_confirm=True)
    same_event: SameEvent = SameEvent(to_confirm=True)
    call_time: CallTime = CallTime(to_confirm=True)
    questions: dict[Slug, Question] = Field(default_factory=dict)


LandmarkKind = Literal["road", "building", "village", "waters", "station", "other"]
"""道路, 建筑或单位, 村屯, 水体, 站点, 其他."""


class Post(Value):
    """里程桩: where a road has a number of kilometres."""

    km: Annotated[float, Field(ge=0, le=10_000)]
    location: Location


class Landmark(Sourced):
    """A name that callers say for a place: a road with its kilometre posts, a building, a village."""

    name: Line
    aliases: tuple[Line, ...] = ()
    kind: LandmarkKind
    within: JurisdictionCode | PlaceCode
    location: Location
    posts: tuple[Post, ...] = Field(
        default=(), description="of a road, rising; between two of them it is straight"
    )

    @model_validator(mode="after")
    def _rising(self) -> "Landmark":
        along = [post.km for post in self.posts]
        if along != sorted(set(along)):
            raise PydanticCustomError("not_rising", "the kilometres do not rise from post to post")
        return self
