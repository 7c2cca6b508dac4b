"""How requests come in and answers leave: `http.server`, made quick, and able to misbehave.

On loopback, unless another address is asked for by name. The answers themselves are decided
elsewhere; here they are sent, or withheld.
"""

import email.utils
import errno
import io
import logging
import re
import selectors
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar, cast
from urllib.parse import parse_qsl

from dingcomposer.sandbox.faults import FaultReply, Manner
from dingcomposer.sandbox.rules import TLS, Received
from dingcomposer.sandbox.sockets import EXHAUSTED_WAIT_S, hang_up, waiting_selector

_KEPT_BODY_BYTES = 1 << 20
_CHUNK_BYTES = 1 << 16
_LINE_BYTES = 1 << 10
# What accept() says where this process, or the whole computer, has no handle or memory to spare.
_EXHAUSTED = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})
_IPV4_IN_IPV6 = "::ffff:"
_TLS_HANDSHAKE = b"\x16"
_REQUEST = re.compile(rb"[A-Z]{3,7} (?:/|https?:)")

_log = logging.getLogger(__name__)


class Wire(ThreadingHTTPServer):
    """Answers what comes to a socket that listens at `host`, in the thread of a `Listener`.

    `serve` returns once it was told to stop.
    """

    daemon_threads = True

    def __init__(
        self,
        listening: socket.socket,
        host: str,
        answer: Callable[[Received], FaultReply],
        clock: Callable[[], datetime],
        exhausted: Callable[[], None],
    ) -> None:
        self.answer = answer
        self.clock = clock
        self._exhausted = exhausted
        self._is_exhausted = False
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._open: dict[socket.socket, threading.Thread] = {}
        self._is_stopping = False
        super().__init__((host, 0), _Handler, bind_and_activate=False)
        self.socket.close()  # the one that was made of its own
        self.socket = listening
        self.server_address = listening.getsockname()
        # Without `HTTPServer`'s look-up of the host's name, which may take seconds.
        self.server_name, self.server_port = host, int(self.server_address[1])

    def serve(self) -> None:
        """Take connections until it was told to stop."""
        # serve_forever() would look twice a second whether it should end; this waits for the wake.
        while not self._is_stopping:
            self.handle_request()

    def begin_to_stop(self) -> None:
        """Serve no further connection."""
        with self._lock:
            self._is_stopping = True
        self._stopped.set()

    def hang_up(self, until: float) -> None:
        """Close every connection, and wait for their threads until then, on the monotonic clock."""
        with self._lock:
            connections = dict(self._open)
        for connection in connections:
            hang_up(connection)
        for thread in set(connections.values()) - {threading.current_thread()}:
            thread.join(max(0.0, until - time.monotonic()))

    def get_request(self) -> tuple[socket.socket, Any]:
        """The next connection. Where there is no handle left for it, wait before it is tried again.

        The connection stays in the queue, so that the next look would find it at once: without the
        wait this thread took a whole core.
        """
        try:
            request = super().get_request()
        except OSError as error:
            if error.errno in _EXHAUSTED:
                self._report_exhausted()
                self._stopped.wait(EXHAUSTED_WAIT_S)
            raise
        self._is_exhausted = False
        return request

    def verify_request(self, request: Any, client_address: Any) -> bool:
        """Whether a new connection is served: not any more when stopping."""
        return not self._is_stopping

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is its own affair; all else is a fault of ours."""
        if not isinstance(sys.exc_info()[1], OSError):
            _log.exception("The sandbox failed to answer")

    def opened(self, connection: socket.socket) -> None:
        """Note a connection, served by the calling thread."""
        with self._lock:
            self._open[connection] = threading.current_thread()
            is_late = self._is_stopping
        if is_late:
            hang_up(connection)

    def closed(self, connection: socket.socket) -> None:
        """Forget a connection."""
        with self._lock:
            self._open.pop(connection, None)

    def _report_exhausted(self) -> None:
        if not self._is_exhausted:
            self._is_exhausted = True
            _log.warning("The sandbox takes no connections: no handle is left for them")
            self._exhausted()


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server_version = "DingComposerSandbox"
    sys_version = ""
    # The stock settings cost 44 ms for each request on a kept connection.
    wbufsize = -1
    disable_nagle_algorithm = True
    timeout: ClassVar[float | None] = 120.0
    server: Wire

    def setup(self) -> None:
        super().setup()
        self.server.opened(self.connection)

    def finish(self) -> None:
        self.server.closed(self.connection)
        super().finish()

    def handle_one_request(self) -> None:
        """Answer one request, or tell of a client that speaks TLS, which would wait forever."""
        try:
            first = cast(io.BufferedReader, self.rfile).peek(1)[:1]
        except OSError:
            self.close_connection = True
            return
        if first != _TLS_HANDSHAKE:
            super().handle_one_request()
            return
        self.close_connection = True
        address = self.client_address[0].removeprefix(_IPV4_IN_IPV6)
        self.server.answer(Received(TLS, "", (), (), b"", 0, address))

    def date_time_string(self, timestamp: float | None = None) -> str:
        return email.utils.format_datetime(self.server.clock(), usegmt=True)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is given
        """Say nothing: the line would hold the token."""

    def do_POST(self) -> None:
        """Answer any method; the name belongs to `http.server`."""
        read = self._read_body()
        if read is None:
            self.close_connection = True
            return
        body, body_bytes, missing_bytes = read
        has_more = not missing_bytes and self._has_more()
        # What is left over would be taken for the next request.
        self.close_connection |= has_more
        path, _, query = self.path.partition("?")
        if "://" in path:  # as a proxy is asked
            path = "/" + path.split("/", 3)[-1]
        self._send(
            self.server.answer(
                Received(
                    method=self.command,
                    path=path,
                    query=tuple(parse_qsl(query, keep_blank_values=True)),
                    headers=tuple(self.headers.items()),
                    body=body,
                    body_bytes=body_bytes,
                    address=self.client_address[0].removeprefix(_IPV4_IN_IPV6),
                    missing_bytes=missing_bytes,
                    has_more=has_more,
                )
            )
        )

    do_GET = do_HEAD = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_POST

    def _read_body(self) -> tuple[bytes, int, int] | None:
        """The body, cut; its length; how much of it never came. None where that is not known."""
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            return self._read_chunks()
        length = self.headers.get("Content-Length", "0")
        if not (length.isascii() and length.isdigit() and len(length) < 16):
            return None
        kept = bytearray()
        missing = self._read_into(kept, int(length))
        return bytes(kept), int(length) - missing, missing

    def _read_chunks(self) -> tuple[bytes, int, int] | None:
        kept, total = bytearray(), 0
        while True:
            try:
                size = int(self.rfile.readline(_LINE_BYTES).partition(b";")[0], 16)
            except ValueError:
                return None
            if size == 0:
                break
            total += size
            if size < 0 or self._read_into(kept, size):
                return None
            self.rfile.readline(_LINE_BYTES)
        while self.rfile.readline(_LINE_BYTES).strip():
            pass  # trailers
        return bytes(kept), total, 0

    def _read_into(self, kept: bytearray, length: int) -> int:
        """Read to the end, keep the beginning: a sender that is cut off never reads its answer.

        How many bytes never came: 0 where all did.
        """
        while length:
            try:
                chunk = self.rfile.read(min(length, _CHUNK_BYTES))
            except OSError:
                return length  # it gave up, or waited for too long
            if not chunk:
                return length
            kept += chunk[: _KEPT_BODY_BYTES - len(kept)]
            length -= len(chunk)
        return 0

    def _has_more(self) -> bool:
        """Whether something is there already that was not announced, and is no further request."""
        self.connection.settimeout(0.0)
        try:
            more = cast(io.BufferedReader, self.rfile).peek(1)
        except OSError:
            return False
        finally:
            self.connection.settimeout(self.timeout)
        more = more.lstrip(b"\r\n")  # which old clients write behind a body
        return bool(more) and _REQUEST.match(more) is None

    def _send(self, reply: FaultReply) -> None:
        match reply.manner:
            case Manner.NEVER:
                self._is_left_alone(None)
                self.close_connection = True
                return
            case Manner.CLOSED:
                self.close_connection = True
                return
            case Manner.RESET:
                self._reset()
                return
            case Manner.LATE if not self._is_left_alone(reply.seconds):
                self.close_connection = True
                return
            case _:
                self._send_head(reply)
        if self.command != "HEAD":
            self._send_body(reply)
        if reply.manner in (Manner.THEN_CLOSED, Manner.HALF):
            self.close_connection = True

    def _send_head(self, reply: FaultReply) -> None:
        self.send_response(reply.http_status)
        for name, value in reply.headers:
            self.send_header(name, value)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(reply.body) + reply.padding_bytes))
        self.end_headers()

    def _send_body(self, reply: FaultReply) -> None:
        if reply.manner is Manner.HALF:
            self.wfile.write(reply.body[: len(reply.body) // 2])
            return
        if reply.manner is Manner.TRICKLED:
            self._trickle(reply.body, reply.seconds)
            return
        self.wfile.write(reply.body)
        for start in range(0, reply.padding_bytes, _CHUNK_BYTES):
            self.wfile.write(b" " * min(_CHUNK_BYTES, reply.padding_bytes - start))

    def _trickle(self, body: bytes, seconds: float) -> None:
        self.wfile.flush()
        for at in range(len(body)):
            if not self._is_left_alone(seconds / len(body)):
                self.close_connection = True
                return
            self.wfile.write(body[at : at + 1])
            self.wfile.flush()

    def _is_left_alone(self, seconds: float | None) -> bool:
        """Wait; False once the client leaves or the server stops. None waits for just that."""
        with waiting_selector() as selector:
            selector.register(self.connection, selectors.EVENT_READ)
            return not selector.select(seconds)

    def _reset(self) -> None:
        """End the connection by an RST, where a plain close would send a FIN first."""
        linger = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.server.closed(self.connection)
        self.close_connection = True
        socket.close(self.connection.detach())
