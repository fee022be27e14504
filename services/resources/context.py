"""What handlers and routes of one node decide with."""

from dataclasses import dataclass

from contracts.plan import Plan


@dataclass(frozen=True)
class Context:
    """One node's view of the plan."""

    plan: Plan
    node: str

    def is_linked(self, place: str) -> bool:
        """Whether a place reads this node's streams: the level above, or one directly below."""
        return self.plan.is_linked(self.node, place)
