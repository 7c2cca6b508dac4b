"""Dates: the calendar in the program's colours, and fields in which a date is typed or picked."""

from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QIcon,
    QKeyEvent,
    QPainter,
    QPixmap,
    QResizeEvent,
    QShowEvent,
    QTextCharFormat,
)
from PySide6.QtWidgets import (
    QCalendarWidget,
    QDateEdit,
    QFrame,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.checks.dates import typed_day
from dingcomposer.ui import theme
from dingcomposer.ui.widgets.icons import IconButton, IconName, paint_icon
from dingcomposer.ui.widgets.plain_text import plain_label

_ICON_PX = 16
_ROWS, _COLUMNS = 7, 7  # the names of the weekdays, and six weeks
_CELL_PX = 12  # round the words of a day
_ARROW_PX = 24


def day_from(words: str, today: date) -> date | None:
    """The day that is typed, with its weekday or without. None where it is none."""
    locale, words = QLocale(), words.strip()
    forms = (QLocale.FormatType.LongFormat, QLocale.FormatType.ShortFormat)
    names = (locale.dayName(number, form) for form in forms for number in range(1, 8))
    for name in names:
        words = words.removesuffix(name).rstrip()
    return typed_day(words, today)


class DayCalendar(QCalendarWidget):
    """A month of days: six weeks that are all seen, in the colours of the theme that is on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setGridVisible(False)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        # What figures typed into the grid open is no date in Chinese: "2027/-2147483648/0".
        self.setDateEditEnabled(False)

    def sizeHint(self) -> QSize:
        """Room for the header and for every week."""
        lines = self.fontMetrics()
        bar = self.findChild(QWidget, "qt_calendar_navigationbar")
        above = bar.sizeHint().height() if bar is not None else 0
        names = [self.locale().dayName(n, QLocale.FormatType.ShortFormat) for n in range(1, 8)]
        wide = max(lines.horizontalAdvance(name) for name in names) + _CELL_PX
        high = lines.height() + _CELL_PX
        return QSize(max(wide, high) * _COLUMNS + _CELL_PX, high * _ROWS + above + _CELL_PX)

    def minimumSizeHint(self) -> QSize:
        """Never less than all of it."""
        return self.sizeHint()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the colours of the theme."""
        super().showEvent(event)
        now = theme.current()
        names, days = QTextCharFormat(), QTextCharFormat()
        names.setForeground(QColor(now.text))
        names.setBackground(QColor(now.window))
        days.setForeground(QColor(now.text))
        self.setHeaderTextFormat(names)
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.setWeekdayTextFormat(weekend, days)
        signs: dict[str, IconName] = {"prevmonth": "back", "nextmonth": "forward"}
        for name, sign in signs.items():
            button = self.findChild(QToolButton, f"qt_calendar_{name}")
            if button is not None:
                button.setIcon(self._sign(sign, now.text))

    def _sign(self, name: IconName, colour: str) -> QIcon:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(round(_ICON_PX * ratio), round(_ICON_PX * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_icon(painter, name, QPointF(0, 0), QColor(colour))
        painter.end()
        return QIcon(picture)


class CalendarPopup(QFrame):
    """A calendar that opens below a widget.

    Signals:
        picked(QDate): this day.
    """

    picked = Signal(QDate)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.calendar = DayCalendar(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self.calendar)
        self.calendar.clicked.connect(self._on_day)
        self.calendar.activated.connect(self._on_day)

    def show_below(self, widget: QWidget, *, at_end: bool = False) -> None:
        """Show it below a widget, or above where there is no room below."""
        size = self.sizeHint()
        left = widget.width() - size.width() if at_end else 0
        place = widget.mapToGlobal(QPoint(left, widget.height()))
        room = widget.screen().availableGeometry()
        if place.y() + size.height() > room.bottom():
            place.setY(widget.mapToGlobal(QPoint(0, 0)).y() - size.height())
        place.setX(max(room.left(), min(place.x(), room.right() - size.width())))
        self.move(place)
        self.show()
        self.calendar.setFocus()

    def _on_day(self, day: QDate) -> None:
        if self.isVisible():  # a double click gives it twice
            self.hide()
            self.picked.emit(day)


class DayEdit(QDateEdit):
    """A date that is never empty, with the calendar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCalendarPopup(True)
        self.setCalendarWidget(DayCalendar(self))
        self.setDisplayFormat("yyyy-MM-dd")


class DateField(QLineEdit):
    """A date that is typed, pasted or picked; empty at first.

    `value` is as 2026-12-01, "" for none. `note` says that what stands there is no date; whoever
    lays the field out places it.
    """

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._before: DateField | None = None
        self._popup: CalendarPopup | None = None
        self.setPlaceholderText(self.tr("A date, such as 2027-01-01"))
        self.note = plain_label("", parent or self, "date.note")
        self.note.setProperty("note", "bad")
        self.note.setWordWrap(False)
        self._arrow = IconButton("down", self.tr("Open the calendar"), self)
        self._arrow.setObjectName("date.calendar")
        self._arrow.setProperty("chipPart", True)
        self._arrow.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Alt+Down is the key
        self._arrow.setCursor(Qt.CursorShape.ArrowCursor)
        self._arrow.setFixedSize(_ARROW_PX, _ARROW_PX)
        self._arrow.clicked.connect(self.open_calendar)
        self.setTextMargins(0, 0, _ARROW_PX, 0)
        self.textChanged.connect(self._on_text_changed)
        self.editingFinished.connect(self._tidy)

    @property
    def value(self) -> str:
        """The date that was typed or picked."""
        day = self._day()
        return "" if day is None else day.isoformat()

    def set_value(self, value: str) -> None:
        """Show a date, or none."""
        self.setText(value)
        self._tidy()

    def follow(self, before: "DateField | None") -> None:
        """While this is empty the calendar opens at the date of another field."""
        self._before = before

    def open_calendar(self) -> None:
        """Pick the date."""
        if self._popup is None:
            self._popup = CalendarPopup(self)
            self._popup.setObjectName("date.popup")
            self._popup.picked.connect(self._on_picked)
        day = self._day() or (self._before and self._before._day()) or self._today
        self._popup.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self._popup.show_below(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Down opens the calendar."""
        is_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if is_alt and event.key() == Qt.Key.Key_Down:
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What is no date is told when the field is left."""
        super().focusOutEvent(event)
        self._tidy()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The arrow stays at the end."""
        super().resizeEvent(event)
        top = (self.height() - _ARROW_PX) // 2
        self._arrow.move(self.width() - _ARROW_PX - top, top)

    def _day(self) -> date | None:
        return day_from(self.text(), self._today)

    def _on_picked(self, day: QDate) -> None:
        self.set_value(day.toString(Qt.DateFormat.ISODate))
        self.setFocus()

    def _on_text_changed(self) -> None:
        if self.value or not self.text().strip():
            self._tell("")

    def _tidy(self) -> None:
        """Show a date with its weekday; say what is none."""
        day = self._day()
        if day is None:
            wrong = self.tr("This is no date. Write it as 2027-01-01.")
            self._tell(wrong if self.text().strip() else "")
            return
        shown = QDate(day.year, day.month, day.day)
        name = QLocale().dayName(shown.dayOfWeek(), QLocale.FormatType.LongFormat)
        self.setText(f"{day.isoformat()} {name}")

    def _tell(self, words: str) -> None:
        self.note.tell(words)
        self.setAccessibleDescription(words)
