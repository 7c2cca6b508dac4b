"""QApplication, Qt's messages into the log, one instance per data folder, cyclic garbage."""

import gc
import logging
import os
import sys
from collections.abc import Mapping, MutableMapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QMessageLogContext, QObject, QTimer, QtMsgType, Signal
from PySide6.QtGui import QFileOpenEvent, QGuiApplication
from PySide6.QtWidgets import QApplication

import dingcomposer
from dingcomposer import logs
from dingcomposer.storage.folder_lock import FolderLock

if TYPE_CHECKING:
    # At run time once the window stands: naming QtNetwork takes 20 ms.
    from PySide6.QtNetwork import QLocalSocket

    from dingcomposer.services.translations import Language


class StartError(Exception):
    """The program cannot start; the text is a sentence for the person."""


class AlreadyOpen(StartError):
    """Another program holds the data folder. `was_raised`: its window was brought forward."""

    def __init__(self, sentence: str, *, was_raised: bool) -> None:
        super().__init__(sentence)
        self.was_raised = was_raised


class DamagedDatabase(StartError):
    """The database at `path` does not open; `language` is the person's."""

    def __init__(self, sentence: str, path: Path, language: "Language") -> None:
        super().__init__(sentence)
        self.path, self.language = path, language


class Application(QApplication):
    """Qt's application object, which hears of files that macOS opens.

    Signals:
        file_opened(str): a file of that path was double clicked, or dropped on the program's icon.
            Only macOS tells so; elsewhere the path is an argument.
    """

    file_opened = Signal(str)

    def event(self, event: QEvent) -> bool:
        """Qt's own, and the files; an address has no path and is left alone."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self.file_opened.emit(event.file())
            return True
        return super().event(event)


def make_application(arguments: list[str]) -> Application:
    """Qt's application object, named and set up."""
    if sys.platform.startswith("linux"):
        choose_input_method(os.environ, _INPUT_PLUGINS)
    app = Application(arguments)
    app.setApplicationName("dingcomposer")
    app.setDesktopFileName("dingcomposer")
    app.setApplicationVersion(dingcomposer.__version__)
    # The program decides when it ends: a new window for another language closes the old one.
    app.setQuitOnLastWindowClosed(False)
    return app


def close_application(app: QApplication) -> None:
    """Take Qt down: what is on the clipboard goes to whoever keeps it. Last of all."""
    shiboken6.delete(app)


# Where PySide6's wheel has Qt's plugins for input methods: compose and ibus, and no fcitx.
_INPUT_PLUGINS = Path(shiboken6.__file__).parent.parent / "PySide6/Qt/plugins/platforminputcontexts"
_INPUT_SERVICES = ("org.freedesktop.IBus", "org.fcitx.Fcitx5", "org.freedesktop.portal.IBus")


def choose_input_method(environment: MutableMapping[str, str], plugins: Path) -> None:
    """Let Qt speak ibus's protocol where fcitx is wanted and Qt has no plugin for it.

    fcitx5 answers to that protocol, too. It changes `QT_IM_MODULE` of this process alone. Where
    nothing is said on Wayland, the compositor's own protocol is what Qt takes.
    """
    if environment.get("QT_IM_MODULES"):
        return
    named = environment.get("QT_IM_MODULE", "")
    is_wayland = bool(environment.get("WAYLAND_DISPLAY"))
    platform = environment.get("QT_QPA_PLATFORM", "wayland" if is_wayland else "xcb")
    if not named and platform.startswith("xcb"):
        # Without a name Qt asks nobody on X11; other programs go by these.
        wanted = environment.get("XMODIFIERS", "").removeprefix("@im=")
        named = wanted or environment.get("GTK_IM_MODULE", "")
        if named == "ibus":
            environment["QT_IM_MODULE"] = named
    if named.startswith("fcitx") and not any(plugins.glob("*fcitx*")):
        environment["QT_IM_MODULE"] = "ibus"


def has_input_method(environment: Mapping[str, str] = os.environ, platform: str = "") -> bool:
    """Whether anything is there that Chinese can be typed with; True where that is not known.

    Asks the session's bus, so it comes after the first paint. `platform` is Qt's own unless one
    is given: elsewhere than on X11, and on a Wayland whose compositor brings its own, the system
    has one.
    """
    platform = platform or QGuiApplication.platformName()
    if platform not in ("xcb", "wayland"):
        return True
    if platform == "wayland" and not environment.get("QT_IM_MODULE"):
        return True
    if environment.get("QT_IM_MODULE") not in (None, "", "ibus"):
        return True  # a person chose something of their own
    from PySide6.QtDBus import QDBusConnection

    bus = QDBusConnection.sessionBus()
    interface = bus.interface() if bus.isConnected() else None
    if interface is None:
        return False
    return any(interface.isServiceRegistered(name).value() for name in _INPUT_SERVICES)


def log_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """Qt's own words into the program's log: for `qInstallMessageHandler`. Any thread."""
    logs.log_qt_message(_LEVELS.get(kind, logging.WARNING), context.category or "", text)


_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


RAISE_MS = 1_000
_MOST_PATH_BYTES = 65_536


class Instance(QObject):
    """Holds the lock of a data folder.

    Signals:
        raised(str): a second start of the program asks for the window, and to open the file of
            that path; "" for none.
    """

    raised = Signal(str)
    _released = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = FolderLock(folder / "dingcomposer.lock")
        self._folder = folder.resolve()

    def acquire(self) -> bool:
        """Take the lock; False where another program holds it.

        Raises OSError where that cannot be asked: no lock can be made there.
        """
        return self._lock.acquire()

    def renew(self) -> bool:
        """Hold the lock of the folder as it stands now: it may have been deleted meanwhile.

        False where another program holds it by now, or where it cannot be had.
        """
        try:
            self._lock.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            return self._lock.is_in_place() or self._lock.acquire()
        except OSError:
            return False

    @property
    def holder(self) -> str:
        """The number of the process that holds the lock, as it wrote it down; "" if it did not."""
        return self._lock.holder

    def listen(self) -> None:
        """Be there for a second start. Not being able to is no fault: the lock still holds."""
        from PySide6.QtNetwork import QLocalServer

        QLocalServer.removeServer(self._name)
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(lambda: self._on_new_connection(server))
        self._released.connect(server.close)
        server.listen(self._name)

    def raise_other(self, file: str = "") -> bool:
        """Ask the program that holds the lock to show its window, and to open a file there.

        False where it did not answer.
        """
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._name)
        is_heard = socket.waitForConnected(RAISE_MS)
        if is_heard and file:
            socket.write(file.encode("utf-8", "surrogateescape"))
            socket.waitForBytesWritten(RAISE_MS)
        socket.disconnectFromServer()
        return is_heard

    def release(self) -> None:
        """Give the folder back; no call is answered any more."""
        self._released.emit()
        self._lock.release()

    @property
    def _name(self) -> str:
        """Where a second start with the same folder asks."""
        import hashlib  # 4 ms, with all of OpenSSL: not on the way to the first window

        digest = hashlib.sha256(str(self._folder).encode("utf-8", "surrogateescape"))
        return f"dingcomposer-{digest.hexdigest()[:24]}"

    def _on_new_connection(self, server: object) -> None:
        from PySide6.QtNetwork import QLocalServer, QLocalSocket

        assert isinstance(server, QLocalServer)
        while (socket := server.nextPendingConnection()) is not None:
            socket.disconnected.connect(partial(self._on_heard, socket))
            if socket.state() == QLocalSocket.LocalSocketState.UnconnectedState:
                self._on_heard(socket)

    def _on_heard(self, socket: "QLocalSocket") -> None:
        """All was said. A path is no longer than this on any system."""
        said = bytes(socket.read(_MOST_PATH_BYTES).data())
        socket.deleteLater()
        self.raised.emit(said.decode("utf-8", "surrogateescape"))


COLLECT_EVERY_MS = 1_000


class GarbageCollector(QObject):
    """Stands in for the automatic collector until `stop`. Main thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_enabled = gc.isenabled()
        self._timer = QTimer(self, interval=COLLECT_EVERY_MS)
        self._timer.timeout.connect(self.collect_if_due)

    def start(self) -> None:
        """Take over. What exists now is taken to live as long as the program."""
        self._was_enabled = gc.isenabled()
        gc.disable()
        # Modules and the window: to look at them again each time takes tens of milliseconds.
        gc.freeze()
        self._timer.start()

    def collect_if_due(self) -> None:
        """Collect the oldest generation that is due."""
        thresholds, counts = gc.get_threshold(), gc.get_count()
        due = [
            generation
            for generation, (count, threshold) in enumerate(zip(counts, thresholds, strict=True))
            if threshold and count > threshold
        ]
        if due:
            gc.collect(due[-1])

    def stop(self) -> None:
        """Give the work back to Python."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_enabled:
            gc.enable()
