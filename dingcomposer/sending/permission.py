"""Permission for one attempt to leave: granted once the history has it."""

import threading

from dingcomposer.core.delivery import Fault
from dingcomposer.core.records import dataclass


@dataclass(frozen=True, slots=True)
class Postponed:
    """Why an attempt has to wait: what its token was used for, by whichever program.

    `ages_s`: how many seconds ago each of its attempts of the last minute was over.
    `rest_age_s`: how many ago DingTalk last said "too fast"; None where it did not lately.
    """

    ages_s: tuple[float, ...]
    rest_age_s: float | None = None


class Permission:
    """The main thread's leave for one attempt: granted once SENDING is committed, or denied."""

    def __init__(self) -> None:
        self._decided = threading.Event()
        self._lock = threading.Lock()
        self._is_granted = False
        self._postponed: Postponed | None = None
        self._fault = Fault.HISTORY_NOT_WRITTEN

    @property
    def fault(self) -> Fault:
        """Why it was denied."""
        return self._fault

    @property
    def postponed(self) -> Postponed | None:
        """Why it may leave later, though not now; None where it was granted or denied for good."""
        return self._postponed

    def grant(self) -> bool:
        """The attempt is committed. False where it was withdrawn meanwhile: nothing will leave."""
        return self._decide(is_granted=True)

    def deny(self, fault: Fault = Fault.HISTORY_NOT_WRITTEN) -> bool:
        """The attempt could not be committed, for this reason, or is no longer wanted."""
        return self._decide(is_granted=False, fault=fault)

    def postpone(self, why: Postponed) -> bool:
        """The attempt may leave, but not now."""
        return self._decide(is_granted=False, postponed=why)

    def wait(self) -> bool:
        """Carrying thread: block until decided; whether the bytes may leave."""
        self._decided.wait()
        return self._is_granted

    def _decide(
        self,
        *,
        is_granted: bool,
        postponed: Postponed | None = None,
        fault: Fault = Fault.HISTORY_NOT_WRITTEN,
    ) -> bool:
        with self._lock:
            if self._decided.is_set():
                return self._is_granted == is_granted
            self._is_granted = is_granted
            self._postponed = postponed
            self._fault = fault
            self._decided.set()
            return True
