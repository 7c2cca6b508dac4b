"""Marks beside lines stay with their lines, and say their words."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QImage, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from dingcomposer.ui.widgets.gutter_editor import MARGIN_PX, Gutter, GutterEditor


@pytest.fixture
def box(qtbot: QtBot) -> GutterEditor:
    made = GutterEditor()
    qtbot.addWidget(made)
    made.set_margin(has_margin=True)
    made.resize(300, 200)
    made.show()
    made.set_text("一\n二\n三\n四")
    return made


def go_to(box: GutterEditor, line: int) -> None:
    box.setTextCursor(QTextCursor(box.document().findBlockByNumber(line)))


def is_drawn(box: GutterEditor, line: int) -> bool:
    """True where the margin shows anything beside a line."""
    image = box.margin.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    place = box.margin.sign_rect(box.document().findBlockByNumber(line)).center()
    ground = image.pixel(MARGIN_PX - 1, 1)
    scale = image.devicePixelRatio()
    spots = [QPoint(round(x * scale), round(place.y() * scale)) for x in range(2, 11)]
    return any(image.pixel(spot) != ground for spot in spots)


def tip_at(box: GutterEditor, line: int) -> str:
    spot = box.margin.sign_rect(box.document().findBlockByNumber(line)).center()
    event = QHelpEvent(QEvent.Type.ToolTip, spot, box.margin.mapToGlobal(spot))
    QApplication.sendEvent(box.margin, event)
    return QToolTip.text()


def test_only_marked_lines_bear_a_sign(box: GutterEditor) -> None:
    box.set_marks({1: "甲", 2: "甲"})
    assert [is_drawn(box, line) for line in range(4)] == [False, True, True, False]
    box.set_marks({})
    assert not any(is_drawn(box, line) for line in range(4))


def test_a_mark_goes_along_with_its_line(box: GutterEditor, qtbot: QtBot) -> None:
    box.set_marks({2: "甲"})
    go_to(box, 1)
    with qtbot.waitSignal(box.marks_moved, timeout=0):
        QTest.keyClick(box, Qt.Key.Key_Return)
    assert box.marks == {3: "甲"}
    go_to(box, 3)
    assert box.caret_words == "甲"
    box.set_text("二\n三\n四")
    assert box.marks == {1: "甲"}


@pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)
def test_hovering_says_the_words_of_that_line(box: GutterEditor) -> None:
    box.set_marks({1: "<b>: 甲\n乙"})
    assert tip_at(box, 1) == "<p>&lt;b&gt;: 甲</p><p>乙</p>"


def test_the_caret_tells_when_it_comes_to_a_marked_line(box: GutterEditor, qtbot: QtBot) -> None:
    box.set_marks({2: "甲"})
    go_to(box, 0)
    with qtbot.waitSignal(box.caret_moved, timeout=0):
        go_to(box, 2)
    assert box.caret_words == box.accessibleDescription() == "甲"
    with qtbot.waitSignal(box.caret_moved, timeout=0):
        box.set_marks({2: "乙"})
    assert box.caret_words == "乙"
    with qtbot.assertNotEmitted(box.caret_moved):
        QTest.keyClick(box, Qt.Key.Key_X)


def test_a_click_on_a_mark_leads_to_its_line(box: GutterEditor) -> None:
    box.set_marks({3: "甲"})
    spot = box.margin.sign_rect(box.document().findBlockByNumber(3)).center()
    QTest.mouseClick(box.margin, Qt.MouseButton.LeftButton, pos=spot)
    assert box.caret_line == 3


def test_the_margin_takes_room_only_where_it_is_wanted(box: GutterEditor) -> None:
    assert isinstance(box.margin, Gutter)
    with_margin = box.viewport().geometry()
    assert box.margin.geometry().right() < with_margin.left()
    box.set_margin(has_margin=False)
    assert box.viewport().width() == with_margin.width() + MARGIN_PX
    assert box.margin.isHidden()


def test_lines_that_take_the_place_of_as_many_others_are_marked_anew(box: GutterEditor) -> None:
    box.set_marks({1: "甲"})
    cursor = QTextCursor(box.document())
    cursor.beginEditBlock()  # to the editor, one edit: no line more or less than before
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.removeSelectedText()
    cursor.insertText("五\n六\n七\n八")
    cursor.endEditBlock()
    box.set_marks({1: "甲"})
    assert [is_drawn(box, line) for line in range(4)] == [False, True, False, False]
    go_to(box, 1)
    assert box.caret_words == "甲"
