"""News from other threads as signals in the main thread: the one QObject that they may call.

It lives in the main thread, so whatever is connected to its signals runs there, whoever emitted.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from dingcomposer.core.delivery import Report
from dingcomposer.sending.permission import Permission


class Bridge(QObject):
    """Carries frozen data from the sender's, keyring's, worker's and sandbox's threads.

    Signals:
        attempt_announced(Report, Permission): an attempt wants to leave; grant it once committed.
        reported(Report): an attempt, or a whole send, is over.
        sandbox_received(object): the sandbox took a request; its `sandbox.server.Exchange`.
    """

    attempt_announced = Signal(object, object)
    reported = Signal(object)
    sandbox_received = Signal(object)
    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_open = True
        self._posted.connect(self._on_posted)

    def close(self) -> None:
        """Main thread: carry nothing more; threads may still call, and nobody hears it."""
        self._is_open = False

    def announce(self, report: Report, permission: Permission) -> None:
        """Any thread: ask the main thread to commit SENDING."""
        if self._is_open:
            self.attempt_announced.emit(report, permission)

    def report(self, report: Report) -> None:
        """Any thread: hand over what came of an attempt."""
        if self._is_open:
            self.reported.emit(report)

    def on_exchange(self, exchange: object) -> None:
        """Any thread: hand over what the sandbox received and answered."""
        if self._is_open:
            self.sandbox_received.emit(exchange)

    def post(self, call: Callable[[], None]) -> None:
        """Any thread: run `call` in the main thread, soon."""
        if self._is_open:
            self._posted.emit(call)

    def _on_posted(self, call: Callable[[], None]) -> None:
        if self._is_open:  # it may have been on its way as this was closed
            call()
