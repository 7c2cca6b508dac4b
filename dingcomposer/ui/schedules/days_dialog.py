"""Dialog for China's days: what a person enters of a year that is not published here yet."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QDate, QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.scheduling.working_calendar import EnteredDay
from dingcomposer.core.templates.working_days import coverage
from dingcomposer.services.scheduling.planner import Planner
from dingcomposer.storage.database import StorageError
from dingcomposer.ui.texts.storage import storage_sentence
from dingcomposer.ui.widgets.buttons import DialogButton
from dingcomposer.ui.widgets.dates import DayEdit
from dingcomposer.ui.widgets.layouts import OrderedDialog, resize_within_screen
from dingcomposer.ui.widgets.plain_text import plain_label

_DAY = Qt.ItemDataRole.UserRole
_ROW_PX = 30
_YEARS_AHEAD = 2
_MOST_DAYS = 31
"""The longest holidays have nine days: more at a time is a slip of the hand."""


class DaysDialog(OrderedDialog):
    """A list of entered days, lines that add some, and a tick for each year to come.

    What is entered wins over what is published. Changes are kept at once.
    """

    def __init__(self, planner: Planner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("china_days")
        self.setWindowTitle(self.tr("Holidays and worked weekends"))
        self._planner = planner
        first, last = coverage()
        intro = plain_label(
            self.tr(
                "The program knows China's holidays from {first} to {last}. What you enter here"
                " counts before that; for a later year enter its dates, then tick that they are"
                " all there."
            ).format(first=first, last=last),
            self,
        )
        self._list = QListWidget(self)
        self._list.setObjectName("china_days.list")
        self._list.setAccessibleName(self.tr("Days that you entered"))
        self._list.setProperty("rows", True)
        self._day = DayEdit(self)
        self._day.setObjectName("china_days.day")
        self._day.setAccessibleName(self.tr("Day"))
        self._day.setDisplayFormat("yyyy-MM-dd ddd")
        self._last = DayEdit(self)
        self._last.setObjectName("china_days.last")
        self._last.setAccessibleName(self.tr("Up to and with"))
        self._last.setDisplayFormat("yyyy-MM-dd ddd")
        self._day.dateChanged.connect(self._last.setMinimumDate)
        self._day.dateChanged.connect(self._last.setDate)
        today = planner.now.astimezone().date()
        self._day.setDate(QDate(last + 1, 1, 1) if today.year <= last else QDate.currentDate())
        self._kind = QComboBox(self)
        self._kind.setObjectName("china_days.kind")
        self._kind.setAccessibleName(self.tr("What the day is"))
        self._kind.addItem(self.tr("Day off"), False)
        self._kind.addItem(self.tr("Working day"), True)
        add = DialogButton("china_days.add", self.tr("Add"), self)
        add.clicked.connect(self._on_add)
        self._remove = DialogButton("china_days.remove", self.tr("Remove"), self)
        self._remove.clicked.connect(self._on_remove)
        close = DialogButton("china_days.close", self.tr("Close"), self)
        close.clicked.connect(self.accept)
        self._note = plain_label("", self, "china_days.note")
        self._note.setProperty("notice", "warn")
        self._note.hide()
        self._years = self._make_years(range(last + 1, max(last, today.year) + 1 + _YEARS_AHEAD))
        self._lay_out(intro, add, close)
        resize_within_screen(self, QSize(480, 480), QSize(400, 320))
        planner.changed.connect(self._refresh)
        self._list.currentRowChanged.connect(lambda row: self._remove.setEnabled(row >= 0))
        self._refresh()

    def _make_years(self, years: range) -> list[QCheckBox]:
        boxes = []
        for year in years:
            box = QCheckBox(self.tr("All dates of {year} are entered").format(year=year), self)
            box.setObjectName(f"china_days.year.{year}")
            box.toggled.connect(partial(self._on_year, year))
            boxes.append(box)
        return boxes

    def _lay_out(self, intro: QLabel, add: QPushButton, close: QPushButton) -> None:
        days = QHBoxLayout()
        days.setSpacing(8)
        days.addWidget(self._day, 1)
        days.addWidget(plain_label("–", self), 0)
        days.addWidget(self._last, 1)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._kind, 1)
        line.addWidget(add)
        line.addWidget(self._remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addWidget(intro)
        column.addWidget(self._list, 1)
        column.addLayout(days)
        column.addLayout(line)
        for box in self._years:
            column.addWidget(box)
        column.addWidget(self._note)
        ending = QHBoxLayout()
        ending.addStretch(1)
        ending.addWidget(close)
        column.addLayout(ending)

    def _refresh(self) -> None:
        calendar = self._planner.calendar
        row = self._list.currentRow()
        self._list.clear()
        for one in calendar.entered:
            kind = self.tr("Working day") if one.is_worked else self.tr("Day off")
            day = QDate(one.day.year, one.day.month, one.day.day)
            told = self.locale().toString(day, "yyyy-MM-dd ddd")
            item = QListWidgetItem(f"{told}    {kind}", self._list)
            item.setData(_DAY, one.day.isoformat())
            item.setSizeHint(QSize(0, _ROW_PX))
        self._list.setCurrentRow(min(row, self._list.count() - 1))
        self._remove.setEnabled(self._list.currentRow() >= 0)
        for box in self._years:
            year = int(box.objectName().rpartition(".")[2])
            box.blockSignals(True)
            box.setChecked(year in calendar.whole_years)
            box.blockSignals(False)

    def _on_add(self) -> None:
        first, last = self._day.date(), self._last.date()
        is_worked = bool(self._kind.currentData())
        days = [first.addDays(number) for number in range(first.daysTo(last) + 1)]
        if len(days) > _MOST_DAYS:
            words = self.tr("At most %n day(s) at a time.", "", _MOST_DAYS)
            self._tell(words)
            return
        entered = [
            EnteredDay(date(one.year(), one.month(), one.day()), is_worked=is_worked)
            for one in days
        ]
        if self._try(lambda: self._planner.enter_days(entered)):
            self._day.setDate(last.addDays(1))

    def _on_remove(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            day = date.fromisoformat(str(item.data(_DAY)))
            self._try(lambda: self._planner.forget_day(EnteredDay(day, is_worked=False)))

    def _on_year(self, year: int, is_whole: bool) -> None:
        self._try(lambda: self._planner.set_year_whole(year, is_whole=is_whole))
        self._refresh()

    def _try(self, work: Callable[[], object]) -> bool:
        """Whether it could be written; if not, that is said."""
        told = ""
        try:
            work()
        except StorageError as error:
            told = storage_sentence(error.fault)
        self._tell(told)
        return not told

    def _tell(self, words: str) -> None:
        self._note.setText(words)
        self._note.setVisible(bool(words))
