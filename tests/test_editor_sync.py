"""The form and the preview at the same place, in the real window."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QSplitter, QTextBrowser

from dingcomposer.core.draft import Draft
from dingcomposer.core.messages import Button, FeedLink, Kind, Mentions
from dingcomposer.ui.context import Page
from dingcomposer.ui.preview.bubble.style import Device
from dingcomposer.ui.widgets.gutter_editor import GutterEditor
from tests.fakes.programs import LEFT, Person, Start

TOKEN = "ab" * 32

TEXT = "# 标题\n\n第一段\n\n|甲|乙|\n|-|-|\n|一|二|\n\n<b>末</b>段"


def editor(person: Person) -> GutterEditor:
    found = person.driver.find("compose.text")
    assert isinstance(found, GutterEditor)
    return found


def show(person: Person, draft: Draft) -> None:
    person.program.session.begin(draft)
    person.wait(lambda: person.program.window.preview.is_settled)


def body(person: Person) -> QTextBrowser:
    bubble = person.program.window.preview.bubble(Device.PC)
    found = bubble.findChild(QTextBrowser, "preview.body")
    assert found is not None
    return found


def click_paragraph(person: Person, words: str) -> None:
    view = body(person)
    block = view.document().begin()
    while block.text() != words:
        block = block.next()
        assert block.isValid(), words
    place = view.document().documentLayout().blockBoundingRect(block)
    spot = QPoint(4, round(place.center().y()))
    QTest.mouseClick(view.viewport(), LEFT, pos=spot)


def focused(person: Person) -> str:
    widget = QApplication.focusWidget()
    return widget.objectName() if widget is not None else ""


def test_a_click_in_the_preview_leads_to_the_line(start: Start) -> None:
    person = start()
    show(person, Draft(Kind.MARKDOWN, title="题", text=TEXT))
    click_paragraph(person, "第一段")
    person.wait(editor(person).hasFocus)
    assert editor(person).caret_line == 2
    click_paragraph(person, "末段")
    assert editor(person).caret_line == 8


def test_a_click_on_a_part_of_a_card_leads_to_its_field(start: Start) -> None:
    person = start()
    preview = person.program.window.preview
    show(
        person,
        Draft(
            Kind.INDEPENDENT,
            title="题",
            text="正文",
            buttons=(Button("一", "https://a.example/"), Button("二", "https://b.example/")),
        ),
    )
    preview.place_clicked.emit("buttons.1.title", -1)
    person.wait(lambda: focused(person) == "compose.buttons.1.title")
    show(person, Draft(Kind.FEED_CARD, feed=(FeedLink("一"), FeedLink("二"))))
    preview.place_clicked.emit("feed.1.title", -1)
    person.wait(lambda: focused(person) == "compose.feed.1.title")


def test_the_carets_block_is_marked_in_the_preview(start: Start) -> None:
    person = start()
    show(person, Draft(Kind.MARKDOWN, title="题", text=TEXT))
    box = editor(person)
    person.wait(lambda: box.marks)
    title = person.driver.find("compose.title")
    title.setFocus()
    person.wait(title.hasFocus)
    before = body(person).grab().toImage()
    person.program.window.compose.focus_field("text", 3)
    person.wait(lambda: body(person).grab().toImage() != before)
    title.setFocus()
    person.wait(lambda: body(person).grab().toImage() == before)


def test_the_preview_follows_what_is_being_written(start: Start) -> None:
    person = start()
    text = "\n\n".join(f"第 {number} 段" for number in range(60))
    show(person, Draft(Kind.MARKDOWN, title="题", text=text))
    preview = person.program.window.preview
    stage = preview.findChild(QScrollArea, f"preview.stage.{Device.PC}")
    assert stage is not None
    bar = stage.verticalScrollBar()
    person.wait(lambda: bar.maximum() > 500)
    person.program.window.compose.focus_field("text", 119)
    person.wait(lambda: bar.value() > bar.maximum() - 80)
    before = bar.maximum()
    box = editor(person)
    box.moveCursor(QTextCursor.MoveOperation.End)
    for _ in range(12):
        person.driver.type("compose.text", "这一段越写越长，一直写到下面去。")
    person.wait(lambda: preview.is_settled and bar.maximum() > before + 60)
    person.wait(lambda: bar.value() > bar.maximum() - 80)
    bar.setValue(0)
    person.driver.click("preview.look.dark")
    person.wait(lambda: preview.is_settled)
    assert bar.value() == 0, "who reads elsewhere is left alone"


def test_marks_stand_in_the_editor_and_in_the_preview(start: Start) -> None:
    person = start()
    show(person, Draft(Kind.MARKDOWN, title="题", text=TEXT))
    box = editor(person)
    person.wait(lambda: set(box.marks) == {4, 5, 6, 8})
    assert "phones" in box.marks[8]
    person.program.window.compose.focus_field("text", 9)
    noted = person.driver.find("status.noted")
    assert isinstance(noted, QLabel)
    person.wait(lambda: noted.text() == box.marks[8])
    person.program.window.compose.focus_field("text", 3)
    person.wait(lambda: not noted.isVisible())


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["\u2028", "\u2029"])
def test_list_and_margin_name_the_same_line_whatever_ends_it(
    start: Start, mark: str, end: str
) -> None:
    person = start()
    for kind in (Kind.MARKDOWN, Kind.TEXT):
        text = f"甲{mark}乙{end}{end}丙{end}{end}# 丁 ~~戊~~ {{{{己}}}}"
        show(person, Draft(kind, title="题", text=text))
        person.wait(lambda: person.program.window.compose.problems is not None)
        problems = person.program.window.compose.problems or ()
        told = {dict(one.params).get("line", 5) for one in problems}
        assert told == {5}
        lines = editor(person).document()
        assert lines.findBlockByNumber(4).text().startswith("# 丁")
        if kind is Kind.MARKDOWN:
            person.wait(lambda: set(editor(person).marks) == {4})


def test_marks_follow_the_typing_and_go_with_the_kind(start: Start) -> None:
    person = start()
    person.driver.click(f"compose.kind.{Kind.MARKDOWN}")
    person.driver.type("compose.text", "一\n~~二~~")
    box = editor(person)
    person.wait(lambda: set(box.marks) == {1})
    QTest.keyClick(box, Qt.Key.Key_Return)
    person.driver.type("compose.text", "~~三~~")
    person.wait(lambda: set(box.marks) == {1, 2})
    person.driver.click(f"compose.kind.{Kind.TEXT}")
    person.wait(lambda: not box.marks)
    assert box.margin.isHidden()


def test_pc_and_phone_draw_a_marked_line_differently(start: Start) -> None:
    person = start()
    text = "|甲|\n|-|\n|一|\n\n<b>粗</b>\n\n```\n  码\n```"
    show(person, Draft(Kind.MARKDOWN, title="题", text=text))
    preview = person.program.window.preview
    pc = body(person).toPlainText()
    person.driver.click("preview.device.phone")
    person.wait(lambda: preview.is_settled)
    phone = preview.bubble(Device.PHONE).findChild(QTextBrowser, "preview.body")
    assert phone is not None
    person.wait(lambda: "<b>粗</b>" in phone.toPlainText())
    assert "|甲|" in phone.toPlainText()
    assert "  码" in phone.toPlainText()
    assert "<b>" not in pc
    assert "|" not in pc
    assert "  码" not in pc


def test_every_page_comes_back_divided_as_it_was_left(start: Start) -> None:
    person = start()
    person.aim("Sandbox")
    person.write_text("一")
    person.send()
    window = person.program.window

    def splitters() -> dict[str, QSplitter]:
        found = {one.objectName(): one for one in window.findChildren(QSplitter)}
        return {name: found[name] for name in ("history.halves", "sandbox.halves", "writing")}

    for place in Page:
        window.go_to(place)
        QApplication.processEvents()
    moved = {}
    for name, splitter in splitters().items():
        first, second = splitter.sizes()
        splitter.setSizes([first - 40, second + 40])
        moved[name] = splitter.sizes()
        assert moved[name] != [first, second]
    person.program.shut_down()
    window = start().program.window
    for place in Page:
        window.go_to(place)
        QApplication.processEvents()
    assert {name: one.sizes() for name, one in splitters().items()} == moved


def test_aiming_by_hand_fills_in_the_robots_mentions(start: Start) -> None:
    person = start()
    person.add_robot("Duty", f"{person.sandbox.url}?access_token={TOKEN}")
    robot_profiles = person.program.robot_profiles
    robot = next(one for one in robot_profiles.robots if one.name == "Duty")
    robot_profiles.save(replace(robot, default_mentions=Mentions(("13800000001",))))
    person.new_message()
    person.aim("Duty")
    assert person.program.session.draft.mentions == Mentions(("13800000001",))
    said = person.driver.find("status.said")
    assert isinstance(said, QLabel)
    assert "Duty" in said.text()
