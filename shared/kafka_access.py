"""How our programs reach Kafka: where it is, who they are there, and how they prove it.

Every client of ours is built from a ``KafkaAccess``. Passwords and certificates that are named as files are read
whenever a client is built, so one that has changed holds from the next connection on.
"""

import asyncio
import ssl
from dataclasses import dataclass, field
from functools import cached_property
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal

from aiokafka.conn import AIOKafkaConnection, collect_hosts
from aiokafka.errors import KafkaError, SaslAuthenticationFailed
from faststream.kafka import KafkaBroker
from faststream.security import BaseSecurity, SASLScram256, SASLScram512
from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from contracts.messages import both

Protocol = Literal["PLAINTEXT", "SSL", "SASL_SSL"]
Mechanism = Literal["SCRAM-SHA-512", "SCRAM-SHA-256"]
CLOSE_SECONDS = 0.5
_SCRAM = {"SCRAM-SHA-512": SASLScram512, "SCRAM-SHA-256": SASLScram256}


@dataclass(frozen=True)
class KafkaAccess:
    """Where Kafka is and how to get in; without more than an address it is open, as on a loopback address."""

    bootstrap: str
    """``host:port``, several with commas."""
    protocol: Protocol = "PLAINTEXT"
    mechanism: Mechanism = "SCRAM-SHA-512"
    username: str = ""
    password: str | Path = field(default="", repr=False)
    """As it stands, or the file that holds it."""
    ca: Path | None = None
    """PEM: who signs the brokers' certificates; None for those whom this machine trusts."""
    certificate: Path | None = None
    """PEM: who we are (mTLS)."""
    key: Path | None = None

    def client_options(self) -> dict[str, Any]:
        """What an aiokafka client is built with."""
        options: dict[str, Any] = {"bootstrap_servers": self.bootstrap, "security_protocol": self.protocol}
        if self.protocol != "PLAINTEXT":
            options["ssl_context"] = self._ssl_context()
        if self.protocol == "SASL_SSL":
            options["sasl_mechanism"] = self.mechanism
            options["sasl_plain_username"] = self.username
            options["sasl_plain_password"] = self.current_password()
        return options

    def environment(self) -> dict[str, str]:
        """What a program is told, so that its ``KafkaSettings`` get in the same way."""
        password = {
            "KAFKA_PASSWORD_FILE" if isinstance(self.password, Path) else "KAFKA_PASSWORD": self.password
        }
        told = {
            "KAFKA_BOOTSTRAP_SERVERS": self.bootstrap,
            "KAFKA_SECURITY_PROTOCOL": self.protocol,
            "KAFKA_SASL_MECHANISM": self.mechanism,
            "KAFKA_USERNAME": self.username,
            **password,
            "KAFKA_CA_FILE": self.ca,
            "KAFKA_CERTIFICATE_FILE": self.certificate,
            "KAFKA_KEY_FILE": self.key,
        }
        return {name: str(value) for name, value in told.items() if value}

    def broker(self, **options: Any) -> KafkaBroker:  # noqa: ANN401 - FastStream's own options
        """A FastStream broker without a log of its own, which makes no topics by accident."""
        return KafkaBroker(
            self.bootstrap.split(","),
            security=self._security(),
            logger=None,
            allow_auto_create_topics=False,
            **options,
        )

    def librdkafka_options(self) -> dict[str, str]:
        """What a client of confluent-kafka, which administers, is built with."""
        options = {"bootstrap.servers": self.bootstrap, "security.protocol": self.protocol}
        files = {"ca": self.ca, "certificate": self.certificate, "key": self.key}
        options |= {f"ssl.{name}.location": str(file) for name, file in files.items() if file}
        if self.protocol == "SASL_SSL":
            options["sasl.mechanism"] = self.mechanism
            options["sasl.username"] = self.username
            options["sasl.password"] = self.current_password()
        return options

    def version(self) -> tuple[int, ...]:
        """Another value whenever one of the files has changed; a client built before is then to be built anew."""
        return tuple(_changed_at(file) for file in self._files)

    def current_password(self) -> str:
        """The password as it is now; raises OSError."""
        if isinstance(self.password, Path):
            return self.password.read_text(encoding="utf-8").strip()
        return self.password

    @cached_property
    def _files(self) -> tuple[Path, ...]:
        named = (self.password, self.ca, self.certificate, self.key)
        return tuple(file for file in named if isinstance(file, Path))

    def _ssl_context(self) -> ssl.SSLContext:
        context = ssl.create_default_context(cafile=self.ca)
        if self.certificate is not None:
            context.load_cert_chain(self.certificate, self.key)
        return context

    def _security(self) -> BaseSecurity | None:
        if self.protocol == "PLAINTEXT":
            return None
        context = self._ssl_context()
        if self.protocol == "SSL":
            return BaseSecurity(ssl_context=context, use_ssl=True)
        scram = _SCRAM[self.mechanism]
        return scram(self.username, self.current_password(), ssl_context=context, use_ssl=True)


def _changed_at(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0  # between two versions of a mounted secret there is none for a moment


async def refusal(access: KafkaAccess) -> str:
    """Why Kafka lets us in nowhere, as a client's "unable to bootstrap" does not say; empty if that is not the reason."""
    try:
        options = access.client_options()
    except (OSError, ssl.SSLError) as error:
        return f"{type(error).__name__}: {error}"
    hosts = collect_hosts(options.pop("bootstrap_servers"))
    for host, port, _ in hosts:
        connection = AIOKafkaConnection(host, port, request_timeout_ms=2000, **options)
        try:
            await connection.connect()
        except SaslAuthenticationFailed as error:
            return f"{access.username}: {error}"
        except ssl.SSLError as error:
            return f"{host}:{port}: {error}"
        except (OSError, KafkaError, TimeoutError):
            continue
        else:
            return ""
        finally:
            await asyncio.wait({connection.close()}, timeout=CLOSE_SECONDS)
    return ""


def refusal_now(access: KafkaAccess) -> str:
    """The same for a program without an event loop."""
    return asyncio.run(refusal(access))


class KafkaSettings(BaseSettings):
    """The part of the environment that says how Kafka is reached: ``KAFKA_BOOTSTRAP_SERVERS`` and so on."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    kafka_bootstrap_servers: str
    kafka_security_protocol: Protocol | None = Field(
        default=None, description="must be said where the brokers are not on a loopback address"
    )
    kafka_sasl_mechanism: Mechanism = "SCRAM-SHA-512"
    kafka_username: str = ""
    kafka_password: SecretStr = SecretStr("")
    kafka_password_file: Path | None = Field(
        default=None, description="instead of the password; when it changes, connections are made anew"
    )
    kafka_ca_file: Path | None = Field(default=None, description="PEM; none: whom this machine trusts")
    kafka_certificate_file: Path | None = Field(default=None, description="PEM, for mTLS")
    kafka_key_file: Path | None = Field(default=None, description="PEM, for mTLS")

    @model_validator(mode="after")
    def _is_consistent(self) -> "KafkaSettings":
        """Half a credential, or one that would be ignored, is a mistake that someone must hear of."""
        protocol = self.kafka_security_protocol or ("PLAINTEXT" if self._is_loopback else None)
        has_password = bool(self.kafka_password.get_secret_value() or self.kafka_password_file)
        has_user = bool(self.kafka_username) and has_password
        has_certificate = bool(self.kafka_certificate_file and self.kafka_key_file)
        wrong = {
            None: "unsaid",
            "SASL_SSL": "" if has_user else "no_user",
            "SSL": "" if has_certificate else "no_certificate",
            "PLAINTEXT": "ignored" if has_password or self.kafka_certificate_file else "",
        }[protocol]
        if wrong:
            raise ValueError(" / ".join(both(f"kafka_settings.{wrong}")))
        return self

    @property
    def _is_loopback(self) -> bool:
        return all(_is_loopback(host) for host, _, _ in collect_hosts(self.kafka_bootstrap_servers))

    @property
    def kafka(self) -> KafkaAccess:
        """How to get in."""
        return KafkaAccess(
            bootstrap=self.kafka_bootstrap_servers,
            protocol=self.kafka_security_protocol or "PLAINTEXT",
            mechanism=self.kafka_sasl_mechanism,
            username=self.kafka_username,
            password=self.kafka_password_file or self.kafka_password.get_secret_value(),
            ca=self.kafka_ca_file,
            certificate=self.kafka_certificate_file,
            key=self.kafka_key_file,
        )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
