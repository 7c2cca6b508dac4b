"""The kinds of message and the people in one, in words."""

import re
from collections.abc import Mapping
from typing import assert_never

from dingcomposer.core.checks.mentions import Notified, NotNotified
from dingcomposer.core.limits import PEOPLE
from dingcomposer.core.messages import (
    ActionCard,
    Button,
    FeedCard,
    Kind,
    Link,
    Markdown,
    Mentions,
    Message,
    Text,
    mentions_of,
)
from dingcomposer.core.records import lazy_pattern
from dingcomposer.ui.texts.translate import in_brackets, join_names, translate


def correction_label() -> str:
    """What stands in front of a correction."""
    return translate("RecoveryActions", "Correction: ")


def kind_name(kind: Kind) -> str:
    """The kind's name, in the program's language."""
    match kind:
        case Kind.TEXT:
            return translate("Kinds", "Text")
        case Kind.LINK:
            return translate("Kinds", "Link")
        case Kind.MARKDOWN:
            return translate("Kinds", "Markdown")
        case Kind.WHOLE_JUMP:
            return translate("Kinds", "Jump card")
        case Kind.INDEPENDENT:
            return translate("Kinds", "Button card")
        case Kind.FEED_CARD:
            return translate("Kinds", "Feed card")


def message_lines(message: Message) -> list[str]:
    """All that a message holds, as plain text, for whoever files it."""
    match message:
        case Text(content):
            lines = content.splitlines()
        case Link(title, text, url, picture):
            lines = [title, *text.splitlines(), url, *filter(None, (picture,))]
        case Markdown(title, text):
            lines = [title, "", *text.splitlines()]
        case ActionCard(title, text, Button() as button):
            lines = [title, "", *text.splitlines(), "", _button(button)]
        case ActionCard(title, text, buttons):
            assert isinstance(buttons, tuple)
            lines = [title, "", *text.splitlines(), "", *map(_button, buttons)]
        case FeedCard(links):
            lines = [f"{one.title}: {one.message_url}" for one in links]
        case _:
            assert_never(message)
    people = _people(mentions_of(message))
    return [*lines, "", people] if people else lines


def _button(button: Button) -> str:
    return f"[{button.title}] {button.url}"


def _people(mentions: Mentions | None) -> str:
    """Who is mentioned; "" where nobody is."""
    if not mentions:
        return ""
    everyone = (translate("Kinds", "everyone"),) if mentions.is_all else ()
    names = join_names((*everyone, *mentions.mobiles, *mentions.user_ids))
    return translate("Kinds", "Mentioned: {names}").format(names=names)


def no_title() -> str:
    """What stands where a card has no title (yet)."""
    return translate("Kinds", "(no title)")


def send_question() -> str:
    """The title over what is asked before a message goes."""
    return translate("Kinds", "Send this message?")


_SHOWN = 12
_MENTIONED = lazy_pattern(r"@([^\s@,，。；;：:!！?？]+)")


def not_pinged_sentences(pings: Notified, known: Mapping[str, str]) -> tuple[str, ...]:
    """Who will not be pinged though a person may think so: a sentence for each reason."""
    sentences = []
    for reason in NotNotified:
        names = tuple(name for name, why in pings.not_pinged if why is reason)
        if names:
            sentences.append(_words(reason).format(names=listed(names, known), limit=PEOPLE))
    if pings.perhaps:
        words = translate("Pings", "May not be pinged, since the text does not hold the @: {names}")
        sentences.insert(0, words.format(names=listed(pings.perhaps, known)))
    return tuple(sentences)


def listed(people: tuple[str, ...], known: Mapping[str, str]) -> str:
    """The people in a row, by name where it is known, the first ones of very many."""
    named = (in_brackets(known[one], one) if one in known else one for one in people[:_SHOWN])
    shown = join_names(named)
    return f"{shown} …" if len(people) > _SHOWN else shown


def with_names(words: str, known: Mapping[str, str]) -> str:
    """Words in which people are mentioned by number, with their names where these are known."""

    def name(found: re.Match[str]) -> str:
        return f"@{known[found[1]]}" if found[1] in known else found[0]

    return _MENTIONED.sub(name, words) if "@" in words else words


def _words(reason: NotNotified) -> str:
    match reason:
        case NotNotified.KIND_CANNOT:
            return translate(
                "Pings", "Not pinged, since this kind of message cannot mention anybody: {names}"
            )
        case NotNotified.NOT_IN_TEXT:
            return translate("Pings", "Not pinged, since the text does not hold the @: {names}")
        case NotNotified.NOT_IN_LIST:
            return translate(
                "Pings",
                "Not pinged, since it stands in the text only and not among the mentions: {names}",
            )
        case NotNotified.NAME_ONLY:
            return translate(
                "Pings", "Not pinged, since only the name stands behind the @: {names}"
            )
        case NotNotified.TOO_MANY:
            return translate(
                "Pings", "Not pinged, since a message can mention {limit} people at most: {names}"
            )
