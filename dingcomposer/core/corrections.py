"""A message that sets right what another one said: there is no recall."""

from dataclasses import replace
from typing import assert_never

from dingcomposer.core.messages import ActionCard, FeedCard, FeedLink, Link, Markdown, Message, Text


def correction_of(message: Message, label: str) -> Message:
    """The message to write a correction from: of the same kind, with `label` in front.

    The label, like "Correction: ", stands where readers see it: a markdown's or card's title is
    not drawn in the bubble, so its text begins with it too.
    """
    match message:
        case Text(content):
            return replace(message, content=label + content)
        case Markdown(title, text) | ActionCard(title, text):
            return replace(message, title=label + title, text=f"**{label.strip()}**\n\n{text}")
        case Link(title):
            return replace(message, title=label + title)
        case FeedCard(links):
            first, *rest = links or (FeedLink(),)
            titled = replace(first, title=label + first.title)
            return replace(message, links=(titled, *rest))
        case _:
            assert_never(message)
