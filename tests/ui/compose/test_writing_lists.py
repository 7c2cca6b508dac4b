"""Lists and quotes in the markdown text: Enter, Tab and Shift+Tab, input methods, undo."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dingcomposer.core.messages import Kind

from .conftest import ComposeDriver


@pytest.fixture
def writer(driver: ComposeDriver) -> ComposeDriver:
    driver.choose_kind(Kind.MARKDOWN)
    return driver


def compose(writer: ComposeDriver, words: str, *, is_done: bool) -> None:
    """What an input method sends while letters are composed, and when they are done."""
    event = QInputMethodEvent("" if is_done else words, [])
    if is_done:
        event.setCommitString(words)
    QApplication.sendEvent(writer.field("text"), event)


def test_a_list_is_written_without_its_marks_and_undo_takes_a_line_back(
    writer: ComposeDriver,
) -> None:
    writer.type("text", "- 一")
    writer.pause()
    writer.type("text", "\n二")
    writer.pause()
    writer.type("text", "\n\n")
    assert writer.draft.text == "- 一\n- 二\n"
    writer.undo("text")
    assert writer.draft.text == "- 一\n- 二"
    writer.undo("text")
    assert writer.draft.text == "- 一"


@pytest.mark.parametrize("mark", ["- ", "* ", "1. ", "2. ", "2、"])
def test_who_writes_the_mark_again_gets_it_once(writer: ComposeDriver, mark: str) -> None:
    first = "1. " if mark[0].isdecimal() else "- "
    made = "2. " if mark[0].isdecimal() else "- "
    writer.type("text", f"{first}一\n")
    for letter in f"{mark}二":
        compose(writer, letter, is_done=True)
    words = f"{made}二" if mark[1] == " " or mark[2:3] == " " else f"{made}{mark}二"
    assert writer.draft.text == f"{first}一\n{words}"


def test_a_mark_of_another_kind_stays(writer: ComposeDriver) -> None:
    writer.type("text", "- 一\n1. 二")
    assert writer.draft.text == "- 一\n- 1. 二"


def test_shift_enter_ends_the_line_within_the_item(writer: ComposeDriver) -> None:
    writer.type("text", "- 一")
    writer.key("text", Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    writer.type("text", "续\n二")
    assert writer.draft.text == "- 一  \n  续\n- 二"


def test_enter_over_a_selection_replaces_it(writer: ComposeDriver) -> None:
    writer.paste("text", "- 一二三")
    writer.field("text").select(3, 4)
    writer.key("text", Qt.Key.Key_Return)
    assert writer.draft.text == "- 一\n- 三"


def test_nothing_goes_on_in_plain_text(driver: ComposeDriver) -> None:
    driver.type("text", "- 一\n二")
    assert driver.draft.text == "- 一\n二"


def test_enter_and_tab_while_letters_are_composed_are_the_input_methods(
    writer: ComposeDriver,
) -> None:
    writer.type("text", "- 一\n")
    compose(writer, "er", is_done=False)
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        writer.key("text", key)
    assert writer.draft.text == "- 一\n- "
    writer.field("text").setFocus()
    compose(writer, "er", is_done=False)
    writer.key("text", Qt.Key.Key_Return)
    assert writer.draft.text == "- 一\n- \n"  # a bare line end: nothing was gone on with


def test_what_is_composed_in_a_begun_item_goes_into_it(writer: ComposeDriver) -> None:
    writer.type("text", "- 一\n")
    for letters in ("e", "er"):
        compose(writer, letters, is_done=False)
        assert writer.draft.text == "- 一\n- "
    compose(writer, "二", is_done=True)
    assert writer.draft.text == "- 一\n- 二"


def test_tab_moves_an_item_and_undo_takes_that_back_at_once(writer: ComposeDriver) -> None:
    writer.type("text", "1. 一\n二\n三")
    writer.pause()
    writer.key("text", Qt.Key.Key_Tab)
    assert writer.draft.text == "1. 一\n2. 二\n   1. 三"
    writer.pause()
    writer.key("text", Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert writer.draft.text == "1. 一\n2. 二\n3. 三"
    writer.undo("text")
    writer.undo("text")
    assert writer.draft.text == "1. 一\n2. 二\n3. 三"
    assert writer.field("text").hasFocus()


def test_tab_in_a_list_stays_there_whatever_it_can_move(writer: ComposeDriver) -> None:
    writer.type("text", "- 一")
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        writer.key("text", key)
        assert writer.field("text").hasFocus()
    assert writer.draft.text == "- 一"


def test_tab_elsewhere_and_after_escape_leaves_the_field(writer: ComposeDriver) -> None:
    field = writer.field("text")
    writer.type("text", "一")
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert not field.hasFocus()
    writer.type("text", "\n\n- 二")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert not field.hasFocus()
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert field.hasFocus()
    assert writer.draft.text == "一\n\n- 二"


def test_an_item_that_nobody_wrote_is_not_sent(writer: ComposeDriver) -> None:
    writer.type("text", "- 一\n")
    assert writer.draft.text == "- 一\n- "
    writer.page.request_broadcast()
    assert writer.draft.text == "- 一\n"


def test_a_mark_that_was_written_by_hand_is_left_alone(writer: ComposeDriver) -> None:
    writer.type("text", "- 一\n二\n")
    writer.field("text").setFocus()
    QTest.keyClick(writer.field("text"), Qt.Key.Key_Backspace)
    QTest.keyClick(writer.field("text"), Qt.Key.Key_Backspace)
    writer.type("text", "- ")
    writer.page.request_broadcast()
    assert writer.draft.text.endswith("- ")
