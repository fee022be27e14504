"""``liandong compose-env``: the secrets that ``compose.yaml`` requires, in ``.env`` beside it, and their files."""

import os
import re
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from contracts.messages import text
from liandong.certificates import Authority, Certified
from liandong.local import home
from liandong.local.kafka_lock import ADMINISTRATOR, BROKER
from shared.http.auth import public_key_file
from shared.http.local_issuer import LocalIssuer

app = typer.Typer(add_completion=False)
REQUIRED = re.compile(r"\$\{(\w+):\?")
GIVEN = re.compile(r"^(\w+)=", re.MULTILINE)
PURPOSE = "compose"
PASSWORD_BYTES = 24


@app.command(help=text("cli.compose_env.compose_env"))
def compose_env(
    file: Annotated[Path, typer.Option(help=text("cli.compose_file"))] = Path("compose.yaml"),
) -> None:
    """Fill .env: random passwords and the local issuer's public key; what stands there stays."""
    console = Console(highlight=False)
    env = file.with_name(".env")
    try:
        names = missing(file.read_text(encoding="utf-8"), _existing_text(env))
    except FileNotFoundError:
        console.print(text("compose_env.no_file", file=file), style="red", markup=False)
        raise typer.Exit(1) from None
    _append(env, "".join(f"{name}={_new_value(name)}\n" for name in names))
    console.print(text("compose_env.written", count=len(names), file=env), markup=False)


def missing(compose: str, env: str) -> list[str]:
    """The variables that a compose file requires and an env file lacks, in the order of the file."""
    given = set(GIVEN.findall(env))
    return [name for name in dict.fromkeys(REQUIRED.findall(compose)) if name not in given]


def _new_value(name: str) -> str:
    if make := FILES.get(name):
        return str(make().resolve())
    return secrets.token_hex(PASSWORD_BYTES)


def _public_key() -> Path:
    keys = home.root() / PURPOSE / "keys"
    LocalIssuer(keys, "live").private_key()
    return public_key_file(keys, "live")


def _authority() -> Authority:
    return Authority(home.root() / PURPOSE / "kafka")


def _broker() -> Certified:
    return _authority().issue(BROKER, [BROKER, "localhost"])


def _administrator() -> Certified:
    return _authority().issue(ADMINISTRATOR)


FILES: Mapping[str, Callable[[], Path]] = {
    "ISSUER_PUBLIC_KEY": _public_key,
    "KAFKA_CA": lambda: _broker().certificate.with_name("ca.crt"),
    "KAFKA_KEYSTORE": lambda: _broker().keystore,
    "KAFKA_ADMIN_CERTIFICATE": lambda: _administrator().certificate,
    "KAFKA_ADMIN_KEY": lambda: _administrator().key,
}
"""The variables that name a file, and who makes it; every other is a password."""


def _existing_text(env: Path) -> str:
    return env.read_text(encoding="utf-8") if env.exists() else ""


def _append(env: Path, lines: str) -> None:
    if lines and (before := _existing_text(env)) and not before.endswith("\n"):
        lines = f"\n{lines}"
    descriptor = os.open(env, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(lines)
