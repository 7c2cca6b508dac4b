"""Status bar: what came of the last send, what waits, and how many calls are left."""

import errno
from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QEvent, QLocale, Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QStatusBar, QToolButton, QWidget

from dingcomposer.core.delivery import Fault, Status
from dingcomposer.core.limits import PACE_PER_MINUTE
from dingcomposer.core.robot import Robot
from dingcomposer.services.outbox import Outbox
from dingcomposer.services.settings import CALLS, Settings
from dingcomposer.storage.database import StorageError, StorageFault
from dingcomposer.storage.history import HistoryStore
from dingcomposer.ui import theme
from dingcomposer.ui.send.send_controller import SendResult
from dingcomposer.ui.texts.outcomes import explain, status_word
from dingcomposer.ui.texts.storage import storage_sentence, topic_in
from dingcomposer.ui.texts.time import queue_summary
from dingcomposer.ui.texts.translate import join_sentences
from dingcomposer.ui.widgets.plain_text import ElidedLabel, announce, plain_tip
from dingcomposer.ui.widgets.status_icons import colours_of

TICK_MS = 1_000
_SAID_PX = 330
_DISPLACED = (
    *(StorageFault.DELETED, StorageFault.REPLACED, StorageFault.OVERWRITTEN),
    StorageFault.LOST,
)


class StatusBar(QStatusBar):
    """Says the newest thing at the left; what waits, the robot's pace and the month at the right.

    Signals:
        queue_wanted(): show the queue.
        webhooks_wanted(): ask for the webhooks that are gone.
        news_wanted(): show what is new in this version.
        meaning_wanted(str): a person asks what was said means; the section of the guide.
    """

    queue_wanted = Signal()
    webhooks_wanted = Signal()
    news_wanted = Signal()
    meaning_wanted = Signal(str)

    _robot: Robot | None = None

    def __init__(
        self,
        outbox: Outbox,
        history: HistoryStore,
        settings: Settings,
        parent: QWidget | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self.setSizeGripEnabled(False)
        self._outbox = outbox
        self._history = history
        self._settings = settings
        self._now = now
        self._coloured: dict[QWidget, Callable[[], str]] = {}
        self._calls = 0
        self._said = self._label("status.said")
        self._noted = self._label("status.noted")
        self._left = self._label("status.left")
        self._notice = self._label("status.notice")
        self._queue = self._button("status.queue")
        self._queue.clicked.connect(self.queue_wanted)
        self._queue.setToolTip(self.tr("Show what waits"))
        self._queue.hide()
        self._missing = self._button("status.missing")
        self._missing.clicked.connect(self.webhooks_wanted)
        self._missing.hide()
        self._topic = ""
        self._meaning = self._button("status.meaning")
        self._meaning.setText(self.tr("What does this mean?"))
        self._meaning.setAccessibleName(self._meaning.text())
        self._meaning.clicked.connect(lambda: self.meaning_wanted.emit(self._topic))
        self._meaning.hide()
        self._rescued = self._button("status.rescued")
        self._rescued.clicked.connect(self._on_rescued_clicked)
        self._rescued.hide()
        self._told_of = StorageFault.OTHER
        self._news = self._button("status.news")
        self._news.clicked.connect(self.news_wanted)
        self._news.clicked.connect(self._news.hide)
        self._news.hide()
        self._month = self._button("status.month")
        self._month.clicked.connect(self.ask_plan)
        self._month.setToolTip(
            self.tr("Calls that went out from here, all robots together. Click to set your plan.")
        )
        self.addWidget(self._said, 1)
        self.addWidget(self._noted, 1)
        self._noted.hide()
        # What comes and goes and what counts stands left of what can be clicked and stays.
        for part in (
            *(self._meaning, self._news, self._notice, self._rescued),
            *(self._queue, self._left, self._missing),
            self._month,
        ):
            self.addPermanentWidget(part)
        self._keep_room_for_left()
        # The sliding minute frees places, and the queue moves on, while nothing else happens.
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._on_tick)
        outbox.reported.connect(self._on_reported)
        outbox.added.connect(self._show_left)
        outbox.queue_changed.connect(self._on_tick)
        outbox.probed.connect(self._on_probed)
        self._show_queue()
        self.show_month()

    def changeEvent(self, event: QEvent) -> None:
        """Follows the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for widget, colour in self._coloured.items():
                _set_style(widget, f"color: {colour()};")

    def _colour(self, widget: QWidget, colour: Callable[[], str] | None) -> None:
        """Write in a colour, which is another in another theme; None for that of all others."""
        if colour is None:
            self._coloured.pop(widget, None)
        else:
            self._coloured[widget] = colour
        _set_style(widget, "" if colour is None else f"color: {colour()};")

    def say(self, sentence: str) -> None:
        """Show a sentence until there is a newer one."""
        self._show(sentence)
        announce(self, sentence)

    def _show(self, sentence: str) -> None:
        self.note("")
        self._topic = topic_in(sentence)
        self._meaning.setVisible(bool(self._topic))
        self._colour(self._said, None)
        self._said.setText(sentence)
        self._said.setToolTip(plain_tip(sentence))
        # What was said last is never cut down to nothing by what stands beside it.
        wanted = self._said.fontMetrics().horizontalAdvance(sentence) + 20 if sentence else 0
        self._said.setMinimumWidth(min(wanted, _SAID_PX))

    def note(self, words: str) -> None:
        """Show what is known about the caret's line in place of what was said; "" ends that."""
        if words != self._noted.text():
            self._noted.setText(words)
            self._noted.setToolTip(plain_tip(words))
            self._noted.setVisible(bool(words))
            self._said.setVisible(not words)

    def say_result(self, result: SendResult) -> None:
        """Show what came of a send, which the result above it announces."""
        report, group = result.report, result.robot.name
        if report.status is Status.DELIVERED:
            sentence = self.tr("Delivered to {group}").format(group=group)
        else:
            sentence = self.tr("{status}: {group}").format(
                status=status_word(report.status), group=group
            )
        self._show(sentence)
        self._colour(self._said, lambda: colours_of(report.status)[0])

    def tell(self, error: BaseException) -> None:
        """Say what did not work where nobody else does; it is in the log by now."""
        if isinstance(error, StorageError):
            self._tell_trouble(error.fault)
            return
        is_exhausted = isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE)
        words = explain(None, Fault.NO_HANDLES if is_exhausted else Fault.PROGRAM_FAULT)
        self.say(join_sentences((words.happened, words.helps)))

    def _tell_trouble(self, fault: StorageFault) -> None:
        """Say what kept something from being stored.

        Where the database was not where it had been, that stays until a person has read it: what is
        said next comes within a second.
        """
        self.say(storage_sentence(fault))
        if fault not in _DISPLACED:
            return
        self._told_of = fault
        words = (
            self.tr("The database is gone: nothing is sent…")
            if fault is StorageFault.LOST
            else self.tr("The database was written anew…")
        )
        self._rescued.setText(words)
        self._rescued.setAccessibleName(words)
        self._colour(self._rescued, _warning)
        self._rescued.show()

    def _on_rescued_clicked(self) -> None:
        from dingcomposer.ui import questions

        self._rescued.hide()
        title, told = self._rescued.text().rstrip("…"), storage_sentence(self._told_of)
        question = questions.Question("rescued", title, told, (questions.ok(),), "ok")
        questions.ask(self.window(), question)

    def set_notice(self, sentence: str) -> None:
        """Something that holds for this run, such as secrets in memory only; "" for nothing."""
        self._notice.setText(sentence)
        self._notice.setToolTip(plain_tip(sentence))
        self._notice.setVisible(bool(sentence))

    def offer_news(self, version: str) -> None:
        """Lead to what is new in this version, until it was looked at."""
        self._news.setText(self.tr("What is new in {version}").format(version=version))
        self._news.setAccessibleName(self._news.text())
        self._news.show()

    def set_missing(self, robots: int) -> None:
        """So many robots have lost their webhooks; a click leads to where they are pasted."""
        words = self.tr("%n robot(s) without a webhook: paste…", "", robots)
        self._missing.setText(words)
        self._missing.setAccessibleName(words)
        self._missing.setVisible(robots > 0)
        self._colour(self._missing, _warning if robots else None)

    def set_robot(self, robot: Robot | None) -> None:
        """Whose pace is shown."""
        self._robot = robot
        self._show_left()

    def _on_probed(self) -> None:
        self._show_left()
        self.show_month()

    def show_month(self) -> None:
        """Count the month's calls anew, and set them against the plan's number."""
        local = self._now().astimezone()
        first = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
        try:
            calls = self._history.calls_since(first.astimezone())
        except StorageError:
            return  # the pages that need the history say so
        self._calls = calls
        limit = self._settings.value(CALLS)
        number = QLocale().toString
        words = self.tr("{calls} of {limit} this month")
        self._month.setText(words.format(calls=number(calls), limit=number(limit)))
        self._month.setAccessibleName(self._month.text())
        self._colour(self._month, _warning if calls >= limit else None)

    def ask_plan(self) -> None:
        """Ask how many calls a month the plan has."""
        from dingcomposer.ui.window.quota_dialog import QuotaDialog

        dialog = QuotaDialog(self._settings.value(CALLS), self.window(), used=self._calls)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def on_accepted() -> None:
            self._settings.set(CALLS, dialog.calls)
            self.show_month()

        dialog.accepted.connect(on_accepted)
        dialog.open()

    def _on_reported(self) -> None:
        self._show_left()
        self.show_month()

    def _on_tick(self) -> None:
        self._show_queue()
        self._show_left()

    def _show_queue(self) -> None:
        """What goes at once is gone before it is looked at: only a tick shows the queue."""
        words = queue_summary(self._outbox.waiting(), is_paused=self._outbox.is_paused)
        self._queue.setText(words)
        self._queue.setAccessibleName(words)
        self._queue.setVisible(bool(words))

    def _keep_room_for_left(self) -> None:
        """Two digits or one: what stands beside it stays where it is."""
        words = self.tr("{left} of {limit} left this minute")
        most = words.format(left=PACE_PER_MINUTE, limit=PACE_PER_MINUTE)
        self._left.setMinimumWidth(self._left.fontMetrics().horizontalAdvance(most) + 4)

    def _show_left(self) -> None:
        left = PACE_PER_MINUTE
        if self._robot is None:
            self._left.clear()
        else:
            left = self._outbox.left(self._robot)
            words = self.tr("{left} of {limit} left this minute")
            self._left.setText(words.format(left=left, limit=PACE_PER_MINUTE))
        is_moving = left < PACE_PER_MINUTE or not self._outbox.is_idle
        if is_moving or not self._queue.isHidden():
            self._tick.start()
        else:
            self._tick.stop()

    def _label(self, name: str) -> QLabel:
        label = ElidedLabel(self)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setContentsMargins(8, 0, 8, 0)
        return label

    def _button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setProperty("flat", True)
        button.setAutoRaise(True)
        return button


def _warning() -> str:
    return theme.current().warn


def _set_style(widget: QWidget, sheet: str) -> None:
    """Another style costs a millisecond, even where it is the same one."""
    if widget.styleSheet() != sheet:
        widget.setStyleSheet(sheet)
