"""Certificates for the brokers of one machine and those who meet them there.

The folder keeps others out. Files in it may be read by whoever gets there: mounted into a container, they are read by
another user than the one who made them. A city's own authority, or its cluster's operator, takes this place in
production (``deploy/README.md``).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

VALID = timedelta(days=3650)
SKEW = timedelta(hours=1)
"""A certificate holds from a little before it was made: clocks differ."""


@dataclass(frozen=True)
class Certified:
    """Who someone is and how he proves it, as PEM files."""

    certificate: Path
    key: Path

    @property
    def keystore(self) -> Path:
        """Key and certificate in one file, as Kafka takes them."""
        file = self.key.with_suffix(".keystore.pem")
        file.write_bytes(self.key.read_bytes() + self.certificate.read_bytes())
        return file


class Authority:
    """Signs certificates; its key and what it signed are in one folder, made when they are first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.certificate, self._key_file = folder / "ca.crt", folder / "ca.key"

    def issue(self, name: str, hosts: Iterable[str] = ()) -> Certified:
        """A certificate for a common name, also as the server of these hosts; the one that is there, if one is."""
        known = Certified(self._folder / f"{name}.crt", self._folder / f"{name}.key")
        if not known.key.exists():
            authority, signer = self._authority()
            key = ec.generate_private_key(ec.SECP256R1())
            names = [_host(host) for host in hosts]
            builder = _builder(name, authority.subject, key)
            for extension in _leaf_extensions(signer, names):
                builder = builder.add_extension(extension, critical=False)
            _write(known, builder.sign(signer, hashes.SHA256()), key)
        return known

    def _authority(self) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
        if not self._key_file.exists():
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            key = ec.generate_private_key(ec.SECP256R1())
            builder = _builder("liandong", _name("liandong"), key)
            for extension in (x509.BasicConstraints(ca=True, path_length=0), _signing_only()):
                builder = builder.add_extension(extension, critical=True)
            _write(Certified(self.certificate, self._key_file), builder.sign(key, hashes.SHA256()), key)
        loaded = serialization.load_pem_private_key(self._key_file.read_bytes(), password=None)
        assert isinstance(loaded, ec.EllipticCurvePrivateKey)
        return x509.load_pem_x509_certificate(self.certificate.read_bytes()), loaded


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _host(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _builder(name: str, issuer: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - SKEW)
        .not_valid_after(now + VALID)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _leaf_extensions(
    signer: ec.EllipticCurvePrivateKey, names: list[x509.GeneralName]
) -> Iterator[x509.ExtensionType]:
    """What RFC 5280 asks of a certificate that signs none, as Python 3.13 looks at it."""
    usages = [ExtendedKeyUsageOID.CLIENT_AUTH, *([ExtendedKeyUsageOID.SERVER_AUTH] if names else [])]
    yield x509.BasicConstraints(ca=False, path_length=None)
    yield x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
    yield x509.ExtendedKeyUsage(usages)
    if names:
        yield x509.SubjectAlternativeName(names)


def _signing_only() -> x509.KeyUsage:
    return x509.KeyUsage(
        key_cert_sign=True,
        crl_sign=True,
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _write(files: Certified, certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> None:
    files.certificate.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    files.key.write_bytes(secret)
