"""Messages changed: a correction, several merged into one."""

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from dingcomposer.core import limits
from dingcomposer.core.messages import (
    ActionCard,
    FeedCard,
    FeedLink,
    Link,
    Markdown,
    Mentions,
    Message,
    Text,
)
from dingcomposer.core.payload import size_bytes
from dingcomposer.core.records import dataclass


def correct(message: Message, label: str) -> Message:
    """The message to write a correction from: of the same kind, with `label` in front.

    The label, like "Correction: ", stands where readers see it: a markdown's or card's title is
    not drawn in the bubble, so its text begins with it too. What has it already, being a
    correction itself, gets no second one.
    """

    def labelled(words: str) -> str:
        return words if words.startswith(label.strip()) else label + words

    match message:
        case Text(content):
            return replace(message, content=labelled(content))
        case Markdown(title, text) | ActionCard(title, text):
            head = f"**{label.strip()}**"
            begun = text if text.startswith(head) else f"{head}\n\n{text}"
            return replace(message, title=labelled(title), text=begun)
        case Link(title):
            return replace(message, title=labelled(title))
        case FeedCard(links):
            first, *rest = links or (FeedLink(),)
            titled = replace(first, title=labelled(first.title))
            return replace(message, links=(titled, *rest))
        case _:
            assert_never(message)


_GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class Merged:
    """The one message, and the indices of those that it is made of."""

    message: Message
    parts: tuple[int, ...]


def merge(messages: Sequence[Message]) -> Merged | None:
    """As many of the messages as fit, in their order; None where no two go together."""
    texts = [index for index, one in enumerate(messages) if isinstance(one, Text)]
    markdowns = [index for index, one in enumerate(messages) if isinstance(one, Markdown)]
    merged: Message | None = None
    parts: list[int] = []
    for index in texts if len(texts) >= len(markdowns) else markdowns:
        longer = messages[index] if merged is None else _joined(merged, messages[index])
        if longer is not None and _fits(longer):
            merged = longer
            parts.append(index)
    if merged is None or len(parts) < 2:
        return None
    return Merged(merged, tuple(parts))


def _joined(first: Message, second: Message) -> Message | None:
    if first.extras or second.extras:
        return None  # nobody knows what they say of the whole
    match first, second:
        case Text(), Text():
            return Text(first.content + _GAP + second.content, _both(first.at, second.at))
        case Markdown(), Markdown():
            text = first.text + _GAP + second.text
            return Markdown(first.title, text, _both(first.at, second.at))
    return None


def _both(first: Mentions | None, second: Mentions | None) -> Mentions | None:
    if first is None or second is None:
        return first or second
    return Mentions(
        tuple(dict.fromkeys(first.mobiles + second.mobiles)),
        tuple(dict.fromkeys(first.user_ids + second.user_ids)),
        first.is_all or second.is_all,
    )


def _fits(message: Message) -> bool:
    at = message.at if isinstance(message, Text | Markdown) else None
    return size_bytes(message) <= limits.BODY_BYTES and (at is None or at.people <= limits.PEOPLE)
