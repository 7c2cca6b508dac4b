"""Sockets as the sandbox uses them: where they are reached, waited for, and hung up."""

import ipaddress
import selectors
import socket

HOST = "127.0.0.1"
EXHAUSTED_WAIT_S = 0.5
"""How long to wait where this computer has no handle left."""


def waiting_selector() -> selectors.BaseSelector:
    """Waits for a socket without a handle of its own, which the usual one, epoll, would need."""
    made: selectors.BaseSelector = getattr(selectors, "PollSelector", selectors.SelectSelector)()
    return made


def local_address(host: str) -> str:
    """Where this computer reaches a server that is bound to `host`."""
    address = ipaddress.ip_address(host)
    if not address.is_unspecified:
        return host
    return HOST if address.version == 4 else "::1"


def hang_up(connection: socket.socket) -> None:
    """End a connection for both sides; one that has gone already is left."""
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
