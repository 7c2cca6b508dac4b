"""The draft behind the forms."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingcomposer.core.draft import Draft, from_message, headline_of_draft, to_message
from dingcomposer.core.messages import (
    ActionCard,
    Extra,
    FeedCard,
    Kind,
    Link,
    Markdown,
    Mentions,
    Message,
    Text,
    kind_of,
)

# A record says what it takes once it was made: not before, and hypothesis asks it.
MADE = (Text(""), Link("", "", ""), Markdown("", ""), ActionCard("", "", ()), FeedCard(()), Draft())
st.register_type_strategy(
    Extra, st.builds(Extra, path=st.tuples(st.text()), value=st.sampled_from(("1", "{}")))
)
MESSAGES: st.SearchStrategy[Message] = st.one_of(
    st.from_type(Text),
    st.from_type(Link),
    st.from_type(Markdown),
    st.from_type(ActionCard),
    st.from_type(FeedCard),
)


@given(MESSAGES)
@settings(deadline=None)
def test_a_draft_made_of_a_message_is_that_message_again(message: Message) -> None:
    assert to_message(from_message(message)) == message
    assert from_message(message).kind is kind_of(message)


@given(st.from_type(Draft), MESSAGES)
@settings(deadline=None)
def test_it_is_that_message_whatever_was_written_before(draft: Draft, message: Message) -> None:
    assert to_message(from_message(message, draft)) == message


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_a_fresh_draft_makes_a_message_of_that_kind(kind: Kind) -> None:
    assert kind_of(to_message(Draft(kind=kind))) is kind


def test_what_other_kinds_hold_is_kept() -> None:
    draft = Draft(title="题", message_url="https://a", mentions=Mentions(("138",)))
    kept = from_message(FeedCard(()), draft)
    assert (kept.title, kept.message_url, kept.mentions) == ("题", "https://a", Mentions(("138",)))


def test_a_choice_of_kind_alone_leaves_the_draft_blank() -> None:
    assert Draft(kind=Kind.FEED_CARD).is_blank
    assert not Draft(title="x").is_blank


def test_keys_of_nobody_are_sent_only_where_a_person_said_so() -> None:
    extras = (Extra(("trace",), "1"),)
    draft = from_message(Text("a", extras=extras))
    assert (draft.extras, draft.sends_extras) == (extras, True), "it was sent with them"
    assert to_message(Draft(text="a", extras=extras)) == Text("a")
    assert to_message(Draft(text="a", extras=extras, sends_extras=True)).extras == extras


def test_another_message_drops_what_was_half_typed() -> None:
    assert from_message(Text("a"), Draft(json_text="{")).json_text is None


@pytest.mark.parametrize(
    ("draft", "headline"),
    [
        (Draft(Kind.MARKDOWN, text="\n- 日期：1 日"), "日期：1 日"),
        (Draft(Kind.MARKDOWN, text="## 通知\n\n今晚"), "通知 今晚"),
        (Draft(Kind.MARKDOWN, text="> 1. 一"), "一"),
        (Draft(Kind.MARKDOWN, text="2026 年"), "2026 年"),
        (Draft(Kind.MARKDOWN, text="- "), ""),
        (Draft(Kind.MARKDOWN, title="# 题", text="文"), "# 题"),
        (Draft(text="- 一"), "- 一"),
    ],
)
def test_a_list_shows_where_the_words_of_a_draft_begin(draft: Draft, headline: str) -> None:
    assert headline_of_draft(draft) == headline
