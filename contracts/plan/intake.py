"""接警: what a call is taken for until its kind is known, when two calls may be about one event, where places are."""

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

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


class Intake(Value):
    """接警."""

    undetermined: Undetermined = Undetermined(to_confirm=True)
    same_event: SameEvent = SameEvent(to_confirm=True)
    call_time: CallTime = CallTime(to_confirm=True)


LandmarkKind = Literal["road", "building", "village", "waters", "other"]
"""道路, 建筑或单位, 村屯, 水体, 其他."""


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
