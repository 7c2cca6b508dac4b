"""The bubble has DingTalk's measures, and takes any message."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QTextBrowser, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from dingcomposer.core.messages import (
    ActionCard,
    Button,
    FeedCard,
    FeedLink,
    Link,
    Markdown,
    Mentions,
    Message,
    Orientation,
    Text,
)
from dingcomposer.core.payload import from_payload
from dingcomposer.services.background import Background
from dingcomposer.ui.preview.bubble import style as dt
from dingcomposer.ui.preview.bubble.bubble import Bubble, MessageAuthor
from dingcomposer.ui.preview.bubble.style import Device
from dingcomposer.ui.preview.images.store import Found, ImageStore

ROBOT = MessageAuthor("运维值班", "#3370FF")
TWO = (Button("同意", "https://a/"), Button("拒绝", "https://b/"))
ITEMS = tuple(FeedLink(f"标题{n}", f"https://m/{n}", f"https://p/{n}.png") for n in range(3))


@pytest.fixture
def bubble(qtbot: QtBot) -> Bubble:
    made = Bubble()
    qtbot.addWidget(made)
    made.show()
    return made


def show(bubble: Bubble, message: Message, device: Device = Device.PC, **more: Any) -> None:
    bubble.show_message(message, ROBOT, device=device, look=dt.LIGHT, **more)
    for _ in range(3):  # a layout asks the one around it, by an event
        QCoreApplication.sendPostedEvents()
        bubble.adjustSize()


def part(bubble: Bubble, name: str) -> QWidget:
    found = bubble.findChild(QWidget, name)
    assert found is not None, name
    return found


def body(bubble: Bubble) -> QTextBrowser:
    found = bubble.findChild(QTextBrowser, "preview.body")
    assert found is not None
    return found


def place(bubble: Bubble, name: str) -> QPoint:
    return part(bubble, name).mapTo(bubble, QPoint(0, 0))


def drawn(bubble: Bubble, widget: QWidget) -> QImage:
    """A part as it stands on its card."""
    spot = QRect(widget.mapTo(bubble, QPoint(0, 0)), widget.size())
    return bubble.grab(spot).toImage()


def colour_at(bubble: Bubble, name: str, x: int, y: int) -> str:
    return drawn(bubble, part(bubble, name)).pixelColor(x, y).name().upper()


def test_the_avatar_and_the_header_stand_where_dingtalk_has_them(bubble: Bubble) -> None:
    show(bubble, Text("你好"))
    assert part(bubble, "preview.avatar").width() in range(38, 41)
    assert place(bubble, "preview.avatar") == QPoint(0, 0)
    assert place(bubble, "preview.header").x() == place(bubble, "preview.card").x()
    assert colour_at(bubble, "preview.avatar", 20, 4) == "#3370FF"


@pytest.mark.parametrize(
    ("message", "card"),
    [
        (Link("题", "文", "https://a/"), "preview.linkCard"),
        (Markdown("题", "文"), "preview.card"),
        (ActionCard("题", "文", Button("看", "https://a/")), "preview.card"),
        (FeedCard(ITEMS), "preview.feedCard"),
    ],
)
def test_cards_are_358_wide_on_a_pc_and_narrower_on_a_phone(
    bubble: Bubble, message: Message, card: str
) -> None:
    show(bubble, message)
    assert part(bubble, card).width() == 358
    show(bubble, message, Device.PHONE)
    content = part(bubble, card).width() - 2 * dt.PADDING_PX
    assert content in range(280, 301)


def test_a_text_is_as_wide_as_its_words_and_at_most_as_the_card(bubble: Bubble) -> None:
    show(bubble, Text("短"))
    short = part(bubble, "preview.card").width()
    show(bubble, Text("短短短短"))
    longer = part(bubble, "preview.card").width()
    show(bubble, Text("长" * 200))
    assert short < longer < 120
    assert part(bubble, "preview.card").width() in range(330, 359)


def test_a_text_keeps_its_lines_and_a_mention_is_blue(bubble: Bubble) -> None:
    at = Mentions(mobiles=("13800000000",))
    show(bubble, Text("甲\n\n@13800000000", at), at_names={"13800000000": "王伟"})
    assert body(bubble).toPlainText() == "甲\n\n@王伟"
    assert last_colour(body(bubble).document()) == "#3FB0FC"
    show(bubble, Markdown("题", "@13800000000", at), at_names={"13800000000": "王伟"})
    assert body(bubble).toPlainText() == "@王伟"
    assert last_colour(body(bubble).document()) == dt.LIGHT.text


def last_colour(document: QTextDocument) -> str:
    iterator = document.lastBlock().begin()
    return iterator.fragment().charFormat().foreground().color().name().upper()


def test_a_link_is_98_high_with_its_thumbnail_at_the_right(bubble: Bubble) -> None:
    show(bubble, Link("题", "文", "https://a/", ""))
    assert part(bubble, "preview.linkCard").height() == 98
    card = "preview.linkCard"
    right, bottom = 358 - 10 - 1, 98 - 10 - 1
    chain = dt.LIGHT.chain
    assert colour_at(bubble, card, right - 24, bottom - 1) == chain
    assert colour_at(bubble, card, right - 46, bottom - 24) == chain
    assert colour_at(bubble, card, right + 4, bottom - 24) == dt.LIGHT.card
    assert colour_at(bubble, card, right - 52, bottom - 44) == dt.LIGHT.card
    show(bubble, Link("题", "文", "https://a/", "https://p/x.png"))
    assert colour_at(bubble, card, right - 24, bottom - 1) == dt.LIGHT.empty


def test_markdown_has_a_padding_of_12_and_no_title(bubble: Bubble) -> None:
    show(bubble, Markdown("题目", "正文"))
    inner = place(bubble, "preview.body") - place(bubble, "preview.card")
    assert inner.x() == 12
    assert inner.y() in range(10, 15)
    assert "题目" not in body(bubble).toPlainText()


def test_headings_have_the_measured_sizes(bubble: Bubble) -> None:
    show(bubble, Markdown("", "\n".join("#" * n + " 题" for n in range(1, 7))))
    block = body(bubble).document().begin()
    sizes = []
    while block.isValid():
        sizes.append(block.begin().fragment().charFormat().font().pixelSize())
        block = block.next()
    assert sizes[0] in range(18, 23)
    assert sizes[3] in range(13, 17)
    assert sizes[5] < 14
    assert sizes == sorted(sizes, reverse=True)
    assert last_colour(body(bubble).document()) == dt.LIGHT.grey


def test_a_quote_has_a_bar_of_3_px_and_grey_words(bubble: Bubble) -> None:
    show(bubble, Markdown("", "> 引用"))
    assert last_colour(body(bubble).document()) == "#666666"
    picture = drawn(bubble, body(bubble))
    row = [picture.pixelColor(x, 10).name().upper() for x in range(5)]
    assert row[:3] == ["#E4E4E4"] * 3
    assert row[3] != "#E4E4E4"


def test_a_rule_is_a_thin_grey_line(bubble: Bubble) -> None:
    show(bubble, Markdown("", "上\n\n---\n\n下"))
    picture = drawn(bubble, part(bubble, "preview.card"))
    column = [picture.pixelColor(340, y).name().upper() for y in range(picture.height())]
    assert column.count("#EEEEEE") == 1


def test_a_picture_keeps_the_room_that_it_will_take(bubble: Bubble) -> None:
    show(bubble, Markdown("", "![图](https://p/x.png)"))
    assert body(bubble).document().textWidth() == 334
    assert body(bubble).height() in range(185, 205)


@pytest.mark.parametrize(
    ("size", "height"), [((1000, 500), 167), ((100, 60), 60), ((400, 4000), 350)]
)
def test_a_picture_that_came_is_scaled_to_the_text_and_bounded(
    qtbot: QtBot, size: tuple[int, int], height: int
) -> None:
    pictures = ImageStore()
    bubble = Bubble(pictures=pictures)
    qtbot.addWidget(bubble)
    bubble.show()
    show(bubble, Markdown("", "![图](https://p/x.png)"))
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor("#00FF00"))
    pictures.put("https://p/x.png", Found(image))
    qtbot.waitUntil(lambda: body(bubble).height() in range(height, height + 14))


def test_a_card_that_begins_with_a_picture_has_it_at_its_top(bubble: Bubble) -> None:
    show(bubble, ActionCard("", "![s](@l) \n ### 题 \n 文", Button("阅读全文", "https://a/")))
    top = part(bubble, "preview.topPicture")
    assert (top.width(), top.height()) == (358, 186)
    assert place(bubble, "preview.topPicture") == place(bubble, "preview.card")
    assert body(bubble).toPlainText() == "题\n文"
    assert last_colour(body(bubble).document()) == dt.LIGHT.paragraph


def test_a_whole_jump_is_one_row_with_a_dark_label_and_an_arrow(bubble: Bubble) -> None:
    show(bubble, ActionCard("", "文", Button("看", "https://a/")))
    row = part(bubble, "preview.button.0")
    assert row.height() in range(36, 39)
    assert row.width() == 358
    ink = inked(bubble, "preview.button.0")
    assert dt.LIGHT.text in {colour for x, colour in ink if x < 40}
    assert dt.LIGHT.link in {colour for x, colour in ink if x > 330}
    assert not [x for x, _ in ink if 40 < x < 330]


def inked(bubble: Bubble, name: str) -> list[tuple[int, str]]:
    """What is drawn below a row's hairline, by column."""
    picture = drawn(bubble, part(bubble, name))
    found = [
        (x, picture.pixelColor(x, y).name().upper())
        for x in range(picture.width())
        for y in range(4, picture.height() - 4)
    ]
    return [(x, colour) for x, colour in found if colour not in (dt.LIGHT.card, "#000000")]


def test_vertical_buttons_are_rows_of_36_with_centred_blue_labels(bubble: Bubble) -> None:
    show(bubble, ActionCard("", "文", TWO, Orientation.VERTICAL))
    first, second = part(bubble, "preview.button.0"), part(bubble, "preview.button.1")
    assert (first.height(), second.height()) == (36, 36)
    assert (first.width(), second.y()) == (358, 36)
    columns = [x for x, _ in inked(bubble, "preview.button.0")]
    assert abs((min(columns) + max(columns)) / 2 - 179) <= 2
    assert dt.LIGHT.link in {colour for _, colour in inked(bubble, "preview.button.0")}


def test_two_horizontal_buttons_stand_side_by_side(bubble: Bubble) -> None:
    show(bubble, ActionCard("", "文", TWO, Orientation.HORIZONTAL))
    first, second = part(bubble, "preview.button.0"), part(bubble, "preview.button.1")
    assert first.y() == second.y()
    assert first.width() == second.width() == 179
    assert colour_at(bubble, "preview.button.1", 0, 18) == dt.LIGHT.hairline


@pytest.mark.parametrize("count", [1, 3])
def test_horizontal_buttons_of_another_number_stand_below_each_other(
    bubble: Bubble, count: int
) -> None:
    buttons = tuple(Button(f"{n}", "https://a/") for n in range(count))
    show(bubble, ActionCard("", "文", buttons, Orientation.HORIZONTAL))
    assert part(bubble, f"preview.button.{count - 1}").y() == 36 * (count - 1)


def test_a_feed_has_a_hero_of_354_by_200_and_rows_of_61(bubble: Bubble) -> None:
    show(bubble, FeedCard(ITEMS))
    hero = part(bubble, "preview.feed.0")
    assert (hero.width(), hero.height(), hero.x()) == (354, 200, 2)
    one, two = part(bubble, "preview.feed.1"), part(bubble, "preview.feed.2")
    assert (one.height(), two.y() - one.y()) == (61, 61)
    picture = drawn(bubble, two)
    line = [picture.pixelColor(x, 0).name().upper() for x in (11, 12, 345, 346)]
    assert line == [dt.LIGHT.card, dt.LIGHT.hairline, dt.LIGHT.hairline, dt.LIGHT.card]
    thumbnail = [picture.pixelColor(x, 48).name().upper() for x in (295, 297, 344, 347)]
    assert thumbnail == [dt.LIGHT.card, dt.LIGHT.empty, dt.LIGHT.empty, dt.LIGHT.card]


def test_a_feed_of_one_item_is_its_picture_alone(bubble: Bubble) -> None:
    show(bubble, FeedCard(ITEMS[:1]))
    assert part(bubble, "preview.feedCard").height() == 204


def test_a_hidden_avatar_keeps_its_room(bubble: Bubble) -> None:
    show(bubble, ActionCard("", "文", TWO))
    before = place(bubble, "preview.card")
    show(bubble, ActionCard("", "文", TWO, hide_avatar=True))
    assert place(bubble, "preview.card") == before
    assert colour_at(bubble, "preview.avatar", 20, 4) != "#3370FF"


def test_who_is_mentioned_sees_a_reply_below(bubble: Bubble) -> None:
    show(bubble, Markdown("", "文"))
    assert not part(bubble, "preview.reply").isVisible()
    show(bubble, Markdown("", "文"), is_reader_mentioned=True)
    assert part(bubble, "preview.reply").isVisible()


def test_a_click_on_a_button_an_item_or_a_link_tells_its_address(
    bubble: Bubble,
) -> None:
    heard: list[str] = []
    bubble.link_clicked.connect(heard.append)
    show(bubble, ActionCard("", "文", TWO))
    QTest.mouseClick(part(bubble, "preview.button.1"), Qt.MouseButton.LeftButton)
    show(bubble, FeedCard(ITEMS))
    QTest.mouseClick(part(bubble, "preview.feed.2"), Qt.MouseButton.LeftButton)
    show(bubble, Link("题", "文", "https://l/"))
    QTest.mouseClick(part(bubble, "preview.link"), Qt.MouseButton.LeftButton)
    address = "dtmd://dingtalkclient/sendMessage?content=%E5%A5%BD"
    show(bubble, Markdown("", f"[链接]({address})"))
    QTest.mouseClick(body(bubble).viewport(), Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    assert heard == ["https://b/", "https://m/2", "https://l/", address]


def test_the_words_can_be_selected_and_copied_with_their_marks(bubble: Bubble) -> None:
    show(bubble, Markdown("", "清单：\n1. 甲\n2. **乙**\n- 丙"))
    body(bubble).selectAll()
    data: QMimeData = body(bubble).createMimeDataFromSelection()
    assert data.text() == "清单：\n1. 甲\n2. 乙\n• 丙"


def test_a_screen_reader_hears_the_words(bubble: Bubble) -> None:
    show(bubble, Markdown("题", "# 停机\n- 甲"))
    assert bubble.accessibleName() == "运维值班: 停机\n• 甲"
    show(bubble, FeedCard(ITEMS[:2]))
    assert bubble.accessibleName() == "运维值班: 标题0\n标题1"


def test_a_blank_message_shows_a_calm_word(bubble: Bubble) -> None:
    show(bubble, Text(""))
    assert body(bubble).toPlainText() == "Nothing written yet"
    assert last_colour(body(bubble).document()) == dt.LIGHT.faint


def test_in_the_background_the_newest_text_stands_in_the_end(qtbot: QtBot) -> None:
    bubble = Bubble(background=Background())
    qtbot.addWidget(bubble)
    bubble.show()
    for message in (Markdown("", "# 旧"), Text("间"), Markdown("", "# 新")):
        bubble.show_message(message, ROBOT)
    assert not bubble.is_settled
    qtbot.waitUntil(lambda: bubble.is_settled)
    assert body(bubble).toPlainText() == "新"


WORDS = st.text(max_size=30) | st.text(alphabet="甲a*#>-[]()`<1. \n|@\ud800\x00", max_size=60)
BUTTONS = st.builds(Button, WORDS, WORDS)
MESSAGES = st.one_of(
    st.builds(Text, WORDS),
    st.builds(Link, WORDS, WORDS, WORDS, st.none() | WORDS),
    st.builds(Markdown, WORDS, WORDS),
    st.builds(
        ActionCard,
        WORDS,
        WORDS,
        BUTTONS | st.lists(BUTTONS, max_size=4).map(tuple),
        st.none() | st.sampled_from(Orientation),
        st.none() | st.booleans(),
    ),
    st.builds(FeedCard, st.lists(st.builds(FeedLink, WORDS, WORDS, WORDS), max_size=4).map(tuple)),
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(MESSAGES, st.sampled_from(Device), st.booleans()), max_size=4))
def test_any_messages_in_any_order_are_drawn(
    bubble: Bubble, shown: list[tuple[Message, Device, bool]]
) -> None:
    for message, device, is_dark in shown:
        bubble.show_message(message, ROBOT, device=device, look=dt.style_of(is_dark=is_dark))
        bubble.adjustSize()
        bubble.grab()
        assert bubble.is_settled


def test_every_sample_is_drawn_with_its_words(bubble: Bubble) -> None:
    cases = Path(__file__).parents[2] / "cases" / "payloads.json"
    for case in json.loads(cases.read_text(encoding="utf-8"))["cases"]:
        show(bubble, from_payload(case["payload"]).message)
        assert len(bubble.accessibleName()) > 12
        assert all(one.accessibleName() for one in bubble.findChildren(QAbstractButton))


@pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)
def test_a_mark_stands_beside_its_line_and_says_its_words(qtbot: QtBot, bubble: Bubble) -> None:
    bubble.show_marks({2: "Phones show no table.", 3: "Second."})
    show(bubble, Markdown("", "一\n\n|a|b|\n|-|-|\n\n三"))
    picture = drawn(bubble, part(bubble, "preview.card"))
    column = [picture.pixelColor(349, y).name().upper() for y in range(picture.height())]
    assert dt.LIGHT.mark in column
    assert dt.LIGHT.mark not in column[:30]
    spot = QPoint(body(bubble).width() - 5, 45)
    there = body(bubble).viewport().mapToGlobal(spot)
    event = QHelpEvent(QEvent.Type.ToolTip, spot, there)
    QCoreApplication.sendEvent(body(bubble).viewport(), event)
    assert QToolTip.text() == "<qt>Phones show no table.<br>Second.</qt>"
    bubble.show_marks({})
    picture = drawn(bubble, part(bubble, "preview.card"))
    assert picture.pixelColor(349, column.index(dt.LIGHT.mark)).name().upper() != dt.LIGHT.mark
