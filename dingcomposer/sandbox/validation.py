"""Which required field of a message is missing, and whether its absence is known to be refused.

Letter case counts: a key in the wrong case is no key at all. This knowledge is the sandbox's own,
apart from `core.payload`, so that a slip there does not pass here.

DingTalk's page calls more fields required than its server was ever seen to ask for. What no server
was quoted to refuse is taken, and told as not known: `find_unproven`.

Source: open.dingtalk.com/document/development/robot-message-type, read 2026-08-22.
"""

from collections.abc import Iterator, Mapping

from dingcomposer.core.answers import Fact
from dingcomposer.sandbox.replies import NO_MESSAGE_TYPE, WRONG_MESSAGE_TYPE, missing

# The absence of these was refused in an answer that somebody quoted (core.answers.FACTS).
REQUIRED: dict[str, tuple[str, ...]] = {
    "text": ("content",),
    "link": ("title", "text", "messageUrl"),
    "markdown": ("title", "text"),
    "actionCard": ("text",),
    "feedCard": ("links",),
}
"""The message types, and what is refused without."""

BUTTON = ("title", "actionURL")
"""A button of an independent card."""

FEED_ITEM = ("title", "messageURL", "picURL")
"""An item of a feed card."""

# Of these the answer's number was never quoted; but there would be nothing to post.
_INFERRED = ("link", "actionCard", "feedCard")


def find_missing(payload: Mapping[str, object]) -> Fact | None:
    """What DingTalk says of the first missing field; None where it is not known to say anything.

    An empty required string counts as missing, and so does one that is not a string [inferred].
    """
    msgtype = payload.get("msgtype")
    if msgtype is None:
        return NO_MESSAGE_TYPE
    if not isinstance(msgtype, str) or msgtype not in REQUIRED:
        return WRONG_MESSAGE_TYPE
    content = payload.get(msgtype)
    if not isinstance(content, dict):
        return missing(msgtype)
    for key in REQUIRED[msgtype]:
        if not is_given(content, key):
            return missing(f"{msgtype}->{key}")
    return None


def find_unproven(payload: Mapping[str, object]) -> tuple[str, ...]:
    """The documented fields that are missing, and that no server was quoted to ask for.

    Each as a path, "actionCard->title"; "actionCard->btns" is a card without any button. Public
    programs send such cards and note errcode 0 [one person's claim each].
    """
    content = payload.get(str(payload.get("msgtype")))
    if not isinstance(content, dict):
        return ()
    match payload.get("msgtype"):
        case "actionCard":
            return tuple(dict.fromkeys(_unproven_in_card(content)))
        case "feedCard":
            return tuple(dict.fromkeys(_unproven_in(content, "links", FEED_ITEM, "feedCard")))
    return ()


def is_given(content: dict[str, object], key: str) -> bool:
    """Whether a field is there in its type: a string with something in it, or a list of objects."""
    if key in ("links", "btns"):
        return _are_items(content.get(key))
    value = content.get(key)
    return isinstance(value, str) and value != ""


def is_inferred(msgtype: str) -> bool:
    """Whether the number that is answered where this type's object is missing was never quoted."""
    return msgtype in _INFERRED


def searched_for_keywords(payload: Mapping[str, object]) -> str:
    """The words in which a keyword counts: titles and texts, not links, buttons or pictures.

    Which fields DingTalk searches is not documented. That titles count for cards and links, and the
    content for text, is one person's report; the sandbox claims no more than that.
    """
    content = payload.get(str(payload.get("msgtype")))
    if not isinstance(content, dict):
        return ""
    words = [content.get(key) for key in ("title", "text", "content")]
    links = content.get("links")
    if isinstance(links, list):
        words += [link.get("title") for link in links if isinstance(link, dict)]
    return "\n".join(word for word in words if isinstance(word, str))


def _unproven_in_card(card: dict[str, object]) -> Iterator[str]:
    if not is_given(card, "title"):
        yield "actionCard->title"
    lacking = [key for key in ("singleTitle", "singleURL") if not is_given(card, key)]
    if not lacking:
        return  # btns are ineffective then
    if card.get("btns"):
        yield from _unproven_in(card, "btns", BUTTON, "actionCard")
    elif len(lacking) == 1:
        yield f"actionCard->{lacking[0]}"
    else:
        yield "actionCard->btns"


def _unproven_in(
    content: dict[str, object], name: str, keys: tuple[str, ...], msgtype: str
) -> Iterator[str]:
    items = content.get(name)
    if not is_given(content, name):
        yield f"{msgtype}->{name}"
    for item in items if isinstance(items, list) else ():
        for key in keys:
            if not isinstance(item, dict) or not is_given(item, key):
                yield f"{msgtype}->{name}->{key}"


def _are_items(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)
