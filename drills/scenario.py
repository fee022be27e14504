"""A drill as a script: who takes part, what is done through the public APIs, and what must follow."""

from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import Field, ValidationError, model_validator

from contracts.values import JurisdictionCode, Line, Slug, Value
from shared.http.auth import Role

Milliseconds = Annotated[int, Field(ge=1, le=600_000)]
Where = Annotated[str, Field(pattern=r"^[0-9]{6}\.(incident|dispatch|resources|notify)$")]


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
    """An event that must be seen on Kafka, counted from the moment the step began."""

    type: str
    at: JurisdictionCode
    within_ms: Milliseconds
    where: dict[str, Any] = Field(default_factory=dict)


class Expectation(Value):
    """What must come of a step. ``body`` is matched as a part (``drills.matching``)."""

    status: int | None = None
    body: Any = None
    events: tuple[ExpectedEvent, ...] = ()
    no_events: tuple[str, ...] = Field(default=(), description="types that must not have been seen at all")


class Step(Value):
    """One thing done in the drill: a request, a jump of the clock, or a look at what the webhook received."""

    name: Line
    name_en: Line
    at: Where | None = None
    by: str = ""
    get: str | None = None
    post: str | None = None
    body: Any = None
    within_ms: Milliseconds | None = Field(default=None, description="a read is repeated until it matches")
    each: dict[str, str] = Field(default={}, max_length=1, description="once per item of a saved list")
    fast_forward_minutes: float | None = Field(default=None, gt=0)
    received: bool = Field(default=False, description="judge the last message of the webhook")
    save: dict[str, str] = Field(default_factory=dict)
    expect: Expectation = Expectation()

    @model_validator(mode="after")
    def _does_one_thing(self) -> "Step":
        kinds = [self.get, self.post, self.fast_forward_minutes, self.received or None]
        if sum(kind is not None for kind in kinds) != 1:
            raise ValueError("a step has one of get, post, fast_forward_minutes, received")
        if (self.get or self.post) and not (self.at and self.by):
            raise ValueError("a request needs 'at' and 'by'")
        return self


class Scenario(Value):
    """A whole drill."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,60}$")]
    title: Line
    title_en: Line
    plan: Path = Field(default=Path("plans/fushun"), description="the plan folder it is written for")
    jurisdictions: tuple[JurisdictionCode, ...] = Field(min_length=1)
    people: dict[Slug, Person]
    partners: tuple[Partner, ...] = ()
    values: dict[str, Any] = Field(default={}, description="named values that steps may use")
    steps: tuple[Step, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_resolve(self) -> "Scenario":
        for step in self.steps:
            if step.by and step.by not in self.people:
                raise ValueError(f"step '{step.name}': nobody is called {step.by}")
            if step.at and step.at.partition(".")[0] not in self.jurisdictions:
                raise ValueError(f"step '{step.name}': {step.at} does not take part")
        return self


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
