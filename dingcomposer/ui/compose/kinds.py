"""Which fields each of the six kinds has, and in which words the form names them."""

import json
from dataclasses import replace
from typing import Any, NamedTuple

from PySide6.QtWidgets import QSizePolicy, QWidget

from dingcomposer import paths
from dingcomposer.core.draft import Draft, from_message
from dingcomposer.core.messages import Kind
from dingcomposer.ui.texts.messages import kind_name
from dingcomposer.ui.texts.translate import QT_TRANSLATE_NOOP, Phrase, translate
from dingcomposer.ui.widgets.segmented_bar import SegmentedBar

ROWS: dict[Kind, frozenset[str]] = {
    Kind.TEXT: frozenset({"text", "mentions"}),
    Kind.LINK: frozenset({"title", "text", "message_url", "picture_url"}),
    Kind.MARKDOWN: frozenset({"title", "toolbar", "text", "browser_links", "mentions"}),
    Kind.WHOLE_JUMP: frozenset(
        {"title", "toolbar", "text", "browser_links", "jump", "hide_avatar", "mentions"}
    ),
    Kind.INDEPENDENT: frozenset(
        {
            "title",
            "toolbar",
            "text",
            "browser_links",
            "buttons",
            "orientation",
            "hide_avatar",
            "mentions",
        }
    ),
    Kind.FEED_CARD: frozenset({"feed"}),
}
"""The rows of the form that a kind shows."""


_ADDRESS = ("", "https://")


class FieldWords(NamedTuple):
    """What a field of one line is called, and what it says while it is empty."""

    label: Phrase
    hint: Phrase | None = None


LINES = {
    "title": FieldWords(QT_TRANSLATE_NOOP("DraftForm", "Title")),
    "message_url": FieldWords(QT_TRANSLATE_NOOP("DraftForm", "Link address"), _ADDRESS),
    "picture_url": FieldWords(
        QT_TRANSLATE_NOOP("DraftForm", "Picture address (optional)"),
        QT_TRANSLATE_NOOP("DraftForm", "https://… that everyone can reach"),
    ),
    "jump.title": FieldWords(
        QT_TRANSLATE_NOOP("DraftForm", "Button label"), QT_TRANSLATE_NOOP("DraftForm", "Read more")
    ),
    "jump.url": FieldWords(QT_TRANSLATE_NOOP("DraftForm", "Button address"), _ADDRESS),
}
LINE_ROWS = {
    **{"message_url": ("message_url",), "picture_url": ("picture_url",)},
    "jump": ("jump.title", "jump.url"),
}
"""The rows of such fields below the text, with the paths of what they hold."""


class KindWords(NamedTuple):
    """What a kind is called, and what to say of it."""

    name: str
    explanation: str
    blank_hint: str


def kind_words(kind: Kind) -> KindWords:
    """The words of a kind, in the program's language."""
    match kind:
        case Kind.TEXT:
            return KindWords(
                kind_name(kind),
                translate("Kinds", "Plain text; can mention people"),
                translate("Kinds", "Write what the group should read."),
            )
        case Kind.LINK:
            return KindWords(
                kind_name(kind),
                translate("Kinds", "A title, a few words and a picture that open a page"),
                translate("Kinds", "Give the page a title, a few words and its address."),
            )
        case Kind.MARKDOWN:
            return KindWords(
                kind_name(kind),
                translate("Kinds", "Headings, lists, links and pictures; can mention people"),
                translate(
                    "Kinds", "The title shows in the conversation list, the text in the group."
                ),
            )
        case Kind.WHOLE_JUMP:
            return KindWords(
                kind_name(kind),
                translate("Kinds", "A card with one button; a click anywhere opens its link"),
                translate("Kinds", "Some text, and one button below it that says where it leads."),
            )
        case Kind.INDEPENDENT:
            return KindWords(
                kind_name(kind),
                translate("Kinds", "A card with several buttons, each with its own link"),
                translate("Kinds", "Some text, and a button for each thing readers can do."),
            )
        case Kind.FEED_CARD:
            return KindWords(
                kind_name(kind),
                translate("Kinds", "Several linked pictures, one below another"),
                translate("Kinds", "Each item has a title, a picture and a link."),
            )


def sample_of(kind: Kind) -> Draft:
    """What a message of this kind may look like: DingTalk's own example."""
    from dingcomposer.core.payload import from_payload  # not before it is asked for

    sample = json.loads(paths.resource(f"samples/{kind}.json").read_text(encoding="utf-8"))
    return from_message(from_payload(sample).message)


def title_hint(kind: Kind) -> str:
    """What the empty title field says."""
    if kind is Kind.LINK:
        return translate("Kinds", "What the link opens")
    return translate("Kinds", "Shown in the conversation list, not in the group")


def words_of(draft: Draft, path: str) -> str:
    """What a field of one line shows of a draft."""
    owner, name = (draft.jump, path[5:]) if path.startswith("jump.") else (draft, path)
    return getattr(owner, name) or ""


def with_words(draft: Draft, path: str, words: str) -> Draft:
    """The draft with other words in a field of the message itself."""
    if path.startswith("jump."):
        return replace(draft, jump=replace(draft.jump, **{path[5:]: words}))
    changed: dict[str, Any] = {path: words}
    return replace(draft, **changed)


def kinds_bar(parent: QWidget) -> SegmentedBar:
    """The choice of a kind."""
    bar = SegmentedBar(parent)
    bar.setObjectName("compose.kind")
    bar.setAccessibleName(translate("Kinds", "Kind of message"))
    for kind in Kind:
        words = kind_words(kind)
        bar.add(kind.value, words.name, words.explanation)
    return bar


def view_bar(parent: QWidget) -> SegmentedBar:
    """The choice between the form and the JSON."""
    bar = SegmentedBar(parent)
    bar.setObjectName("compose.view")
    bar.setAccessibleName(translate("Kinds", "View of the message"))
    bar.add("form", translate("Kinds", "Form"), translate("Kinds", "Write the message in fields"))
    tip = translate("Kinds", "Write the message as the JSON that is sent")
    bar.add("json", "JSON", tip)
    bar.choose("form")
    bar.set_compact()
    bar.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return bar
