"""What changed between two messages: words, and settings, as values to be shown."""

import random
import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from dingcomposer.core.payload.differences import ComparedSetting, SettingChange, compare
from dingcomposer.core.payload.word_diff import changed_spans, split_words


def marked(before: str, after: str) -> tuple[list[str], list[str]]:
    removed, added = changed_spans(before, after)
    return [before[start:end] for start, end in removed], [after[start:end] for start, end in added]


@pytest.mark.parametrize(
    ("before", "after", "removed", "added"),
    [
        ("hello", "hello everybody", [], ["everybody"]),
        ("请参加会议", "请全体参加会议", [], ["全体"]),
        ("第一行\n第二行\n第三行", "第一行\n第二行改了\n第三行", [], ["改了"]),
        ("今晚 20:00,请勿交", "今晚 21:30,请不要交", ["20:00", "勿"], ["21:30", "不要"]),
        ("the quick brown fox", "a quick red cat", ["the", "brown fox"], ["a", "red cat"]),
        # Few letters in common are no sentence in common.
        ("今晚八点发布", "明早九点上线", ["今晚八点发布"], ["明早九点上线"]),
        ("a\nb\nc", "a\nc", ["b"], []),
        # A family is one character to whoever reads it.
        ("👩\u200d👧 ok", "👩\u200d👦 ok", ["👩\u200d👧"], ["👩\u200d👦"]),
    ],
)
def test_changed_words_are_marked_as_a_person_reads_them(
    before: str, after: str, removed: list[str], added: list[str]
) -> None:
    assert marked(before, after) == (removed, added)


@given(st.text(), st.text())
def test_there_is_a_difference_exactly_where_the_words_differ(before: str, after: str) -> None:
    assert bool(compare(Text(before), Text(after))) == (before != after)
    assert any(changed_spans(before, after)) == (before != after)


@given(st.text("ab字 \n1"), st.text("ab字 \n1"))
def test_what_is_not_marked_is_the_same_in_both_white_space_aside(before: str, after: str) -> None:
    removed, added = changed_spans(before, after)
    kept = [
        "".join("".join(one for at, one in enumerate(text) if not is_in(at, spans)).split())
        for text, spans in ((before, removed), (after, added))
    ]
    assert kept[0] == kept[1]


def is_in(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


@given(st.text())
def test_the_words_of_a_text_are_all_of_it(text: str) -> None:
    assert "".join(split_words(text)) == text


@pytest.mark.parametrize("letters", ["ab ", "字", "会议通知\n", "\n", "a字 1\n👍"])
def test_texts_with_nothing_in_common_take_no_longer_than_they_are_long(letters: str) -> None:
    made = random.Random(7)
    one, other = ("".join(made.choices(letters, k=size)) for size in (60_000, 61_000))
    begun = time.perf_counter()
    changed_spans(one, other)
    assert time.perf_counter() - begun < 5, "a bound of a slow machine; usually 0.2 s"


CARD = ActionCard("活动", "报名", (Button("报名", "https://a"), Button("详情", "https://b")))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            Text("a"),
            Text("a", Mentions(is_all=True)),
            SettingChange(ComparedSetting.AT_ALL, "", "1"),
        ),
        (
            Text("a", Mentions(("138",))),
            Text("a"),
            SettingChange(ComparedSetting.MENTION, before="138"),
        ),
        (Text("a"), Markdown("", "a"), SettingChange(ComparedSetting.KIND, "text", "markdown")),
        (
            CARD,
            ActionCard("活动", "报名", (Button("报名", "https://a"), Button("详情", "https://c"))),
            SettingChange(ComparedSetting.BUTTON_LINK, "https://b", "https://c", 2),
        ),
        (
            CARD,
            ActionCard("活动", "报名", (Button("新", "https://n"), *CARD.action)),  # type: ignore[misc]
            SettingChange(ComparedSetting.BUTTON_NEW, "", "新", 1),
        ),
        (
            CARD,
            ActionCard("活动", "报名", CARD.action, Orientation.HORIZONTAL),
            SettingChange(ComparedSetting.ORIENTATION, "", "1"),
        ),
        (
            Link("t", "x", "https://a"),
            Link("t", "x", "https://a", "https://p"),
            SettingChange(ComparedSetting.PICTURE, "", "https://p"),
        ),
        (
            Markdown("t", "[说明](https://a)"),
            Markdown("t", "[说明](https://b)"),
            SettingChange(ComparedSetting.TEXT_LINK, "https://a", "https://b"),
        ),
        (
            FeedCard((FeedLink("a", "https://a", "https://p"),)),
            FeedCard((FeedLink("a", "https://a", "https://q"),)),
            SettingChange(ComparedSetting.ITEM_PICTURE, "https://p", "https://q", 1),
        ),
        # On the wire they differ, to a reader they do not.
        (Text("a"), Text("a", Mentions()), SettingChange(ComparedSetting.UNSEEN)),
    ],
)
def test_each_setting_is_told_by_itself(
    before: Message, after: Message, expected: SettingChange
) -> None:
    assert compare(before, after).settings == (expected,)


def test_a_button_that_was_put_first_leaves_the_others_as_they_were() -> None:
    assert isinstance(CARD.action, tuple)
    after = ActionCard("活动", "报名", (Button("新", "https://n"), *CARD.action))
    found = compare(CARD, after)
    assert (found.parts_before, found.parts_after) == (frozenset(), frozenset({"buttons.0"}))
    assert found.texts == ()


def test_equal_messages_have_no_difference() -> None:
    assert not compare(CARD, CARD)
