"""Servers on loopback, over real sockets: well, or misbehaving in every way that a network knows.

Beside them: ports that nobody serves, a robot that points at one of them, and `fail`, a send that
must fail there without giving anything away.
"""

import logging
import select
import socket
import ssl
import struct
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import pytest
import trustme

from dingcomposer.core.robot import ProxyMode, Robot, TrustSource
from dingcomposer.dingtalk.client import Client
from dingcomposer.dingtalk.errors import DingTalkError
from dingcomposer.dingtalk.network import Network
from dingcomposer.dingtalk.signing import sign
from tests.fakes.canaries import CANARY, spellings

OK = b'{"errcode":0,"errmsg":"ok"}'
SIGNED_MS = 1582163555000
SIGN = sign(CANARY.secret or "", SIGNED_MS)
BODY = b'{"msgtype":"text","text":{"content":"x"}}'
TIMEOUT_S = 0.3
LOCAL = "http://127.0.0.1:{port}/robot/send"
LOCAL_TLS = "https://localhost:{port}/robot/send"
AFAR = "https://robot.invalid/robot/send"
ErrorT = TypeVar("ErrorT", bound=DingTalkError)


class Talk:
    """One accepted connection, as a script sees it."""

    def __init__(self, sock: socket.socket, peer: "Peer") -> None:
        self._sock = sock
        self._peer = peer

    def request(self) -> bytes:
        """The next whole request, head and body; b"" where the client is gone. It is counted."""
        text = b""
        while not _is_whole(text):
            piece = self._sock.recv(65536)
            if not piece:
                return b""
            text += piece
        self._peer.requests.append(text)
        return text

    def hear(self) -> bytes:
        """Whatever comes first, a request or not."""
        return self._sock.recv(65536)

    def say(self, text: bytes) -> None:
        """Send bytes as they are."""
        self._sock.sendall(text)

    def say_below_tls(self, text: bytes) -> None:
        """Send bytes past the encryption: no client can read them as TLS."""
        with socket.socket(fileno=socket.dup(self._sock.fileno())) as plain:
            plain.sendall(text)

    def trickle(self, text: bytes, pause_s: float) -> None:
        """Send one byte after the other, until the peer is stopped."""
        for at in range(len(text)):
            if self._peer.stopped.wait(pause_s):
                return
            self._sock.sendall(text[at : at + 1])

    def hold(self) -> None:
        """Keep the connection open and say nothing more."""
        self._peer.stopped.wait(20)

    def reset(self) -> None:
        """End with a TCP reset instead of an orderly close."""
        self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def through_proxy(self, port: int) -> None:
        """Be a CONNECT proxy that leads every name to a port of this machine."""
        self._peer.requests.append(self.hear())
        with socket.create_connection(("127.0.0.1", port)) as onward:
            self.say(b"HTTP/1.1 200 Connection established\r\n\r\n")
            ends = {self._sock: onward, onward: self._sock}
            while not self._peer.stopped.is_set():
                for end in select.select(list(ends), [], [], 0.05)[0]:
                    piece = end.recv(65536)
                    if not piece:
                        return
                    ends[end].sendall(piece)


Script = Callable[[Talk], None]


class Peer:
    """A server on 127.0.0.1: each connection plays its script, those beyond them the last one."""

    def __init__(self, *scripts: Script, context: ssl.SSLContext | None = None) -> None:
        self.requests: list[bytes] = []
        self.stopped = threading.Event()
        self._scripts = scripts
        self._context = context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._threads: list[threading.Thread] = []
        self._open: list[socket.socket] = []

    @property
    def connections(self) -> int:
        """How many connections were made so far."""
        return len(self._threads) - 1

    def await_closed(self, number: int) -> None:
        """Return when the connection of that number (from 1) has been closed by its script."""
        self._threads[number].join(5)

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stopped.set()
        for sock in (self._listener, *self._open):
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(5)

    def _start(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            self._open.append(sock)
            script = self._scripts[min(self.connections, len(self._scripts) - 1)]
            self._start(lambda sock=sock, script=script: self._play(sock, script))  # type: ignore[misc]

    def _play(self, sock: socket.socket, script: Script) -> None:
        try:
            with sock:
                if self._context is None:
                    script(Talk(sock, self))
                else:
                    with self._context.wrap_socket(sock, server_side=True) as tls:
                        self._open.append(tls)
                        script(Talk(tls, self))
        except OSError:
            pass  # the client went away, which is what many of the tests make it do


def answer(
    body: bytes = OK, status: str = "200 OK", *headers: str, length: int | None = None
) -> bytes:
    """A whole HTTP answer; `length` may announce another length than the body's."""
    head = [
        f"HTTP/1.1 {status}",
        f"Content-Length: {len(body) if length is None else length}",
        *headers,
    ]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def answers(*texts: bytes) -> Script:
    """Answers one request after the other with these bytes, then closes."""

    def script(talk: Talk) -> None:
        for text in texts:
            if not talk.request():
                return
            talk.say(text)

    return script


def answers_always(text: bytes | None = None) -> Script:
    """Answers every request alike."""

    def script(talk: Talk) -> None:
        while talk.request():
            talk.say(answer() if text is None else text)

    return script


def _is_whole(text: bytes) -> bool:
    head, end, body = text.partition(b"\r\n\r\n")
    if not end:
        return False
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return len(body) >= int(line.partition(b":")[2])
    return True


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


# ------------------------------------------------------------------------------- a client's side


def robot_at(port: int, endpoint: str = LOCAL) -> Robot:
    """A robot whose messages go to a port of this machine, or to another endpoint."""
    return Robot(
        "1",
        "测试群",
        endpoint=endpoint.format(port=port),
        connect_timeout_s=TIMEOUT_S,
        read_timeout_s=TIMEOUT_S,
    )


def proxy_at(port: int, trusting: Network | None = None) -> Network:
    """The way through a proxy on a port of this machine, which asks for a password."""
    trust, ca_file = (trusting.trust, trusting.ca_file) if trusting else (TrustSource.SYSTEM, "")
    address = f"http://127.0.0.1:{port}"
    return Network(ProxyMode.PROXY, address, "me", "canary-password", trust, ca_file)


def fail(
    expected: type[ErrorT],
    robot: Robot,
    caplog: pytest.LogCaptureFixture,
    network: Network = Network(way=ProxyMode.DIRECT),  # noqa: B008 - frozen
) -> ErrorT:
    """Send, and return the error; whatever was raised or logged holds nothing of the canaries."""
    caplog.set_level(logging.DEBUG)
    client = Client(clock_ms=lambda: SIGNED_MS, network=lambda _: network)
    with pytest.raises(expected) as caught:
        client.send(robot, CANARY, BODY)
    client.close()
    error = caught.value
    assert error.__cause__ is None
    assert error.__context__ is None
    told = [str(error), repr(error), "".join(traceback.format_exception(error)), caplog.text]
    told += [str(value) for value in vars(error).values()]
    for secret in (CANARY.access_token, CANARY.secret or "", SIGN, network.proxy_password or SIGN):
        for spelling in spellings(secret):
            assert not any(spelling in text for text in told)
    return error


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """An issuer of certificates that nobody knows."""
    return trustme.CA()


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> Path:
    """The file that makes it known."""
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(path)
    return path


@pytest.fixture
def trusting(ca_file: Path) -> Network:
    """A network that trusts the tests' own authority, and no other."""
    return Network(way=ProxyMode.DIRECT, trust=TrustSource.FILE, ca_file=str(ca_file))
