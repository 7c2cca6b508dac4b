"""The built-in sandbox's life: started beside the window, in a thread of its own."""

import logging
import threading
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from dingcomposer.ui.bridge import Bridge

if TYPE_CHECKING:
    from dingcomposer.sandbox.server import SandboxServer

log = logging.getLogger(__name__)


class SandboxHost(QObject):
    """Owns the sandbox server. Main thread; the server's import and start happen off it.

    Signals:
        started(SandboxServer): it listens.
        failed(): no port could be had.
    """

    started = Signal(object)
    failed = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._is_stopped = False
        self.server: SandboxServer | None = None

    def start(self, name: str = "Sandbox") -> None:
        """Start the server, whose robot has this name; `started` or `failed` follows."""
        thread = threading.Thread(
            target=self._start, args=(name,), name="sandbox-start", daemon=True
        )
        thread.start()

    def stop(self) -> None:
        """Stop the server, whatever is unanswered."""
        self._is_stopped = True
        if self.server is not None:
            self.server.stop()

    def _start(self, name: str) -> None:
        from dingcomposer.sandbox.server import SandboxServer

        server = SandboxServer(name=name, secret_required=True, on_exchange=self._bridge.hear)
        try:
            server.start()
        except OSError as error:
            log.warning("the sandbox cannot listen: %s", type(error).__name__)
            self._bridge.post(self.failed.emit)
            return
        self._bridge.post(partial(self._on_started, server))

    def _on_started(self, server: "SandboxServer") -> None:
        if self._is_stopped:
            server.stop()
            return
        self.server = server
        self.started.emit(server)
