"""State of one attempt (did anything leave, is time left), and the faults of a socket's errors."""

import errno
import ssl
from collections.abc import Callable
from enum import Enum, auto

from dingcomposer.core.delivery import Fault, Headers, PhaseTimes


class PhaseEnd(Enum):
    """Where one part of an attempt ends and the next begins."""

    BEGUN = auto()  # to look for the host's name
    NAMED = auto()
    CONNECTED = auto()
    SECURED = auto()
    ASKED = auto()  # the last piece of the request goes out


class AttemptState:
    """What one attempt has done so far. `begin` starts the next; used by one thread at a time.

    `has_left`: a byte of the request may be out. `is_late`: something took longer than allowed.
    `fault`: what is to blame if the attempt ends now, before anything left. What went over the wire
    is noted as it was, secrets and all: `request_headers`; `received_bytes` of the answer with its
    head; and, once that is whole, `status_line`, `response_headers` and `body_bytes`; of a body
    that broke off, `broken_body` is what came.
    """

    def __init__(self, monotonic_s: Callable[[], float]) -> None:
        self.monotonic_s = monotonic_s
        self.begin(0.0, 0.0)

    def begin(self, connect_timeout_s: float, read_timeout_s: float) -> None:
        """A new attempt: nothing has left yet."""
        self.connect_timeout_s = connect_timeout_s
        self.read_timeout_s = read_timeout_s
        self.has_left = False
        self.is_late = False
        self.fault = Fault.BAD_ENDPOINT
        self.forget()
        self.allow(connect_timeout_s)

    def forget(self) -> None:
        """Nothing went over the wire yet, or what did has been read."""
        self.request_headers: list[tuple[str, str]] = []
        self.received_bytes = 0
        self.status_line = ""
        self.response_headers: Headers = ()
        self.body_bytes: int | None = None
        self.broken_body = b""
        self._moments: dict[PhaseEnd, float] = {}

    def mark(self, moment: PhaseEnd) -> None:
        """This part of the attempt is over now; of a second try, the newest counts."""
        self._moments[moment] = self.monotonic_s()

    def has_moment(self, moment: PhaseEnd) -> bool:
        """Whether the attempt came that far."""
        return moment in self._moments

    def phases(self) -> PhaseTimes:
        """How long each part took, the last one until now."""

        def between(first: PhaseEnd, last: PhaseEnd) -> float | None:
            at = self._moments
            return (at[last] - at[first]) * 1000 if first in at and last in at else None

        asked_s = self._moments.get(PhaseEnd.ASKED)
        return PhaseTimes(
            name_ms=between(PhaseEnd.BEGUN, PhaseEnd.NAMED),
            connect_ms=between(PhaseEnd.NAMED, PhaseEnd.CONNECTED),
            tls_ms=between(PhaseEnd.CONNECTED, PhaseEnd.SECURED),
            wait_ms=None if asked_s is None else (self.monotonic_s() - asked_s) * 1000,
        )

    def allow(self, seconds: float) -> None:
        """From now on, whatever is waited for must be there within that time, as a whole."""
        self._deadline_s = self.monotonic_s() + seconds

    def remaining_s(self) -> float:
        """The time left. Raises TimeoutError where there is none."""
        left = self._deadline_s - self.monotonic_s()
        if left <= 0:
            raise TimeoutError
        return left


_NO_HANDLES = {errno.EMFILE, errno.ENFILE}
_NO_ROUTE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN}
# OpenSSL's X509_V_ERR_*: by these numbers, because the words change between versions.
_CERTIFICATE_FAULTS = {
    **dict.fromkeys((9, 10), Fault.TLS_EXPIRED),
    **dict.fromkeys((62, 64), Fault.TLS_WRONG_HOST),
    **dict.fromkeys((2, 18, 19, 20, 21, 27), Fault.TLS_UNTRUSTED),
}


def fault_of_connect(error: BaseException | None) -> Fault:
    """Why no connection came about."""
    if has_no_handle(error):
        return Fault.NO_HANDLES
    if isinstance(error, ConnectionRefusedError):
        return Fault.CONNECTION_REFUSED
    if isinstance(error, TimeoutError):
        return Fault.CONNECT_TIMEOUT
    if isinstance(error, OSError) and error.errno in _NO_ROUTE:
        return Fault.NO_ROUTE
    return Fault.UNREACHABLE


def has_no_handle(error: BaseException | None) -> bool:
    """Whether it failed, at the root, because no file handle was left for it."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _NO_HANDLES:
            return True
        error = error.__cause__
    return False


def fault_of_certificate(error: ssl.SSLCertVerificationError) -> Fault:
    """What is wrong with a certificate that did not hold."""
    return _CERTIFICATE_FAULTS.get(error.verify_code, Fault.TLS_CERTIFICATE)
