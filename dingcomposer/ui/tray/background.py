"""Whether the program stays when its window is closed: in the tray, where there is one."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication, QIcon

from dingcomposer.services.settings import KEEPS_RUNNING, TOLD_OF_QUITTING, Settings
from dingcomposer.ui.tray.icon import TrayIcon, is_tray_there

if TYPE_CHECKING:
    # At run time with the first schedule.
    from dingcomposer.services.scheduling.planner import Planner

SETTLE_MS = 400
_WAYS = "menu.background"
"""The action that shows what keeps the program running."""


class PlannedMarks(Protocol):
    """What marks the drafts that are to be sent at a time."""

    def watch(self, planner: "Planner") -> None:
        """Mark them from now on."""


class AskingWindow(Protocol):
    """What is asked of the window."""

    @property
    def drafts(self) -> PlannedMarks:
        """Its list of drafts."""

    def isVisible(self) -> bool:  # noqa: N802 - Qt's spelling
        """Whether a person can see it."""

    def hide(self) -> None:
        """Go from the screen."""

    def show_missed(self) -> None:
        """Ask about what was due and not sent."""


class BackgroundRunning(QObject):
    """Hides the window instead of closing it, where a person has chosen that.

    `window_of` gives the window of the moment: another language makes another one.
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
        window_of: Callable[[], AskingWindow],
        is_in_tray: bool = False,
        has_tray: Callable[[], bool] = is_tray_there,
    ) -> None:
        super().__init__(parent)
        self._settings, self._sign, self._has_tray = settings, icon, has_tray
        self._is_in_tray = is_in_tray
        self._window_of = window_of
        self._is_ending = False
        self._was_told = False
        self._icon: TrayIcon | None = None
        self._planner: Planner | None = None

    @property
    def icon(self) -> TrayIcon | None:
        """The sign, once it was needed."""
        return self._icon

    def start(self, planner: "Planner") -> None:
        """Let what is planned be sent, and ask about what was missed. Raises StorageError."""
        self._planner = planner
        planner.missed.connect(self._on_missed)
        planner.start()
        self._window_of().drafts.watch(planner)
        self.ask()

    def ask(self) -> None:
        """Ask about what was missed, if anything was. Raises StorageError."""
        if self._planner is not None and self._planner.runs.open_runs():
            self._on_missed()

    def begin(self) -> bool:
        """Stand in the tray from the start; False where there is none."""
        if not self._has_tray():
            return False
        self._show_icon()
        return True

    def takes(self, event: QCloseEvent) -> bool:
        """Whether closing the window does not end the program: then it was hidden, or a person
        wants to stay.
        """
        wants = self._settings.value(KEEPS_RUNNING) or self._is_in_tray
        answer = "tray"
        if self._is_ending or not wants or not self._has_tray():
            answer = self._ask_about_planned()
        if answer == "quit":
            return False
        self._is_ending = False
        event.ignore()
        if answer == "tray":
            self._hide_window()
        elif answer == "ways":
            self._show_ways()
        return True

    def _show_ways(self) -> None:
        window = self._window_of()
        action = window.findChild(QAction, _WAYS) if isinstance(window, QObject) else None
        if action is not None:
            action.trigger()

    def _hide_window(self) -> None:
        self._window_of().hide()
        icon = self._show_icon()
        if not self._was_told:
            self._was_told = True
            words = self.tr("DingComposer runs on here and sends what is planned.")
            # Only once the sign stands its message knows where to point.
            QTimer.singleShot(SETTLE_MS, icon, lambda: icon.say("DingComposer", words))

    def _ask_about_planned(self) -> str:
        """Ask, once, where something planned would not be sent any more; "quit" to end."""
        planner, settings = self._planner, self._settings
        if planner is None or settings.value(TOLD_OF_QUITTING):
            return "quit"
        from PySide6.QtWidgets import QApplication

        from dingcomposer.services.scheduling.system_entries import has_schedule_entry
        from dingcomposer.ui import questions
        from dingcomposer.ui.texts.time import day_time

        due = [one.at for schedule in planner.schedules for one in planner.next_dues(schedule)]
        if not due or _ends_with_session() or has_schedule_entry(planner.folder):
            return "quit"
        stays = questions.Choice("tray", self.tr("Keep running in the tray"), is_default=True)
        back = questions.Choice("back", self.tr("Back"), is_default=not self._has_tray())
        question = questions.Question(
            "planned",
            self.tr("Quit DingComposer?"),
            self.tr("What is planned is not sent while no DingComposer runs."),
            (
                *((stays,) if self._has_tray() else ()),
                questions.Choice("ways", self.tr("Other ways…")),
                questions.Choice("quit", self.tr("Quit")),
                back,
            ),
            "back",
            self.tr(
                "Next is {time}. What is missed is told at the next start, and never sent late by"
                " itself. This is asked once."
            ).format(time=day_time(min(due), planner.now)),
        )
        answer = questions.ask(QApplication.activeWindow(), question)
        if answer in ("tray", "quit"):
            settings.set(TOLD_OF_QUITTING, True)
            settings.set(KEEPS_RUNNING, settings.value(KEEPS_RUNNING) or answer == "tray")
            settings.save()
        return answer

    def end(self) -> None:
        """The next close ends the program."""
        self._is_ending = True

    def _on_missed(self, _runs: object = None) -> None:
        """Ask in the window; where it is not seen, say so in the tray."""
        window = self._window_of()
        if window.isVisible():
            window.show_missed()
        elif self._icon is not None:
            words = self.tr("Something planned was not sent. Click to look at it.")
            self._icon.say(self.tr("Not sent"), words)

    def retranslate(self) -> None:
        """Speak the language that is on, in a window that was made for it."""
        if self._icon is not None:
            self._icon.retranslate()
        if self._planner is not None:
            self._window_of().drafts.watch(self._planner)

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


def _ends_with_session() -> bool:
    """Whether the person logs out: nobody answers a question then."""
    app = QGuiApplication.instance()
    return isinstance(app, QGuiApplication) and app.isSavingSession()
