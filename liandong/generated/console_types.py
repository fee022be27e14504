"""The console's types of requests and answers, from the services' own OpenAPI."""

import importlib
import subprocess
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson

from contracts.rights import SERVICES
from liandong.node import CONSOLE, PROGRAMS, environment

FOLDER = Path("services/incident/console/types")
_TYPES = """
import openapiTS, { astToString } from "openapi-typescript";
let given = "";
for await (const part of process.stdin) given += part;
const made = {};
for (const [name, document] of Object.entries(JSON.parse(given))) made[name] = astToString(await openapiTS(document));
process.stdout.write(JSON.stringify(made));
"""
_NOWHERE = {
    "NODE": "210400",
    "DATABASE_URL": "postgresql+psycopg://nowhere/none",
    "KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:1",
}


class NoTypes(RuntimeError):
    """Node could not make the types; says why."""


def console_types(root: Path) -> dict[Path, str]:
    """One file of types for each service; none where there is no console."""
    if not (root / FOLDER).parent.exists():
        return {}
    head = "// Made by `liandong generate` from the OpenAPI of the {} service.\n\n"
    return {
        root / FOLDER / f"{name}.d.ts": head.format(name) + text for name, text in _generated_files().items()
    }


@lru_cache
def _generated_files() -> dict[str, str]:
    documents = orjson.dumps({name: _openapi(name) for name in SERVICES})
    command = [*PROGRAMS["node"], "--input-type=module", "--eval", _TYPES]
    done = subprocess.run(
        command, cwd=CONSOLE, env=environment(), input=documents, capture_output=True, check=False
    )
    if done.returncode:
        raise NoTypes(done.stderr.decode())
    made: dict[str, str] = orjson.loads(done.stdout)
    return made


def _openapi(name: str) -> dict[str, Any]:
    app, settings = (importlib.import_module(f"services.{name}.{part}") for part in ("app", "settings"))
    kind = next(
        value
        for key, value in vars(settings).items()
        if key.endswith("Settings") and key != "ServiceSettings" and isinstance(value, type)
    )
    given = {key.lower(): value for key, value in _NOWHERE.items()}
    document: dict[str, Any] = app.build(kind(**given)).openapi()
    return document
