"""Plain text fields: what was typed or pasted is what they hold, and too much is refused."""

from collections.abc import Callable
from unittest.mock import patch

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QMouseEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from dingcomposer.ui.widgets.text_fields import TextBox, TextField, TextLine


@pytest.fixture(params=[TextBox, TextLine])
def field(request: pytest.FixtureRequest, qtbot: QtBot) -> TextField:
    made: TextField = request.param()
    qtbot.addWidget(made)
    return made


def _mime(text: str) -> QMimeData:
    mime = QMimeData()
    mime.setText(text)
    return mime


def _compose(field: TextField, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(field, event)


@pytest.mark.parametrize(
    "text", ["a\x00b", "a\ud83db", "a\u00a0b", "🚀", "a\u2028b", "钉\udc00🚀钉"]
)
def test_what_is_set_typed_or_pasted_survives(field: TextField, text: str) -> None:
    field.set_text(text)
    assert field.text() == text
    field.set_text("")
    _compose(field, "", text)
    assert field.text() == text
    field.set_text("")
    field.insertFromMimeData(_mime(text))
    assert field.text() == text
    QTest.keyClick(field, Qt.Key.Key_X)
    assert field.text() == text + "x"


def test_what_is_only_being_composed_is_no_text_yet(qtbot: QtBot, field: TextField) -> None:
    with qtbot.assertNotEmitted(field.edited):
        _compose(field, "zhong'wen")
    assert field.is_composing
    assert field.text() == ""
    with qtbot.waitSignal(field.edited, timeout=0):
        _compose(field, "", "中文")
    assert field.text() == "中文"
    assert not field.is_composing


def test_setting_the_same_text_leaves_what_is_being_composed(field: TextField) -> None:
    field.set_text("已有")
    _compose(field, "zhong")
    field.set_text("已有")
    assert field.is_composing


def test_setting_a_text_is_no_edit(qtbot: QtBot, field: TextField) -> None:
    with qtbot.assertNotEmitted(field.edited):
        field.set_text("words")


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\ufdd0", "\ufdd1"])
def test_only_a_line_end_ends_a_line(qtbot: QtBot, mark: str) -> None:
    box = TextBox()
    qtbot.addWidget(box)
    box.set_text(f"一{mark}二\n三\r\n四\r五")
    assert box.blockCount() == 4
    assert box.text() == f"一{mark}二\n三\r\n四\r五"
    assert box.shown_text.split("\n")[1:] == ["三", "四", "五"]


def test_the_text_stays_as_it_was_set_until_a_person_changes_it(field: TextField) -> None:
    field.set_text("one\r\ntwo")
    assert field.text() == "one\r\ntwo"
    field.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClick(field, Qt.Key.Key_X)
    assert field.text() == "one\ntwox"


def test_a_text_set_from_outside_leaves_the_caret_at_what_changed(
    qtbot: QtBot, field: TextField
) -> None:
    field.show()
    field.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    field.set_text("🚀 one two three")
    field.set_text("🚀 one 2 three")
    assert field.selected_range() == (7, 7)


def test_no_rich_text_is_ever_pasted(field: TextField) -> None:
    mime = _mime("bold")
    mime.setHtml("<b>bold</b><img src='x'>")
    field.insertFromMimeData(mime)
    assert field.text() == "bold"
    assert not field.textCursor().charFormat().fontWeight() > 500


def test_a_paste_of_more_than_200_kb_is_refused_and_changes_nothing(
    qtbot: QtBot, field: TextField
) -> None:
    field.set_text("kept")
    with qtbot.waitSignal(field.paste_refused, timeout=0) as refused:
        field.insertFromMimeData(_mime("钉" * 66_667))
    assert refused.args == [200_001]
    assert field.text() == "kept"


def test_200_kb_are_pasted_and_one_byte_more_is_not(qtbot: QtBot, field: TextField) -> None:
    field.insertFromMimeData(_mime("x" * 200_000))
    assert len(field.text()) == 200_000
    with qtbot.waitSignal(field.paste_refused, timeout=0):
        field.insertFromMimeData(_mime("x"))
    field.selectAll()
    field.insertFromMimeData(_mime("y" * 200_000))
    assert field.text()[:1] == "y"


def test_a_one_line_field_makes_one_line_of_what_is_pasted(qtbot: QtBot) -> None:
    field = TextLine()
    qtbot.addWidget(field)
    field.insertFromMimeData(_mime("\n https://a.example/x \r\n"))
    assert field.text() == "https://a.example/x"
    field.set_text("")
    field.insertFromMimeData(_mime("two\nlines"))
    assert field.text() == "two lines"


def test_enter_in_a_one_line_field_enters(qtbot: QtBot) -> None:
    field = TextLine()
    qtbot.addWidget(field)
    field.set_text("x")
    with qtbot.waitSignal(field.entered, timeout=0):
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "x"


@pytest.mark.parametrize(
    ("key", "modifier", "signal"),
    [
        (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, "undo_asked"),
        (Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier, "redo_asked"),
        (
            Qt.Key.Key_Z,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
            "redo_asked",
        ),
    ],
)
def test_undo_is_asked_of_whoever_owns_the_field(
    qtbot: QtBot,
    field: TextField,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier,
    signal: str,
) -> None:
    QTest.keyClick(field, Qt.Key.Key_X)
    with qtbot.waitSignal(getattr(field, signal), timeout=0):
        QTest.keyClick(field, key, modifier)
    assert field.text() == "x"


def test_edit_text_counts_letters_as_people_do(qtbot: QtBot, field: TextField) -> None:
    field.set_text("🚀🚀")
    with qtbot.waitSignal(field.edited, timeout=0):
        field.edit_text("🚀 new 🚀", 2, 5)
    assert field.selected_range() == (2, 5)
    assert field.textCursor().selectedText() == "new"


def test_a_key_of_the_field_is_answered_before_typing(field: TextField) -> None:
    pressed: list[str] = []
    note: Callable[[], object] = lambda: pressed.append("k")  # noqa: E731
    field.add_key("Ctrl+K", note)
    field.set_text("words")
    QTest.keyClick(field, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["k"]
    assert field.text() == "words"


def test_the_only_line_of_a_field_cannot_be_scrolled_out_of_sight(qtbot: QtBot) -> None:
    line = TextLine()
    qtbot.addWidget(line)
    line.setStyleSheet("QPlainTextEdit { border: 1px solid red; padding: 9px; }")
    line.show()
    line.set_text("今晚停机")
    line.document().setDocumentMargin(4)
    line.moveCursor(QTextCursor.MoveOperation.End)
    assert line.verticalScrollBar().maximum() == 0


def test_a_drag_ends_whatever_qt_is_told_of_the_button(qtbot: QtBot) -> None:
    """Else Qt scrolls on to where it led, by moves that begin a drag anew, and takes every key."""
    line = TextLine()
    qtbot.addWidget(line)
    line.show()
    line.set_text("今晚停机")
    moves: list[QPointF] = []
    seen = QPlainTextEdit.mouseMoveEvent

    def move(field: QPlainTextEdit, event: QMouseEvent) -> None:
        if event.buttons() & left:  # a pointer that an earlier test left here has none
            moves.append(event.position())
        seen(field, event)

    place, none = QPointF(2, 90), Qt.MouseButton.NoButton
    left, no_key = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    with patch.object(QPlainTextEdit, "mouseMoveEvent", move):
        kind = QEvent.Type.MouseMove
        line.mouseMoveEvent(QMouseEvent(kind, place, place, none, left, no_key))
        # Qt would go on by itself, each tenth of a second at first.
        turn = QTimer(singleShot=True, interval=250)
        with qtbot.waitSignal(turn.timeout):
            turn.start()
    assert moves == [place]
