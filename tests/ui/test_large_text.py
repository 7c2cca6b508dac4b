"""Text of twice the size: nothing is cut, nothing lies outside, in every page and dialog."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QToolButton,
    QWidget,
)

from dingcomposer.services.translations import Language
from dingcomposer.ui.widgets import layouts
from dingcomposer.ui.widgets.buttons import ElidedButton
from dingcomposer.ui.widgets.plain_text import ElidedLabel
from tests.fakes.places import PLACES, furnish, opened
from tests.fakes.programs import Person, Start

TWICE = 2.0
SCREEN = QSize(1592, 960)
"""What a screen of 1600 x 1000 leaves to a dialog."""
SLACK_PX = 3
"""A hint counts a pixel or two that no letter needs."""


def scrolls(widget: QWidget, place: QWidget) -> QAbstractScrollArea | None:
    """What the widget can be scrolled into sight in."""
    at = widget.parentWidget()
    while at is not None and at is not place:
        if isinstance(at, QAbstractScrollArea):
            return at
        at = at.parentWidget()
    return None


def is_cut(widget: QWidget) -> str:
    """How far a widget is too small for its words; "" where it is not."""
    if isinstance(widget, ElidedLabel | ElidedButton):
        wanted = QSize(1, widget.sizeHint().height())  # cut on purpose, and told whole by its tip
    elif isinstance(widget, QLabel):
        if widget.wordWrap():
            wanted = QSize(1, widget.heightForWidth(widget.width()))
        else:
            wanted = widget.sizeHint()
    elif isinstance(widget, QLineEdit | QComboBox):
        wanted = QSize(1, widget.fontMetrics().height())
    else:
        wanted = widget.minimumSizeHint() if isinstance(widget, QToolButton) else widget.sizeHint()
    lacks = wanted - widget.size()
    if lacks.width() > SLACK_PX or lacks.height() > SLACK_PX:
        return f"{widget.width()}x{widget.height()} instead of {wanted.width()}x{wanted.height()}"
    return ""


def losses(place: QWidget) -> list[str]:
    """What is cut, or cannot be reached."""
    kinds = (QLabel, QPushButton, QToolButton, QCheckBox, QRadioButton, QLineEdit, QComboBox)
    found = []
    for widget in place.findChildren(QWidget):
        if not isinstance(widget, kinds) or not widget.isVisible() or widget.window() is not place:
            continue
        words = widget.text() if isinstance(widget, QLabel | QAbstractButton) else "x"
        if not words.strip() or widget.objectName().startswith("qt_"):
            continue
        name = f"{widget.objectName() or type(widget).__name__} “{words[:30]}”"
        if cut := is_cut(widget):
            found.append(f"{name}: {cut}")
        area = scrolls(widget, place)
        if area is None:
            rect = QRect(widget.mapTo(place, QPoint(0, 0)), widget.size())
            if not place.rect().adjusted(-1, -1, 1, 1).contains(rect):
                found.append(f"{name}: outside, {rect.getRect()} in {place.size().toTuple()}")
        elif area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
            left = widget.mapTo(area.viewport(), QPoint(0, 0)).x()
            if left < -1 or left + widget.width() > area.viewport().width() + 1:
                found.append(f"{name}: beside its place, {left}+{widget.width()}")
    return found


@pytest.fixture(params=[Language.ENGLISH, Language.CHINESE])
def person(
    request: pytest.FixtureRequest,
    start: Start,
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Person]:
    monkeypatch.setattr(layouts, "free_size", lambda _dialog: SCREEN)
    before = qapp.font()
    larger = qapp.font()
    larger.setPointSizeF(before.pointSizeF() * TWICE)
    qapp.setFont(larger)
    made = furnish(start(language=request.param))
    made.program.window.resize(1600, 1000)
    yield made
    qapp.setFont(before)


def test_text_of_twice_the_size_loses_nothing_anywhere(
    person: Person, expect_log: Callable[[str], None]
) -> None:
    expect_log("does not support raise")  # the guide's window, without a screen
    lost: dict[str, list[str]] = {}
    for name in PLACES:
        with opened(person, name) as place:
            QApplication.sendPostedEvents()
            if found := losses(place):
                lost[name] = found
    assert lost == {}
