"""A line is a line: Enter, pasting, the switch, input methods and undo in the markdown text."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QApplication

from dingcomposer.core.draft import Draft
from dingcomposer.core.messages import Kind
from dingcomposer.ui import theme

from .conftest import ComposeDriver


@pytest.fixture
def writer(driver: ComposeDriver) -> ComposeDriver:
    driver.choose_kind(Kind.MARKDOWN)
    return driver


def test_enter_ends_the_line_for_the_group_and_undo_takes_it_back_at_once(
    writer: ComposeDriver,
) -> None:
    writer.type("text", "各位同事：")
    writer.pause()
    writer.key("text", Qt.Key.Key_Return)
    assert writer.draft.text == "各位同事：  \n"
    writer.pause()
    writer.type("text", "今晚停电")
    writer.undo("text")
    writer.undo("text")
    assert writer.draft.text == "各位同事："


def at_the_end_of_the_first_line(writer: ComposeDriver) -> None:
    writer.type("text", "各位\n今晚停电")
    assert writer.draft.text == "各位  \n今晚停电"
    writer.key("text", Qt.Key.Key_Up)
    writer.key("text", Qt.Key.Key_End)


def test_what_is_typed_at_the_end_of_a_line_leaves_it_a_line(writer: ComposeDriver) -> None:
    at_the_end_of_the_first_line(writer)
    writer.type("text", "同事")
    assert writer.draft.text == "各位同事  \n今晚停电"
    writer.key("text", Qt.Key.Key_End)
    writer.key("text", Qt.Key.Key_Backspace)
    assert writer.draft.text == "各位同  \n今晚停电"
    writer.key("text", Qt.Key.Key_End)
    event = QInputMethodEvent()
    event.setCommitString("事")
    QApplication.sendEvent(writer.field("text"), event)
    assert writer.draft.text == "各位同事  \n今晚停电"
    writer.key("text", Qt.Key.Key_End)
    writer.paste("text", "：")
    assert writer.draft.text == "各位同事：  \n今晚停电"


def test_a_line_that_is_put_between_two_stays_a_line(writer: ComposeDriver) -> None:
    at_the_end_of_the_first_line(writer)
    writer.key("text", Qt.Key.Key_Return)
    writer.type("text", "注意")
    assert writer.draft.text == "各位  \n注意  \n今晚停电"


def test_spaces_that_a_person_types_are_gone_on_from_and_taken_back(writer: ComposeDriver) -> None:
    writer.paste("text", "甲")
    writer.type("text", "\n乙")
    writer.key("text", Qt.Key.Key_Up)
    writer.key("text", Qt.Key.Key_End)
    writer.type("text", "a  b")
    assert writer.draft.text == "甲a  b  \n乙"
    writer.field("text").set_text("- 甲\n- 乙")
    writer.key("text", Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    writer.key("text", Qt.Key.Key_End)
    writer.type("text", "  ")
    writer.key("text", Qt.Key.Key_Backspace)
    writer.type("text", " b")
    assert writer.draft.text == "- 甲  b\n- 乙"


def test_a_signature_below_a_list_stands_apart(writer: ComposeDriver) -> None:
    writer.type("text", "通知\n- 一\n二\n\n行政部\n11月30日")
    assert writer.draft.text == "通知\n- 一\n- 二\n\n行政部  \n11月30日"


def test_lines_of_a_quote_stay_lines_and_what_follows_stands_apart(writer: ComposeDriver) -> None:
    writer.type("text", "> 甲\n乙\n\n行政部")
    assert writer.draft.text == "> 甲  \n> 乙\n\n行政部"


def test_a_date_below_a_list_is_no_item(writer: ComposeDriver) -> None:
    writer.type("text", "1. 一\n二\n\n")
    for letter in "2026年":
        event = QInputMethodEvent()
        event.setCommitString(letter)
        QApplication.sendEvent(writer.field("text"), event)
    assert writer.draft.text == "1. 一\n2. 二\n\n2026年"


def test_the_blank_line_below_a_list_goes_with_what_was_typed(writer: ComposeDriver) -> None:
    writer.type("text", "- 一\n\n")
    assert writer.draft.text == "- 一\n"
    writer.pause()
    writer.type("text", "行政部")
    assert writer.draft.text == "- 一\n\n行政部"
    writer.undo("text")
    assert writer.draft.text == "- 一\n"
    writer.redo("text")
    assert writer.draft.text == "- 一\n\n行政部"


@pytest.mark.parametrize(
    "text",
    ["# 题\n甲\n\n乙", "甲\n- 一\n- 二", "|甲|\n|-|\n|1|", "```\n甲\n乙\n```", "甲\n\n---\n"],
)
def test_what_is_no_line_of_a_paragraph_is_written_as_typed(
    writer: ComposeDriver, text: str
) -> None:
    writer.type("text", text)
    assert writer.draft.text == text


def test_pasted_lines_stay_lines_in_one_step(writer: ComposeDriver) -> None:
    writer.paste("text", "甲\r\n乙\r\n\r\n- 一\r\n行政部")
    assert writer.draft.text == "甲  \n乙\n\n- 一\n\n行政部"
    assert writer.field("text").selected_range() == (len(writer.draft.text),) * 2
    writer.undo("text")
    assert writer.draft.text == ""


def test_other_kinds_and_the_switch_leave_lines_as_they_are(driver: ComposeDriver) -> None:
    driver.type("text", "甲\n乙")
    assert driver.draft.text == "甲\n乙"
    driver.page.form.text.set_line_breaks(breaks_lines=False)
    driver.choose_kind(Kind.MARKDOWN)
    driver.type("text", "\n丙\n- 一\n\n丁")
    driver.paste("text", "\n戊\n己")
    assert driver.draft.text == "甲\n乙\n丙\n- 一\n丁\n戊\n己"


NOTICE = "各位同事：\n今晚停电\n- 一\n- 二\n行政部\n11月30日"
IN_MARKDOWN = "各位同事：  \n今晚停电\n- 一\n- 二\n\n行政部  \n11月30日"


@pytest.mark.parametrize("kind", [Kind.MARKDOWN, Kind.WHOLE_JUMP, Kind.INDEPENDENT])
def test_lines_stay_lines_when_a_text_becomes_markdown(driver: ComposeDriver, kind: Kind) -> None:
    driver.type("text", NOTICE)
    driver.choose_kind(kind)
    assert driver.draft.text == driver.field("text").toPlainText() == IN_MARKDOWN
    driver.undo("text")
    assert (driver.draft.kind, driver.draft.text) == (Kind.TEXT, NOTICE)
    driver.redo("text")
    assert (driver.draft.kind, driver.draft.text) == (kind, IN_MARKDOWN)


def test_a_text_goes_through_every_kind_and_is_what_it_was(driver: ComposeDriver) -> None:
    there = {Kind.MARKDOWN, Kind.WHOLE_JUMP, Kind.INDEPENDENT}
    for text, made in (("甲\n乙", "甲  \n乙"), (NOTICE, IN_MARKDOWN)):
        driver.session.edit(Draft(text=text))
        for kind in (*Kind, *reversed(Kind), Kind.FEED_CARD, Kind.MARKDOWN, Kind.LINK, Kind.TEXT):
            driver.choose_kind(kind)
            assert driver.draft.text == (made if kind in there else text)


def test_markdown_with_lines_that_run_on_comes_back_as_it_was(driver: ComposeDriver) -> None:
    written = "一行\n接着写  \n完\n\n> 引\n> 用"
    driver.session.edit(Draft(kind=Kind.MARKDOWN, title="题", text=written))
    for kind in (Kind.FEED_CARD, Kind.MARKDOWN, Kind.TEXT, Kind.LINK, Kind.INDEPENDENT):
        driver.choose_kind(kind)
    assert driver.draft.text == written


def test_the_switch_leaves_lines_as_they_are_when_the_kind_changes(driver: ComposeDriver) -> None:
    driver.type("text", NOTICE)
    driver.page.form.text.set_line_breaks(breaks_lines=False)
    driver.choose_kind(Kind.MARKDOWN)
    assert driver.draft.text == NOTICE


def test_what_is_being_composed_is_left_alone(writer: ComposeDriver) -> None:
    writer.type("text", "- 一\n\n")
    field = writer.field("text")
    QApplication.sendEvent(field, QInputMethodEvent("xing", []))
    assert field.is_composing
    assert field.toPlainText() == "- 一\n"
    both = QInputMethodEvent("zheng", [])
    both.setCommitString("行")
    QApplication.sendEvent(field, both)
    assert writer.draft.text == "- 一\n行"
    done = QInputMethodEvent()
    done.setCommitString("政")
    QApplication.sendEvent(field, done)
    assert writer.draft.text == "- 一\n\n行政"
    assert field.textCursor().atEnd()


def test_a_small_sign_stands_behind_a_line_that_is_kept(writer: ComposeDriver) -> None:
    field = writer.field("text")
    field.setCursorWidth(0)
    shown = []
    for text in ("甲\n乙", "甲  \n乙"):
        field.set_text(text)
        field.moveCursor(QTextCursor.MoveOperation.End)
        image = field.viewport().grab().toImage()
        shown.append(bytes(image.constBits()))
    assert shown[0] != shown[1]
    assert QColor(theme.current().quiet).isValid()
