"""urllib3's connections, watched: did anything leave, what barred the way, is there time left?

Foreign exceptions cannot answer that. requests and urllib3 wrap a TLS fault in the same classes
whether the handshake failed (nothing was sent) or the answer's first byte (the message is out),
and a time-out in the handshake as a read time-out. So the connection itself notes what it does.
"""

import io
import re
import ssl
from collections.abc import Iterable, Iterator
from http.client import HTTPResponse, RemoteDisconnected
from typing import Any, ClassVar

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import (
    ConnectTimeoutError,
    LocationParseError,
    NameResolutionError,
    NewConnectionError,
)

from dingcomposer.core.delivery import Fault
from dingcomposer.dingtalk.attempt import (
    AttemptState,
    PhaseEnd,
    fault_of_certificate,
    fault_of_connect,
    has_no_handle,
)

# Servers and firewalls forget idle connections, some without a word; DingTalk's limit is not known.
IDLE_S = 15.0

# http.client's own words, on every version; the number is taken, the rest is never shown.
_TUNNEL_REFUSED = re.compile(r"Tunnel connection failed: (\d+)")


class _TimedReader(io.RawIOBase):
    """Reads from a socket until the watch's deadline.

    A socket's own time-out starts anew with every byte: a server that trickles holds us for ever.
    """

    def __init__(self, sock: Any, raw: io.RawIOBase, watch: AttemptState) -> None:
        super().__init__()
        self._sock = sock
        self._raw = raw
        self._watch = watch

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        try:
            self._sock.settimeout(self._watch.remaining_s())
            count = self._raw.readinto(buffer)
            self._watch.received_bytes += count or 0
            return count
        except TimeoutError:
            self._watch.is_late = True
            raise

    def close(self) -> None:
        self._raw.close()
        super().close()


class _HeadReader(io.BufferedReader):
    """Of an answer that ends in its first lines no line is given.

    http.client takes "HTTP/1.1 200 O" for a whole status line, and the end of the connection for
    the end of the headers: an answer without a body, where none came.
    """

    is_in_head = True

    def readline(self, size: int | None = -1, /) -> bytes:
        line = super().readline(size)
        if self.is_in_head and not line.endswith(b"\n") and len(line) < (size or -1):
            raise RemoteDisconnected("in the first lines")
        return line


class _TimedResponse(HTTPResponse):
    """http.client's response, read against the deadline: status line, headers and body."""

    watch: ClassVar[AttemptState]

    def __init__(self, sock: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        raw = self.fp.detach()
        self._reader = _HeadReader(_TimedReader(sock, raw, self.watch))
        self.fp = self._reader

    def begin(self) -> None:
        super().begin()
        self._reader.is_in_head = False


class _SocketOptions(list[tuple[int, int, int | bytes]]):
    """What urllib3 sets on each socket: when it begins to, the host's name has been looked up."""

    def __init__(self, options: Iterable[Any], watch: AttemptState) -> None:
        super().__init__(options)
        self._watch = watch
        self._is_named = False

    def __iter__(self) -> Iterator[Any]:
        if not self._is_named:  # a host may have several addresses, tried in turn
            self._is_named = True
            self._watch.mark(PhaseEnd.NAMED)
        return super().__iter__()


class _WatchedConnection(HTTPConnection):
    """A connection that tells its watch when the request begins to leave, or why it cannot."""

    watch: ClassVar[AttemptState]
    _is_connecting = False
    _used_at_s = 0.0

    @property
    def is_connected(self) -> bool:
        """False where the server closed it, or nobody used it for `IDLE_S`: asked before reuse."""
        is_fresh = self.watch.monotonic_s() - self._used_at_s < IDLE_S
        return is_fresh and super().is_connected

    def connect(self) -> None:
        self._is_connecting = True
        try:
            super().connect()
        except Exception as error:
            self.watch.fault = _fault_on_the_way(error, self)
            raise
        finally:
            self._is_connecting = False

    def _new_conn(self) -> Any:
        options = self.socket_options
        self.socket_options = _SocketOptions(options or (), self.watch)
        self.watch.mark(PhaseEnd.BEGUN)
        try:
            sock = super()._new_conn()
        except NameResolutionError:
            self.watch.mark(PhaseEnd.NAMED)  # so long it took to find none
            raise
        except Exception:
            self.watch.mark(PhaseEnd.CONNECTED)  # so long it took to fail
            raise
        finally:
            self.socket_options = options
        self.watch.mark(PhaseEnd.CONNECTED)
        return sock

    def _tunnel(self) -> None:
        super()._tunnel()
        self.watch.mark(PhaseEnd.CONNECTED)

    def putheader(self, header: Any, *values: Any) -> None:
        """A header of the request as it goes out; `Host` is put there by http.client."""
        self.watch.request_headers.append((_text(header), ", ".join(map(_text, values))))
        super().putheader(header, *values)

    def send(self, data: Any) -> None:
        if not self._is_connecting:
            if self.sock is None:
                self.connect()
            if not self.watch.has_left:
                self.watch.has_left = True
                self.watch.received_bytes = 0  # what came before was a proxy's
            # Before each piece: behind the last one the answer may be there already.
            self.watch.mark(PhaseEnd.ASKED)
        try:
            super().send(data)
        except TimeoutError:
            self.watch.is_late = True
            raise

    def getresponse(self) -> Any:
        self.watch.allow(self.watch.read_timeout_s)
        response = super().getresponse()
        self._used_at_s = self.watch.monotonic_s()
        return response


class _WatchedTlsConnection(_WatchedConnection, HTTPSConnection):
    """The same over TLS; `connect` ends with the handshake done and the certificate verified."""

    def connect(self) -> None:
        try:
            super().connect()
        finally:
            if self.watch.has_moment(PhaseEnd.CONNECTED) and self.sock is not None:
                self.watch.mark(PhaseEnd.SECURED)


def watched_pools(watch: AttemptState) -> dict[str, type[HTTPConnectionPool]]:
    """urllib3's pool classes by scheme, whose connections all report to `watch`."""
    response_class = type("Response", (_TimedResponse,), {"watch": watch})
    own = {"watch": watch, "response_class": response_class}
    plain = type("Connection", (_WatchedConnection,), own)
    tls = type("TlsConnection", (_WatchedTlsConnection,), own)
    return {
        "http": type("Pool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
        "https": type("TlsPool", (HTTPSConnectionPool,), {"ConnectionCls": tls}),
    }


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _fault_on_the_way(error: Exception, connection: HTTPConnection) -> Fault:
    """The fault's name, for what `connect` raised: nothing of the request has left by then."""
    if has_no_handle(error):
        return Fault.NO_HANDLES
    refused = _TUNNEL_REFUSED.match(str(error)) if isinstance(error, OSError) else None
    if refused:
        return Fault.PROXY_WANTS_PASSWORD if refused[1] == "407" else Fault.PROXY_REFUSED
    if isinstance(error, LocationParseError | UnicodeError):
        return Fault.BAD_ENDPOINT
    if connection.proxy and not connection.has_connected_to_proxy:
        return Fault.PROXY_UNREACHABLE
    if isinstance(error, NameResolutionError):
        return Fault.NAME_NOT_FOUND
    if isinstance(error, NewConnectionError):
        return fault_of_connect(error.__cause__)
    if isinstance(error, ssl.SSLCertVerificationError):
        return fault_of_certificate(error)
    if isinstance(error, ssl.SSLError):
        return Fault.TLS_FAILED
    if connection.proxy:
        return Fault.PROXY_REFUSED
    if isinstance(error, ConnectTimeoutError | TimeoutError):
        return Fault.CONNECT_TIMEOUT
    return Fault.TLS_FAILED if isinstance(connection, HTTPSConnection) else Fault.UNREACHABLE
