"""A date is typed, pasted or picked; the calendar shows all of a month in both themes."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QDate, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from dingcomposer.services.settings import ThemeName
from dingcomposer.ui import theme
from dingcomposer.ui.widgets.dates import CalendarPopup, DateField, DayCalendar, DayEdit, day_from

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

TODAY = date(2026, 11, 30)


@pytest.fixture
def field(qtbot: QtBot) -> Iterator[DateField]:
    window = QWidget()
    column = QVBoxLayout(window)
    made = DateField(TODAY, window)
    column.addWidget(made.note)
    column.addWidget(made)
    window.resize(320, 120)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    made.setFocus()
    yield made  # the window lives as long


@pytest.fixture(params=[ThemeName.LIGHT, ThemeName.DARK])
def themed(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[theme.Theme]:
    before, sheet = QPalette(qapp.palette()), qapp.styleSheet()
    theme.apply(qapp, request.param)
    yield theme.current()
    theme.apply(qapp, ThemeName.LIGHT)
    qapp.setPalette(before)
    qapp.setStyleSheet(sheet)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2027-01-01", date(2027, 1, 1)),
        (" 20270101 ", date(2027, 1, 1)),
        ("2027/1/1", date(2027, 1, 1)),
        ("2027.1.1", date(2027, 1, 1)),
        ("2027年1月1日", date(2027, 1, 1)),
        ("1月1日", date(2027, 1, 1)),
        ("11月30日", date(2026, 11, 30)),
        ("12-1", date(2026, 12, 1)),
        ("2月29日", date(2028, 2, 29)),
        ("2025-03-04", date(2025, 3, 4)),
        ("2027-02-29", None),
        ("20271301", None),
        ("2月30日", None),
        ("0000-01-01", None),
        ("某天", None),
        ("选择日期20270101", None),
        ("", None),
    ],
)
def test_days_as_they_are_typed(words: str, day: date | None) -> None:
    assert day_from(words, TODAY) == day


@pytest.mark.parametrize("words", ["2027-01-01", "20270101", "2027/1/1", "1月1日"])
def test_an_empty_field_is_empty_and_takes_what_is_typed_and_pasted(
    field: DateField, words: str
) -> None:
    assert field.text() == field.value == ""
    assert field.placeholderText()
    for paste in (False, True):
        field.clear()
        if paste or not words.isascii():
            QGuiApplication.clipboard().setText(words)
            QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        else:
            QTest.keyClicks(field, words)
        assert field.text() == words  # nothing changes while it is typed
        assert field.value == "2027-01-01"
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert field.text().startswith("2027-01-01 ")
        assert field.value == "2027-01-01"


def test_a_part_of_a_date_can_be_changed_and_the_weekday_follows(field: DateField) -> None:
    field.set_value("2027-01-01")
    shown = field.text()
    field.setCursorPosition(10)
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    QTest.keyClicks(field, "2")
    assert field.value == "2027-01-02"
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text()[:10] == "2027-01-02"
    assert field.text()[10:] != shown[10:]


def test_a_click_in_the_middle_puts_the_caret_there(field: DateField) -> None:
    field.set_value("2027-01-01")
    field.setCursorPosition(4)
    place = field.cursorRect().center()
    field.setCursorPosition(0)
    QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=place)
    assert field.cursorPosition() == 4


def test_what_is_no_date_is_told_until_it_is_one(field: DateField) -> None:
    QTest.keyClicks(field, "2027-13-01")
    assert field.note.text() == ""  # not while it is typed
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert "2027-01-01" in field.note.text()
    assert field.accessibleDescription() == field.note.text()
    assert field.value == ""
    field.selectAll()
    QTest.keyClicks(field, "2027-12-01")
    assert field.note.text() == ""


def popup_of(field: DateField) -> CalendarPopup:
    (popup,) = field.findChildren(CalendarPopup)
    assert popup.isVisible()
    return popup


def test_the_calendar_opens_at_today_or_at_the_date_before(field: DateField, qtbot: QtBot) -> None:
    QTest.keyClick(field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = popup_of(field).calendar
    assert (calendar.yearShown(), calendar.monthShown()) == (2026, 11)
    popup_of(field).hide()
    before = DateField(TODAY)
    qtbot.addWidget(before)
    before.set_value("2027-03-05")
    field.follow(before)
    arrow = field.findChild(QToolButton, "date.calendar")
    assert arrow is not None
    QTest.mouseClick(arrow, Qt.MouseButton.LeftButton)
    assert (calendar.yearShown(), calendar.monthShown()) == (2027, 3)
    assert field.value == ""
    QTest.keyClick(grid_of(calendar), Qt.Key.Key_Return)
    assert field.value == "2027-03-05"
    assert not any(one.isVisible() for one in field.findChildren(CalendarPopup))


def grid_of(calendar: DayCalendar) -> QTableView:
    grid = calendar.findChild(QTableView, "qt_calendar_calendarview")
    assert grid is not None
    return grid


def inks(picture: QImage, colour: str) -> int:
    """How many points have nearly this colour."""
    wanted = QColor(colour)
    points = (
        picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height())
    )
    return sum(
        abs(one.red() - wanted.red()) + abs(one.green() - wanted.green()) < 30 for one in points
    )


def test_month_and_year_are_read_and_all_six_weeks_are_seen(
    themed: theme.Theme, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    popup = CalendarPopup(window)
    popup.calendar.setSelectedDate(QDate(2026, 8, 5))  # of a month with days in six weeks
    popup.show()
    qtbot.waitExposed(popup)
    for name in ("monthbutton", "yearbutton", "prevmonth", "nextmonth"):
        button = popup.calendar.findChild(QToolButton, f"qt_calendar_{name}")
        assert button is not None
        place = QRect(button.mapTo(popup, QPoint(0, 0)), button.size())
        picture = popup.grab(place).toImage()
        assert inks(picture, themed.text) > 3, name
        assert inks(picture, themed.panel) > 100, name
    view = grid_of(popup.calendar)
    rows = view.model().rowCount()
    assert rows == 7
    for row in range(rows):
        assert view.rowHeight(row) >= view.fontMetrics().height()
    assert view.rowViewportPosition(rows - 1) + view.rowHeight(rows - 1) <= view.viewport().height()


def test_figures_typed_into_the_open_calendar_open_nothing(qtbot: QtBot) -> None:
    edit = DayEdit()
    qtbot.addWidget(edit)
    calendar = edit.calendarWidget()
    assert isinstance(calendar, DayCalendar)
    calendar.setSelectedDate(QDate(2026, 12, 1))
    edit.show()
    view = grid_of(calendar)
    before = len(calendar.findChildren(QWidget))
    QTest.keyClicks(view, "2027")
    assert len(calendar.findChildren(QWidget)) == before
    assert calendar.selectedDate() == QDate(2026, 12, 1)
