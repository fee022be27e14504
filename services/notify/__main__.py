"""Runs the notify service of one node: ``python -m services.notify``."""

from services.notify.app import build
from services.notify.settings import NotifySettings
from shared.service import serve

if __name__ == "__main__":
    serve(build, NotifySettings)
