"""What is certain about an attempt: did anything leave, what barred the way, is time left?"""

from collections.abc import Callable

from dingcomposer.core.delivery import Fault


class Watch:
    """What one attempt has done so far. `begin` starts the next; used by one thread at a time.

    `has_left`: a byte of the request may be out. `is_late`: something took longer than allowed.
    `fault`: what is to blame if the attempt ends now, before anything left.
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
        self.allow(connect_timeout_s)

    def allow(self, seconds: float) -> None:
        """From now on, whatever is waited for must be there within that time, as a whole."""
        self._deadline_s = self.monotonic_s() + seconds

    def remaining_s(self) -> float:
        """The time left. Raises TimeoutError where there is none."""
        left = self._deadline_s - self.monotonic_s()
        if left <= 0:
            raise TimeoutError
        return left
