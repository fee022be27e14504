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

    @property
    def undo_within(self) -> timedelta:
        """How long a step that was entered by mistake can be undone; an older plan does not say, so not at all."""
        figure = self.plan.timers.get("undo_seconds")
        return timedelta(seconds=figure.value if figure else 0)

    @property
    def answer_within(self) -> timedelta | None:
        """How long a lender has to answer; None: as long as it likes."""
        seconds = self.plan.mutual_aid.answer.seconds
        return timedelta(seconds=seconds) if seconds else None

    def is_linked(self, place: str) -> bool:
        """Whether a place reads this node's streams: the level above, or one directly below."""
        return self.plan.is_linked(self.node, place)

    def next_lenders(self, target: str) -> tuple[str, ...]:
        """Whom the plan has this node ask after ``target``."""
        order = next((one.order for one in self.plan.mutual_aid.lenders if one.asker == self.node), ())
        return order[order.index(target) + 1 :] if target in order else order

    def capabilities_of(self, team_id: str) -> tuple[str, ...]:
        """What a team of the plan can do; nothing where the plan does not have it."""
        team = self.plan.seed.teams.get(team_id)
        return self.plan.team_kinds[team.kind].capabilities if team else ()
