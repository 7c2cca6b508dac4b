"""All that is being written, of all six kinds at once: one frozen value behind the forms.

An edit makes a new `Draft`. Fields that kinds share (`title`, `text`, `mentions`) exist once, so a
change of kind loses nothing, undo is a stack of drafts, and saving is writing the newest.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, assert_never

from dingcomposer.core.browser_links import from_browser_link, to_browser_link
from dingcomposer.core.dialect import lint_report
from dingcomposer.core.messages import (
    ActionCard,
    Button,
    Extra,
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
from dingcomposer.core.records import dataclass, lazy_pattern

_HEADLINE: Final = 120
# Signs of a heading, a quote or a list, where a line of markdown begins.
_SIGNS: Final = lazy_pattern(r"\A(?:(?:#{1,6}|>|[-*+]|[0-9]{1,9}[.)])[ \t]+)+")
_LONG: Final = lazy_pattern(r"(?<=\]\()dingtalk://[^()\s<>\\]+(?=\))")


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything that the forms hold. Shown is what `kind` has; the rest waits unseen.

    `picture_url` of a link may be None: absent on the wire, where "" is an empty string there.
    `orientation`, `hide_avatar` and `mentions` may be None for the same reason. With
    `browser_links` the links to the web in a markdown text are sent in the form that opens in the
    browser; `text` has the plain ones. `extras` are keys that are none of DingTalk's: kept, and
    sent where `sends_extras` says so. `json_text` is JSON that is no message yet while it is typed,
    None where there is none; all else is as it was when it last was one. `typed_person` is what
    stands in the field for people and is nobody yet.
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
    extras: tuple[Extra, ...] = ()
    sends_extras: bool = False
    json_text: str | None = None
    typed_person: str = ""

    @property
    def is_blank(self) -> bool:
        """True where nothing was written yet, in any form."""
        if self.text or self.title:  # as at most keys
            return False
        return replace(self, kind=Kind.TEXT, browser_links=False) == Draft()


@dataclass(frozen=True, slots=True)
class Caret:
    """Where the keyboard is in the form: the path of a field, and what is selected there.

    Places count in UTF-16 units, as Qt does.
    """

    path: str = ""
    anchor: int = 0
    position: int = 0


def headline_of_draft(draft: Draft) -> str:
    """What stands for a draft in a list: its title, or where its words begin; "" without any."""
    if draft.kind is Kind.FEED_CARD:
        words = next((one.title for one in draft.feed if one.title.strip()), "")
    elif draft.kind is not Kind.TEXT and draft.title.strip():
        words = draft.title
    else:
        is_plain = draft.kind in (Kind.TEXT, Kind.LINK)
        words = draft.text if is_plain else _SIGNS.sub("", draft.text.lstrip()[:_HEADLINE])
    return " ".join(words.lstrip()[:_HEADLINE].split())


def to_message(draft: Draft) -> Message:
    """The message that the draft's kind makes of it. Never fails; `core.checks` checks it."""
    message = _of_kind(draft)
    return replace(message, extras=draft.extras) if draft.sends_extras else message


def _of_kind(draft: Draft) -> Message:
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
    draft = replace(
        onto or Draft(), extras=message.extras, sends_extras=bool(message.extras), json_text=None
    )
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


def with_texts(draft: Draft, texts: Mapping[str, str]) -> Draft:
    """The draft with other words in these fields, spelled as `core.checks` spells their paths."""
    for path, words in texts.items():
        name, *parts = path.split(".")
        changed: Any = words
        if len(parts) == 1:
            changed = replace(getattr(draft, name), **{parts[0]: words})
        elif parts:
            items = [*getattr(draft, name)]
            number = int(parts[0])
            items[number] = replace(items[number], **{parts[1]: words})
            changed = tuple(items)
        named: dict[str, Any] = {name: changed}
        draft = replace(draft, **named)
    return draft


def with_browser_links(text: str) -> str:
    """The text with every link to the web opening in the browser, not in the side panel."""
    if "](" not in text:
        return text
    # With the first link: a start has none to read.
    from dingcomposer.core.dialect.escapes import unescape
    from dingcomposer.core.dialect.source import tidied

    lines = text.split("\n") if "\r" not in text else tidied(text)
    for span in reversed(lint_report(text).web_links):
        line = lines[span.line]
        made = to_browser_link(unescape(line[span.start : span.end]))
        lines[span.line] = line[: span.start] + made + line[span.end :]
    if "\r" in text and "\n".join(lines) == "\n".join(tidied(text)):
        return text
    return "\n".join(lines)


def without_browser_links(text: str) -> str | None:
    """The text that `with_browser_links` makes this one of; None where there is none."""
    plain = _LONG.sub(lambda found: from_browser_link(found[0]) or found[0], text)
    return plain if plain != text and with_browser_links(plain) == text else None


def _sent_text(draft: Draft) -> str:
    return with_browser_links(draft.text) if draft.browser_links else draft.text


def _with_text(draft: Draft, text: str) -> Draft:
    """The draft with a markdown text as it was sent."""
    plain = without_browser_links(text)
    return replace(draft, text=text if plain is None else plain, browser_links=plain is not None)
