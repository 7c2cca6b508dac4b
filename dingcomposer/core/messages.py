"""What can be said to a group robot: the five message types as frozen values.

A value says exactly what would stand on the wire. Where a field is optional there, `None` means
"absent" and differs from "empty": what was absent stays absent (`core.payload` holds the spelling).

Source: open.dingtalk.com/document/development/robot-message-type, read 2026-08-22.
"""

from enum import StrEnum
from typing import Final, assert_never

from dingcomposer.core.records import dataclass, lazy_pattern


class Kind(StrEnum):
    """The six forms a person can choose from; an action card comes in two of them."""

    TEXT = "text"
    LINK = "link"
    MARKDOWN = "markdown"
    WHOLE_JUMP = "whole_jump"
    INDEPENDENT = "independent"
    FEED_CARD = "feed_card"


class Orientation(StrEnum):
    """How an action card lays out its buttons; the value is what stands on the wire."""

    VERTICAL = "0"
    HORIZONTAL = "1"


@dataclass(frozen=True, slots=True)
class Mentions:
    """Who is notified. `mobiles` are as on the wire, e.g. "13800000000", "+852-12345678"."""

    mobiles: tuple[str, ...] = ()
    user_ids: tuple[str, ...] = ()
    is_all: bool = False

    @property
    def people(self) -> int:
        """How many single people are named (@everyone not counted)."""
        return len(self.mobiles) + len(self.user_ids)

    def __bool__(self) -> bool:
        return self.is_all or self.people > 0


@dataclass(frozen=True, slots=True)
class Button:
    """A label and where a click on it leads."""

    title: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class FeedLink:
    """One item of a feed card."""

    title: str = ""
    message_url: str = ""
    picture_url: str = ""


@dataclass(frozen=True, slots=True)
class Extra:
    """A key that is none of DingTalk's, sent with the message: its path and its value as JSON.

    The path is as on the wire, e.g. ("markdown", "lang") or ("actionCard", "btns", "0", "id").
    """

    path: tuple[str, ...]
    value: str

    @property
    def name(self) -> str:
        """The path as people read it, e.g. "markdown.lang"."""
        return ".".join(self.path)


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text; a newline breaks the line."""

    content: str
    at: Mentions | None = None
    extras: tuple[Extra, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A card with a title, a few words and a thumbnail. It cannot mention anybody."""

    title: str
    text: str
    message_url: str
    picture_url: str | None = None
    extras: tuple[Extra, ...] = ()


@dataclass(frozen=True, slots=True)
class Markdown:
    """A bubble in DingTalk's markdown; the title stands in the conversation list only."""

    title: str
    text: str
    at: Mentions | None = None
    extras: tuple[Extra, ...] = ()


@dataclass(frozen=True, slots=True)
class ActionCard:
    """A card in markdown with something to click.

    `action` is one `Button` for the whole-jump form (整体跳转), a tuple of them, which may be
    empty, for the independent one (独立跳转).
    """

    title: str
    text: str
    action: Button | tuple[Button, ...]
    orientation: Orientation | None = None
    hide_avatar: bool | None = None
    at: Mentions | None = None
    extras: tuple[Extra, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedCard:
    """A column of linked pictures. It cannot mention anybody."""

    links: tuple[FeedLink, ...]
    extras: tuple[Extra, ...] = ()


Message = Text | Link | Markdown | ActionCard | FeedCard


def kind_of(message: Message) -> Kind:
    """The form that a message belongs to."""
    match message:
        case Text():
            return Kind.TEXT
        case Link():
            return Kind.LINK
        case Markdown():
            return Kind.MARKDOWN
        case ActionCard(action=Button()):
            return Kind.WHOLE_JUMP
        case ActionCard():
            return Kind.INDEPENDENT
        case FeedCard():
            return Kind.FEED_CARD
        case _:
            assert_never(message)


def mentions_of(message: Message) -> Mentions:
    """Who a message names; nobody where its kind cannot mention."""
    match message:
        case Text(at=at) | Markdown(at=at) | ActionCard(at=at):
            return at or Mentions()
        case Link() | FeedCard():
            return Mentions()
        case _:
            assert_never(message)


GROUP_NAME: Final = lazy_pattern(r"(?<!\\)\{\{[ \t]*(?:group_name|群名)[ \t]*\}\}")
"""Where each group reads its own name: it is put in as the message goes out."""

KEPT_FIELD: Final = lazy_pattern(r"\\(?=\{\{[^{}\n]{1,60}\}\})")
"""The backslash before what reads like a field and is to be sent as it stands, without it."""


def names_group(message: Message) -> bool:
    """Whether a message asks for the name of the group that it goes to."""
    return any("{{" in one and GROUP_NAME.search(one) for one in _texts(message))


def keeps_fields(message: Message) -> bool:
    """Whether something in a message reads like a field, and is to be sent as it stands."""
    return any("\\{{" in one and KEPT_FIELD.search(one) for one in _texts(message))


def _texts(message: Message) -> tuple[str, ...]:
    match message:
        case Text(content):
            return (content,)
        case Link(title, text, message_url, picture_url):
            return (title, text, message_url, picture_url or "")
        case Markdown(title, text):
            return (title, text)
        case ActionCard(title, text, action):
            buttons = (action,) if isinstance(action, Button) else action
            return (title, text, *(part for one in buttons for part in (one.title, one.url)))
        case FeedCard(links):
            return tuple(
                part for one in links for part in (one.title, one.message_url, one.picture_url)
            )
        case _:
            assert_never(message)


def headline_of(message: Message) -> str:
    """What stands for the message in a list, on one line.

    The title for markdown and action cards [official], the content for text [seen]; for link and
    feed card it is not known, and the title and the first item's title are taken.
    """
    match message:
        case Text(content=words):
            pass
        case Link(title=words) | Markdown(title=words) | ActionCard(title=words):
            pass
        case FeedCard(links=links):
            words = links[0].title if links else ""
        case _:
            assert_never(message)
    return " ".join(words.split())
