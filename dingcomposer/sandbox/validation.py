"""Which required field of a message is missing.

Letter case counts: a key in the wrong case is no key at all. This knowledge is the sandbox's own,
apart from `core.payload`, so that a slip there does not pass here.

Source: open.dingtalk.com/document/development/robot-message-type, read 2026-08-22.
"""

from collections.abc import Mapping

from dingcomposer.core.answers import Fact
from dingcomposer.sandbox.replies import WRONG_MESSAGE_TYPE, missing

_REQUIRED = {
    "text": ("content",),
    "link": ("title", "text", "messageUrl"),
    "markdown": ("title", "text"),
    "actionCard": ("title", "text"),
    "feedCard": (),
}
_BUTTON = ("title", "actionURL")
_FEED_ITEM = ("title", "messageURL", "picURL")


def find_missing(payload: Mapping[str, object]) -> Fact | None:
    """What DingTalk says of the first missing field; None where the message is complete.

    An empty required string counts as missing, and so does one that is not a string [inferred].
    """
    msgtype = payload.get("msgtype")
    if not isinstance(msgtype, str) or msgtype not in _REQUIRED:
        return WRONG_MESSAGE_TYPE
    content = payload.get(msgtype)
    if not isinstance(content, dict):
        return missing(msgtype)
    for key in _REQUIRED[msgtype]:
        if not _is_given(content, key):
            return missing(f"{msgtype}->{key}")
    if msgtype == "actionCard":
        return _missing_in_card(content)
    if msgtype == "feedCard":
        return _missing_in_items(content.get("links"), "feedCard->links", _FEED_ITEM)
    return None


def _missing_in_card(card: dict[str, object]) -> Fact | None:
    """Both of `singleTitle` and `singleURL` make `btns` ineffective; otherwise `btns` must do."""
    given = [key for key in ("singleTitle", "singleURL") if _is_given(card, key)]
    if len(given) == 2:
        return None
    if given and not card.get("btns"):
        return missing(
            "actionCard->singleURL" if given == ["singleTitle"] else "actionCard->singleTitle"
        )
    return _missing_in_items(card.get("btns"), "actionCard->btns", _BUTTON)


def _missing_in_items(items: object, path: str, keys: tuple[str, ...]) -> Fact | None:
    if not isinstance(items, list) or not items:
        return missing(path)
    for item in items:
        if not isinstance(item, dict):
            return missing(path)
        for key in keys:
            if not _is_given(item, key):
                return missing(f"{path}->{key}")
    return None


def _is_given(mapping: dict[str, object], key: str) -> bool:
    value = mapping.get(key)
    return isinstance(value, str) and value != ""


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
