"""Finds the services of local nodes, or one service anywhere by its URL, for commands that talk to them."""

import json
import os
from dataclasses import dataclass

from contracts.messages import text
from contracts.topics import Mode
from liandong.local import home
from liandong.local.nodes import ADDRESSES
from shared.http.auth import Role
from shared.http.local_issuer import LocalIssuer

TOKEN_VARIABLE = "LIANDONG_TOKEN"  # noqa: S105 - the name of a variable


class NoNodes(LookupError):
    """No node of that purpose was ever started here, or it has no such service; the message says which and what to do."""


class NoToken(NoNodes):
    """A service is named by its URL, and the environment holds no token for it."""


@dataclass(frozen=True)
class Service:
    """One service: where it is and a token that it accepts."""

    name: str
    url: str
    token: str
    database: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """What a request carries."""
        return {"authorization": f"Bearer {self.token}"}


def remote(url: str) -> Service:
    """A service by its URL, with the token of the environment; raises NoToken."""
    token = os.environ.get(TOKEN_VARIABLE, "").strip()
    if not token:
        raise NoToken(text("local.no_token", variable=TOKEN_VARIABLE))
    return Service(url, url.rstrip("/"), token)


def local(purpose: str, roles: tuple[Role, ...], node: str = "", service: str = "") -> list[Service]:
    """The services of nodes that ``liandong up`` or ``demo`` started; raises NoNodes."""
    folder = home.root() / purpose
    try:
        told = json.loads((folder / ADDRESSES).read_text())
    except FileNotFoundError:
        raise NoNodes(text("local.no_such_folder", folder=folder)) from None
    mode: Mode = told["mode"]
    issuer = LocalIssuer(folder / "keys", mode)
    found = []
    for name, at in told["services"].items():
        here, _, kind = name.partition(".")
        if node in {"", here} and service in {"", kind}:
            token = issuer.issue("liandong-cli", "liandong", roles, here, hours=12)
            found.append(Service(name, at["url"], token, at["database"]))
    if not found:
        raise NoNodes(text("local.no_such_service", folder=folder, node=node or "*", service=service or "*"))
    return found
