"""Tells when a server on this machine has ended: a sandbox takes what it imposed with it.

A connection to it is kept open. When its process ends, however it does, the system closes that;
a server that closed it for its idleness takes the next one.
"""

import logging
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from dingcomposer.core.addresses import is_loopback
from dingcomposer.core.authority import AuthorityError, read_authority

log = logging.getLogger(__name__)

CONNECT_S = 2.0
AGAIN_S = 1.0
"""After two connections that were closed sooner than this, so much is waited before the next."""


class HostWatch:
    """Watches servers on this machine, each in a daemon thread. Any thread may use it."""

    def __init__(self) -> None:
        self._closed = threading.Event()
        self._lock = threading.Lock()
        self._open: dict[tuple[str, int], socket.socket | None] = {}

    def watch(self, endpoint: str, limit_s: float, on_ended: Callable[[], None]) -> None:
        """Call `on_ended`, in a thread of this object, once the server of `endpoint` has ended.

        Nothing is watched on another machine, twice, or for longer than `limit_s`.
        """
        try:
            authority = read_authority(endpoint)
        except AuthorityError:
            return
        where = authority.host, authority.port_or_default
        with self._lock:
            if not is_loopback(authority.host) or where in self._open or self._closed.is_set():
                return
            self._open[where] = None
        until = time.monotonic() + limit_s
        work = threading.Thread(
            target=self._watch, args=(where, until, on_ended), name="host-watch", daemon=True
        )
        work.start()

    def close(self) -> None:
        """Stop watching; nothing is called any more."""
        with self._lock:
            self._closed.set()
            connections = [one for one in self._open.values() if one is not None]
        for one in connections:
            with suppress(OSError):  # closed already
                one.shutdown(socket.SHUT_RDWR)

    def _watch(self, where: tuple[str, int], until: float, on_ended: Callable[[], None]) -> None:
        has_ended = was_short = False
        try:
            while not has_ended and time.monotonic() < until and not self._closed.is_set():
                began = time.monotonic()
                has_ended = not self._stay(where, until)
                is_short = time.monotonic() - began < AGAIN_S
                if is_short and was_short and not has_ended:
                    self._closed.wait(AGAIN_S)
                # The first one is followed at once: by a moment later the next may listen there.
                was_short = is_short
        finally:
            with self._lock:
                self._open.pop(where, None)
        if has_ended and not self._closed.is_set():
            log.debug("the server on this machine, port %d, has ended", where[1])
            on_ended()

    def _stay(self, where: tuple[str, int], until: float) -> bool:
        """Hold one connection until it is closed, or time is up; False where none came about."""
        try:
            connection = socket.create_connection(where, CONNECT_S)
        except TimeoutError:
            return True  # it is there, and busy
        except OSError:
            return False
        with connection:
            with self._lock:
                if self._closed.is_set():
                    return True
                self._open[where] = connection
            connection.settimeout(max(until - time.monotonic(), 0.01))
            with suppress(OSError):  # reset, or nothing happened in all that time
                connection.recv(1)
            with self._lock:
                self._open[where] = None
        return True
