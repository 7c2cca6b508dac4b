"""Schedules page: what is sent at a set time, as a list and as a month."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.scheduling.schedule import MessageSchedule
from dingcomposer.core.scheduling.timing import DayRule, Due
from dingcomposer.services.scheduling.planner import Planner, local_zone
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.planned.runs import PlannedRun
from dingcomposer.ui.preview.bubble.bubble import RenderContext
from dingcomposer.ui.schedules.month import (
    WEEKS,
    EntryState,
    MonthDay,
    MonthEntry,
    MonthView,
    first_shown,
)
from dingcomposer.ui.schedules.rows import ScheduleRows, ShownSchedule
from dingcomposer.ui.texts.schedules import run_note, run_outcome, unknown_years_sentence
from dingcomposer.ui.texts.storage import storage_sentence
from dingcomposer.ui.widgets.buttons import DialogButton, settle_after_menu
from dingcomposer.ui.widgets.layouts import PlainArea
from dingcomposer.ui.widgets.plain_text import plain_label
from dingcomposer.ui.widgets.segmented_bar import SegmentedBar

_LIST, _MONTH = "list", "month"
_LOOKS_AHEAD = 40
"""So many runs ahead is looked for a year whose dates are not known."""
_STATES = {
    "good": EntryState.GOOD,
    "bad": EntryState.BAD,
    "warn": EntryState.WARN,
    "quiet": EntryState.QUIET,
}


class PageAction(StrEnum):
    """What the page asks for, beside what is done with one schedule."""

    NEW = "new"
    MISSED = "missed"
    DAYS = "days"
    ENTRY = "entry"
    BACKGROUND = "background"


class SchedulesPage(QWidget):
    """List and month of all schedules. `colour_of` gives a robot's colour by its id.

    Signals:
        requested(str): a PageAction.
        schedule_requested(str, str): what is to be done, with the schedule of which id.
    """

    requested = Signal(str)
    schedule_requested = Signal(str, str)

    def __init__(
        self,
        planner: Planner,
        render: RenderContext,
        parent: QWidget | None = None,
        *,
        colour_of: Callable[[str], str],
    ) -> None:
        super().__init__(parent)
        self.setObjectName("schedules")
        self.setAccessibleName(self.tr("Schedules"))
        self._planner, self._colour_of = planner, colour_of
        self._month = date(2000, 1, 1)
        self._view = _LIST
        self._answer_action = PageAction.MISSED
        self._switch = SegmentedBar(self)
        self._switch.setObjectName("schedules.view")
        self._switch.add(_LIST, self.tr("List"))
        self._switch.add(_MONTH, self.tr("Month"))
        self._switch.choose(_LIST)
        self._make_head()
        self._notice = plain_label("", self, "schedules.notice")
        self._notice.setProperty("notice", "warn")
        self._answer = DialogButton("schedules.answer", "", self)
        self.rows = ScheduleRows(render, local_zone(), self)
        self.month = MonthView(self)
        self._make_month()
        self._stack = QStackedWidget(self)
        self._ways = plain_label(
            self.tr(
                "They are sent while this program runs, with its window or in the tray, or by the"
                " system's scheduler: see ⋯."
            ),
            self,
            "schedules.ways",
        )
        self._ways.setProperty("quiet", True)
        self._lay_out()
        self._connect()
        self._show_view(_LIST)

    def refresh(self) -> None:
        """Show everything as it stands now; hidden, with the next look at it."""
        if self.isVisible():
            self._show_all()

    def showEvent(self, event: QShowEvent) -> None:
        """What has changed since the last look is shown."""
        super().showEvent(event)
        self._show_all()

    # Building

    def _make_head(self) -> None:
        self._title = QLabel(self.tr("Schedules"), self)
        self._title.setProperty("title", True)
        self._new = DialogButton("schedules.new", self.tr("Schedule the draft…"), self)
        self._new.setToolTip(self.tr("Send the message that is being written at a set time"))
        self._more = QToolButton(self)
        self._more.setObjectName("schedules.page.more")
        self._more.setText("⋯")
        self._more.setAccessibleName(self.tr("Holidays, and sending without the window"))
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self._more)
        words = {
            PageAction.MISSED: self.tr("What was not sent…"),
            PageAction.DAYS: self.tr("Holidays and worked weekends…"),
            PageAction.BACKGROUND: self.tr("Keep running in the background…"),
            PageAction.ENTRY: self.tr("Send without the window…"),
        }
        for action, label in words.items():
            entry = menu.addAction(label)
            entry.setObjectName(f"schedules.page.{action}")
            entry.triggered.connect(lambda _on=False, one=action: self.requested.emit(one.value))
        self._more.setMenu(menu)
        settle_after_menu(self._more)

    def _make_month(self) -> None:
        self._month_name = QLabel(self)
        self._month_name.setObjectName("schedules.month.name")
        self._month_name.setProperty("heading", True)
        self._before = DialogButton("schedules.month.before", "‹", self)
        self._before.setAccessibleName(self.tr("The month before"))
        self._after = DialogButton("schedules.month.after", "›", self)
        self._after.setAccessibleName(self.tr("The month after"))
        self._today = DialogButton("schedules.month.today", self.tr("Today"), self)
        self._day = QWidget(self)
        self._day_column = QVBoxLayout(self._day)
        self._day_column.setContentsMargins(0, 0, 4, 0)
        self._day_column.setSpacing(6)
        self._day_area = PlainArea(self._day, self)
        self._day_area.setObjectName("schedules.day")
        self._day_area.setAccessibleName(self.tr("The day that is chosen"))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._switch)
        head.addWidget(self._new)
        head.addWidget(self._more)
        self._notice_line = QWidget(self)
        notice = QHBoxLayout(self._notice_line)
        notice.setContentsMargins(0, 0, 0, 0)
        notice.setSpacing(8)
        notice.addWidget(self._notice, 1)
        notice.addWidget(self._answer)
        month = QWidget(self)
        turning = QHBoxLayout()
        turning.setSpacing(6)
        turning.addWidget(self._month_name, 1)
        for button in (self._before, self._today, self._after):
            turning.addWidget(button)
        column = QVBoxLayout(month)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(turning)
        column.addWidget(self.month, 1)
        self._day_area.setFixedHeight(112)
        column.addWidget(self._day_area)
        self._month_page = month
        self._stack.addWidget(self._make_empty())
        self._stack.addWidget(self.rows)
        self._stack.addWidget(month)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(8, 12, 12, 8)
        whole.setSpacing(10)
        whole.addLayout(head)
        whole.addWidget(self._notice_line)
        whole.addWidget(self._stack, 1)
        whole.addWidget(self._ways)

    def _make_empty(self) -> QWidget:
        panel = QFrame(self)
        panel.setObjectName("schedules.empty")
        panel.setProperty("panel", True)
        heading = QLabel(self.tr("Nothing is planned yet"), panel)
        heading.setProperty("heading", True)
        heading.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        words = QLabel(
            self.tr(
                "Write a message, then choose “Send at a time…” beside Send: once, each weekday at"
                " nine, on the last Friday of each month, not on China's holidays if you wish. It"
                " is sent while this program runs; what was missed is told, never sent late by"
                " itself."
            ),
            panel,
        )
        words.setProperty("quiet", True)
        words.setWordWrap(True)
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(panel)
        column.setContentsMargins(48, 32, 48, 32)
        column.setSpacing(10)
        column.addStretch(1)
        column.addWidget(heading)
        column.addWidget(words)
        column.addStretch(1)
        return panel

    def _connect(self) -> None:
        self._planner.changed.connect(self.refresh)
        self._switch.chosen.connect(self._show_view)
        self._new.clicked.connect(lambda: self.requested.emit(PageAction.NEW.value))
        self._answer.clicked.connect(lambda: self.requested.emit(self._answer_action.value))
        self.rows.requested.connect(self.schedule_requested)
        self.month.day_chosen.connect(self._show_day)
        self._before.clicked.connect(lambda: self._turn(-1))
        self._after.clicked.connect(lambda: self._turn(1))
        self._today.clicked.connect(self._go_to_today)

    # What is shown

    def _show_view(self, view: str) -> None:
        self._view = view
        if self.isVisible():
            self._show_all()

    def _show_all(self) -> None:
        planner = self._planner
        try:
            self._show_notice()
            schedules = planner.schedules
            self._ways.setVisible(bool(schedules))
            if not schedules:
                self._stack.setCurrentIndex(0)
            elif self._view == _LIST:
                shown = [self._shown(one) for one in schedules]
                self.rows.show_schedules(shown, planner.now, self._colour_of)
                self._stack.setCurrentWidget(self.rows)
            else:
                self._show_month()
                self._stack.setCurrentWidget(self._month_page)
        except StorageError as error:
            self._notice.tell(storage_sentence(error.fault))
            self._notice_line.show()

    def _shown(self, schedule: MessageSchedule) -> ShownSchedule:
        planner = self._planner
        dues = planner.next_dues(schedule)
        last = planner.runs.last(schedule.schedule_id)
        return ShownSchedule(schedule, dues, last, planner.next_message(schedule))

    def _show_notice(self) -> None:
        """What a person has to know of: what was missed, then years that nobody knows."""
        waiting = self._planner.runs.open_runs()
        years = self._unknown_years()
        unreadable = self._planner.unreadable()
        self._notice_line.setVisible(bool(waiting or years or unreadable))
        self._answer.setVisible(bool(waiting or years))
        if waiting:
            count = len(waiting) + sum(one.earlier for one in waiting)
            self._notice.setText(self.tr("%n run(s) wait for your decision.", "", count))
            self._answer.setText(self.tr("Look at them…"))
            self._answer_action = PageAction.MISSED
        elif years:
            self._notice.setText(unknown_years_sentence(years))
            self._answer.setText(self.tr("Enter the dates…"))
            self._answer_action = PageAction.DAYS
        elif unreadable:
            words = self.tr("%n schedule(s) cannot be read by this version.", "", unreadable)
            self._notice.setText(words)

    def _unknown_years(self) -> tuple[int, ...]:
        days = [
            due.wall.date()
            for one in self._planner.schedules
            if one.timing.day_rule is not DayRule.ANY
            for due in self._planner.next_dues(one, _LOOKS_AHEAD)
        ]
        return self._planner.calendar.unknown_years(days)

    # The month

    def _turn(self, months: int) -> None:
        number = self._month.year * 12 + self._month.month - 1 + months
        self._month = date(number // 12, number % 12 + 1, 1)
        self._show_month()

    def _go_to_today(self) -> None:
        today = self._planner.now.astimezone().date()
        self._month = today.replace(day=1)
        self._show_month()
        self.month.choose(today)

    def _show_month(self) -> None:
        today = self._planner.now.astimezone().date()
        if self._month.year == 2000:
            self._month = today.replace(day=1)
        first = first_shown(self._month)
        since = datetime.combine(first, time()).astimezone()
        until = datetime.combine(first + timedelta(days=WEEKS * 7), time()).astimezone()
        entries = self._entries(since.astimezone(UTC), until.astimezone(UTC))
        calendar = self._planner.calendar
        days = []
        for number in range(WEEKS * 7):
            day = first + timedelta(days=number)
            of_day = tuple(entry for at, entry in entries if at == day)
            days.append(MonthDay(day, of_day, calendar.kind_of(day)))
        words = QLocale().toString(
            QDate(self._month.year, self._month.month, 1), self.tr("MMMM yyyy")
        )
        self._month_name.setText(words)
        self.month.show_month(self._month, today, days)
        chosen = self.month.chosen
        if chosen is not None:
            self._show_day(chosen)

    def _entries(self, since: datetime, until: datetime) -> list[tuple[date, MonthEntry]]:
        planner = self._planner
        names = {one.schedule_id: one.name for one in planner.schedules}
        found: list[tuple[datetime, MonthEntry]] = []
        for run in planner.runs.between(since, until):
            found.append((run.due_at, self._past(run, names)))
        start = max(since, planner.now)
        for one in planner.schedules:
            for due in planner.dues_in(one, start, until) if start < until else ():
                state, words = self._coming(one, due)
                at = due.at.astimezone()
                entry = MonthEntry(f"{at:%H:%M}", one.schedule_id, one.name, state, words)
                found.append((due.at, entry))
        found.sort(key=lambda one: one[0])
        return [(at.astimezone().date(), entry) for at, entry in found]

    def _coming(self, schedule: MessageSchedule, due: Due) -> tuple[EntryState, str]:
        if schedule.is_paused:
            return EntryState.PAUSED, self.tr("paused: nothing is sent")
        if not due.is_known:
            return EntryState.UNSURE, self.tr("if that day is worked")
        return EntryState.COMING, self.tr("to come")

    def _past(self, run: PlannedRun, names: dict[str, str]) -> MonthEntry:
        at = run.due_at.astimezone()
        name = names.get(run.schedule_id, "")
        state = _STATES[run_note(run)]
        return MonthEntry(f"{at:%H:%M}", run.schedule_id, name, state, run_outcome(run), run)

    def _show_day(self, shown: MonthDay) -> None:
        """The runs of a day below the month, each with its picture."""
        while self._day_column.count():
            item = self._day_column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        known = {one.schedule_id: one for one in self._planner.schedules}
        entries = [one for one in shown.entries if one.schedule_id in known]
        if not entries:
            label = plain_label(self.tr("Nothing on this day."), self._day)
            label.setProperty("quiet", True)
            self._day_column.addWidget(label)
        for entry in entries[:_LOOKS_AHEAD]:
            self._day_column.addWidget(self._day_row(entry, known[entry.schedule_id], shown.day))
        self._day_column.addStretch(1)

    def _day_row(self, entry: MonthEntry, schedule: MessageSchedule, day: date) -> QWidget:
        message = None
        if entry.run is not None:
            with suppress(StorageError):  # then what it would be now stands for it
                message = self._planner.runs.message(entry.run)
        if message is None:
            at = datetime.combine(day, time.fromisoformat(entry.time)).astimezone()
            message = self._planner.message_at(schedule, at)
        row = QFrame(self._day)
        row.setProperty("panel", True)
        words = plain_label(f"{entry.time}  {schedule.name}", row)
        words.setProperty("heading", True)
        state = plain_label(entry.words, row, "schedules.day.state")
        change = DialogButton("schedules.day.change", self.tr("Change…"), row)
        change.clicked.connect(lambda: self.schedule_requested.emit("change", schedule.schedule_id))
        beside = QVBoxLayout()
        beside.addWidget(words)
        beside.addWidget(state)
        beside.addStretch(1)
        line = QHBoxLayout(row)
        line.setContentsMargins(8, 8, 8, 8)
        line.setSpacing(12)
        picture = self.rows.picture(schedule, message, self._colour_of)
        line.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(beside, 1)
        line.addWidget(change, 0, Qt.AlignmentFlag.AlignTop)
        return row
