"""The month as it is drawn."""

from datetime import date, timedelta

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from dingcomposer.ui.schedules.month import (
    WEEKS,
    EntryState,
    MonthDay,
    MonthEntry,
    MonthView,
    first_shown,
)

MONTH = date(2027, 1, 1)
MORNING = MonthEntry("09:00", "s-1", "早上好", EntryState.COMING, "to come")
EVENING = MonthEntry("18:00", "s-2", "晚上好", EntryState.COMING, "to come")


def thursdays(view: MonthView, *entries: MonthEntry) -> list[QImage]:
    """The cells of a column, when each day has these entries."""
    first = first_shown(MONTH)
    days = [MonthDay(first + timedelta(days=number), entries) for number in range(WEEKS * 7)]
    view.show_month(MONTH, MONTH, days)
    whole = view.viewport().grab().toImage()
    return [whole.copy(view.visualRect(view.model().index(week, 3))) for week in range(WEEKS)]


@pytest.mark.parametrize("height", [230, 250, 262, 270, 290, 400])
def test_no_day_looks_empty_however_low_its_cell_is(qtbot: QtBot, height: int) -> None:
    view = MonthView()
    qtbot.addWidget(view)
    view.resize(420, height)
    view.show()
    plain = thursdays(view)
    one, two = thursdays(view, MORNING), thursdays(view, MORNING, EVENING)
    for week in range(WEEKS):
        assert one[week] != plain[week]
        assert two[week] not in (plain[week], one[week]), "a second one is seen, or counted"
