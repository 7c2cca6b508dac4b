"""Verification dialog: reads the chain of the history through, and lists what does not fit."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.delivery import Status
from dingcomposer.core.messages import Text
from dingcomposer.services.history.long_task import LongTask
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.evidence.records import ChainHead
from dingcomposer.storage.evidence.verification import Verification, verify
from dingcomposer.ui.context import Navigator
from dingcomposer.ui.texts import time
from dingcomposer.ui.texts.archive.evidence import (
    finding_sentence,
    head_message,
    head_words,
    limit_sentences,
    number,
    verification_headline,
    verification_sentence,
)
from dingcomposer.ui.texts.storage import storage_sentence
from dingcomposer.ui.texts.translate import join_sentences
from dingcomposer.ui.widgets.buttons import DialogButton
from dingcomposer.ui.widgets.layouts import OrderedDialog, resize_within_screen
from dingcomposer.ui.widgets.outcome_panel import OutcomePanel
from dingcomposer.ui.widgets.plain_text import announce, plain_label


class VerificationDialog(OrderedDialog):
    """Begins as it is made; it can be closed at any moment.

    Signals:
        send_wanted(str): a person wants to see the send of this msgUuid.
    """

    send_wanted = Signal(str)

    def __init__(
        self,
        database: Path,
        navigator: Navigator,
        now: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("verification")
        self.setWindowTitle(self.tr("Check the history"))
        self._navigator = navigator
        self._now = now
        self._head: ChainHead | None = None
        self._task = LongTask((StorageError,), self)
        self._task.progressed.connect(self._on_progressed)
        self._task.finished.connect(self._on_finished)
        self._task.failed.connect(self._on_failed)
        self._task.cancelled.connect(super().reject)
        self._words = plain_label(self.tr("Reading…"), self, "verification.words")
        self._progress = QProgressBar(self)
        self._progress.setObjectName("verification.progress")
        self._progress.setAccessibleName(self.tr("Progress"))
        self._progress.setTextVisible(False)
        self._progress.setRange(0, 1000)
        self._panel = OutcomePanel("verification.result", self.tr("Result"), self)
        self._panel.hide()
        self._list = QListWidget(self)
        self._list.setObjectName("verification.findings")
        self._list.setAccessibleName(self.tr("What does not fit"))
        self._list.setWordWrap(True)
        self._list.itemActivated.connect(self._on_item_activated)
        self._list.hide()
        self._head_label = plain_label("", self, "verification.head")
        self._copy = DialogButton("verification.copy", self.tr("Copy the newest link"), self)
        self._post = DialogButton("verification.post", self.tr("Send it to a group…"), self)
        self._close = DialogButton("verification.close", self.tr("Close"), self)
        self._lay_out()
        self._copy.clicked.connect(self._on_copy_clicked)
        self._post.clicked.connect(self._on_post_clicked)
        self._close.clicked.connect(self.reject)
        self._task.start(partial(verify, database))

    @property
    def is_over(self) -> bool:
        """True where it is known whether all fits."""
        return not self._task.is_running

    def reject(self) -> None:
        """Close it; while it reads, end that first."""
        if self._task.is_running:
            self._close.setEnabled(False)
            self._task.cancel()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """As Close does."""
        if self._task.is_running:
            event.ignore()
            self.reject()
        else:
            super().closeEvent(event)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        explained = plain_label(
            self.tr(
                "Every finished message has a link in a chain: the hash of what was sent, to which"
                " robot, when, what came back, and of the link before. What was changed outside of"
                " this program no longer fits."
            ),
            self,
        )
        explained.setProperty("quiet", True)
        column.addWidget(explained)
        column.addWidget(self._words)
        column.addWidget(self._progress)
        column.addWidget(self._panel)
        column.addWidget(self._list, 1)
        column.addWidget(self._head_label)
        limits = plain_label(limit_sentences()[0], self)
        limits.setProperty("quiet", True)
        column.addWidget(limits)
        column.addStretch(0)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._copy)
        buttons.addWidget(self._post)
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        column.addLayout(buttons)
        self._post.setToolTip(
            self.tr("A new message with the newest link: in the group nobody can change it later")
        )
        self._show_head(None)
        resize_within_screen(self, QSize(560, 380), QSize(480, 320))

    def _show_head(self, head: ChainHead | None) -> None:
        self._head = head
        words = self.tr("Newest link: {head}").format(head=head_words(head))
        self._head_label.setText(words)
        self._head_label.setVisible(head is not None)
        for button in (self._copy, self._post):
            button.setEnabled(head is not None)

    def _on_progressed(self, done: int, total: int) -> None:
        self._progress.setRange(0, 1000)
        self._progress.setValue(done * 1000 // total if total else 1000)
        words = self.tr("{done} of {total} links")
        self._words.setText(words.format(done=number(done), total=number(total)))

    def _on_finished(self, found: Verification) -> None:
        self._progress.hide()
        self._words.hide()
        status = Status.DELIVERED if found.is_whole else Status.REFUSED
        headline, sentence = verification_headline(found), verification_sentence(found)
        self._panel.show_status(status, headline, sentence, "")
        announce(self, join_sentences((headline, sentence)))
        self._panel.show()
        for one in found.findings:
            words = " · ".join(filter(None, (finding_sentence(one), one.msg_uuid)))
            item = QListWidgetItem(words, self._list)
            item.setData(0x0100, one.msg_uuid)
        self._list.setVisible(bool(found.findings))
        if found.findings:
            self._list.setToolTip(self.tr("Enter shows the message in the history"))
        self._show_head(found.head)

    def _on_failed(self, error: StorageError) -> None:
        self._progress.hide()
        self._words.tell(storage_sentence(error.fault))

    def _on_item_activated(self, item: QListWidgetItem) -> None:
        msg_uuid = item.data(0x0100)
        if msg_uuid:
            self.accept()
            self.send_wanted.emit(msg_uuid)

    def _on_copy_clicked(self) -> None:
        if self._head is not None:
            QGuiApplication.clipboard().setText(self._head.words)
            self._navigator.say(self.tr("The newest link is on the clipboard."))

    def _on_post_clicked(self) -> None:
        if self._head is not None:
            self.accept()
            text = head_message(self._head, time.full_time(self._now()))
            self._navigator.open_as_new(Text(text))
