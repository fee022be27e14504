"""An incident as far as material goes: who commands it, and whether it is over for a node."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from contracts.events.incident import CommandAssumed, IncidentClosed
from contracts.plan import Plan
from contracts.precedence import Lead, Part, is_over


@dataclass(frozen=True)
class Incident:
    """An incident that material can be promised to; ``parts``: what each node said of its own end."""

    incident_id: str
    title: str
    origin: str
    lead: Lead
    parts: Mapping[str, Part] = field(default_factory=dict)

    def over(self, node: str) -> bool:
        """Whether nothing new is promised to ``node`` for it."""
        return is_over(self.parts, self.origin, self.lead.node, node)


def with_command(incident: Incident, event: CommandAssumed, plan: Plan) -> Incident:
    """A node commands now, unless another change of the lead holds over it."""
    return replace(incident, lead=incident.lead.assumed_by(event.jurisdiction, event.revision, plan))


def handed_back(incident: Incident, event: IncidentClosed, plan: Plan) -> Incident:
    """The node that commanded has closed its part: command goes back to the origin."""
    lead = incident.lead.handed_back(event.jurisdiction, event.lead_revision, incident.origin, plan)
    return replace(incident, lead=lead)
