"""记事: what the watch writes down, and how it sets a line of the timeline right that can't be changed."""

from datetime import datetime

from contracts.events.incident import IncidentNoted
from contracts.privacy import mask
from contracts.refusals import RuleViolated


class NoSuchLine(RuleViolated):
    """The incident's timeline has no line of this number."""

    KEY = "note.no_such_line"


def note_taken(
    incident_id: str, note: str, corrected: str, by: str, node: str, noted_at: datetime
) -> IncidentNoted:
    """The fact that somebody wrote something down; ``corrected`` is the line it corrects, as it reads."""
    return IncidentNoted(
        incident_id=incident_id,
        jurisdiction=node,
        note=mask(note),
        by=by,
        noted_at=noted_at,
        corrects=corrected,
    )
