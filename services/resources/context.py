"""What handlers and routes of one node decide with."""

from dataclasses import dataclass
from datetime import timedelta

from contracts.plan import Plan


@dataclass(frozen=True)
class Context:
    """One node's view of the plan."""

    plan: Plan
    node: str

    def is_linked(self, place: str) -> bool:
        """Whether a place reads this node's streams: the level above, or one directly below."""
        return self.plan.is_linked(self.node, place)

    @property
    def hold_for(self) -> timedelta | None:
        """How long a reservation holds before it is shipped; None: until its incident ends."""
        figure = self.plan.timers.get("reservation_seconds")
        return timedelta(seconds=figure.value) if figure else None

    @property
    def answer_within(self) -> timedelta | None:
        """How long a node that is asked has to answer; None: as long as it likes."""
        seconds = self.plan.mutual_aid.answer.seconds
        return timedelta(seconds=seconds) if seconds else None
