"""What was copied with its looks, pasted into the real page: markdown, in one step."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from dingcomposer.core.messages import Kind, Mentions
from dingcomposer.ui.compose.page import ComposePage
from tests.ui.compose.conftest import ComposeDriver

NOTICE = "<h2>通知</h2><p>请<b>今天</b><u>提交</u></p>"
TABLE = "<table><tr><th>姓名</th><th>电话</th></tr><tr><td>张三</td><td>8001</td></tr></table>"
SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def copy(html: str, text: str = "") -> None:
    mime = QMimeData()
    mime.setHtml(html)
    if text:
        mime.setText(text)
    QApplication.clipboard().setMimeData(mime)


def bar(driver: ComposeDriver) -> str:
    """What the bar says; "" where it is not there."""
    shown = driver.page.findChildren(QWidget, "compose.paste_bar")
    if not shown or not shown[0].isVisible():
        return ""
    words = shown[0].findChild(QLabel, "compose.paste_bar.words")
    assert isinstance(words, QLabel)
    return words.text()


@pytest.fixture
def writer(driver: ComposeDriver) -> ComposeDriver:
    driver.choose_kind(Kind.MARKDOWN)
    driver.field("text").setFocus()
    return driver


def test_it_is_markdown_in_one_step_and_the_loss_is_told(writer: ComposeDriver) -> None:
    writer.type("text", "您好")
    copy(NOTICE, "通知\n请今天提交")
    writer.field("text").paste()
    assert writer.draft.text == "您好\n\n## 通知\n\n请**今天**提交"
    assert "underlining" in bar(writer)
    writer.undo("text")
    assert writer.draft.text == "您好"
    assert bar(writer) == ""
    writer.redo("text")
    assert writer.draft.text == "您好\n\n## 通知\n\n请**今天**提交"


def test_words_within_a_line_stay_there(writer: ComposeDriver) -> None:
    writer.type("text", "前后")
    writer.field("text").select(1, 1)
    copy("<b>中</b>", "中")
    writer.field("text").paste()
    assert writer.draft.text == "前**中**后"


def test_the_bar_goes_with_the_next_key_and_the_key_is_a_step(writer: ComposeDriver) -> None:
    copy(NOTICE)
    writer.field("text").paste()
    writer.type("text", "!")
    assert bar(writer) == ""
    writer.undo("text")
    assert writer.draft.text == "## 通知\n\n请**今天**提交"
    writer.undo("text")
    assert writer.draft.text == ""


def test_plain_text_is_one_click_or_one_key_away(writer: ComposeDriver) -> None:
    copy(NOTICE, "通知 请今天提交")
    writer.field("text").paste()
    writer.click("paste_bar.plain")
    assert (writer.draft.text, bar(writer)) == ("通知 请今天提交", "")
    writer.undo("text")
    assert writer.draft.text == ""
    writer.key("text", Qt.Key.Key_V, SHIFT)
    assert (writer.draft.text, bar(writer)) == ("通知 请今天提交", "")


def test_a_table_is_lines_or_a_table_and_the_choice_is_told_and_kept(
    writer: ComposeDriver,
) -> None:
    chosen: list[bool] = []
    writer.page.tables_chosen.connect(chosen.append)
    copy(TABLE, "姓名\t电话\n张三\t8001")
    writer.field("text").paste()
    assert writer.draft.text == "- 姓名：张三；电话：8001"
    writer.click("paste_bar.table")
    table = "| 姓名 | 电话 |\n| --- | --- |\n| 张三 | 8001 |"
    assert (writer.draft.text, chosen) == (table, [False])
    writer.undo("text")
    assert writer.draft.text == "", "both are one step"
    writer.field("text").paste()
    assert writer.draft.text == table
    writer.click("paste_bar.lines")
    assert (writer.draft.text, chosen) == ("- 姓名：张三；电话：8001", [False, True])


def test_what_was_selected_is_replaced_and_comes_back(writer: ComposeDriver) -> None:
    writer.type("text", "旧的话")
    writer.field("text").select(0, 2)
    copy("<i>新</i>", "新")
    writer.field("text").paste()
    assert writer.draft.text == "*新*话"
    writer.click("paste_bar.plain")
    assert writer.draft.text == "新话"


def test_a_text_message_takes_plain_words_and_may_become_markdown(driver: ComposeDriver) -> None:
    driver.type("text", "您好")
    driver.pause()
    copy(NOTICE, "通知\n请今天提交")
    driver.field("text").paste()
    assert driver.draft.text == "您好通知\n请今天提交"
    assert "shows no headings" in bar(driver)
    driver.click("paste_bar.markdown")
    assert (driver.draft.kind, driver.draft.title) == (Kind.MARKDOWN, "通知")
    assert driver.draft.text == "您好\n\n## 通知\n\n请**今天**提交"
    assert bar(driver) == ""
    driver.undo("text")
    assert (driver.draft.kind, driver.draft.text) == (Kind.TEXT, "您好")


def test_looks_without_plain_words_beside_them_are_pasted_all_the_same(
    driver: ComposeDriver,
) -> None:
    copy(NOTICE)
    driver.field("text").paste()
    assert driver.draft.text == "通知\n请今天提交"
    driver.click("paste_bar.markdown")
    assert driver.draft.text == "## 通知\n\n请**今天**提交"


def test_an_address_stays_an_address(writer: ComposeDriver) -> None:
    copy("<a href='https://a.example/b'>https://a.example/b</a>", "https://a.example/b")
    writer.field("text").paste()
    assert writer.draft.text == "https://a.example/b"


def test_a_link_card_takes_plain_words_without_a_word(driver: ComposeDriver) -> None:
    driver.choose_kind(Kind.LINK)
    driver.field("text").setFocus()
    copy(NOTICE, "通知\n请今天提交")
    driver.field("text").paste()
    assert (driver.draft.text, bar(driver)) == ("通知\n请今天提交", "")


def test_words_without_looks_leave_a_text_message_alone(driver: ComposeDriver) -> None:
    copy("<span style='color:#000'>今晚</span>", "今晚")
    driver.field("text").paste()
    assert (driver.draft.text, bar(driver)) == ("今晚", "")


def test_markdown_that_was_copied_as_plain_words_stays_markdown(writer: ComposeDriver) -> None:
    copy("<span style='color:#000'>**粗**</span>", "**粗**")
    writer.field("text").paste()
    assert (writer.draft.text, bar(writer)) == ("**粗**", "")


def test_a_picture_is_refused_with_what_can_be_done(writer: ComposeDriver) -> None:
    mime = QMimeData()
    mime.setImageData(QImage(2, 2, QImage.Format.Format_RGB32))
    QApplication.clipboard().setMimeData(mime)
    writer.field("text").paste()
    assert writer.draft.text == ""
    assert "public address" in bar(writer)
    writer.click("paste_bar.picture")
    assert writer.find("link").isVisible()


def test_a_picture_for_a_title_is_refused_in_words(writer: ComposeDriver) -> None:
    mime = QMimeData()
    mime.setImageData(QImage(2, 2, QImage.Format.Format_RGB32))
    QApplication.clipboard().setMimeData(mime)
    said: list[str] = []
    writer.page.said.connect(said.append)
    writer.field("title").paste()
    assert said and "public address" in said[0]


def test_a_picture_of_a_page_becomes_its_address(writer: ComposeDriver) -> None:
    mime = QMimeData()
    mime.setImageData(QImage(2, 2, QImage.Format.Format_RGB32))
    mime.setHtml('<img src="https://a.example/b.png" alt="图">')
    QApplication.clipboard().setMimeData(mime)
    writer.field("text").paste()
    assert writer.draft.text == "![图](https://a.example/b.png)"


def test_a_paste_beyond_the_bound_is_plain_or_refused(writer: ComposeDriver) -> None:
    copy("<p>" + "<b>字</b>" * 60_000 + "</p>", "字" * 60_000)
    writer.field("text").paste()
    assert writer.draft.text == "字" * 60_000
    assert "too much to keep its looks" in bar(writer)


def test_nothing_moves_when_the_bar_comes_and_goes(writer: ComposeDriver) -> None:
    def places() -> list[tuple[str, object]]:
        widgets = writer.page.findChildren(QWidget)
        return [
            (one.objectName(), one.geometry())
            for one in widgets
            if one.objectName().startswith("compose.") and "paste_bar" not in one.objectName()
        ]

    writer.type("text", "一二三")
    copy("<b>甲</b>", "甲")
    before = places()
    writer.field("text").paste()
    assert bar(writer)
    after = places()
    assert [one for one in after if one in before] == after


def test_the_page_keeps_the_choice_of_another_start(
    make_hand: Callable[[], ComposeDriver],
) -> None:
    writer = make_hand()
    assert isinstance(writer.page, ComposePage)
    writer.page.form.text.set_tables_as_lines(as_lines=False)
    writer.choose_kind(Kind.MARKDOWN)
    copy(TABLE)
    writer.field("text").setFocus()
    writer.field("text").paste()
    assert writer.draft.text.startswith("| 姓名 |")


def test_the_bar_stands_whole_within_the_text(writer: ComposeDriver) -> None:
    for size in ((420, 640), (380, 420), (900, 700)):
        writer.page.resize(*size)
        QApplication.sendPostedEvents()
        copy(f"{NOTICE}{TABLE}")
        writer.field("text").paste()
        shown = writer.page.findChildren(QWidget, "compose.paste_bar")[0]
        assert writer.field("text").viewport().geometry().contains(shown.geometry()), size
        for part in shown.findChildren(QWidget):
            if part.isVisible():
                assert shown.rect().contains(part.geometry()), (size, part.objectName())
        writer.undo("text")


def test_what_was_done_elsewhere_since_the_paste_stays_done(writer: ComposeDriver) -> None:
    """The title, everybody, another kind: the bar offers no second way that would undo that."""
    copy(TABLE, "姓名\t电话\n张三\t8001")
    writer.field("text").paste()
    pasted = writer.draft
    assert bar(writer)
    writer.click("mentions.is_all")
    assert bar(writer) == ""
    assert writer.draft == replace(pasted, mentions=Mentions(is_all=True))
    writer.session.undo()
    assert writer.draft == pasted
