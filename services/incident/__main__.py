"""``python -m services.incident``: one process of the incident service."""

from services.incident.app import build
from services.incident.settings import IncidentSettings
from shared.service import serve

if __name__ == "__main__":
    serve(build, IncidentSettings)
