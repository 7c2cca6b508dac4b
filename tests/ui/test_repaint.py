"""What a key has painted: its line in the field and in the preview, and nothing around them."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QTextBrowser, QWidget

from dingcomposer.core.limits import BODY_BYTES
from tests.fakes.programs import Person

TEXT = "\n\n".join(f"第 {number} 段：今天的变更已经完成。" for number in range(8))


class Painted(QObject):
    """Remembers which widgets were painted."""

    def __init__(self) -> None:
        super().__init__()
        self.widgets: set[QWidget] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            self.widgets.add(watched)
        return False


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

    def is_at_rest() -> bool:
        was_painted, painted.widgets = bool(painted.widgets), set()
        return not was_painted

    QApplication.processEvents()
    person.wait(is_at_rest)
    QTest.keyClicks(field, "b")
    person.wait(lambda: "ab" in page.toPlainText() and size in painted.widgets)
    qapp.removeEventFilter(painted)
    assert painted.widgets == {field.viewport(), page.viewport(), size}
