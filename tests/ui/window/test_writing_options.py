"""Line numbers and the size of the text: switched on demand, and as they were at the next start."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QWheelEvent
from PySide6.QtWidgets import QApplication

from dingcomposer.core.draft import Draft
from dingcomposer.core.messages import Kind
from dingcomposer.ui.window.actions import ACTIONS
from tests.fakes.programs import Person, Start

LINES = "\n".join(map(str, range(1, 13)))


def do(person: Person, name: str) -> QAction:
    action = person.program.window.menus.findChild(QAction, f"menu.{name}")
    assert action is not None
    action.trigger()
    QApplication.processEvents()
    return action


def size(person: Person) -> float:
    return person.program.window.compose.form.text.font().pointSizeF()


def test_lines_are_numbered_on_demand_in_every_kind(start: Start) -> None:
    person = start()
    editor = person.program.window.compose.form.text
    for kind in (Kind.TEXT, Kind.MARKDOWN):
        person.program.session.edit(Draft(kind=kind, title="x", text=LINES))
        without = editor.viewport().x()
        do(person, "line_numbers")
        assert editor.margin.isVisible()
        assert editor.viewport().x() - without >= editor.numbers_px > 0
        assert ink(person) > 0
        do(person, "line_numbers")
        assert editor.viewport().x() == without
        assert editor.numbers_px == 0


def ink(person: Person) -> int:
    """How many pixels of the margin are not its ground."""
    image = person.program.window.compose.form.text.margin.grab().toImage()
    ground = image.pixel(0, image.height() - 1)
    wide, high = range(image.width()), range(image.height())
    return sum(image.pixel(x, y) != ground for x in wide for y in high)


def test_few_lines_more_move_nothing(start: Start) -> None:
    person = start()
    editor = person.program.window.compose.form.text
    do(person, "line_numbers")
    places = set()
    for count in (1, 9, 99, 500):
        editor.edit_text("\n" * count, 0, 0)
        places.add(editor.viewport().x())
    assert len(places) == 1


def test_the_text_becomes_larger_and_smaller_and_usual_again(start: Start) -> None:
    person = start()
    usual = size(person)
    do(person, "zoom.in")
    assert size(person) > usual
    do(person, "zoom.reset")
    assert size(person) == usual
    do(person, "zoom.out")
    assert size(person) < usual
    for _ in range(20):
        do(person, "zoom.in")
    assert size(person) == 2 * usual


def test_ctrl_and_the_wheel_do_the_same_and_the_wheel_alone_scrolls(start: Start) -> None:
    person = start()
    editor = person.program.window.compose.form.text
    usual = size(person)
    for keys, larger in (
        (Qt.KeyboardModifier.ControlModifier, True),
        (Qt.KeyboardModifier.NoModifier, False),
    ):
        do(person, "zoom.reset")
        event = QWheelEvent(
            QPointF(5, 5),
            QPointF(editor.mapToGlobal(QPoint(5, 5))),
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            keys,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(editor.viewport(), event)
        assert (size(person) > usual) is larger


def test_both_are_as_they_were_at_the_next_start(start: Start) -> None:
    person = start()
    do(person, "line_numbers")
    do(person, "zoom.in")
    before = size(person)
    person.program.shut_down()
    person = start()
    action = person.program.window.menus.findChild(QAction, "menu.line_numbers")
    assert action is not None
    assert action.isChecked()
    assert person.program.window.compose.form.text.numbers_px > 0
    assert size(person) == before


def test_find_is_for_the_page_that_is_shown(start: Start) -> None:
    person = start()
    do(person, "find")
    assert person.driver.sees("compose.find.words")
    assert not person.driver.sees("compose.find.by")
    do(person, "replace")
    assert person.driver.sees("compose.find.by")
    do(person, "find_history")
    assert not person.driver.sees("compose.find.words")
    focused = QApplication.focusWidget()
    do(person, "go.history")
    do(person, "find")
    assert QApplication.focusWidget() is focused
    assert {one.name for one in ACTIONS} >= {"find", "replace", "find_history"}
