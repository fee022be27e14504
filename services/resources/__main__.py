"""``python -m services.resources``: one process of the resources service."""

from services.resources.app import build
from services.resources.settings import ResourcesSettings
from shared.service import serve

if __name__ == "__main__":
    serve(build, ResourcesSettings)
