"""A month of schedules: what was sent on each day, what is to come, and China's days off."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from dingcomposer.core.plain_text import clean
from dingcomposer.core.records import dataclass
from dingcomposer.core.scheduling.working_calendar import ChinaDay
from dingcomposer.storage.planned.runs import PlannedRun
from dingcomposer.ui import theme
from dingcomposer.ui.texts.schedules import weekday_name
from dingcomposer.ui.widgets.row_table import Index

WEEKS: Final = 6
_PAD_PX: Final = 6
_SPARE_PX: Final = 4
"""So much of the last line may be missing: it is the space below its letters."""
_ENTRY: Final = Qt.ItemDataRole.UserRole
_ROOT: Final = QModelIndex()


class EntryState(IntEnum):
    """How an entry of a day stands."""

    COMING = 0
    UNSURE = 1  # nobody knows yet whether that day is worked
    GOOD = 2
    BAD = 3
    WARN = 4
    QUIET = 5
    PAUSED = 6  # would be to come, did its schedule not rest


@dataclass(frozen=True, slots=True)
class MonthEntry:
    """One run on a day: at which time, of which schedule, how it stands, in words too.

    `run` is the one that is past; None for what is to come.
    """

    time: str
    schedule_id: str
    name: str
    state: EntryState
    words: str
    run: PlannedRun | None = None


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day with its entries, the earliest first, and what it is in China."""

    day: date
    entries: tuple[MonthEntry, ...] = ()
    kind: ChinaDay = ChinaDay.PLAIN


def first_shown(month: date) -> date:
    """The Monday with which a month's weeks begin."""
    first = month.replace(day=1)
    return first - timedelta(days=first.weekday())


class MonthModel(QAbstractTableModel):
    """Six weeks of seven days, from the Monday before the month's first day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.month = date(2000, 1, 1)
        self.today = date(2000, 1, 1)
        self._days: dict[date, MonthDay] = {}

    def show_month(self, month: date, today: date, days: Mapping[date, MonthDay]) -> None:
        """Show these weeks."""
        self.beginResetModel()
        self.month, self.today, self._days = month, today, dict(days)
        self.endResetModel()

    def day_at(self, index: Index) -> MonthDay:
        """What stands in a cell."""
        day = first_shown(self.month) + timedelta(days=index.row() * 7 + index.column())
        return self._days.get(day, MonthDay(day))

    def index_of(self, day: date) -> QModelIndex:
        """The cell of a day; invalid where it is not among those shown."""
        number = (day - first_shown(self.month)).days
        return self.index(number // 7, number % 7) if 0 <= number < WEEKS * 7 else QModelIndex()

    # Qt's side

    def rowCount(self, parent: Index = _ROOT) -> int:
        """The weeks."""
        return 0 if parent.isValid() else WEEKS

    def columnCount(self, parent: Index = _ROOT) -> int:
        """The weekdays."""
        return 0 if parent.isValid() else 7

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The weekdays' names."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return weekday_name(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A day in words, for who hears it; the delegate draws it."""
        shown = self.day_at(index)
        if role == _ENTRY:
            return shown
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = [shown.day.isoformat(), self.mark(shown.kind)]
            parts += [f"{one.time} {one.name}, {one.words}" for one in shown.entries]
            return "\n".join(filter(None, parts))
        return None

    def more_words(self, count: int) -> str:
        """That there are so many more entries than are drawn."""
        return self.tr("+ %n more", "", count)

    def mark(self, kind: ChinaDay) -> str:
        """A sign for what a day is in China; "" for a plain one."""
        match kind:
            case ChinaDay.HOLIDAY:
                return self.tr("off")
            case ChinaDay.SHIFTED:
                return self.tr("worked")
            case _:
                return ""


class _DayDelegate(QStyledItemDelegate):
    """Draws a day: its number, its sign, and as many entries as there is room for."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell."""
        model = index.model()
        assert isinstance(model, MonthModel)
        shown: MonthDay = index.data(_ENTRY)
        styled: Any = option
        area: QRect = styled.rect
        now = theme.current()
        painter.save()
        is_chosen = bool(styled.state & QStyle.StateFlag.State_Selected)
        ground = now.accent_soft if is_chosen else now.panel
        if shown.day.month != model.month.month and not is_chosen:
            ground = now.window
        painter.fillRect(area, QColor(ground))
        painter.setPen(QColor(now.line))
        painter.drawLine(area.topRight(), area.bottomRight())
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        inside = area.adjusted(_PAD_PX, 4, -_PAD_PX, -2)
        line = painter.fontMetrics().height() + 1
        top = inside.top() + line + 2
        room = max((inside.bottom() + _SPARE_PX - top) // line, 0)
        # What has no room below is counted beside the day's number: no day looks empty.
        self._draw_number(painter, inside, shown, model, max(len(shown.entries) - room, 0))
        for entry in shown.entries[:room]:
            self._draw_entry(painter, QRect(inside.left(), top, inside.width(), line), entry)
            top += line
        painter.restore()

    def _draw_number(
        self, painter: QPainter, inside: QRect, shown: MonthDay, model: MonthModel, more: int
    ) -> None:
        now = theme.current()
        is_other = shown.day.month != model.month.month
        painter.setPen(QColor(now.faint if is_other else now.text))
        font = QFont(painter.font())
        if shown.day == model.today:
            font.setBold(True)
            painter.setPen(QColor(now.accent))
        painter.setFont(font)
        painter.drawText(inside, Qt.AlignmentFlag.AlignTop, str(shown.day.day))
        if more:
            begins = painter.fontMetrics().horizontalAdvance("00  ")
            painter.setPen(QColor(now.quiet))
            beside = inside.adjusted(begins, 0, 0, 0)
            painter.drawText(beside, Qt.AlignmentFlag.AlignTop, model.more_words(more))
        font.setBold(False)
        painter.setFont(font)
        mark = model.mark(shown.kind)
        if mark:
            painter.setPen(QColor(now.bad if shown.kind is ChinaDay.HOLIDAY else now.warn))
            flags = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight
            painter.drawText(inside, int(flags), mark)

    def _draw_entry(self, painter: QPainter, area: QRect, entry: MonthEntry) -> None:
        now = theme.current()
        colours = {
            EntryState.COMING: now.accent,
            EntryState.UNSURE: now.warn,
            EntryState.GOOD: now.good,
            EntryState.BAD: now.bad,
            EntryState.WARN: now.warn,
            EntryState.QUIET: now.faint,
            EntryState.PAUSED: now.faint,
        }
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = QColor(colours[entry.state])
        painter.setPen(colour)
        is_paused = entry.state is EntryState.PAUSED
        is_coming = is_paused or entry.state in (EntryState.COMING, EntryState.UNSURE)
        # A ring is still to come, a filled dot is over.
        painter.setBrush(Qt.BrushStyle.NoBrush if is_coming else colour)
        painter.drawEllipse(area.left(), area.center().y() - 2, 5, 5)
        painter.setPen(QColor(now.quiet if is_paused else now.text))
        words = f"{entry.time} {clean(entry.name)}"
        room = area.adjusted(10, 0, 0, 0)
        cut = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, cut)


class MonthView(QTableView):
    """The month as a table; the arrow keys go from day to day.

    Signals:
        day_chosen(MonthDay): the day that is looked at.
    """

    day_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("schedules.month")
        self.setAccessibleName(self.tr("Month"))
        self._model = MonthModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_DayDelegate(self))
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(24)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        columns = self.horizontalHeader()
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        columns.setSectionsClickable(False)
        columns.setHighlightSections(False)
        columns.setMinimumSectionSize(32)
        self.selectionModel().currentChanged.connect(self._on_current)

    @property
    def chosen(self) -> MonthDay | None:
        """The day that is looked at."""
        index = self.currentIndex()
        return self._model.day_at(index) if index.isValid() else None

    def show_month(self, month: date, today: date, days: Sequence[MonthDay]) -> None:
        """Show a month; the day that was looked at stays, where it is among those shown."""
        before = self.chosen
        self._model.show_month(month, today, {one.day: one for one in days})
        wanted = before.day if before is not None else today
        index = self._model.index_of(wanted)
        self.setCurrentIndex(index if index.isValid() else self._model.index_of(month))

    def choose(self, day: date) -> None:
        """Look at a day of those shown."""
        index = self._model.index_of(day)
        if index.isValid():
            self.setCurrentIndex(index)

    def minimumSizeHint(self) -> QSize:
        """Room for the numbers and one entry a day."""
        return QSize(300, 6 * 38 + 30)

    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            self.day_chosen.emit(self._model.day_at(index))
