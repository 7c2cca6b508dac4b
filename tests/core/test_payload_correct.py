"""A correction begins where readers look, and keeps the kind of what it corrects."""

import pytest

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
from dingcomposer.core.payload.edits import correct

AT = Mentions(("13800000000",))


@pytest.mark.parametrize(
    ("sent", "correction"),
    [
        (Text("8 点开会", AT), Text("更正：8 点开会", AT)),
        (Link("会议", "8 点", "https://x"), Link("更正：会议", "8 点", "https://x")),
        (
            Markdown("会议", "# 会议\n8 点", AT),
            Markdown("更正：会议", "**更正：**\n\n# 会议\n8 点", AT),
        ),
        (
            ActionCard("会议", "8 点", Button("看", "https://x")),
            ActionCard("更正：会议", "**更正：**\n\n8 点", Button("看", "https://x")),
        ),
        (
            FeedCard((FeedLink("一"), FeedLink("二"))),
            FeedCard((FeedLink("更正：一"), FeedLink("二"))),
        ),
        (FeedCard(()), FeedCard((FeedLink("更正："),))),
    ],
)
def test_a_correction_keeps_the_kind_and_says_what_it_is(
    sent: Message, correction: Message
) -> None:
    assert correct(sent, "更正：") == correction
    assert correct(correction, "更正：") == correction, "a correction of a correction"
