"""How a pure decision says no: exceptions that are nouns and carry the offending values.

    Refusal                     any "no" of the domain; becomes problem+json and an audit row
    ├── NotFound          404   the thing named does not exist here
    ├── StaleVersion      409   somebody changed it in between
    ├── RefusedTransition 409   not possible in this state; says which states would allow it
    └── RuleViolated      422   a rule of the plan or the law is not met; names field and rule

A service derives its own; ``KEY`` is the message in ``contracts/messages.toml``.
"""

from collections.abc import Iterable
from typing import ClassVar

from contracts.messages import Terms


class Refusal(Exception):
    """A decision refused; ``values`` fill the message ``KEY``, ``field`` names the input to blame."""

    STATUS: ClassVar[int] = 422
    KEY: ClassVar[str] = "problem.rule_violated"

    def __init__(self, field: str = "", **values: object) -> None:
        super().__init__(self.KEY, field, values)
        self.field, self.values = field, values

    @property
    def rule(self) -> str:
        """The catalogue key of the rule that ``field`` breaks: that of the whole refusal, unless it knows better."""
        return self.KEY


class NotFound(Refusal):
    """Nothing of that kind and id exists on this node."""

    STATUS = 404
    KEY = "problem.not_found"

    def __init__(self, what: str, id: object) -> None:  # noqa: A002 - the word the message uses
        """``what``: the key of its name in the catalogue."""
        prefix, _, name = what.rpartition(".")
        super().__init__(what=Terms(prefix, (name,)), id=id)


class StaleVersion(Refusal):
    """The command was given on an older version than the current one."""

    STATUS = 409
    KEY = "problem.stale_version"

    def __init__(self, given: int, current: int) -> None:
        super().__init__("version", given=given, current=current)


class RefusedTransition(Refusal):
    """The command is not possible in this state."""

    STATUS = 409
    KEY = "problem.refused_transition"

    def __init__(self, state: str, command: str, allowed: Iterable[str]) -> None:
        super().__init__(
            "status",
            state=Terms("state", (state,)),
            command=Terms("act", (command,)),
            allowed=Terms("state", tuple(sorted(allowed))),
        )


class RuleViolated(Refusal):
    """A rule of plan or law is not met; ``rule`` is its text or the catalogue key of a subclass."""

    def __init__(self, field: str, rule: str, **values: object) -> None:
        super().__init__(field, rule=rule, **values)
