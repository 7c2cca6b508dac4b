"""What differs between two messages: texts with their changed words, and settings, as values.

Pure, and in time that grows no faster than the messages: both may be long, and hold anything.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest
from typing import TypeVar

from dingcomposer.core import dialect
from dingcomposer.core.messages import (
    ActionCard,
    Button,
    FeedCard,
    FeedLink,
    Link,
    Markdown,
    Message,
    Orientation,
    Text,
    kind_of,
    mentions_of,
)
from dingcomposer.core.payload import to_payload
from dingcomposer.core.payload.word_diff import Ranges, changed_items, changed_spans


class ComparedSetting(StrEnum):
    """What is set in a message beside its words."""

    KIND = "kind"
    AT_ALL = "at_all"
    MENTION = "mention"
    LINK = "link"  # of a link's card
    PICTURE = "picture"
    TEXT_LINK = "text_link"  # in the text
    TEXT_PICTURE = "text_picture"
    BUTTON_NEW = "button_new"
    BUTTON_GONE = "button_gone"
    BUTTON_LINK = "button_link"
    ORIENTATION = "orientation"  # side by side where it is set
    AVATAR = "avatar"  # hidden where it is set
    ITEM_NEW = "item_new"
    ITEM_GONE = "item_gone"
    ITEM_LINK = "item_link"
    ITEM_PICTURE = "item_picture"
    UNSEEN = "unseen"  # the messages differ in what no reader sees


@dataclass(frozen=True, slots=True)
class SettingChange:
    """A setting as it was and as it is: "" where there was none, or is none any more.

    A kind is its name in `Kind`, what is on or off is "1" or "".
    `number` counts buttons and items from 1.
    """

    setting: ComparedSetting
    before: str = ""
    after: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class TextChange:
    """A text as it was and as it is, and which characters of each are not in the other.

    `field` is spelled as `core.checks` does, e.g. "text", "buttons.0.title".
    """

    field: str
    before: str
    after: str
    removed: Ranges
    added: Ranges


@dataclass(frozen=True, slots=True)
class Differences:
    """All that differs; nothing where the messages are equal.

    `parts_before` and `parts_after` are the parts of each card that the other has not so, e.g.
    "title", "buttons.1", "feed.0": whatever of such a part it is that changed.
    """

    texts: tuple[TextChange, ...] = ()
    settings: tuple[SettingChange, ...] = ()
    parts_before: frozenset[str] = frozenset()
    parts_after: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.texts or self.settings)


def compare(before: Message, after: Message) -> Differences:
    """What `after` has other than `before`."""
    texts: list[TextChange] = []
    settings: list[SettingChange] = []
    for found in _found(before, after):
        if isinstance(found, TextChange):
            texts.append(found)
        else:
            settings.append(found)
    if not texts and not settings and to_payload(before) != to_payload(after):
        settings.append(SettingChange(ComparedSetting.UNSEEN))
    return Differences(tuple(texts), tuple(settings), *_parts(before, after))


_One = TypeVar("_One", Button, FeedLink)
_Found = Iterator[TextChange | SettingChange]


def _found(before: Message, after: Message) -> _Found:
    yield from _setting(ComparedSetting.KIND, kind_of(before).value, kind_of(after).value)
    yield from _mentions(before, after)
    yield from _text("title", _title(before), _title(after))
    yield from _text("text", _words(before), _words(after))
    yield from _in_text(before, after)
    yield from _card(before, after)
    yield from _buttons(_buttons_of(before), _buttons_of(after))
    yield from _items(_items_of(before), _items_of(after))


def _setting(
    setting: ComparedSetting, before: str, after: str, number: int = 0
) -> Iterator[SettingChange]:
    if before != after:
        yield SettingChange(setting, before, after, number)


def _text(field: str, before: str, after: str) -> Iterator[TextChange]:
    if before != after:
        yield TextChange(field, before, after, *changed_spans(before, after))


def _mentions(before: Message, after: Message) -> Iterator[SettingChange]:
    old, new = mentions_of(before), mentions_of(after)
    yield from _setting(ComparedSetting.AT_ALL, _flag(old.is_all), _flag(new.is_all))
    old_people = dict.fromkeys((*old.mobiles, *old.user_ids))
    new_people = dict.fromkeys((*new.mobiles, *new.user_ids))
    for person in old_people:
        if person not in new_people:
            yield SettingChange(ComparedSetting.MENTION, before=person)
    for person in new_people:
        if person not in old_people:
            yield SettingChange(ComparedSetting.MENTION, after=person)


def _card(before: Message, after: Message) -> Iterator[SettingChange]:
    match before, after:
        case Link(), Link():
            yield from _setting(ComparedSetting.LINK, before.message_url, after.message_url)
            yield from _setting(
                ComparedSetting.PICTURE, before.picture_url or "", after.picture_url or ""
            )
        case ActionCard(), ActionCard():
            # One below the other is what stands where nothing is said.
            yield from _setting(
                ComparedSetting.ORIENTATION,
                _flag(before.orientation is Orientation.HORIZONTAL),
                _flag(after.orientation is Orientation.HORIZONTAL),
            )
            yield from _setting(
                ComparedSetting.AVATAR,
                _flag(before.hide_avatar is True),
                _flag(after.hide_avatar is True),
            )


def _in_text(before: Message, after: Message) -> Iterator[SettingChange]:
    """Where links and pictures in the texts lead, as many as are other ones."""
    for setting, tag, attribute in (
        (ComparedSetting.TEXT_LINK, "a", "href"),
        (ComparedSetting.TEXT_PICTURE, "img", "src"),
    ):
        old, new = _addresses(before, tag, attribute), _addresses(after, tag, attribute)
        for change in changed_items(old, new):
            gone, come = (
                old[change.old_start : change.old_end],
                new[change.new_start : change.new_end],
            )
            for was, now in zip_longest(gone, come, fillvalue=""):
                yield SettingChange(setting, was, now)


def _addresses(message: Message, tag: str, attribute: str) -> tuple[str, ...]:
    if not isinstance(message, Markdown | ActionCard):
        return ()
    return tuple(
        element.get(attribute, "")
        for block in dialect.to_blocks(message.text, for_pc=True)
        for element in block.element.iter(tag)
    )


def _buttons(before: Sequence[Button], after: Sequence[Button]) -> _Found:
    for number, old, new in _pairs(before, after):
        if old is None or new is None:
            yield from _came_or_went(
                ComparedSetting.BUTTON_NEW, ComparedSetting.BUTTON_GONE, old, new, number
            )
            continue
        yield from _text(f"buttons.{number - 1}.title", old.title, new.title)
        yield from _setting(ComparedSetting.BUTTON_LINK, old.url, new.url, number)


def _items(before: Sequence[FeedLink], after: Sequence[FeedLink]) -> _Found:
    for number, old, new in _pairs(before, after):
        if old is None or new is None:
            yield from _came_or_went(
                ComparedSetting.ITEM_NEW, ComparedSetting.ITEM_GONE, old, new, number
            )
            continue
        yield from _text(f"feed.{number - 1}.title", old.title, new.title)
        yield from _setting(ComparedSetting.ITEM_LINK, old.message_url, new.message_url, number)
        yield from _setting(ComparedSetting.ITEM_PICTURE, old.picture_url, new.picture_url, number)


def _came_or_went(
    came: ComparedSetting,
    went: ComparedSetting,
    old: Button | FeedLink | None,
    new: Button | FeedLink | None,
    number: int,
) -> Iterator[SettingChange]:
    if new is not None:
        yield SettingChange(came, after=new.title, number=number)
    elif old is not None:
        yield SettingChange(went, before=old.title, number=number)


def _pairs(
    before: Sequence[_One], after: Sequence[_One]
) -> Iterator[tuple[int, _One | None, _One | None]]:
    """Those that changed, each beside what stands in its place, with its number."""
    for change in changed_items(before, after):
        gone = before[change.old_start : change.old_end]
        come = after[change.new_start : change.new_end]
        for at, (old, new) in enumerate(zip_longest(gone, come)):
            start = change.old_start if new is None else change.new_start
            yield start + at + 1, old, new


def _parts(before: Message, after: Message) -> tuple[frozenset[str], frozenset[str]]:
    old: set[str] = set()
    new: set[str] = set()
    if isinstance(before, Link) and isinstance(after, Link):
        for name in ("title", "text", "picture_url"):
            if getattr(before, name) != getattr(after, name):
                old.add(name)
                new.add(name)
    for name, olds, news in (
        ("buttons", _buttons_of(before), _buttons_of(after)),
        ("feed", _items_of(before), _items_of(after)),
    ):
        for change in changed_items(olds, news):
            old.update(f"{name}.{at}" for at in range(change.old_start, change.old_end))
            new.update(f"{name}.{at}" for at in range(change.new_start, change.new_end))
    return frozenset(old), frozenset(new)


def _title(message: Message) -> str:
    return message.title if isinstance(message, Link | Markdown | ActionCard) else ""


def _words(message: Message) -> str:
    match message:
        case Text(content=words) | Link(text=words):
            return words
        case Markdown(text=words) | ActionCard(text=words):
            return words
    return ""


def _buttons_of(message: Message) -> tuple[Button, ...]:
    if not isinstance(message, ActionCard):
        return ()
    return (message.action,) if isinstance(message.action, Button) else message.action


def _items_of(message: Message) -> tuple[FeedLink, ...]:
    return message.links if isinstance(message, FeedCard) else ()


def _flag(is_on: bool) -> str:
    return "1" if is_on else ""
