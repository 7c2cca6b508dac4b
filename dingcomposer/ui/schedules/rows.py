"""The list of schedules: each with its picture, its times, its next run and its last outcome."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.messages import Message
from dingcomposer.core.plain_text import clean
from dingcomposer.core.records import dataclass
from dingcomposer.core.scheduling.schedule import MessageSchedule
from dingcomposer.core.scheduling.timing import Due
from dingcomposer.storage.planned.runs import PlannedRun
from dingcomposer.ui import theme
from dingcomposer.ui.preview.bubble.bubble import Bubble, MessageAuthor, RenderContext
from dingcomposer.ui.texts.schedules import (
    groups_words,
    next_words,
    run_note,
    run_reason,
    run_words,
    timing_words,
)
from dingcomposer.ui.widgets.buttons import DialogButton, settle_after_menu
from dingcomposer.ui.widgets.layouts import PlainArea
from dingcomposer.ui.widgets.plain_text import ElidedLabel, plain_label, plain_tip

PICTURE: Final = QSize(124, 84)
_DRAWN_PX: Final = 230
"""So wide a message is drawn before it is made small."""
_RADIUS: Final = 6.0
_MOST_PICTURES: Final = 200


@dataclass(frozen=True, slots=True)
class ShownSchedule:
    """A schedule with what is shown of it: when it is due next, what goes then, its newest run."""

    schedule: MessageSchedule
    dues: tuple[Due, ...]
    last: PlannedRun | None
    message: Message


def picture_of(message: Message, author: MessageAuthor, render: RenderContext) -> QPixmap:
    """The upper part of a message as the group sees it, small."""
    bubble = Bubble(pictures=render.pictures, has_frame=False)
    bubble.show_message(message, author, at_names=render.names())
    bubble.set_room(_DRAWN_PX)
    bubble.resize(_DRAWN_PX, bubble.sizeHint().height())
    bubble.ensurePolished()
    ratio = 2.0
    small = QPixmap(PICTURE * ratio)
    small.fill(QColor(theme.current().window))
    drawn = bubble.grab()
    bubble.deleteLater()
    wide = drawn.scaledToWidth(small.width(), Qt.TransformationMode.SmoothTransformation)
    painter = QPainter(small)
    wide.setDevicePixelRatio(1.0)
    painter.drawPixmap(0, 0, wide)
    painter.end()
    small.setDevicePixelRatio(ratio)
    return small


class MessagePicture(QWidget):
    """A small picture of a message, drawn once the page has been painted."""

    def __init__(self, draw: Callable[[], QPixmap], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draw: Callable[[], QPixmap] | None = draw
        self._picture: QPixmap | None = None
        self.setFixedSize(PICTURE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture with round corners; an empty ground until it is there."""
        del event
        if self._draw is not None:
            draw, self._draw = self._draw, None
            QTimer.singleShot(0, self, partial(self._take, draw))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        path = QPainterPath()
        path.addRoundedRect(frame, _RADIUS, _RADIUS)
        now = theme.current()
        painter.fillPath(path, QColor(now.window))
        if self._picture is not None:
            painter.save()
            painter.setClipPath(path)
            painter.drawPixmap(0, 0, self._picture)
            painter.restore()
        painter.setPen(QPen(QColor(now.line), 1))
        painter.drawPath(path)
        painter.end()

    def _take(self, draw: Callable[[], QPixmap]) -> None:
        self._picture = draw()
        self.update()


class ScheduleRow(QFrame):
    """One schedule, and what can be done with it.

    Signals:
        requested(str): "change", "pause", "resume", "run", "write" or "delete".
    """

    requested = Signal(str)

    def __init__(
        self,
        shown: ShownSchedule,
        now: datetime,
        *,
        here: str,
        picture: MessagePicture,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        schedule = shown.schedule
        self._shown, self._day = shown, now.astimezone().date()
        self.setObjectName(f"schedules.row.{schedule.schedule_id}")
        self.setProperty("panel", True)
        self.setAccessibleName(clean(schedule.name))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._line("name", clean(schedule.name), "heading"))
        words.addWidget(plain_label(timing_words(schedule.timing, here), self, "schedules.timing"))
        words.addWidget(self._line("groups", groups_words(schedule), "quiet"))
        coming = next_words(schedule, shown.dues, now, here)
        words.addWidget(self._line("next", coming, "quiet" if schedule.is_paused else ""))
        if shown.last is not None:
            told = self.tr("Last: {run}").format(run=run_words(shown.last, now))
            last = plain_label(told, self, "schedules.last")
            last.setProperty("note", run_note(shown.last))
            last.setToolTip(plain_tip(run_reason(shown.last)))
            words.addWidget(last)
            if reason := run_reason(shown.last):
                why = plain_label(reason, self, "schedules.reason")
                why.setProperty("quiet", True)
                words.addWidget(why)
        words.addStretch(1)
        change = DialogButton("schedules.change", self.tr("Change…"), self)
        change.clicked.connect(lambda: self.requested.emit("change"))
        self.buttons: list[QWidget] = [change]
        if schedule.is_paused or shown.dues:  # what is over has nothing to pause
            self.buttons.append(self._pause())
        self.buttons.append(self._more())
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        for widget in self.buttons:
            buttons.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 12, 12, 12)
        row.setSpacing(14)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addLayout(buttons)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def is_of(self, shown: ShownSchedule, now: datetime) -> bool:
        """Whether this is what it shows, in today's words."""
        return shown == self._shown and now.astimezone().date() == self._day

    @property
    def focused(self) -> int | None:
        """Which of its buttons has the keyboard, counted from the left; None for no button.

        Below a dialog it is the one that gets the keyboard back.
        """
        at = self.window().focusWidget()
        return next((n for n, one in enumerate(self.buttons) if one is at), None)

    def focus(self, number: int) -> None:
        """Give the keyboard to one of its buttons."""
        self.buttons[min(number, len(self.buttons) - 1)].setFocus()

    def _pause(self) -> DialogButton:
        """Lets it rest, or go on."""
        is_paused = self._shown.schedule.is_paused
        key = "resume" if is_paused else "pause"
        label = self.tr("Go on") if is_paused else self.tr("Pause")
        pause = DialogButton(f"schedules.{key}", label, self)
        pause.clicked.connect(lambda: self.requested.emit(key))
        return pause

    def _line(self, name: str, words: str, look: str = "") -> QLabel:
        label = ElidedLabel(self)
        label.setObjectName(f"schedules.{name}")
        label.setText(words)
        if look:
            label.setProperty(look, True)
        label.setToolTip(plain_tip(words))
        return label

    def _more(self) -> QToolButton:
        more = QToolButton(self)
        more.setObjectName("schedules.more")
        more.setText("⋯")
        more.setAccessibleName(self.tr("What else can be done with it"))
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(more)
        labels = {
            "run": self.tr("Send now…"),
            "write": self.tr("Edit its message as a draft"),
            "delete": self.tr("Delete"),
        }
        for key, label in labels.items():
            action = menu.addAction(label)
            action.setObjectName(f"schedules.{key}")
            action.triggered.connect(partial(self._request, key))
        more.setMenu(menu)
        settle_after_menu(more)
        return more

    def _request(self, key: str, _is_checked: bool = False) -> None:
        self.requested.emit(key)


class ScheduleRows(PlainArea):
    """All rows, below each other.

    Signals:
        requested(str, str): what is to be done, with the schedule of which id.
    """

    requested = Signal(str, str)

    def __init__(self, render: RenderContext, here: str, parent: QWidget | None = None) -> None:
        self._inside = QWidget()
        super().__init__(self._inside, parent)
        self.setObjectName("schedules.rows")
        self._render, self._here = render, here
        self._rows: dict[str, ScheduleRow] = {}
        self._pictures: dict[tuple[Message, MessageAuthor, theme.Theme], QPixmap] = {}
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 4, 0)
        self._column.setSpacing(8)
        self._column.addStretch(1)

    def show_schedules(
        self, shown: Sequence[ShownSchedule], now: datetime, colour_of: Callable[[str], str]
    ) -> None:
        """Show these, in this order; a row of which nothing has changed stays as it is."""
        kept = {
            one.schedule.schedule_id: row
            for one in shown
            if (row := self._rows.get(one.schedule.schedule_id)) is not None and row.is_of(one, now)
        }
        gone = {key: row for key, row in self._rows.items() if key not in kept}
        for row in gone.values():
            self._column.removeWidget(row)
        self._rows = kept
        for number, one in enumerate(shown):
            schedule_id = one.schedule.schedule_id
            if schedule_id in kept:
                continue
            picture = self.picture(one.schedule, one.message, colour_of)
            row = ScheduleRow(one, now, here=self._here, picture=picture, parent=self._inside)
            row.requested.connect(partial(self._on_requested, schedule_id))
            self._column.insertWidget(number, row)
            row.show()
            self._rows[schedule_id] = row
            replaced = gone.get(schedule_id)
            if replaced is not None and replaced.focused is not None:
                row.focus(replaced.focused)
        for row in gone.values():
            row.hide()
            row.deleteLater()
        buttons = [each for one in shown for each in self._rows[one.schedule.schedule_id].buttons]
        for before, after in pairwise(buttons):
            self.setTabOrder(before, after)

    def picture(
        self, schedule: MessageSchedule, message: Message, colour_of: Callable[[str], str]
    ) -> MessagePicture:
        """The picture of a message of a schedule's."""
        first = schedule.robots[0]
        author = MessageAuthor(first.name, colour_of(first.robot_id))
        key = message, author, theme.current()
        return MessagePicture(partial(self._drawn, key), self._inside)

    def reveal(self, schedule_id: str) -> None:
        """Bring a schedule's row into sight."""
        row = self._rows.get(schedule_id)
        if row is not None:
            self.ensureWidgetVisible(row)

    def _drawn(self, key: tuple[Message, MessageAuthor, theme.Theme]) -> QPixmap:
        """A picture, drawn once while there are not too many."""
        if key not in self._pictures:
            if len(self._pictures) > _MOST_PICTURES:
                self._pictures.clear()
            self._pictures[key] = picture_of(key[0], key[1], self._render)
        return self._pictures[key]

    def _on_requested(self, schedule_id: str, action: str) -> None:
        self.requested.emit(action, schedule_id)
