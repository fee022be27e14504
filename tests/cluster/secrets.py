"""``python -m tests.cluster.secrets``: what the test overlay refers to, invented: passwords, certificates, the drill's key.

Written into ``.liandong/cluster``: ``servers.env`` for the servers outside, ``secrets.yaml`` for the cluster. What is there stays.
"""

import json
import os
import secrets
from base64 import b64encode
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml

from contracts.rights import SERVICES, Principal
from contracts.topics import Mode
from drills.scenario import load_scenario
from liandong.certificates import Authority
from liandong.local import home
from liandong.local.kafka_lock import ADMINISTRATOR, BROKER
from shared.http.auth import public_key_file
from shared.http.local_issuer import LocalIssuer

SCENARIO = Path("drills/scenarios/wanghua-chlorine-leak.yaml")
MODE: Mode = "exercise"
PLAYER = "liandong-drill"
Resource = dict[str, Any]


class Secrets:
    """The invented secrets of one test cluster, kept in a folder."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder, self.address = folder, address
        self.script = load_scenario(SCENARIO)
        self.authority = Authority(folder / "kafka")
        self.broker = self.authority.issue(BROKER, [address, "localhost"])
        self.administrator = self.authority.issue(ADMINISTRATOR)
        self.issuer = LocalIssuer(folder / "keys", MODE)
        self.issuer.private_key()
        self._file = folder / "passwords.json"
        self._passwords: dict[str, str] = json.loads(self._file.read_text()) if self._file.exists() else {}

    def password(self, name: str) -> str:
        """The password of somebody, the same whenever it is asked for."""
        if name not in self._passwords:
            self._passwords[name] = secrets.token_hex(24)
            write_private(self._file, json.dumps(self._passwords))
        return self._passwords[name]

    @property
    def nodes(self) -> list[str]:
        """The nodes of the drill."""
        return list(self.script.jurisdictions)

    @property
    def users(self) -> list[str]:
        """Everybody whom Kafka lets in besides its administrator."""
        services = [
            Principal(kind="service", node=node, name=name) for node in self.nodes for name in SERVICES
        ]
        partners = [
            Principal(kind="partner", node=one.node, name=one.department) for one in self.script.partners
        ]
        player = Principal(kind="drills", node=self.nodes[0])
        return [one.user(MODE) for one in (*services, *partners, player)]

    def database_url(self, node: str, service: str) -> str:
        """A service's database as provisioning makes it."""
        name = f"liandong_{MODE}_{node}_{service}"
        return f"postgresql+psycopg://{name}:{self.password(name)}@{self.address}:5432/{name}"

    def resources(self) -> Iterable[Resource]:
        """Namespaces, Secrets and ConfigMaps of nodes and player."""
        for node in self.nodes:
            yield from self._of_node(f"liandong-{node}", node)
        yield from self._provisioning(f"liandong-{self.nodes[0]}")
        yield _namespace(PLAYER)
        yield _secret(PLAYER, "kafka-cluster-ca-cert", {"ca.crt": self._authority_text})
        names = [user for user in self.users if "partner" in user or user.endswith("drills")]
        yield _secret(PLAYER, "kafka.drill", {user: self.password(user) for user in names})
        yield _secret(PLAYER, "issuer", {f"{MODE}.private.pem": self.issuer.private_key()})

    def _of_node(self, namespace: str, node: str) -> Iterable[Resource]:
        yield _namespace(namespace)
        yield _secret(namespace, "kafka-cluster-ca-cert", {"ca.crt": self._authority_text})
        public = public_key_file(self.folder / "keys", MODE)
        yield _config(namespace, "issuer", {public.name: public.read_text(encoding="utf-8")})
        for service in SERVICES:
            user = Principal(kind="service", node=node, name=service).user(MODE)
            yield _secret(namespace, f"kafka.{service}", {"password": self.password(user)})
            name = f"liandong_{MODE}_{node}_{service}"
            yield _secret(
                namespace, f"database-{service}", {"username": name, "password": self.password(name)}
            )

    def _provisioning(self, namespace: str) -> Iterable[Resource]:
        databases = {
            f"DATABASES__{node}_{service}".upper(): self.database_url(node, service)
            for node in self.nodes
            for service in SERVICES
        }
        users = {
            f"KAFKA_USERS__{number}": f"{user}:{self.password(user)}"
            for number, user in enumerate(self.users)
        }
        admin = f"postgresql+psycopg://postgres:{self.password('postgres')}@{self.address}:5432/postgres"
        yield _secret(namespace, "provisioning", {"DATABASE_ADMIN_URL": admin, **databases, **users})
        yield _config(namespace, "kafka-administration", {"bootstrap": f"{self.address}:9094"})
        certified = self.administrator
        pair = {"tls.crt": certified.certificate.read_text(), "tls.key": certified.key.read_text()}
        yield _secret(namespace, "kafka-administration", pair)

    @property
    def _authority_text(self) -> str:
        return self.authority.certificate.read_text(encoding="utf-8")

    def servers_env(self) -> str:
        """What ``deploy/k8s/overlays/test/servers.yaml`` asks for."""
        told = {
            "ADDRESS": self.address,
            "POSTGRES_PASSWORD": self.password("postgres"),
            "KAFKA_CA": self.authority.certificate.resolve(),
            "KAFKA_KEYSTORE": self.broker.keystore.resolve(),
        }
        return "".join(f"{name}={value}\n" for name, value in told.items())


def _namespace(name: str) -> Resource:
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}


def _secret(namespace: str, name: str, data: dict[str, str]) -> Resource:
    encoded = {key: b64encode(value.encode()).decode() for key, value in data.items()}
    metadata = {"namespace": namespace, "name": name}
    return {"apiVersion": "v1", "kind": "Secret", "metadata": metadata, "type": "Opaque", "data": encoded}


def _config(namespace: str, name: str, data: dict[str, str]) -> Resource:
    return {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"namespace": namespace, "name": name},
        "data": data,
    }


def write_private(file: Path, text: str) -> None:
    """Readable by its owner alone."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        opened.write(text)


def main(
    address: Annotated[str, typer.Option(help="where the cluster's pods reach this machine")] = "10.244.0.1",
) -> None:
    """Write both files."""
    folder = home.root() / "cluster"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = Secrets(folder, address)
    write_private(folder / "secrets.yaml", yaml.safe_dump_all(made.resources(), allow_unicode=True))
    write_private(folder / "servers.env", made.servers_env())
    typer.echo(str(folder))


if __name__ == "__main__":
    typer.run(main)
