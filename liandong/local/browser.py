"""A Chromium to look at the console with: the machine's own, else the one among the console's modules."""

import shutil
import subprocess
from pathlib import Path

from liandong.node import CONSOLE, PROGRAMS, environment

OWN = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
)
"""What a browser under test is told: no account, no update, nothing of its own over the network."""
_UNPACK = 'import c from "@sparticuz/chromium"; console.log(await c.executablePath())'


class NoBrowser(RuntimeError):
    """Neither the machine nor the console's modules have a Chromium that can be unpacked."""


def chromium() -> Path:
    """The browser's program, unpacked the first time; raises NoBrowser."""
    for name in OWN:
        if found := shutil.which(name):
            return Path(found)
    command = [*PROGRAMS["node"], "--input-type=module", "--eval", _UNPACK]
    done = subprocess.run(
        command, cwd=CONSOLE, env=environment(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise NoBrowser(done.stderr)
    return Path(done.stdout.splitlines()[-1])
