"""Both devices side by side: offered where the window has room, and given it when chosen."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from dingcomposer.ui.preview.panel import BOTH_FROM_PX, View
from tests.fakes.programs import Person

Start = Callable[..., Person]


def _both(person: Person) -> QToolButton:
    button = person.program.window.findChild(QToolButton, "preview.device.both")
    assert button is not None
    return button


def test_from_1500_wide_both_are_offered_and_make_their_room(start: Start) -> None:
    person = start()
    window = person.program.window
    window.resize(1480, 800)
    person.wait(lambda: window.width() == 1480)
    assert not _both(person).isVisible()
    window.resize(1500, 800)
    person.wait(lambda: _both(person).isVisible())
    assert window.preview.width() < BOTH_FROM_PX
    QTest.mouseClick(_both(person), Qt.MouseButton.LeftButton)
    person.wait(lambda: window.preview.view is View.BOTH)
    assert window.preview.width() >= BOTH_FROM_PX
    assert window.compose.width() >= window.compose.minimumSizeHint().width()


def test_a_narrower_window_goes_back_to_one_and_a_wider_to_both(start: Start) -> None:
    person = start()
    window = person.program.window
    window.resize(1500, 800)
    person.wait(lambda: _both(person).isVisible())
    QTest.mouseClick(_both(person), Qt.MouseButton.LeftButton)
    window.resize(1200, 800)
    person.wait(lambda: window.preview.view is View.PC)
    person.wait(lambda: not _both(person).isVisible())
    window.resize(1500, 800)
    person.wait(lambda: window.preview.view is View.BOTH)
