"""Several messages for one group become one."""

from dingcomposer.core.limits import BODY_BYTES
from dingcomposer.core.messages import Link, Markdown, Mentions, Message, Text
from dingcomposer.core.payload import size_bytes
from dingcomposer.core.payload.edits import Merged, merge


def test_texts_stand_below_each_other_and_name_everybody_once() -> None:
    first = Text("one", Mentions(("13800000000",)))
    second = Text("two", Mentions(("13800000000", "13900000000"), ("u1",)))
    assert merge([first, second, Text("three")]) == Merged(
        Text("one\n\ntwo\n\nthree", Mentions(("13800000000", "13900000000"), ("u1",))), (0, 1, 2)
    )


def test_markdown_keeps_the_title_of_the_first() -> None:
    merged = merge([Markdown("a", "# a"), Markdown("b", "# b", Mentions(is_all=True))])
    assert merged == Merged(Markdown("a", "# a\n\n# b", Mentions(is_all=True)), (0, 1))


def test_only_the_larger_kind_goes_together() -> None:
    messages: list[Message] = [Text("1"), Markdown("m", "1"), Link("l", "", ""), Markdown("m", "2")]
    assert merge(messages) == Merged(Markdown("m", "1\n\n2"), (1, 3))


def test_what_would_be_too_long_or_name_too_many_stays_out() -> None:
    many = Mentions(tuple(f"138{number:08}" for number in range(50)))
    messages = [
        Text("a" * 15_000, many),
        Text("b" * 15_000),
        Text("c", Mentions(("13900000000",))),
        Text("d"),
    ]
    merged = merge(messages)
    assert merged is not None
    assert merged.parts == (0, 3)
    assert size_bytes(merged.message) <= BODY_BYTES


def test_one_message_alone_is_nothing_to_merge() -> None:
    assert merge([]) is None
    assert merge([Text("1"), Link("l", "", "")]) is None
