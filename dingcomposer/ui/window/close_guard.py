"""Whether the window may close: at once, or with a question while messages are under way."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QCloseEvent

from dingcomposer.sending.sender import Sender
from dingcomposer.services.autosave import Autosave
from dingcomposer.services.outbox import Outbox
from dingcomposer.ui import questions
from dingcomposer.ui.window.main_window import MainWindow


class CloseGuard(QObject):
    """Answers the window's close events, while messages are under way or a draft is not saved.

    *Wait* closes when the last answer is there.

    Signals:
        closed(): the window may go, and the program with it.
    """

    closed = Signal()

    def __init__(
        self, sender: Sender, outbox: Outbox, autosave: Autosave, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._autosave = autosave
        self._sender_thread = sender
        self._is_waiting = False
        outbox.reported.connect(self._on_reported)

    def handle(self, event: QCloseEvent, window: MainWindow) -> None:
        """Accept or ignore a close event; a second one while waiting closes at once."""
        answer = "close"
        if not (self._autosave.is_saved or self._autosave.save()):
            answer = self._ask_about_draft(window)
        if answer == "close" and not self._sender_thread.is_idle and not self._is_waiting:
            answer = self._ask(window)
        if answer == "close":
            event.accept()
            self.closed.emit()
            return
        event.ignore()
        if answer == "wait":
            self._is_waiting = True
            window.say(self.tr("Closing as soon as the answer arrives"))
            # It may have come while the question stood.
            self._on_reported()

    def _ask_about_draft(self, window: MainWindow) -> str:
        question = questions.Question(
            "unsaved",
            self.tr("Close DingComposer?"),
            self.tr("What you have written could not be saved."),
            (
                questions.Choice("stay", self.tr("Stay"), is_default=True),
                questions.Choice("copy", self.tr("Copy the text and stay")),
                questions.Choice("close", self.tr("Close and lose it"), is_destructive=True),
            ),
            "stay",
            self.tr("The window keeps trying to save it. Make room on the disk, or copy the text."),
        )
        answer = questions.ask(window, question)
        if answer == "copy":
            window.copy_draft()
        return answer

    def _ask(self, window: MainWindow) -> str:
        close = questions.Choice("close", self.tr("Close now"), is_destructive=True)
        stay = questions.Choice("stay", self.tr("Stay"))
        if self._sender_thread.is_paused:
            # Waiting would have no end; and what a person holds back is not sent on the way out.
            question = questions.Question(
                "close",
                self.tr("Close DingComposer?"),
                self.tr("Messages are waiting, and sending is paused."),
                (replace(stay, is_default=True), close),
                "stay",
                self.tr("If you close now, waiting messages are cancelled."),
            )
            return questions.ask(window, question)
        question = questions.Question(
            "close",
            self.tr("Close DingComposer?"),
            self.tr("Messages are still waiting or on their way."),
            (
                questions.Choice("wait", self.tr("Wait for the answer"), is_default=True),
                close,
                stay,
            ),
            "stay",
            self.tr(
                "If you close now, waiting messages are cancelled, and you will not know whether"
                " the group got what was already on its way."
            ),
        )
        return questions.ask(window, question)

    def _on_reported(self) -> None:
        if self._is_waiting and self._sender_thread.is_idle:
            self.closed.emit()
