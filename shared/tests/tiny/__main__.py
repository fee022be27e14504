"""Runs the tiny service as a process."""

from shared.service import serve
from shared.settings import ServiceSettings
from shared.tests.tiny.service import build

if __name__ == "__main__":
    serve(build, ServiceSettings)
