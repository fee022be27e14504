"""How Kafka is reached: said in full or refused, and never with half a credential."""

import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from shared.kafka_access import KafkaAccess, KafkaSettings

REMOTE = {"kafka_bootstrap_servers": "kafka-1:9092,kafka-2:9092"}
PASSWORD = {"kafka_username": "210400.incident", "kafka_password": "a secret"}


@pytest.mark.parametrize("servers", ["127.0.0.1:9092", "localhost:9092,127.0.0.2:9093", "[::1]:9092"])
def test_on_this_machine_kafka_may_be_open(servers):
    assert KafkaSettings(kafka_bootstrap_servers=servers).kafka == KafkaAccess(servers)


def test_elsewhere_it_is_open_only_if_someone_says_so():
    with pytest.raises(ValidationError, match="KAFKA_SECURITY_PROTOCOL"):
        KafkaSettings(**REMOTE)
    assert KafkaSettings(**REMOTE, kafka_security_protocol="PLAINTEXT").kafka.protocol == "PLAINTEXT"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"kafka_security_protocol": "SASL_SSL"}, "KAFKA_USERNAME"),
        ({"kafka_security_protocol": "SASL_SSL", "kafka_username": "x"}, "KAFKA_PASSWORD"),
        ({"kafka_security_protocol": "SSL", "kafka_certificate_file": "x.crt"}, "KAFKA_KEY_FILE"),
        ({"kafka_security_protocol": "PLAINTEXT", **PASSWORD}, "ignore the credentials"),
        ({"kafka_security_protocol": "SASL_PLAINTEXT", **PASSWORD}, "SASL_SSL"),
    ],
    ids=[
        "nobody",
        "no password",
        "half a certificate",
        "a password that would be ignored",
        "a readable line",
    ],
)
def test_half_a_credential_is_refused(given, told):
    with pytest.raises(ValidationError, match=told):
        KafkaSettings(**REMOTE, **given)


def test_a_password_is_in_no_text_of_the_settings():
    settings = KafkaSettings(**REMOTE, kafka_security_protocol="SASL_SSL", **PASSWORD)
    assert "a secret" not in repr(settings) + repr(settings.kafka)
    assert settings.kafka.client_options()["sasl_plain_password"] == "a secret"


def test_a_password_in_a_file_is_read_whenever_a_client_is_built(tmp_path):
    file = tmp_path / "password"
    file.write_text("first\n")
    settings = KafkaSettings(
        **REMOTE, kafka_security_protocol="SASL_SSL", kafka_username="x", kafka_password_file=file
    )
    before = settings.kafka.version()
    assert settings.kafka.client_options()["sasl_plain_password"] == "first"
    file.write_text("second\n")
    os.utime(file, ns=(0, before[0] + 1))
    assert settings.kafka.version() != before
    assert settings.kafka.librdkafka_options()["sasl.password"] == "second"


def test_a_secret_that_is_being_replaced_is_another_version():
    assert KafkaAccess("x:1", "SASL_SSL", username="x", password=Path("nowhere")).version() == (0,)
