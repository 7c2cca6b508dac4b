"""The panel beside the forms: devices, looks, JSON, and a place that is kept."""

import json

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QScrollArea, QTextBrowser, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from dingcomposer.core.messages import ActionCard, Button, Link, Markdown, Mentions, Text
from dingcomposer.core.payload import to_payload
from dingcomposer.core.robot import Robot
from dingcomposer.ui.preview.bubble import style as dt
from dingcomposer.ui.preview.bubble.style import Device
from dingcomposer.ui.preview.panel import BOTH_FROM_PX, PreviewPanel, View

ROBOT = Robot("1", "运维值班", "#3370FF")
LONG = "\n\n".join(f"第 {number} 段，**重要**的一句话。" for number in range(120))


@pytest.fixture
def panel(qtbot: QtBot) -> PreviewPanel:
    made = PreviewPanel()
    qtbot.addWidget(made)
    made.resize(450, 600)
    made.show()
    return made


def button(panel: PreviewPanel, name: str) -> QToolButton:
    found = panel.findChild(QToolButton, name)
    assert found is not None, name
    return found


def click(panel: PreviewPanel, name: str) -> None:
    QTest.mouseClick(button(panel, name), Qt.MouseButton.LeftButton)


def stage(panel: PreviewPanel, device: Device) -> QScrollArea:
    found = panel.findChild(QScrollArea, f"preview.stage.{device}")
    assert found is not None
    return found


def words(panel: PreviewPanel, device: Device = Device.PC) -> str:
    view = panel.bubble(device).findChild(QTextBrowser, "preview.body")
    return view.toPlainText() if view is not None else ""


def test_what_is_written_is_shown_on_the_pc_first(qtbot: QtBot, panel: PreviewPanel) -> None:
    panel.show_message(Markdown("题", "# 停机"), ROBOT)
    qtbot.waitUntil(lambda: words(panel) == "停机")
    assert panel.view is View.PC
    assert stage(panel, Device.PC).isVisible()
    assert panel.findChild(QScrollArea, "preview.stage.phone") is None


def test_the_phone_shows_what_was_written_while_it_was_hidden(
    qtbot: QtBot, panel: PreviewPanel
) -> None:
    panel.show_message(Markdown("题", "# 停机"), ROBOT)
    click(panel, "preview.device.phone")
    assert panel.view is View.PHONE
    qtbot.waitUntil(lambda: words(panel, Device.PHONE) == "停机")
    assert not stage(panel, Device.PC).isVisible()
    assert panel.bubble(Device.PHONE).width() <= dt.SCREEN_WIDTH_PX


def test_both_are_offered_where_there_is_room(qtbot: QtBot, panel: PreviewPanel) -> None:
    both = button(panel, "preview.device.both")
    assert not both.isVisible()
    panel.resize(BOTH_FROM_PX, 600)
    assert both.isVisible()
    click(panel, "preview.device.both")
    panel.show_message(Text("你好"), ROBOT)
    qtbot.waitUntil(lambda: words(panel, Device.PHONE) == words(panel) == "你好")
    assert stage(panel, Device.PC).isVisible()
    assert stage(panel, Device.PHONE).isVisible()
    assert not stage(panel, Device.PC).horizontalScrollBar().isVisible()
    panel.resize(500, 600)
    assert (panel.view, panel.chosen_view) == (View.PC, View.BOTH)
    assert not stage(panel, Device.PHONE).isVisible()
    panel.resize(BOTH_FROM_PX + 50, 600)
    assert panel.view is View.BOTH


def test_light_and_dark_are_the_readers_choice(panel: PreviewPanel) -> None:
    panel.show_message(Text("你好"), ROBOT)
    assert ground(panel) == dt.LIGHT.chat
    click(panel, "preview.look.dark")
    assert ground(panel) == dt.DARK.chat
    click(panel, "preview.look.light")
    assert ground(panel) == dt.LIGHT.chat


def ground(panel: PreviewPanel) -> str:
    image = stage(panel, Device.PC).grab().toImage()
    return QColor(image.pixel(3, 3)).name().upper()


def test_the_place_is_kept_while_one_writes(qtbot: QtBot, panel: PreviewPanel) -> None:
    panel.show_message(Markdown("题", LONG), ROBOT)
    bar = stage(panel, Device.PC).verticalScrollBar()
    qtbot.waitUntil(lambda: panel.is_settled and bar.maximum() > 3000)
    bar.setValue(2000)
    seen: list[int] = []
    bar.valueChanged.connect(seen.append)
    for more in ("！", "！\n\n新的一段", ""):
        with qtbot.waitSignal(panel.settled):
            panel.show_message(Markdown("题", LONG + more), ROBOT)
    assert bar.value() == 2000
    assert not seen


def test_the_place_goes_along_to_the_other_device(qtbot: QtBot, panel: PreviewPanel) -> None:
    panel.show_message(Markdown("题", LONG), ROBOT)
    bar = stage(panel, Device.PC).verticalScrollBar()
    qtbot.waitUntil(lambda: panel.is_settled and bar.maximum() > 3000)
    bar.setValue(bar.maximum() // 2)
    panel.set_view(View.PHONE)
    other = stage(panel, Device.PHONE).verticalScrollBar()
    qtbot.waitUntil(lambda: panel.is_settled and other.maximum() > 3000)
    qtbot.waitUntil(lambda: abs(other.value() / other.maximum() - 0.5) < 0.01)


def test_the_json_is_that_of_the_message_and_can_be_copied(
    qtbot: QtBot, panel: PreviewPanel
) -> None:
    message = ActionCard("题", "文 “引号”", Button("看", "https://a/"), at=Mentions(("138",)))
    panel.show_message(message, ROBOT)
    click(panel, "preview.page.json")
    text = panel.findChild(QPlainTextEdit, "preview.json")
    assert text is not None
    assert text.isVisible()
    assert text.isReadOnly()
    assert json.loads(text.toPlainText()) == to_payload(message)
    click(panel, "preview.copy")
    assert json.loads(QGuiApplication.clipboard().text()) == to_payload(message)
    panel.show_message(Text("half a letter \ud800"), ROBOT)
    assert "half a letter" in text.toPlainText()


def test_the_lists_line_says_everyone_and_the_title(panel: PreviewPanel) -> None:
    line = panel.findChild(QWidget, "preview.listLine")
    assert line is not None
    panel.show_message(Markdown("今晚\n停机", "正文", Mentions(is_all=True)), ROBOT)
    assert line.accessibleName() == "[@所有人]运维值班: 今晚 停机"
    colours = {
        QColor(pixel).name().upper()
        for image in (line.grab().toImage(),)
        for pixel in (image.pixel(x, 40) for x in range(60, 130))
    }
    assert any(QColor(one).hue() in range(20, 40) for one in colours)
    panel.show_message(Text("你好"), ROBOT)
    assert line.accessibleName() == "运维值班: 你好"


def test_without_a_target_a_neutral_robot_speaks(panel: PreviewPanel) -> None:
    panel.show_message(Text("你好"), None)
    line = panel.findChild(QWidget, "preview.listLine")
    assert line is not None
    assert line.accessibleName() == "Robot: 你好"


def test_a_link_is_told_and_not_opened(qtbot: QtBot, panel: PreviewPanel) -> None:
    panel.show_message(ActionCard("", "文", Button("看", "https://a/")), ROBOT)
    qtbot.waitUntil(lambda: panel.is_settled)
    row = panel.bubble(Device.PC).findChild(QWidget, "preview.button.0")
    assert row is not None
    with qtbot.waitSignal(panel.link_clicked) as told:
        QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    assert told.args == ["https://a/"]


def test_it_says_that_it_is_an_estimate(panel: PreviewPanel) -> None:
    label = panel.findChild(QWidget, "preview.estimate")
    assert label is not None
    assert label.isVisible()
    assert label.toolTip()


def test_a_click_leads_to_the_line_and_to_the_button(qtbot: QtBot, panel: PreviewPanel) -> None:
    heard: list[tuple[str, int]] = []
    panel.place_clicked.connect(lambda field, line: heard.append((field, line)))
    text = "![s](@l)\n# 标题\n\n正文"
    panel.show_message(ActionCard("", text, (Button("看", "https://a/"),)), ROBOT)
    qtbot.waitUntil(lambda: panel.is_settled and words(panel) == "标题\n正文")
    view = panel.bubble(Device.PC).findChild(QTextBrowser, "preview.body")
    assert view is not None
    for y in (10, view.height() - 8):
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(10, y))
    row = panel.bubble(Device.PC).findChild(QWidget, "preview.button.0")
    assert row is not None
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    assert heard == [("text", 1), ("text", 3), ("buttons.0.title", -1)]


def test_the_line_of_the_cursor_is_brought_into_sight_and_marked(
    qtbot: QtBot, panel: PreviewPanel
) -> None:
    panel.show_message(Markdown("题", LONG), ROBOT)
    bar = stage(panel, Device.PC).verticalScrollBar()
    qtbot.waitUntil(lambda: panel.is_settled and bar.maximum() > 3000)
    panel.follow_line(4)
    assert bar.value() == 0
    panel.follow_line(200)
    there = bar.value()
    assert there > 2000
    panel.follow_line(198)
    assert bar.value() == there
    assert dt.LIGHT.place in colours_of(panel)
    panel.follow_line(None)
    assert dt.LIGHT.place not in colours_of(panel)


def test_the_line_is_followed_once_the_newer_text_is_there(
    qtbot: QtBot, panel: PreviewPanel
) -> None:
    panel.show_message(Markdown("题", LONG), ROBOT)
    panel.follow_line(238)
    bar = stage(panel, Device.PC).verticalScrollBar()
    qtbot.waitUntil(lambda: panel.is_settled and bar.value() > 3000)


def test_a_lower_window_keeps_the_followed_line_in_sight_and_no_other(
    qtbot: QtBot, panel: PreviewPanel
) -> None:
    panel.show_message(Markdown("题", LONG), ROBOT)
    panel.follow_line(238)
    bar = stage(panel, Device.PC).verticalScrollBar()
    qtbot.waitUntil(lambda: panel.is_settled and bar.value() > 3000)
    before, lower = bar.value(), panel.height() - 200
    panel.resize(panel.width(), lower)
    qtbot.waitUntil(lambda: bar.value() >= before + 150)
    bar.setValue(0)  # the reader went elsewhere
    panel.resize(panel.width(), lower - 50)
    assert bar.value() == 0


def test_the_other_device_marks_the_same_line(qtbot: QtBot, panel: PreviewPanel) -> None:
    panel.show_message(Markdown("题", LONG), ROBOT)
    panel.follow_line(4)
    qtbot.waitUntil(lambda: panel.is_settled)
    click(panel, "preview.device.phone")
    shown = stage(panel, Device.PHONE)
    qtbot.waitUntil(lambda: dt.LIGHT.place in colours_in(shown.grab().toImage()))


def test_the_line_is_marked_at_the_margin_and_an_empty_message_not_at_all(
    qtbot: QtBot, panel: PreviewPanel
) -> None:
    panel.show_message(Markdown("题", "第一段\n\n第二段"), ROBOT)
    panel.follow_line(2)
    qtbot.waitUntil(lambda: panel.is_settled)
    image = stage(panel, Device.PC).grab().toImage()
    columns = {
        x
        for x in range(image.width())
        for y in range(image.height())
        if QColor(image.pixel(x, y)).name().upper() == dt.LIGHT.place
    }
    assert 1 <= len(columns) <= 4
    panel.show_message(Markdown("", ""), ROBOT)
    panel.follow_line(0)
    qtbot.waitUntil(lambda: panel.is_settled)
    assert dt.LIGHT.place not in colours_of(panel)


def test_each_part_of_a_link_leads_to_its_field(qtbot: QtBot, panel: PreviewPanel) -> None:
    panel.show_message(Link("题", "文", "https://a.example/", "https://a.example/b.png"), ROBOT)
    face = panel.bubble(Device.PC).findChild(QWidget, "preview.link")
    assert face is not None
    qtbot.waitUntil(face.isVisible)
    heard: list[str] = []
    panel.place_clicked.connect(lambda field, _line: heard.append(field))
    corner = face.rect().bottomRight() - QPoint(30, 30)
    for spot in (QPoint(30, 18), QPoint(30, 70), corner):
        QTest.mouseClick(face, Qt.MouseButton.LeftButton, pos=spot)
    QTest.keyClick(face, Qt.Key.Key_Space)
    assert heard == ["title", "text", "picture_url", "title"]


def colours_of(panel: PreviewPanel) -> set[str]:
    return colours_in(stage(panel, Device.PC).grab().toImage())


def colours_in(image: QImage) -> set[str]:
    seen = {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}
    return {QColor(one).name().upper() for one in seen}


def test_the_notification_says_the_same_words(panel: PreviewPanel) -> None:
    panel.show_message(Markdown("今晚停机", "正文", Mentions(is_all=True)), ROBOT)
    click(panel, "preview.page.notification")
    found = panel.findChild(QWidget, "preview.notification")
    assert found is not None
    assert found.isVisible()
    assert found.accessibleName() == "[@所有人]运维值班: 今晚停机"


def test_the_message_is_copied_as_a_picture_of_twice_its_size(
    qtbot: QtBot, panel: PreviewPanel
) -> None:
    panel.show_message(Markdown("题", "# 停机\n" + "正文" * 200), ROBOT)
    qtbot.waitUntil(lambda: panel.is_settled)
    click(panel, "preview.copy")
    copied = QGuiApplication.clipboard().image()
    bubble = panel.bubble(Device.PC)
    assert copied.width() == 2 * (bubble.minimumSizeHint().width() + 32)
    assert abs(copied.height() - 2 * (bubble.sizeHint().height() + 32)) <= 4
    assert copied.pixelColor(2, 2).name().upper() == dt.LIGHT.chat
    alone = panel.picture(has_frame=False)
    assert alone.width() == 2 * 358
    assert alone.pixelColor(0, 0).alpha() == 0
    panel.resize(BOTH_FROM_PX, 600)
    panel.set_view(View.BOTH)
    assert panel.picture().width() > 2 * (358 + 280)
