"""Long messages in parts: each goes through, in order, and nothing is lost between them."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingcomposer.core import limits
from dingcomposer.core.checks import ProblemCode, check
from dingcomposer.core.checks.keywords import check_keywords
from dingcomposer.core.messages import (
    ActionCard,
    Button,
    FeedCard,
    Link,
    Markdown,
    Mentions,
    Message,
    Text,
)
from dingcomposer.core.payload import size_bytes
from dingcomposer.core.payload.split import MOST_PARTS, split

PARAGRAPH = "第{number}段。" + "今晚机房断电，请提前保存文件。" * 20
LONG = "\n\n".join(PARAGRAPH.format(number=number) for number in range(60))
NUMBER = re.compile(r"（([0-9]+)/([0-9]+)）")


def text_of(message: Message) -> str:
    assert isinstance(message, Text | Markdown | ActionCard)
    return message.content if isinstance(message, Text) else message.text


def inside(message: Message) -> str:
    """The text of a part without its number."""
    return NUMBER.sub("", text_of(message), count=1).strip("\n")


def test_a_long_text_is_cut_between_paragraphs_and_numbered() -> None:
    parts = split(Text(LONG))
    assert len(parts) == 3
    assert [text_of(one)[:5] for one in parts] == ["（1/3）", "（2/3）", "（3/3）"]
    assert "\n\n".join(map(inside, parts)) == LONG
    assert all(size_bytes(one) <= limits.BODY_BYTES for one in parts)


def test_a_markdown_message_has_the_number_in_its_title_and_in_its_text() -> None:
    parts = split(Markdown("周报", LONG))
    assert [one.title for one in parts if isinstance(one, Markdown)] == [
        *("周报（1/3）", "周报（2/3）", "周报（3/3）"),
    ]
    assert "\n\n".join(map(inside, parts)) == LONG


def test_a_cards_buttons_stand_on_its_last_part() -> None:
    parts = split(ActionCard("周报", LONG, Button("看", "https://a.example.com")))
    assert [type(one) for one in parts] == [Markdown, Markdown, ActionCard]


@pytest.mark.parametrize(
    "message",
    [Text("短"), Link("题", LONG, "https://a.cn"), FeedCard(()), Text(LONG * 40)],
    ids=["short", "link", "feed", "endless"],
)
def test_what_need_not_or_cannot_be_cut_is_not(message: Message) -> None:
    assert split(message) == ()


def test_each_part_has_a_keyword_and_who_is_named_is_mentioned_once() -> None:
    at = Mentions(("13800000001", "13800000002"), ("zhang",), is_all=True)
    text = f"告警 @13800000001\n\n{LONG}\n\n@13800000002 @zhang"
    parts = split(Text(text, at), ("发布", "告警"))
    assert len(parts) == 3
    for one in parts:
        assert check_keywords(one, ("发布", "告警")) == []
    assert text_of(parts[1]).endswith("\n—— 告警")
    assert [one.at for one in parts if isinstance(one, Text)] == [
        Mentions(("13800000001",), (), is_all=True),
        Mentions(),
        Mentions(("13800000002",), ("zhang",)),
    ]


def test_a_block_of_code_is_closed_and_opened_again() -> None:
    code = "\n".join(f"line {number} {'x' * 90}" for number in range(400))
    parts = split(Markdown("日志", f"前\n\n```text\n{code}\n```\n\n后"))
    assert len(parts) >= 3
    for one in parts:
        assert text_of(one).count("```") % 2 == 0
        assert not {p.code for p in check(one, None)} & {ProblemCode.TOO_LONG}
    lines = [line for one in parts for line in text_of(one).split("\n") if line.startswith("line")]
    assert "\n".join(lines) == code


def test_a_line_without_an_end_is_cut_at_its_sentences() -> None:
    parts = split(Text("今晚断电。" * 3_000))
    assert all(inside(one).endswith("。") for one in parts)
    assert "".join(map(inside, parts)) == "今晚断电。" * 3_000
    whole = split(Text("字" * 15_000))
    assert "".join(map(inside, whole)) == "字" * 15_000


PIECES = st.sampled_from(
    [
        *(
            "段落。" * 300,
            "\n\n",
            "\n",
            "字" * 900,
            '"\\' * 900,
            "a. " * 900,
            "```\n",
            "~~~\n",
            "🎂" * 300,
        ),
        *("@13800000001", "| 表 | 格 |\n|-|-|\n", "- 项\n", " ", "\r\n", "\ud800", "x" * 3_000),
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(PIECES, min_size=8, max_size=40).map("".join),
    st.sampled_from(["text", "markdown", "card"]),
    st.sampled_from([(), ("告警",)]),
)
def test_every_part_is_below_the_limit_in_order_and_no_word_is_lost(
    text: str, kind: str, keywords: tuple[str, ...]
) -> None:
    at = Mentions(("13800000001",))
    message: Message = Text(text, at)
    if kind != "text":
        message = Markdown("题", text, at)
    if kind == "card":
        message = ActionCard("题", text, Button("看", "https://a.example.com"), at=at)
    parts = split(message, keywords)
    assert len(parts) != 1
    assert len(parts) <= MOST_PARTS
    assert all(size_bytes(one) <= limits.BODY_BYTES for one in parts)
    if not parts:
        return
    numbers = [NUMBER.search(text_of(one)) for one in parts]
    assert [found and found[1] for found in numbers] == [str(n) for n in range(1, len(parts) + 1)]

    def words(whole: str) -> str:
        return re.sub(r"[\s`~]|—— 告警", "", whole)

    assert words("".join(map(inside, parts))) == words(text)
