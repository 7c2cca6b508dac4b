"""All that is being written, of all six kinds at once: one frozen value behind the forms.

An edit makes a new `Draft`. Fields that kinds share (`title`, `text`, `mentions`) exist once, so a
change of kind loses nothing, undo is a stack of drafts, and saving is writing the newest.
"""

from dataclasses import dataclass, replace
from typing import assert_never

from dingcomposer.core.dialect.browser_text import with_browser_links, without_browser_links
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
    Orientation,
    Text,
)


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything that the forms hold. Shown is what `kind` has; the rest waits unseen.

    `picture_url` of a link may be None: absent on the wire, where "" is an empty string there.
    `orientation`, `hide_avatar` and `mentions` may be None for the same reason. With
    `browser_links` the links to the web in a markdown text are sent in the form that opens in the
    browser; `text` has the plain ones.
    """

    kind: Kind = Kind.TEXT
    title: str = ""
    text: str = ""
    mentions: Mentions | None = None
    message_url: str = ""
    picture_url: str | None = ""
    jump: Button = Button()
    buttons: tuple[Button, ...] = (Button(), Button())
    orientation: Orientation | None = Orientation.VERTICAL
    hide_avatar: bool | None = None
    feed: tuple[FeedLink, ...] = (FeedLink(),)
    browser_links: bool = False

    @property
    def is_blank(self) -> bool:
        """True where nothing was written yet, in any form."""
        return replace(self, kind=Kind.TEXT, browser_links=False) == Draft()


def to_message(draft: Draft) -> Message:
    """The message that the draft's kind makes of it. Never fails; `core.checks` judges it."""
    match draft.kind:
        case Kind.TEXT:
            return Text(draft.text, draft.mentions)
        case Kind.LINK:
            return Link(draft.title, draft.text, draft.message_url, draft.picture_url)
        case Kind.MARKDOWN:
            return Markdown(draft.title, _sent_text(draft), draft.mentions)
        case Kind.WHOLE_JUMP | Kind.INDEPENDENT:
            return ActionCard(
                draft.title,
                _sent_text(draft),
                draft.jump if draft.kind is Kind.WHOLE_JUMP else draft.buttons,
                draft.orientation,
                draft.hide_avatar,
                draft.mentions,
            )
        case Kind.FEED_CARD:
            return FeedCard(draft.feed)
        case _:
            assert_never(draft.kind)


def from_message(message: Message, onto: Draft | None = None) -> Draft:
    """A draft whose `to_message` is `message` again; what other kinds hold is kept from `onto`."""
    draft = onto or Draft()
    match message:
        case Text(content, at):
            return replace(draft, kind=Kind.TEXT, text=content, mentions=at)
        case Link(title, text, message_url, picture_url):
            return replace(
                draft,
                kind=Kind.LINK,
                title=title,
                text=text,
                message_url=message_url,
                picture_url=picture_url,
            )
        case Markdown(title, text, at):
            draft = _with_text(draft, text)
            return replace(draft, kind=Kind.MARKDOWN, title=title, mentions=at)
        case ActionCard(title, text, action, orientation, hide_avatar, at):
            draft = replace(
                _with_text(draft, text),
                title=title,
                orientation=orientation,
                hide_avatar=hide_avatar,
                mentions=at,
            )
            if isinstance(action, Button):
                return replace(draft, kind=Kind.WHOLE_JUMP, jump=action)
            return replace(draft, kind=Kind.INDEPENDENT, buttons=action)
        case FeedCard(links):
            return replace(draft, kind=Kind.FEED_CARD, feed=links)
        case _:
            assert_never(message)


def _sent_text(draft: Draft) -> str:
    return with_browser_links(draft.text) if draft.browser_links else draft.text


def _with_text(draft: Draft, text: str) -> Draft:
    """The draft with a markdown text as it was sent."""
    plain = without_browser_links(text)
    return replace(draft, text=text if plain is None else plain, browser_links=plain is not None)
