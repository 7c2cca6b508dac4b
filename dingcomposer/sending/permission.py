"""Permission for one attempt to leave: granted once the history has it."""

import threading


class Permission:
    """The main thread's leave for one attempt: granted once SENDING is committed, or denied."""

    def __init__(self) -> None:
        self._decided = threading.Event()
        self._lock = threading.Lock()
        self._is_granted = False

    def grant(self) -> bool:
        """The attempt is committed. False where it was withdrawn meanwhile: nothing will leave."""
        return self._decide(is_granted=True)

    def deny(self) -> bool:
        """The attempt could not be committed, or is no longer wanted."""
        return self._decide(is_granted=False)

    def wait(self) -> bool:
        """Carrying thread: block until decided; whether the bytes may leave."""
        self._decided.wait()
        return self._is_granted

    def _decide(self, *, is_granted: bool) -> bool:
        with self._lock:
            if self._decided.is_set():
                return self._is_granted == is_granted
            self._is_granted = is_granted
            self._decided.set()
            return True
