"""Connections to a host, step by step: look-up, TCP, proxy, TLS, the server's time.

`client` does all this at once and tells the one fault; a check-up looks at each step. No token, no
secret and no path of a webhook is known here, so none can leave.
"""

import base64
import email.parser
import email.utils
import queue
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn
from urllib.parse import unquote, urlsplit

import dingcomposer
from dingcomposer.core.delivery import Fault
from dingcomposer.dingtalk.attempt import fault_of_certificate, fault_of_connect
from dingcomposer.dingtalk.errors import Unreachable

_HEAD_BYTES = 64 * 1024
_Box = queue.SimpleQueue[tuple[str, ...]]
_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})")


class Cancelled(Exception):
    """`Dialer.cancel` was called: whatever was under way is over."""


@dataclass(frozen=True, slots=True, repr=False)
class Proxy:
    """Where a proxy is, and the header that opens it, which is a secret."""

    host: str
    port: int
    is_tls: bool
    authorization: str

    def __repr__(self) -> str:
        return "Proxy(…)"


def read_proxy(url: str) -> Proxy:
    """Takes a proxy's URL apart. Raises Unreachable: it is broken, or of an unknown kind."""
    parts = urlsplit("")
    port = None
    with suppress(ValueError):
        parts = urlsplit(url if "://" in url else f"http://{url}")
        port = parts.port or (443 if parts.scheme == "https" else 80)
    if port is None or not parts.hostname or parts.scheme not in ("http", "https"):
        raise Unreachable(Fault.PROXY_UNUSABLE)
    authorization = ""
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        authorization = base64.b64encode(pair.encode()).decode()
    return Proxy(parts.hostname, port, parts.scheme == "https", authorization)


class Dialer:
    """Makes connections step by step; `cancel` may be called from any thread, and ends them all.

    Every step raises Unreachable for what barred it, or Cancelled. `connect_timeout_s` holds for
    each step, `read_timeout_s` for the answer to `ask_date`. A socket belongs to whoever got it;
    `close` ends them all.
    """

    def __init__(
        self,
        connect_timeout_s: float,
        read_timeout_s: float,
        monotonic_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._connect_timeout_s = connect_timeout_s
        self._read_timeout_s = read_timeout_s
        self._monotonic_s = monotonic_s
        self._lock = threading.Lock()
        self._is_cancelled = False
        self._open: list[Any] = []
        self._handles: list[socket.socket] = []
        self._looked_up: _Box = queue.SimpleQueue()

    def cancel(self) -> None:
        """Ends what is under way, and whatever is begun later."""
        with self._lock:
            self._is_cancelled = True
            for handle in self._handles:
                with suppress(OSError):
                    handle.shutdown(socket.SHUT_RDWR)
            self._looked_up.put(())

    def go_on(self) -> None:
        """Nothing, or Cancelled."""
        if self._is_cancelled:
            raise Cancelled

    def close(self) -> None:
        """Closes every connection."""
        with self._lock:
            for sock in (*self._open, *self._handles):
                with suppress(OSError):
                    sock.close()
            self._open.clear()
            self._handles.clear()

    def look_up(self, host: str) -> tuple[str, ...]:
        """The host's addresses, as the system prefers them.

        The system's look-up knows no time-out, so it runs in a thread that may be left behind.
        """
        box: _Box = queue.SimpleQueue()
        with self._lock:
            self._looked_up = box
        self.go_on()
        threading.Thread(target=_look_up, args=(host, box), name="look-up", daemon=True).start()
        try:
            found = box.get(timeout=self._connect_timeout_s)
        except queue.Empty:
            found, fault = (), Fault.CONNECT_TIMEOUT
        else:
            fault = Fault.NAME_NOT_FOUND
        if not found:
            self._fail(fault)
        self.go_on()
        return found

    def connect(self, address: str, port: int) -> socket.socket:
        """A connection to an address (not a name)."""
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        try:
            sock = socket.socket(family, socket.SOCK_STREAM)
            self._watch(sock)
            sock.settimeout(self._connect_timeout_s)
            sock.connect((address, port))
        except OSError as error:
            fault, library_class = fault_of_connect(error), type(error).__name__
        else:
            self.go_on()
            return sock
        self._fail(fault, library_class)

    def open_proxy(self, sock: Any, proxy: Proxy, host: str, port: int) -> None:
        """Makes a connection to a proxy one to the host behind it (CONNECT)."""
        target = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        lines = [f"CONNECT {target} HTTP/1.1", f"Host: {target}"]
        if proxy.authorization:
            lines.append(f"Proxy-Authorization: Basic {proxy.authorization}")
        head = self._ask(sock, lines, self._connect_timeout_s)
        status = _STATUS.match(head)
        if status is None or status[1] != b"200":
            needs_password = status is not None and status[1] == b"407"
            self._fail(Fault.PROXY_WANTS_PASSWORD if needs_password else Fault.PROXY_REFUSED)

    def secure(self, sock: Any, host: str, context: Any) -> Any:
        """TLS over the connection, the certificate verified as `context` says."""
        try:
            sock.settimeout(self._connect_timeout_s)
            if isinstance(sock, socket.socket) and not isinstance(sock, ssl.SSLSocket):
                tls = context.wrap_socket(sock, server_hostname=host)
            else:  # TLS within that of a proxy, which Python's own sockets cannot do
                from urllib3.util.ssltransport import SSLTransport

                tls = SSLTransport(sock, context, host)
            with self._lock:
                self._open.append(tls)
        except ssl.SSLCertVerificationError as error:
            fault, library_class = fault_of_certificate(error), type(error).__name__
        except TimeoutError as error:
            fault, library_class = Fault.CONNECT_TIMEOUT, type(error).__name__
        except (OSError, ValueError) as error:
            fault, library_class = Fault.TLS_FAILED, type(error).__name__
        else:
            self.go_on()
            return tls
        self._fail(fault, library_class)

    def ask_date(self, sock: Any, host: str) -> datetime | None:
        """The server's clock, from the answer to a GET of "/" without any token.

        None where it answered something without a usable `Date`.
        """
        shown = f"[{host}]" if ":" in host else host
        agent = dingcomposer.USER_AGENT
        lines = ["GET / HTTP/1.1", f"Host: {shown}", f"User-Agent: {agent}", "Connection: close"]
        head = self._ask(sock, lines, self._read_timeout_s)
        said = email.parser.BytesHeaderParser().parsebytes(head.partition(b"\r\n")[2])
        try:
            at = email.utils.parsedate_to_datetime(str(said.get("Date", "")))
        except (ValueError, OverflowError):
            return None
        return at if at.tzinfo is not None else None

    def _ask(self, sock: Any, lines: list[str], limit_s: float) -> bytes:
        """Sends a request without a body; the answer's head, which must be there in time."""
        until_s = self._monotonic_s() + limit_s
        head = b""
        fault, library_class = Fault.ANSWER_CUT_SHORT, ""
        try:
            sock.settimeout(limit_s)
            sock.sendall("\r\n".join((*lines, "", "")).encode("ascii"))
            while b"\r\n\r\n" not in head and len(head) < _HEAD_BYTES:
                sock.settimeout(max(until_s - self._monotonic_s(), 0.001))
                piece = sock.recv(4096)
                if not piece:
                    break
                head += piece
            else:
                return head.partition(b"\r\n\r\n")[0]
        except TimeoutError as error:
            fault, library_class = Fault.READ_TIMEOUT, type(error).__name__
        except (OSError, ValueError) as error:
            library_class = type(error).__name__
        self._fail(fault, library_class)

    def _watch(self, sock: socket.socket) -> None:
        """Lets `cancel` end it: by a second handle, because TLS takes the first one away."""
        with self._lock:
            self._open.append(sock)
            self._handles.append(sock.dup())
        self.go_on()

    def _fail(self, fault: Fault, library_class: str = "") -> NoReturn:
        self.go_on()
        raise Unreachable(fault, library_class)


def unverified() -> ssl.SSLContext:
    """A context that takes any certificate: to look at one, never to send anything of a robot's."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _look_up(host: str, box: _Box) -> None:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, ValueError):
        box.put(())
    else:
        box.put(tuple(dict.fromkeys(str(address[0]) for *_, address in found)))
