"""Form and JSON are two views of one draft: edited both ways, undone across both."""

import json

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from dingcomposer.core.draft import Draft, to_message
from dingcomposer.core.messages import Extra, Kind, Text
from dingcomposer.core.payload import to_payload
from tests.ui.compose.conftest import SANDBOX, ComposeDriver


@pytest.fixture
def writer(driver: ComposeDriver) -> ComposeDriver:
    driver.type("text", "今晚发布")
    driver.page.set_target(SANDBOX.robot_id)
    driver.pause()
    driver.click("view.json")
    return driver


def text(driver: ComposeDriver) -> str:
    return driver.field("json").text()


def sentence(driver: ComposeDriver) -> str:
    found = driver.find("json.sentence")
    assert isinstance(found, QLabel)
    return found.text()


def rewrite(driver: ComposeDriver, before: str, after: str) -> None:
    """Select the words and type others in their place."""
    field = driver.field("json")
    start = field.text().index(before)
    field.select(start, start + len(before))
    driver.type("json", after)


def half_typed(driver: ComposeDriver) -> bool:
    return driver.draft.json_text is not None


def test_it_is_the_body_as_it_is_sent(writer: ComposeDriver) -> None:
    assert json.loads(text(writer)) == to_payload(to_message(writer.draft))
    assert "msgUuid" in sentence(writer)


def test_what_is_typed_there_is_the_message_at_once(writer: ComposeDriver) -> None:
    rewrite(writer, "发布", "维护")
    assert writer.draft.text == "今晚维护"
    writer.click("view.form")
    assert writer.field("text").text() == "今晚维护"


def test_the_way_back_stays_in_sight_whatever_is_typed(writer: ComposeDriver) -> None:
    place = writer.find("view").mapTo(writer.page, writer.find("view").rect().topLeft())
    for body in (
        '{"msgtype": "feedCard", "feedCard": {"links": []}}',
        '{"msgtype": "markdown", "markdown": {"title": "t", "text": "# a"}}',
    ):
        writer.field("json").selectAll()
        writer.paste("json", body)
        assert writer.find("view").isVisible()
        at = writer.find("view").mapTo(writer.page, writer.find("view").rect().topLeft())
        assert at == place
    writer.click("view.form")
    assert writer.find("view").isVisible()


def test_what_is_typed_in_the_form_stands_there(writer: ComposeDriver) -> None:
    writer.click("view.form")
    writer.type("text", "！")
    writer.click("view.json")
    assert json.loads(text(writer))["text"]["content"] == "今晚发布！"


def test_half_typed_json_leaves_the_form_as_it_was(writer: ComposeDriver) -> None:
    rewrite(writer, '",', '"')
    broken = text(writer)
    assert writer.draft.text == "今晚发布"
    assert "Line 3, column 3: a comma is missing." in sentence(writer)
    writer.click("view.form")
    assert writer.field("text").text() == "今晚发布"
    writer.click("view.json")
    assert text(writer) == broken


def test_a_fault_is_marked_at_its_line_and_stops_sending(writer: ComposeDriver) -> None:
    sent: list[bool] = []
    writer.page.send_requested.connect(lambda: sent.append(True))
    rewrite(writer, '",', '"')
    assert list(writer.field("json").marks) == [2]  # type: ignore[attr-defined]
    assert not writer.find("send").isEnabled()
    writer.undo("json")
    assert writer.field("json").marks == {}  # type: ignore[attr-defined]
    writer.click("send")
    assert sent == [True]


def test_a_paragraph_separator_in_a_string_is_no_line_end_there(writer: ComposeDriver) -> None:
    writer.session.edit(Draft(text="今晚\u2029发布"))
    rewrite(writer, "发布", "维护")
    assert not half_typed(writer)
    assert writer.draft.text == "今晚\u2028维护"


def test_undo_leads_through_both(writer: ComposeDriver) -> None:
    first = text(writer)
    rewrite(writer, "发布", "维护")
    writer.pause()
    rewrite(writer, '",', '"')
    writer.click("view.form")
    writer.pause()
    writer.type("text", "。")
    assert not half_typed(writer), "what was half typed is left"
    writer.undo("text")
    assert half_typed(writer), "and comes back"
    writer.click("view.json")
    writer.undo("json")
    assert (writer.draft.text, writer.draft.json_text) == ("今晚维护", None)
    writer.undo("json")
    assert (writer.draft.text, text(writer)) == ("今晚发布", first)
    for _ in range(3):
        writer.redo("json")
    assert writer.draft.text == "今晚维护。"


def test_all_of_it_can_be_taken_away_and_had_back(writer: ComposeDriver) -> None:
    writer.field("json").selectAll()
    writer.key("json", Qt.Key.Key_Delete)
    assert (text(writer), writer.draft.text) == ("", "今晚发布")
    assert sentence(writer)
    writer.undo("json")
    assert writer.draft.json_text is None


def test_a_path_that_is_no_message_is_named_at_its_line(writer: ComposeDriver) -> None:
    rewrite(writer, '"content": "今晚发布"', '"content": ["x"]')
    assert "Line 4, column 5: “text.content” is of a kind" in sentence(writer)
    rewrite(writer, '"msgtype": "text"', '"msgtype": "image"')
    assert "Line 2, column 3: “msgtype” is none that group robots have" in sentence(writer)


def test_a_change_of_kind_there_changes_the_kind(writer: ComposeDriver) -> None:
    writer.field("json").selectAll()
    writer.paste("json", '{"msgtype": "markdown", "markdown": {"title": "t", "text": "# a"}}')
    assert (writer.draft.kind, writer.draft.title) == (Kind.MARKDOWN, "t")
    writer.undo("json")
    assert (writer.draft.kind, writer.draft.text) == (Kind.TEXT, "今晚发布")


def test_keys_of_nobody_are_named_and_sent_only_by_a_tick(writer: ComposeDriver) -> None:
    rewrite(writer, '"msgtype": "text",', '"msgtype": "text", "trace": {"id": 7},')
    row = writer.find("extras")
    assert isinstance(row, QCheckBox)
    assert "trace" in row.text()
    assert not row.isChecked()
    assert to_message(writer.draft) == Text("今晚发布")
    writer.click("extras")
    assert to_message(writer.draft) == Text("今晚发布", extras=(Extra(("trace",), '{"id": 7}'),))
    rewrite(writer, "发布", "维护")
    assert writer.draft.sends_extras, "one yes holds while the keys are there"
    writer.click("view.form")
    writer.type("text", "。")
    assert "trace" in to_payload(to_message(writer.draft)), "the form keeps them"
    writer.undo("text")
    writer.undo("text")
    writer.undo("text")
    writer.undo("text")
    assert writer.draft == Draft(text="今晚发布")


def test_what_was_read_otherwise_is_told_and_can_be_tidied(writer: ComposeDriver) -> None:
    writer.field("json").selectAll()
    writer.paste(
        "json", '{"msgtype":"text","text":{"content":"a"},"at":{"isAtAll":"true"},"at":{}}'
    )
    assert "“at” stands there twice" in sentence(writer)
    writer.field("json").selectAll()
    writer.paste("json", '{"msgtype":"text","text":{"content":"a"},"at":{"isAtAll":"true"}}')
    assert "“at.isAtAll” is spelt as DingTalk documents it" in sentence(writer)
    writer.click("json.tidy")
    assert json.loads(text(writer))["at"] == {"isAtAll": True}
    assert "msgUuid" in sentence(writer)


def test_what_can_be_meant_in_one_way_is_set_right_by_a_click(writer: ComposeDriver) -> None:
    writer.field("json").selectAll()
    writer.paste("json", "{'msgtype': 'text', 'text': {'content': '好'},}")
    assert "a quotation mark that is not" in sentence(writer)
    writer.click("json.mend")
    assert writer.draft.text == "好"
    assert json.loads(text(writer))["text"] == {"content": "好"}
    writer.undo("json")
    assert text(writer).startswith("{'msgtype'")


def test_without_a_way_there_is_no_button(writer: ComposeDriver) -> None:
    writer.field("json").selectAll()
    writer.paste("json", '{"msgtype": ')
    found = writer.page.findChild(QPushButton, "compose.json.mend")
    assert found is not None
    assert found.isHidden()


def test_a_problem_leads_to_its_field_in_the_form(driver: ComposeDriver) -> None:
    driver.choose_kind(Kind.LINK)
    driver.type("title", "t")
    driver.click("view.json")
    driver.page.show_json(is_shown=False)
    assert not driver.page.shows_json
    assert driver.field("title").isVisible()


def test_typing_costs_no_reading_while_the_form_is_shown(writer: ComposeDriver) -> None:
    before = text(writer)
    writer.click("view.form")
    writer.type("text", "x")
    hidden = writer.page.findChildren(QLabel, "compose.json.sentence")
    assert hidden and not hidden[0].isVisible()
    writer.click("view.json")
    assert text(writer) != before


def test_the_form_has_all_its_room_again_afterwards(driver: ComposeDriver) -> None:
    driver.page.resize(620, 700)
    driver.page.show()
    driver.pause()
    area = driver.page.findChild(QScrollArea, "compose.form")
    assert area is not None
    before = area.geometry()
    driver.click("view.json")
    driver.pause()
    assert not area.isVisible()
    driver.click("view.form")
    driver.pause()
    assert area.geometry() == before


def test_it_ends_above_whatever_lies_over_its_lowest_part(
    qtbot: QtBot, driver: ComposeDriver
) -> None:
    page = driver.page
    result = QLabel("\n".join("一二三四五六"), page)
    result.hide()
    page.add_above_send(result)
    driver.type("text", "今晚发布")
    driver.click("view.json")
    foot = driver.find("json.tidy")

    def end() -> int:
        return foot.mapTo(page, foot.rect().bottomLeft()).y()

    qtbot.waitUntil(lambda: end() > page.height() // 2)
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    whole = end()
    result.show()
    qtbot.waitUntil(lambda: end() < result.y() < whole)
    assert page.childAt(result.geometry().center()) is result
    result.hide()
    qtbot.waitUntil(lambda: end() == whole)
