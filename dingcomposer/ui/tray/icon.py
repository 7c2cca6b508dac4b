"""The sign in the tray: opens the window, ends the program, and says what was missed."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon


class TrayIcon(QObject):
    """Shown while the program runs in the background. Made where there is a tray only.

    Signals:
        opened(): the person wants to see the window.
        quitting(): the person wants to end the program.
    """

    opened = Signal()
    quitting = Signal()

    def __init__(self, icon: QIcon, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icon = QSystemTrayIcon(icon, self)
        self._icon.setObjectName("tray")
        self._icon.setToolTip("DingComposer")
        self._menu = QMenu()
        self._open = self._menu.addAction("")
        self._open.setObjectName("tray.open")
        self._open.triggered.connect(lambda _checked=False: self.opened.emit())
        self._menu.addSeparator()
        self._quit = self._menu.addAction("")
        self._quit.setObjectName("tray.quit")
        self._quit.triggered.connect(lambda _checked=False: self.quitting.emit())
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._on_activated)
        self._icon.messageClicked.connect(self.opened)
        self.retranslate()

    @property
    def menu(self) -> QMenu:
        """What its click with the other button opens."""
        return self._menu

    @property
    def is_shown(self) -> bool:
        """Whether it stands in the tray."""
        return self._icon.isVisible()

    def retranslate(self) -> None:
        """Speak the language that is on."""
        self._open.setText(self.tr("Open DingComposer"))
        self._quit.setText(self.tr("Quit"))

    def show(self) -> None:
        """Stand in the tray."""
        self._icon.show()

    def hide(self) -> None:
        """Go from the tray."""
        self._icon.hide()

    def say(self, title: str, words: str) -> None:
        """Say something where the window is not seen."""
        self._icon.showMessage(title, words, self._icon.icon())

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (
            QSystemTrayIcon.ActivationReason.Trigger,
            QSystemTrayIcon.ActivationReason.DoubleClick,
        ):
            self.opened.emit()


def is_tray_there() -> bool:
    """Whether this desktop has a tray."""
    return QSystemTrayIcon.isSystemTrayAvailable()
