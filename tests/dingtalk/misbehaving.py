"""Ports, certificates and servers' scripts that keep a message here, or leave its fate unknown."""

import socket
import ssl
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import trustme

from tests.dingtalk.peers import OK, Script, Talk, answer, answers

# ------------------------------------------------------------------------------------ on the way


@contextmanager
def refusing_port() -> Iterator[int]:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = int(listener.getsockname()[1])
    yield port


@contextmanager
def full_port() -> Iterator[int]:
    """A port whose queue of connections is full: the next one is kept waiting."""
    if sys.platform != "linux":
        pytest.skip("only Linux keeps a connection waiting when the queue is full")
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        port = int(listener.getsockname()[1])
        waiting = [socket.socket() for _ in range(4)]
        for sock in waiting:
            sock.setblocking(False)
            sock.connect_ex(("127.0.0.1", port))
        yield port
        for sock in waiting:
            sock.close()


def server_context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    """What a server with this certificate speaks TLS with."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def self_signed_context(folder: Path) -> ssl.SSLContext:
    """What a server speaks TLS with that signed its certificate itself."""
    own = trustme.CA()
    path = folder / "own.pem"
    path.write_bytes(own.private_key_pem.bytes() + own.cert_pem.bytes())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


def speaks_no_tls(talk: Talk) -> None:
    talk.say(answer(b"<html>", "400 Bad Request"))
    talk.hold()


def asks(status: str) -> Script:
    """A proxy that answers a CONNECT with this status."""
    return answers(answer(b"", status, "Proxy-Authenticate: Basic"))


# ----------------------------------------------------------------------------- after it went out


def closes_after_the_request(talk: Talk) -> None:
    talk.request()


def resets_after_the_request(talk: Talk) -> None:
    talk.request()
    talk.reset()


def closes_when_asked_again(talk: Talk) -> None:
    """Answers once; the next request meets the close."""
    talk.request()
    talk.say(answer())
    talk.request()


def is_silent(talk: Talk) -> None:
    talk.request()
    talk.hold()


def says_and_holds(text: bytes) -> Script:
    def script(talk: Talk) -> None:
        talk.request()
        talk.say(text)
        talk.hold()

    return script


def says_and_resets(text: bytes) -> Script:
    def script(talk: Talk) -> None:
        talk.request()
        talk.say(text)
        talk.reset()

    return script


def trickles(text: bytes) -> Script:
    def script(talk: Talk) -> None:
        talk.request()
        talk.trickle(text, 0.03)

    return script


HALF = answer(OK[:9], length=len(OK))
HALF_CHUNK = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1b\r\n" + OK[:9]
