"""``python -m shared.probe``: whether the service on ``PORT`` of this machine is ready; for a container's health check.

Imports the standard library only: it is started every few seconds.
"""

import os
import sys
from http.client import HTTPConnection, HTTPException

SECONDS = 5.0


def unready(port: int, seconds: float = SECONDS) -> str:
    """Why the service is not ready, empty when it is."""
    connection = HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        connection.request("GET", "/health/ready")
        answer = connection.getresponse()
        body = answer.read().decode()
    except (OSError, HTTPException) as error:
        return repr(error)
    finally:
        connection.close()
    return "" if answer.status == 200 else body or str(answer.status)


if __name__ == "__main__":
    sys.exit(unready(int(os.environ.get("PORT", "8000"))) or 0)
