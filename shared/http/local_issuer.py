"""The issuer of tokens for development and drills: one Ed25519 key pair per mode, made on demand.

Live and exercise keys differ, so a drill's token is worthless where it is real, and the reverse.
"""

import os
import time
from collections.abc import Iterable
from pathlib import Path

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from contracts.topics import Mode
from shared.http.auth import Role, public_key_file


class LocalIssuer:
    """Issues tokens signed by the key pair in ``folder``."""

    def __init__(self, folder: Path, mode: Mode) -> None:
        self._folder, self._mode = folder, mode

    def issue(
        self,
        subject: str,
        name: str,
        roles: Iterable[Role],
        jurisdiction: str,
        department: str | None = None,
        team: str | None = None,
        hours: float = 12,
    ) -> str:
        """A token for one person or system, good at one jurisdiction for ``hours``."""
        now = int(time.time())
        claims = {
            "sub": subject,
            "name": name,
            "roles": sorted(roles),
            "jurisdiction": jurisdiction,
            "aud": f"liandong-{self._mode}",
            "iat": now,
            "exp": now + int(hours * 3600),
        }
        if department:
            claims["department"] = department
        if team:
            claims["team"] = team
        return jwt.encode(claims, self.private_key(), algorithm="EdDSA")

    def private_key(self) -> str:
        """The private key in PEM; makes the pair the first time."""
        private = self._folder / f"{self._mode}.private.pem"
        if not private.exists():
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            key = Ed25519PrivateKey.generate()
            pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
            descriptor = os.open(private, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(pem)
            public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
            public_key_file(self._folder, self._mode).write_bytes(public)
        return private.read_text()
