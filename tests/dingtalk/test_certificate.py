"""A certificate is read as it is, trusted or not."""

import ssl

import trustme
from cryptography import x509

from dingcomposer.dingtalk.checkup.certificate import read_certificate


def test_a_certificate_is_read_as_another_library_reads_it(authority: trustme.CA) -> None:
    issued = authority.issue_cert("robot.example", "10.1.2.3", organization_name="一家公司")
    pem = issued.cert_chain_pems[0].bytes()
    der = ssl.PEM_cert_to_DER_cert(pem.decode())
    expected = x509.load_pem_x509_certificate(pem)
    read = read_certificate(der)
    assert read is not None
    assert read.begins_at == expected.not_valid_before_utc
    assert read.ends_at == expected.not_valid_after_utc
    assert "一家公司" in read.subject
    assert read.names == ("robot.example", "10.1.2.3")
    assert not read.is_self_signed


def test_bytes_that_are_no_certificate_are_read_as_none(authority: trustme.CA) -> None:
    pem = authority.issue_cert("localhost").cert_chain_pems[0].bytes()
    der = ssl.PEM_cert_to_DER_cert(pem.decode())
    for end in range(0, len(der), 7):
        assert read_certificate(der[:end]) is None
    for at in range(len(der)):
        read_certificate(der[:at] + b"\xff" + der[at + 1 :])
