"""Where the sandbox listens: a socket, and a thread that waits for the first connection.

What answers (`http_server`, and with it Python's own HTTP and mail modules) is loaded only when
somebody comes: 35 ms of the processor and 8 MiB that most starts of the program never need.
"""

import importlib
import ipaddress
import logging
import selectors
import socket
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from dingcomposer.sandbox.sockets import (
    EXHAUSTED_WAIT_S,
    hang_up,
    local_address,
    waiting_selector,
)

if TYPE_CHECKING:
    from dingcomposer.sandbox.faults import FaultReply
    from dingcomposer.sandbox.http_server import Wire
    from dingcomposer.sandbox.rules import Received

_QUEUED = 256

_log = logging.getLogger(__name__)


class Listener:
    """A listening socket whose requests are answered by `answer`, each in a thread.

    `host` is an IPv4 or IPv6 address, `port` 0 takes a free one. `clock` makes the `Date` header.
    `OSError` where the port cannot be had. `answer` is called from the connection's thread;
    `exhausted` from the listening one, once for each time that the computer has no handle left for
    the next connection, which waits meanwhile.
    """

    def __init__(
        self,
        host: str,
        port: int,
        answer: "Callable[[Received], FaultReply]",
        clock: Callable[[], datetime],
        *,
        exhausted: Callable[[], None] = lambda: None,
    ) -> None:
        self._host = host
        self._given = answer, clock, exhausted
        self._lock = threading.Lock()
        self._is_stopping = False
        self._stopped = threading.Event()
        self._wire: Wire | None = None
        self._socket = _listening(host, port)
        self._port = int(self._socket.getsockname()[1])
        self._thread = threading.Thread(target=self._run, name="sandbox", daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return self._port

    def stop(self, timeout_s: float) -> None:
        """Close every connection, whatever it is doing; wait for its threads, but not longer."""
        until = time.monotonic() + timeout_s
        with self._lock:
            self._is_stopping = True
            wire = self._wire
        self._stopped.set()
        if wire is not None:
            wire.begin_to_stop()
        self._wake()
        self._thread.join(timeout_s)
        self._socket.close()
        if wire is not None:
            wire.hang_up(until)

    def _run(self) -> None:
        with waiting_selector() as selector:
            selector.register(self._socket, selectors.EVENT_READ)
            selector.select()
        if not self._may_load():
            return
        from dingcomposer.sandbox.http_server import Wire

        wire = Wire(self._socket, self._host, *self._given)
        with self._lock:
            if self._is_stopping:
                return
            self._wire = wire
        wire.serve()

    def _may_load(self) -> bool:
        """Load what answers; without a free handle it waits. False once it is to stop."""
        is_told = False
        while not self._is_stopping:
            try:
                import dingcomposer.sandbox.http_server  # noqa: F401
            except (OSError, ImportError):
                if not is_told:
                    is_told = True
                    _log.warning("The sandbox takes no connections: no handle is left for them")
                    self._given[2]()
                self._stopped.wait(EXHAUSTED_WAIT_S)
                importlib.invalidate_caches()  # a folder that could not be read is taken for empty
            else:
                return True
        return False

    def _wake(self) -> None:
        try:
            here = (local_address(self._host), self._port)
            socket.create_connection(here, timeout=0.2).close()
        except OSError:
            # Without a handle for a connection the end of the listening itself wakes it, where the
            # system does so.
            _log.debug("The sandbox could not wake its own listener")
            hang_up(self._socket)


def _listening(host: str, port: int) -> socket.socket:
    is_new = ipaddress.ip_address(host).version == 6
    made = socket.socket(socket.AF_INET6 if is_new else socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":  # there it would let two programs share one port
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
        made.listen(_QUEUED)
    except BaseException:
        made.close()
        raise
    return made
