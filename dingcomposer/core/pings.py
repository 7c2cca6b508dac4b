"""Who a message will ping, who it will not, and why.

Sources as in `core.mention_checks`: development/robot-message-type, read 2026-08-22: at most 50
people; the same @number must stand in the text; link and feed card cannot mention.
"""

from dataclasses import dataclass
from enum import StrEnum

from dingcomposer.core import limits
from dingcomposer.core.mention_checks import has_mention, unlisted_mobiles
from dingcomposer.core.messages import (
    ActionCard,
    FeedCard,
    Link,
    Markdown,
    Mentions,
    Message,
    Text,
    mentions_of,
)


class NotPinged(StrEnum):
    """Why somebody who is named is not pinged."""

    KIND_CANNOT = "kind_cannot"  # this kind of message mentions nobody
    NOT_IN_TEXT = "not_in_text"  # in the list, but without an @ in the text
    NOT_IN_LIST = "not_in_list"  # an @ in the text, but not in the list
    TOO_MANY = "too_many"  # after the fiftieth


@dataclass(frozen=True, slots=True)
class Pings:
    """`pinged` and `not_pinged` hold numbers and user ids as they are written."""

    is_all: bool
    pinged: tuple[str, ...]
    not_pinged: tuple[tuple[str, NotPinged], ...]


def pings(message: Message, listed: Mentions | None = None) -> Pings:
    """What is known before sending; whether somebody is a member of the group is not.

    `listed` are the people a draft holds, for a kind that takes none of them along.
    """
    if isinstance(message, Link | FeedCard):
        left_out = listed or Mentions()
        names = (*left_out.mobiles, *left_out.user_ids)
        return Pings(False, (), tuple((name, NotPinged.KIND_CANNOT) for name in names))
    mentions, text = mentions_of(message), _text_of(message)
    names = tuple(dict.fromkeys((*mentions.mobiles, *mentions.user_ids)))
    pinged: list[str] = []
    not_pinged: list[tuple[str, NotPinged]] = []
    for number, name in enumerate(names):
        if number >= limits.PEOPLE:
            not_pinged.append((name, NotPinged.TOO_MANY))
        elif has_mention(text, name):
            pinged.append(name)
        else:
            not_pinged.append((name, NotPinged.NOT_IN_TEXT))
    not_pinged += [(mobile, NotPinged.NOT_IN_LIST) for mobile in unlisted_mobiles(text, names)]
    if mentions.is_all:  # which holds for whoever is named beside it too
        return Pings(True, tuple(pinged), ())
    return Pings(False, tuple(pinged), tuple(not_pinged))


def _text_of(message: Text | Markdown | ActionCard) -> str:
    return message.content if isinstance(message, Text) else message.text
