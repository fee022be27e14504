"""``liandong compose-env`` fills ``.env`` with what a compose file requires and changes nothing that stands there."""

import stat
from pathlib import Path

import jwt
import pytest
from cryptography import x509
from typer.testing import CliRunner

from liandong.commands.compose_env import app, missing
from liandong.commands.token import app as token_app

RUN = CliRunner()
ROOT = Path(__file__).parents[2]


@pytest.fixture
def compose(tmp_path, monkeypatch) -> Path:
    """The project's compose file in a folder without ``.env``."""
    monkeypatch.setenv("LIANDONG_HOME", str(tmp_path / "home"))
    file = tmp_path / "compose.yaml"
    file.write_text((ROOT / "compose.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    return file


def fill(compose: Path) -> dict[str, str]:
    assert RUN.invoke(app, ["--file", str(compose)]).exit_code == 0
    lines = compose.with_name(".env").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines)


def test_everything_required_is_there_and_no_two_passwords_are_alike(compose):
    made = fill(compose)
    assert missing(compose.read_text(encoding="utf-8"), "") == list(made)
    passwords = [value for name, value in made.items() if "PASSWORD" in name]
    assert len(passwords) == len(set(passwords)) == 17
    assert min(map(len, passwords)) >= 32


def test_nobody_else_may_read_it(compose):
    fill(compose)
    assert stat.S_IMODE(compose.with_name(".env").stat().st_mode) == 0o600


def test_what_stands_there_stays(compose):
    env = compose.with_name(".env")
    env.write_text("POSTGRES_PASSWORD=chosen", encoding="utf-8")
    first = fill(compose)
    assert first["POSTGRES_PASSWORD"] == "chosen"
    assert fill(compose) == first


def test_the_services_are_given_the_key_that_checks_the_issuer_s_tokens(compose):
    key = Path(fill(compose)["ISSUER_PUBLIC_KEY"]).read_text()
    asked = ["--role", "auditor", "--node", "210404", "--purpose", "compose"]
    issued = RUN.invoke(token_app, asked).output.strip()
    assert "PRIVATE" not in key
    assert jwt.decode(issued, key, algorithms=["EdDSA"], audience="liandong-live")["roles"] == ["auditor"]


def test_kafka_and_who_administers_it_are_given_certificates_of_one_authority(compose):
    made = fill(compose)
    authority = x509.load_pem_x509_certificate(Path(made["KAFKA_CA"]).read_bytes())
    for name, user in (("KAFKA_KEYSTORE", "kafka"), ("KAFKA_ADMIN_CERTIFICATE", "provisioning")):
        certificate = x509.load_pem_x509_certificate(Path(made[name]).read_bytes())
        certificate.verify_directly_issued_by(authority)
        assert certificate.subject.rfc4514_string() == f"CN={user}"
    assert "PRIVATE KEY" in Path(made["KAFKA_ADMIN_KEY"]).read_text()
    assert stat.S_IMODE(Path(made["KAFKA_CA"]).parent.stat().st_mode) == 0o700


def test_a_file_that_is_not_there_is_named(tmp_path):
    refused = RUN.invoke(app, ["--file", str(tmp_path / "compose.yaml")])
    assert refused.exit_code == 1
    assert "compose.yaml" in refused.output.replace("\n", "")
    assert not (tmp_path / ".env").exists()
