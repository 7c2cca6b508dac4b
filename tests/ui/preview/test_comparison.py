"""Two messages beside each other: marked words, settings in words."""

import pytest
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
    Text,
)
from dingcomposer.ui.preview.bubble.bubble import Bubble, MessageAuthor
from dingcomposer.ui.preview.comparison import BESIDE_PX, Comparison

AUTHOR = MessageAuthor("销售群", "#C5302B")
GO = Button("报名", "https://a")


def compared(qtbot: QtBot, before: Message, after: Message) -> Comparison:
    made = Comparison(before, after, AUTHOR)
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        (
            Markdown("通知", "## 放假\n\n共 **7** 天"),
            Markdown("通知", "## 放假\n\n共 **8** 天", Mentions(is_all=True)),
            ["@everyone: newly on", "-7", "+8"],
        ),
        (
            ActionCard("t", "x", (GO, Button("路线", "https://b"))),
            ActionCard("t", "x", (GO, Button("路线", "https://c"))),
            ["Button 2: other link, https://c instead of https://b"],
        ),
        # A link's words are the same: that it leads elsewhere is said, and marked.
        (
            Markdown("t", "[说明](https://a)"),
            Markdown("t", "[说明](https://b)"),
            ["Link in the text: https://b instead of https://a", "-说明", "+说明"],
        ),
        # The title of a markdown message is not drawn: it stands in words.
        (Markdown("周报", "x"), Markdown("月报", "x"), ["Title: 周报 → 月报"]),
        (
            Link("周报", "第 31 周", "https://a"),
            Link("周报", "第 32 周", "https://a"),
            ["Text: 第 31 周 → 第 32 周"],
        ),
        (
            FeedCard((FeedLink("a", "https://a", "https://p"),)),
            FeedCard((FeedLink("a", "https://a", "https://p"), FeedLink("b"))),
            ["Item 2: new, “b”"],
        ),
        # Both are drawn alike: it is said in words where the difference is.
        (Text("a b"), Text("a  b"), ["-", "+"]),
    ],
)
def test_every_difference_is_said_in_words_or_marked(
    qtbot: QtBot, before: Message, after: Message, lines: list[str]
) -> None:
    assert [line.rstrip() for line in compared(qtbot, before, after).words.split("\n")] == lines


def test_they_stand_beside_each_other_where_there_is_room_else_one_below_the_other(
    qtbot: QtBot,
) -> None:
    made = compared(qtbot, Text("今晚发布"), Text("明早发布"))
    made.show()
    places = []
    for width in (BESIDE_PX, BESIDE_PX - 1):
        made.resize(width, 400)
        made.layout().activate()  # type: ignore[union-attr]
        before, after = made.findChildren(Bubble)
        places.append((before.mapTo(made, before.pos()), after.mapTo(made, after.pos())))
    (beside_before, beside_after), (above, below) = places
    assert beside_after.x() > beside_before.x() and beside_after.y() == beside_before.y()
    assert below.y() > above.y() and below.x() == above.x()


def test_a_text_of_twenty_thousand_bytes_in_other_words_is_compared(qtbot: QtBot) -> None:
    made = compared(qtbot, Text("会议通知" * 1600), Text("通知会议室" * 1300))
    assert made.words
