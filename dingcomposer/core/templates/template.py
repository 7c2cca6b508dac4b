"""A template: a message with fields `{{name}}` in its texts, and what is known of each field."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from enum import StrEnum
from typing import Final

from dingcomposer.core.draft import Draft
from dingcomposer.core.messages import Button, FeedLink, Kind
from dingcomposer.core.records import dataclass

PLACEHOLDER: Final = re.compile(r"(?<!\\)\{\{[ \t]*([^{}\n]{1,60}?)[ \t]*\}\}")
"""A field where it stands in a text; the group is its name. Behind a backslash it is none."""

MARKDOWN_KINDS: Final = (Kind.MARKDOWN, Kind.WHOLE_JUMP, Kind.INDEPENDENT)
MENTIONING_KINDS: Final = (Kind.TEXT, *MARKDOWN_KINDS)


class FieldKind(StrEnum):
    """What a field takes, and so how it is asked for.

    A date is given as 2026-12-01, a time as 14:30; people by mobile number or user id, with spaces
    between; a keyword is one that the robot asks for.
    """

    TEXT = "text"
    CHOICE = "choice"
    DATE = "date"
    TIME = "time"
    NUMBER = "number"
    PERSON = "person"
    KEYWORD = "keyword"


class BuiltIn(StrEnum):
    """What the program fills in by itself."""

    TODAY = "today"
    TOMORROW = "tomorrow"
    WEEKDAY = "weekday"
    WEEK_NUMBER = "week_number"
    NOW = "now"
    MY_NAME = "my_name"
    GROUP_NAME = "group_name"
    NEXT_WORKING_DAY = "next_working_day"


_CHINESE_NAMES: Final = {
    "今天": BuiltIn.TODAY,
    "明天": BuiltIn.TOMORROW,
    "星期": BuiltIn.WEEKDAY,
    "周数": BuiltIn.WEEK_NUMBER,
    "现在": BuiltIn.NOW,
    "我的名字": BuiltIn.MY_NAME,
    "群名": BuiltIn.GROUP_NAME,
    "下一个工作日": BuiltIn.NEXT_WORKING_DAY,
}


@dataclass(frozen=True, slots=True)
class TemplateField:
    """What is known of a field.

    `default` is a value, or for a date the name of a built-in one ("tomorrow"). With `is_markdown`
    its signs are not escaped, and it may have several lines. Where an optional one is left empty,
    the line in which it stands is left out.
    """

    name: str
    kind: FieldKind = FieldKind.TEXT
    default: str = ""
    hint: str = ""
    choices: tuple[str, ...] = ()
    is_markdown: bool = False
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """A message to be filled in. `draft` holds it, with nobody to send it to.

    `language` ("zh_CN", "en") is that of its dates; `about` says in a line what it is for.
    """

    name: str
    draft: Draft
    fields: tuple[TemplateField, ...] = ()
    folder: str = ""
    about: str = ""
    language: str = "zh_CN"

    @property
    def asked(self) -> tuple[TemplateField, ...]:
        """The fields that stand in it and are to be given, in the order in which they do."""
        known = {one.name: one for one in self.fields}
        names = names_in(self.draft)
        return tuple(
            known.get(name, TemplateField(name))
            for name in names
            if name in known or built_in_called(name) is None
        )

    @property
    def built_in(self) -> tuple[BuiltIn, ...]:
        """What the program fills in, each once."""
        declared = {one.name for one in self.fields}
        names = (name for name in names_in(self.draft) if name not in declared)
        found = (built_in_called(name) for name in names)
        defaults = (built_in_called(one.default) for one in self.asked)
        return tuple(dict.fromkeys(one for one in (*found, *defaults) if one is not None))


def built_in_called(name: str) -> BuiltIn | None:
    """The built-in value of a name, in English or Chinese; None where there is none."""
    name = name.removeprefix("{{").removesuffix("}}").strip()
    if name in _CHINESE_NAMES:
        return _CHINESE_NAMES[name]
    return BuiltIn(name) if name in set(BuiltIn) else None


def names_in(draft: Draft) -> tuple[str, ...]:
    """The names of all fields in what the draft's kind shows, each once, from the top."""
    found = (match[1] for _, text in texts_of(draft) for match in PLACEHOLDER.finditer(text))
    return tuple(dict.fromkeys(found))


def texts_of(draft: Draft) -> Iterator[tuple[str, str]]:
    """Every text that the draft's kind shows, with its path in the forms."""
    kind = draft.kind
    if kind is Kind.FEED_CARD:
        for number, item in enumerate(draft.feed):
            yield f"feed.{number}.title", item.title
            yield f"feed.{number}.message_url", item.message_url
            yield f"feed.{number}.picture_url", item.picture_url
        return
    if kind is not Kind.TEXT:
        yield "title", draft.title
    yield "text", draft.text
    if kind is Kind.LINK:
        yield "message_url", draft.message_url
        yield "picture_url", draft.picture_url or ""
    elif kind is Kind.WHOLE_JUMP:
        yield from (("jump.title", draft.jump.title), ("jump.url", draft.jump.url))
    elif kind is Kind.INDEPENDENT:
        for number, button in enumerate(draft.buttons):
            yield f"buttons.{number}.title", button.title
            yield f"buttons.{number}.url", button.url


def with_texts(draft: Draft, change: Callable[[str, str], str]) -> Draft:
    """The draft with each text that `texts_of` gives changed; `change` gets path and text."""
    made = {path: change(path, text) for path, text in texts_of(draft)}

    def of(path: str, text: str) -> str:
        return made.get(path, text)

    def button(path: str, one: Button) -> Button:
        return Button(of(f"{path}.title", one.title), of(f"{path}.url", one.url))

    return replace(
        draft,
        title=of("title", draft.title),
        text=of("text", draft.text),
        message_url=of("message_url", draft.message_url),
        picture_url=None if draft.picture_url is None else of("picture_url", draft.picture_url),
        jump=button("jump", draft.jump),
        buttons=tuple(button(f"buttons.{n}", one) for n, one in enumerate(draft.buttons)),
        feed=tuple(
            FeedLink(
                of(f"feed.{number}.title", one.title),
                of(f"feed.{number}.message_url", one.message_url),
                of(f"feed.{number}.picture_url", one.picture_url),
            )
            for number, one in enumerate(draft.feed)
        ),
    )
