"""What handlers, routes and ticks of one node decide with: the plan, the place, its boundaries."""

from dataclasses import dataclass
from functools import cached_property

from contracts.plan import Plan
from contracts.plan.jurisdiction import Level
from contracts.plan.reporting import Duty
from contracts.values import Location
from services.incident.domain.incident import Incident, IncidentStatus
from services.incident.domain.report import Whereabouts
from services.incident.policy.gazetteer import Named, Spot, spell
from services.incident.policy.spots import kinds, spots
from shared.geo import Boundary


@dataclass(frozen=True)
class Context:
    """One node's view of the plan."""

    plan: Plan
    node: str
    boundaries: tuple[Boundary, ...]
    lowest: tuple[tuple[str, Boundary], ...] = ()
    """The shapes of those jurisdictions of the plan that have none below them, by code."""

    @property
    def name(self) -> str:
        """How the place is called, in Chinese."""
        return self.plan.jurisdictions[self.node].name

    @property
    def level(self) -> Level:
        """The level of government of this place."""
        return self.plan.jurisdictions[self.node].level

    @cached_property
    def spots(self) -> tuple[Named[Spot], ...]:
        """Every place that a caller can name."""
        return spots(self.plan, self.node)

    @cached_property
    def kinds(self) -> tuple[Named[tuple[str, str]], ...]:
        """Every kind of event, as (sector, event type)."""
        return kinds(self.plan)

    def know_names(self) -> None:
        """Spell all names once, before anybody waits for a candidate; thousands of them take seconds."""
        spell(self.spots)
        spell(self.kinds)

    def duties(self, incident: Incident) -> dict[str, Duty]:
        """The reporting duties of this node's level that the incident brings: by sector, facts and grade.

        A report that proved false brings none, and of a merged incident those of the one it is merged into are owed.
        """
        if incident.status in {IncidentStatus.FALSE_REPORT, IncidentStatus.MERGED}:
            return {}
        return self.plan.duties(self.node, incident.sector, incident.known.facts, incident.grading.grade)

    def locate(self, location: Location) -> Whereabouts:
        """Where a place lies: inside when any shape of this node or a place below it holds it.

        Without any boundary in the plan every place is near an edge: the operator decides.
        """
        margin = self.plan.geography.edge_margin_m.value
        best: Whereabouts = "outside" if self.boundaries else "near_edge"
        for boundary in self.boundaries:
            found = boundary.locate(location.lon, location.lat, margin).value
            if found == "inside":
                return "inside"
            best = "near_edge" if found == "near_edge" else best
        return best

    def may_lie_in(self, location: Location) -> list[str]:
        """The jurisdictions that a place may lie in, the likeliest first; several near a border, none beyond the plan."""
        margin = self.plan.geography.edge_margin_m.value
        away = [(shape.metres_outside(location.lon, location.lat), code) for code, shape in self.lowest]
        return [code for metres, code in sorted(away) if metres <= margin]


def context_of(plan: Plan, node: str) -> Context:
    """The context of a node; the shapes of the places below it belong to it (the whole city is the city)."""
    codes = [node, *plan.children(node)]
    shapes = tuple(Boundary(plan.boundaries[code]) for code in codes if code in plan.boundaries)
    lowest = [code for code in plan.jurisdictions if not plan.children(code) and code in plan.boundaries]
    return Context(plan, node, shapes, tuple((code, Boundary(plan.boundaries[code])) for code in lowest))
