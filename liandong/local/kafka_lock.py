"""A broker that lets in only whom it knows: names and passwords over TLS, certificates, and rights per topic."""

from dataclasses import dataclass
from pathlib import Path

from liandong.certificates import Authority, Certified
from liandong.local.ports import LOOPBACK, free_port
from shared.kafka_access import KafkaAccess

BROKER, ADMINISTRATOR = "kafka", "provisioning"
LOCKED = {
    "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
    "super.users": f"User:{BROKER};User:{ADMINISTRATOR}",
    "ssl.keystore.type": "PEM",
    "ssl.truststore.type": "PEM",
    "ssl.principal.mapping.rules": "RULE:^CN=([^,]+).*$/$1/,DEFAULT",
    "listener.security.protocol.map": "CLIENTS:SASL_SSL,MUTUAL:SSL,CONTROLLER:SSL",
    "inter.broker.listener.name": "MUTUAL",
    "listener.name.mutual.ssl.client.auth": "required",
    "listener.name.controller.ssl.client.auth": "required",
    "sasl.enabled.mechanisms": "SCRAM-SHA-512",
    "listener.name.clients.scram-sha-512.sasl.jaas.config": (
        "org.apache.kafka.common.security.scram.ScramLoginModule required;"
    ),
}
"""Kafka's settings for a broker with names and rights, whether here or in ``compose.yaml``.

Listener ``CLIENTS`` asks for a password, ``MUTUAL`` for a certificate; a certificate's common name is the user.
"""


@dataclass(frozen=True)
class BrokerLock:
    """The certificates of one broker on this machine and of who administers it."""

    folder: Path
    mutual_port: int

    @classmethod
    def new(cls, folder: Path) -> "BrokerLock":
        """With its files in a folder."""
        return cls(folder, free_port())

    @property
    def authority(self) -> Authority:
        """Who signs the certificates."""
        return Authority(self.folder)

    def settings(self, port: int, controller_port: int) -> dict[str, object]:
        """What the broker is told."""
        broker = self.authority.issue(BROKER, [LOOPBACK, "localhost"])
        clients, mutual = f"CLIENTS://{LOOPBACK}:{port}", f"MUTUAL://{LOOPBACK}:{self.mutual_port}"
        return {
            **LOCKED,
            "listeners": f"{clients},{mutual},CONTROLLER://{LOOPBACK}:{controller_port}",
            "advertised.listeners": f"{clients},{mutual}",
            "ssl.keystore.location": broker.keystore,
            "ssl.truststore.location": self.authority.certificate,
        }

    def by_certificate(self, user: str) -> KafkaAccess:
        """How a user with a certificate gets in."""
        certified: Certified = self.authority.issue(user)
        return KafkaAccess(
            bootstrap=f"{LOOPBACK}:{self.mutual_port}",
            protocol="SSL",
            ca=self.authority.certificate,
            certificate=certified.certificate,
            key=certified.key,
        )

    @property
    def administration(self) -> KafkaAccess:
        """How who may do everything gets in."""
        return self.by_certificate(ADMINISTRATOR)
