"""An incident of the small plan's county, for tests that need no database."""

from datetime import UTC, datetime

from contracts.values import Grade, Location
from services.incident.domain.facts import Known
from services.incident.domain.incident import Incident, Lead
from services.incident.policy.grading import GradeResult

PROVINCE, CITY, COUNTY = "210000", "210100", "210101"
NOW = datetime(2031, 5, 6, 7, 8, tzinfo=UTC)
INCIDENT = Incident(
    incident_id="i-1",
    origin=COUNTY,
    sector="chemistry",
    event_type="12D02",
    title="leak",
    location=Location(lon=123.8, lat=41.8),
    occurred_at=NOW,
    reported_at=NOW,
    known=Known(),
    grading=GradeResult(Grade.GENERAL, "", "art. 3"),
    lead=Lead(COUNTY),
)
