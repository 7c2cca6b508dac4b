"""Whether the program stays when its window is closed: in the tray, where there is one."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QCloseEvent, QIcon
from PySide6.QtWidgets import QWidget

from dingcomposer.services.settings import KEEPS_RUNNING, Settings
from dingcomposer.ui.tray.icon import TrayIcon, is_tray_there


class BackgroundRunning(QObject):
    """Hides the window instead of closing it, where a person has chosen that.

    `has_tray` is the system's. `is_in_tray`: this run began in the tray, so it stays there.

    Signals:
        opened(): the person wants to see the window.
        quitting(): the person wants to end the program.
    """

    opened = Signal()
    quitting = Signal()

    def __init__(
        self,
        settings: Settings,
        icon: QIcon,
        parent: QObject | None = None,
        *,
        is_in_tray: bool = False,
        has_tray: Callable[[], bool] = is_tray_there,
    ) -> None:
        super().__init__(parent)
        self._settings, self._sign, self._has_tray = settings, icon, has_tray
        self._is_in_tray = is_in_tray
        self._is_ending = False
        self._was_told = False
        self._icon: TrayIcon | None = None

    @property
    def icon(self) -> TrayIcon | None:
        """The sign, once it was needed."""
        return self._icon

    def begin(self) -> bool:
        """Stand in the tray from the start; False where there is none."""
        if not self._has_tray():
            return False
        self._show_icon()
        return True

    def takes(self, event: QCloseEvent, window: QWidget) -> bool:
        """Whether closing the window only hides it: then that was done."""
        wants = self._settings.value(KEEPS_RUNNING) or self._is_in_tray
        if self._is_ending or not wants or not self._has_tray():
            return False
        event.ignore()
        window.hide()
        icon = self._show_icon()
        if not self._was_told:
            self._was_told = True
            words = self.tr("DingComposer runs on here and sends what is planned.")
            icon.say("DingComposer", words)
        return True

    def end(self) -> None:
        """The next close ends the program."""
        self._is_ending = True

    def say_missed(self) -> None:
        """Say in the tray that something was not sent."""
        if self._icon is not None:
            words = self.tr("Something planned was not sent. Click to look at it.")
            self._icon.say(self.tr("Not sent"), words)

    def retranslate(self) -> None:
        """Speak the language that is on."""
        if self._icon is not None:
            self._icon.retranslate()

    def close(self) -> None:
        """Go from the tray."""
        if self._icon is not None:
            self._icon.hide()

    def _show_icon(self) -> TrayIcon:
        if self._icon is None:
            self._icon = TrayIcon(self._sign, self)
            self._icon.opened.connect(self.opened)
            self._icon.quitting.connect(self.quitting)
        self._icon.show()
        return self._icon
