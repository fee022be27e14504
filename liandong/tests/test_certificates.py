"""Our certificates are taken by the strictest of those who meet them: Python 3.13 follows RFC 5280 to the letter."""

import ssl

import pytest

from liandong.certificates import Authority, Certified


def handshake(server: ssl.SSLContext, client: ssl.SSLContext, host: str) -> ssl.SSLObject:
    """What the server sees of its client; raises SSLError."""
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    ours = client.wrap_bio(to_client, to_server, server_hostname=host)
    theirs = server.wrap_bio(to_server, to_client, server_side=True)
    waiting = [ours, theirs]
    while waiting:
        for side in list(waiting):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
            waiting.remove(side)
    return theirs


def strict(purpose: ssl.Purpose, authority: Authority, mine: Certified) -> ssl.SSLContext:
    context = ssl.create_default_context(purpose, cafile=authority.certificate)
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_cert_chain(mine.certificate, mine.key)
    return context


@pytest.mark.parametrize("host", ["kafka", "localhost", "127.0.0.1"])
def test_both_sides_believe_each_other_by_the_strictest_rules(tmp_path, host):
    authority = Authority(tmp_path)
    broker, user = (
        authority.issue("kafka", ["kafka", "localhost", "127.0.0.1"]),
        authority.issue("210404.incident"),
    )
    server = strict(ssl.Purpose.CLIENT_AUTH, authority, broker)
    seen = handshake(server, strict(ssl.Purpose.SERVER_AUTH, authority, user), host)
    assert seen.getpeercert()["subject"] == ((("commonName", "210404.incident"),),)


def test_another_host_or_another_authority_is_not_believed(tmp_path):
    authority, other = Authority(tmp_path / "one"), Authority(tmp_path / "other")
    server = strict(ssl.Purpose.CLIENT_AUTH, authority, authority.issue("kafka", ["kafka"]))
    user = authority.issue("user")
    with pytest.raises(ssl.SSLCertVerificationError, match="Hostname mismatch"):
        handshake(server, strict(ssl.Purpose.SERVER_AUTH, authority, user), "elsewhere")
    other.issue("kafka")
    with pytest.raises(ssl.SSLCertVerificationError):
        handshake(server, strict(ssl.Purpose.SERVER_AUTH, other, user), "kafka")


def test_what_was_issued_stays_and_others_are_kept_out_of_the_folder(tmp_path):
    folder = tmp_path / "certificates"
    first = Authority(folder).issue("kafka", ["kafka"])
    content = first.certificate.read_bytes()
    assert Authority(folder).issue("kafka", ["kafka"]).certificate.read_bytes() == content
    assert folder.stat().st_mode & 0o077 == 0
