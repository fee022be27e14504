"""A drill as a script: who takes part, what is done through the public APIs, and what must follow.

What can't be judged is refused before the drill starts: a misspelt event type, a name nobody saved, a brace that fills nothing.
"""

from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex
from typing import Annotated, Any

import yaml
from pydantic import AfterValidator, Field, StringConstraints, ValidationError, model_validator

from contracts.events import EVENTS, Stream
from contracts.values import JurisdictionCode, Line, Slug, Value
from drills.template import NAME, names_in
from shared.http.auth import Role

Milliseconds = Annotated[int, Field(ge=1, le=600_000)]
Where = Annotated[str, Field(pattern=r"^[0-9]{6}\.(incident|dispatch|resources|notify)$")]
Name = Annotated[str, StringConstraints(pattern=NAME)]
WATCHED = (
    Stream.INCIDENT,
    Stream.CONSULTATION,
    Stream.DISPATCH,
    Stream.RESOURCE,
    Stream.WARNING,
    Stream.WARNING_DRAFT,
    Stream.DELIVERY,
    Stream.DEAD_LETTER,
)
"""The streams that a drill listens to, and can be judged by."""
GIVEN = frozenset({"webhook", "now"})
"""Names that the player fills in by itself."""


def _known_event_type(name: str) -> str:
    if name not in {event.NAME for event in EVENTS if event.STREAM in WATCHED}:
        raise ValueError(f"no event is called {name}, or none that a drill listens to")
    return name


EventType = Annotated[str, AfterValidator(_known_event_type)]


class UnreadableScenario(ValueError):
    """The file is no scenario; the message names place and rule."""


class Person(Value):
    """Somebody who acts in the drill, with the roles of one node."""

    name: Line
    node: JurisdictionCode
    roles: tuple[Role, ...]
    department: Slug | None = None


class Partner(Value):
    """A department that takes part with its own program (``examples/partner_department``)."""

    department: Slug
    node: JurisdictionCode


class ExpectedEvent(Value):
    """An event that this step, and no earlier one, must bring; counted from the moment the step began.

    An event serves one expectation only. ``count``: exactly so many within the time, no more; without it one is enough.
    """

    type: EventType
    at: JurisdictionCode
    within_ms: Milliseconds
    where: dict[str, Any] = Field(default_factory=dict)
    count: Annotated[int, Field(ge=1)] | None = None


class ExpectedMessage(Value):
    """What the subscriber's web server must be sent after the step began; a message serves one expectation only."""

    within_ms: Milliseconds
    where: dict[str, Any]


class Unwanted(Value):
    """An event that must not come, at one node or at any."""

    type: EventType
    at: JurisdictionCode | None = None
    where: dict[str, Any] = Field(default_factory=dict)


class UnwantedSoon(Unwanted):
    """One that must not come within a time from the step on."""

    within_ms: Milliseconds


class Expectation(Value):
    """What must come of a step. ``body`` is matched as a part (``drills.matching``)."""

    status: int | None = Field(default=None, description="without it any that is no error")
    body: Any = None
    events: tuple[ExpectedEvent, ...] = ()
    messages: tuple[ExpectedMessage, ...] = ()
    no_events: tuple[UnwantedSoon, ...] = ()


class Step(Value):
    """One thing done in the drill: a request, or a jump of the clock."""

    name: Line
    name_en: Line
    at: Where | None = None
    by: str = ""
    get: str | None = None
    post: str | None = None
    body: Any = None
    within_ms: Milliseconds | None = Field(default=None, description="a read is repeated until it matches")
    each: dict[Name, str] = Field(
        default={}, max_length=1, description="once per item of a saved list, which holds at least one"
    )
    fast_forward_minutes: float | None = Field(default=None, gt=0)
    save: dict[Name, str] = Field(default_factory=dict)
    expect: Expectation = Expectation()

    @model_validator(mode="after")
    def _does_one_thing(self) -> "Step":
        kinds = [self.get, self.post, self.fast_forward_minutes]
        if sum(kind is not None for kind in kinds) != 1:
            raise ValueError("a step has one of get, post, fast_forward_minutes")
        if (self.get or self.post) and not (self.at and self.by):
            raise ValueError("a request needs 'at' and 'by'")
        if self.within_ms is not None and self.get is None:
            raise ValueError("within_ms: only a read may be repeated")
        return self

    def names_before(self) -> Iterator[str]:
        """Every name that is filled in before it is done; raises ValueError for a brace that fills nothing."""
        yield from names_in([self.get, self.post, self.body, list(self.each.values()), self.expect.body])

    def names_after(self) -> Iterator[str]:
        """Every name that is filled in when it is done, and what it saves is known; raises ValueError as well."""
        yield from names_in(self.expect.model_dump(exclude={"body"}))


class Scenario(Value):
    """A whole drill."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,50}$")]
    title: Line
    title_en: Line
    plan: Path = Field(default=Path("plans/fushun"), description="the plan folder it is written for")
    jurisdictions: tuple[JurisdictionCode, ...] = Field(min_length=1)
    people: dict[Slug, Person]
    partners: tuple[Partner, ...] = ()
    values: dict[Name, Any] = Field(default={}, description="named values that steps may use")
    steps: tuple[Step, ...] = Field(min_length=1)
    never: tuple[Unwanted, ...] = Field(
        default=(), description="what must not come at all until the drill is over"
    )
    closing_ms: Annotated[int, Field(ge=0, le=600_000)] = Field(
        default=1000, description="how long after the last step the drill still listens"
    )

    def new_run(self) -> str:
        """The name of one time that it is played; what another time left behind is none of its business."""
        return f"{self.id}-{token_hex(3)}"

    @model_validator(mode="after")
    def _names_resolve(self) -> "Scenario":
        known = {*GIVEN, *self.values}
        for step in self.steps:
            if step.by and step.by not in self.people:
                raise ValueError(f"step '{step.name}': nobody is called {step.by}")
            if step.at and step.at.partition(".")[0] not in self.jurisdictions:
                raise ValueError(f"step '{step.name}': {step.at} does not take part")
            places = {one.at for one in step.expect.events} | {one.at for one in step.expect.no_events}
            if strangers := {place for place in places if place} - set(self.jurisdictions):
                raise ValueError(f"step '{step.name}': {', '.join(strangers)} does not take part")
            self._require_known_names(step, known)
            known |= set(step.save)
        for name in names_in([unwanted.where for unwanted in self.never]):
            if name not in self.values:
                raise ValueError(f"never: {name} is none of the scenario's values")
        return self

    @staticmethod
    def _require_known_names(step: Step, known: set[str]) -> None:
        """What a step saves may be expected of what it brings; the item of its list lives no longer than it."""
        here = known | set(step.each)
        try:
            unknown = [name for name in step.names_before() if name not in here]
            unknown += [name for name in step.names_after() if name not in here | set(step.save)]
        except ValueError as error:
            raise ValueError(f"step '{step.name}': {error}") from error
        if unknown:
            raise ValueError(f"step '{step.name}': nothing is saved as {unknown[0]}")


def load_scenario(file: Path) -> Scenario:
    """The scenario in a YAML file; raises UnreadableScenario."""
    try:
        return Scenario.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError) as error:
        raise UnreadableScenario(f"{file}: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UnreadableScenario(f"{file}: {where}: {first['msg']}") from error
