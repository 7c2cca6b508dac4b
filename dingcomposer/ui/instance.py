"""One running program for each data folder: a lock, and a way to bring the first one forward."""

import hashlib
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal

RAISE_MS = 1_000


class Instance(QObject):
    """Holds the lock of a data folder.

    Signals:
        raised(): a second start of the program asks for the window.
    """

    raised = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = QLockFile(str(folder / "dingcomposer.lock"))
        # However old it is, a lock whose process lives is no stale one.
        self._lock.setStaleLockTime(0)
        digest = hashlib.sha256(str(folder.resolve()).encode("utf-8", "surrogateescape"))
        self._name = f"dingcomposer-{digest.hexdigest()[:24]}"

    def acquire(self) -> bool:
        """Take the lock; False where another program holds it."""
        return self._lock.tryLock(0)

    def listen(self) -> None:
        """Be there for a second start. Not being able to is no fault: the lock still holds."""
        from PySide6.QtNetwork import QLocalServer

        QLocalServer.removeServer(self._name)
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(lambda: self._on_new_connection(server))
        server.listen(self._name)

    def raise_other(self) -> bool:
        """Ask the program that holds the lock to show its window; False where it did not hear."""
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._name)
        is_heard = socket.waitForConnected(RAISE_MS)
        socket.disconnectFromServer()
        return is_heard

    def release(self) -> None:
        """Give the folder back."""
        self._lock.unlock()

    def _on_new_connection(self, server: object) -> None:
        from PySide6.QtNetwork import QLocalServer

        assert isinstance(server, QLocalServer)
        while (socket := server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.disconnectFromServer()
            self.raised.emit()
