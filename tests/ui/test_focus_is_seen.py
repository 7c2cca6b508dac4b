"""Where the keyboard is can be seen: each control is drawn differently when it has it."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from dingcomposer.services.settings import ThemeName
from dingcomposer.ui import theme
from tests.fakes.places import PLACES, furnish, opened
from tests.fakes.programs import Person, Start

AROUND_PX = 3
LEAST_PIXELS = 24
LEAST_CONTRAST = 3.0
"""Of what changes, with what was there before: WCAG 2.2, 1.4.11."""


def focusable(place: QWidget) -> list[QWidget]:
    """What Tab leads to, as far as it is in sight."""
    return [
        one
        for one in place.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.isVisible()
        and one.isEnabled()
        and one.window() is place
        and one.focusProxy() is None
    ]


def picture(widget: QWidget) -> QImage:
    """The widget with a little of what is around it."""
    place = widget.window()
    corner = widget.mapTo(place, QPoint(0, 0)) - QPoint(AROUND_PX, AROUND_PX)
    size = widget.size() + QSize(2 * AROUND_PX, 2 * AROUND_PX)
    return place.grab(QRect(corner, size)).toImage().convertToFormat(QImage.Format.Format_RGB32)


def changed(one: QImage, other: QImage) -> int:
    """How many pixels are clearly others."""
    pixels = zip(memoryview(one.constBits()).cast("I"), memoryview(other.constBits()).cast("I"))  # noqa: B905
    known: dict[tuple[int, int], bool] = {}
    count = 0
    for pair in pixels:
        if pair[0] != pair[1]:
            if pair not in known:
                known[pair] = theme.contrast(QColor(pair[0]), QColor(pair[1])) >= LEAST_CONTRAST
            count += known[pair]
    return count


def lead_to(widget: QWidget) -> None:
    """Scroll to it, as Tab does."""
    at = widget.parentWidget()
    while at is not None:
        if isinstance(at, QScrollArea):
            at.ensureWidgetVisible(widget)
        at = at.parentWidget()


def unseen(place: QWidget) -> list[str]:
    """Controls that look the same with the keyboard in them as without."""
    found = []
    for widget in focusable(place):
        if not widget.isVisible() or widget.size().isEmpty():
            continue  # what had the keyboard before showed it
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        lead_to(widget)
        assert widget.hasFocus(), widget.objectName()
        with_it = picture(widget)
        if with_it.isNull():
            found.append(f"{widget.objectName()}: out of sight")
            continue
        widget.clearFocus()
        pixels = changed(with_it, picture(widget))
        if pixels < LEAST_PIXELS:
            kind = type(widget).__name__
            found.append(f"{widget.objectName() or kind} ({kind}): {pixels} pixels")
    return found


@pytest.fixture
def person(start: Start, request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Person]:
    flash = qapp.cursorFlashTime()
    qapp.setCursorFlashTime(0)  # a caret that comes and goes would be another picture
    yield furnish(start(theme=getattr(request, "param", ThemeName.LIGHT)))
    qapp.setCursorFlashTime(flash)


@pytest.mark.parametrize("person", [ThemeName.LIGHT, ThemeName.DARK], indirect=True)
def test_where_the_keyboard_is_can_be_seen_everywhere(
    person: Person, qtbot: QtBot, expect_log: Callable[[str], None]
) -> None:
    expect_log("does not support raise")  # the guide's window, without a screen
    poor: dict[str, list[str]] = {}
    for name in PLACES:
        with opened(person, name) as place:
            qtbot.waitExposed(place)
            if found := unseen(place):
                poor[name] = found
    assert poor == {}


def test_a_control_that_hides_where_the_keyboard_is_is_found(qtbot: QtBot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    column = QVBoxLayout(place)
    ringed = QPushButton("ringed", place)
    ringed.setStyleSheet(
        "QPushButton { border: 1px solid white; }QPushButton:focus { border-color: blue; }"
    )
    column.addWidget(ringed)
    silent = QPushButton("silent", place)
    silent.setStyleSheet("QPushButton, QPushButton:focus { border: 1px solid blue; }")
    silent.setObjectName("silent")
    column.addWidget(silent)
    with qtbot.waitActive(place):
        place.show()
        place.activateWindow()
    assert [one.partition(" ")[0] for one in unseen(place)] == ["silent"]
