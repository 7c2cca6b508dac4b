"""What a key has painted: its line in the field and in the preview, and nothing around them."""

import random
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPaintEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QTextBrowser, QWidget

from dingcomposer.core.limits import BODY_BYTES
from tests.fakes.programs import Person

QUIET_TURNS = 5
TEXT = "\n\n".join(f"第 {number} 段：今天的变更已经完成。" for number in range(8))


class Painted(QObject):
    """Remembers which widgets were painted, and where."""

    def __init__(self) -> None:
        super().__init__()
        self.widgets: set[QWidget] = set()
        self.places: dict[QWidget, QRect] = {}
        self._quiet = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent) and isinstance(watched, QWidget):
            self.widgets.add(watched)
            self.places[watched] = self.places.get(watched, QRect()).united(event.rect())
        return False

    def is_at_rest(self) -> bool:
        """Whether nothing was painted since this was last asked, and not in the turns before."""
        self._quiet = 0 if self.widgets else self._quiet + 1
        self.widgets.clear()
        self.places.clear()
        return self._quiet >= QUIET_TURNS


def test_a_key_paints_its_line_here_and_there_and_the_size(
    start: Callable[[], Person], qapp: QApplication
) -> None:
    person = start()
    # Half of the limit is reached: from there on the size is told, and changes with each key.
    text = TEXT + "\n\n" + "x" * (BODY_BYTES // 2)
    person.write({"msgtype": "markdown", "markdown": {"title": "变更", "text": text}})
    window = person.program.window
    field = window.findChild(QPlainTextEdit, "compose.text")
    page = window.preview.findChild(QTextBrowser, "preview.body")
    size = window.findChild(QWidget, "compose.size")
    assert field is not None
    assert page is not None
    field.setFocus()
    field.moveCursor(QTextCursor.MoveOperation.EndOfBlock)
    QTest.keyClicks(field, "a")  # the first has the size and the problems shown
    person.wait(lambda: window.preview.is_settled and window.compose.problems is not None)
    painted = Painted()
    qapp.installEventFilter(painted)
    for typed in ("ab", "abb", "abbb", "abbbb"):
        person.wait(lambda: person.program.autosave.is_saved and painted.is_at_rest())
        QTest.keyClicks(field, "b")
        person.wait(lambda: typed in page.toPlainText() and size in painted.widgets)  # noqa: B023
        if not person.program.autosave.is_saved:  # saving shows in the list of drafts
            break
    qapp.removeEventFilter(painted)
    assert painted.widgets == {field.viewport(), page.viewport(), size}


@pytest.fixture
def written(start: Callable[[], Person]) -> tuple[Person, QPlainTextEdit]:
    """A window with a text that is highlighted, and its field with the keyboard."""
    person = start()
    text = "\n".join(
        f"- 第 **{number}** 段：[值班表](https://example.com/{number})" for number in range(9)
    )
    person.write({"msgtype": "markdown", "markdown": {"title": "变更", "text": text}})
    field = person.program.window.findChild(QPlainTextEdit, "compose.text")
    assert field is not None
    field.setFocus()
    field.setCursorWidth(0)  # it blinks
    person.wait(lambda: bool(field.document().firstBlock().layout().formats()))
    return person, field


def test_a_key_in_a_line_that_is_highlighted_draws_that_line_alone(
    written: tuple[Person, QPlainTextEdit], qapp: QApplication
) -> None:
    person, field = written
    field.moveCursor(QTextCursor.MoveOperation.EndOfBlock)
    QTest.keyClicks(field, "a")  # the first in a line: how high that was is not known yet
    painted = Painted()
    qapp.installEventFilter(painted)
    person.wait(painted.is_at_rest)
    QTest.keyClicks(field, "b")
    person.wait(lambda: field.viewport() in painted.widgets)
    qapp.removeEventFilter(painted)
    row = field.cursorRect()
    assert painted.places[field.viewport()].contains(row.left() - 2, row.center().y())
    assert painted.places[field.viewport()].height() < 2 * row.height()


@pytest.mark.parametrize("seed", range(3))
def test_what_stands_in_the_field_after_a_key_is_what_would_be_drawn_afresh(
    written: tuple[Person, QPlainTextEdit], seed: int
) -> None:
    person, field = written
    chance = random.Random(seed)
    ways = (
        lambda: QTest.keyClicks(field, chance.choice("ab *`#>-_@")),
        lambda: field.textCursor().insertText(chance.choice(("**粗**", "中", "x" * 90, "```"))),
        lambda: QTest.keyClick(field, Qt.Key.Key_Backspace),
        lambda: QTest.keyClick(field, Qt.Key.Key_Delete),
        lambda: QTest.keyClick(field, Qt.Key.Key_Return),
        lambda: QTest.keyClick(field, chance.choice((Qt.Key.Key_Up, Qt.Key.Key_Down))),
        lambda: QTest.keyClick(field, chance.choice((Qt.Key.Key_Home, Qt.Key.Key_End))),
        lambda: QTest.keyClick(field, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier),
    )
    for _ in range(40):
        for _ in range(chance.choice((1, 1, 3))):
            chance.choice(ways)()
        painted = Painted()
        field.viewport().installEventFilter(painted)
        person.wait(painted.is_at_rest)
        shown, height = _shown(field), field.verticalScrollBar().maximum()
        field.viewport().update()
        person.wait(painted.is_at_rest)
        assert shown == _shown(field)
        assert height == field.verticalScrollBar().maximum()


def _shown(field: QPlainTextEdit) -> QImage:
    """What is on the screen where the field is."""
    window = field.window()
    whole = QGuiApplication.primaryScreen().grabWindow(window.winId())
    corner = field.viewport().mapTo(window, QPoint(0, 0))
    return whole.copy(QRect(corner, field.viewport().size())).toImage()
