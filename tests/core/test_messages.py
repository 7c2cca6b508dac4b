"""The message types and what is asked of them."""

import pytest

from dingcomposer.core.messages import (
    ActionCard,
    Button,
    FeedCard,
    FeedLink,
    Kind,
    Link,
    Markdown,
    Mentions,
    Message,
    Text,
    headline_of,
    kind_of,
    mentions_of,
)

AT = Mentions(("138",), ("u1",))


@pytest.mark.parametrize(
    ("message", "kind", "headline", "mentions"),
    [
        (Text("第一行\n 第二行", AT), Kind.TEXT, "第一行 第二行", AT),
        (Text("无人"), Kind.TEXT, "无人", Mentions()),
        (Link("标题", "文", "u"), Kind.LINK, "标题", Mentions()),
        (Markdown("标题", "文", AT), Kind.MARKDOWN, "标题", AT),
        (ActionCard("题", "文", Button(), at=AT), Kind.WHOLE_JUMP, "题", AT),
        (ActionCard("题", "文", ()), Kind.INDEPENDENT, "题", Mentions()),
        (FeedCard((FeedLink("一"), FeedLink("二"))), Kind.FEED_CARD, "一", Mentions()),
        (FeedCard(()), Kind.FEED_CARD, "", Mentions()),
    ],
)
def test_each_kind_knows_its_form_its_headline_and_its_mentions(
    message: Message, kind: Kind, headline: str, mentions: Mentions
) -> None:
    assert kind_of(message) is kind
    assert headline_of(message) == headline
    assert mentions_of(message) == mentions


def test_mentions_are_true_where_they_name_anybody() -> None:
    assert AT.people == 2
    assert AT
    assert Mentions(is_all=True)
    assert not Mentions()
