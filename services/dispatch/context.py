"""What handlers, routes and ticks of one node decide with."""

from dataclasses import dataclass
from datetime import timedelta

from contracts.plan import Plan
from services.dispatch.policy.recommending import Travel


@dataclass(frozen=True)
class Context:
    """One node's view of the plan."""

    plan: Plan
    node: str

    @property
    def travel(self) -> Travel:
        """How far and how fast teams travel where there is no road graph."""
        figures = self.plan.travel
        return Travel(figures.detour_factor.value, figures.speed_kmh.value)

    @property
    def acknowledge_within(self) -> timedelta:
        """How long a team has to acknowledge an order."""
        return timedelta(seconds=self.plan.timers["acknowledge_seconds"].value)

    def is_linked(self, place: str) -> bool:
        """Whether a place reads this node's streams: the level above, or one directly below."""
        return self.plan.is_linked(self.node, place)
