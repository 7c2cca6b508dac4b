"""Whether a message holds one of its robot's keywords, and where. Never raises.

A message must hold at least one [O]; without, the answer is "keywords not in content" [M]. Which
fields are searched is not documented: title counts for cards and links, content for text [C];
whether markdown's title counts, and whether case does, is not known [?]. So the rule is one for all
kinds: in no field at all blocks; in another letter case, in an address, on a button, or in the
title alone beside a text that could hold it, warns. A feed card has no words but its titles.
"""

import re
from collections.abc import Iterable

from dingcomposer.core.checks.problems import Problem, ProblemCode, problem
from dingcomposer.core.messages import (
    ActionCard,
    Button,
    FeedCard,
    Link,
    Markdown,
    Message,
    Text,
)
from dingcomposer.core.records import dataclass, lazy_pattern

# Where a link in markdown leads, and an address written out.
_URL = lazy_pattern(r"\]\([^)\s]*+|https?://[!-;=?-~]*+")


@dataclass(frozen=True, slots=True)
class _Places:
    """The words of a message by where they stand; `field` is where a keyword is best put in."""

    field: str
    words: tuple[str, ...]
    title_alone: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()


def check_keywords(message: Message, keywords: Iterable[str]) -> list[Problem]:
    """At most one problem: the mildest that any of the keywords leaves."""
    wanted = [keyword.strip() for keyword in keywords if keyword.strip()]
    if not wanted:
        return []
    places = _places(message)
    if _first(wanted, places.words):
        return []
    loose = (*places.words, *places.title_alone)
    ways = (
        (ProblemCode.KEYWORD_IN_TITLE, _first(wanted, places.title_alone)),
        (ProblemCode.KEYWORD_CASE, _first(wanted, loose, fold=True)),
        (ProblemCode.KEYWORD_IN_BUTTON, _first(wanted, places.buttons, fold=True)),
        (ProblemCode.KEYWORD_IN_URL, _first(wanted, places.urls, fold=True)),
    )
    for code, keyword in ways:
        if keyword:
            return [problem(code, places.field, keyword=keyword)]
    code, count = ProblemCode.NO_KEYWORD, len(wanted)
    return [problem(code, places.field, keyword=wanted[0], count=count)]


def respelled(text: str, keyword: str) -> str:
    """The text with the keyword as it is set, once, where it stands in another letter case."""
    urls = [match.span() for match in _URL.finditer(text)]
    for match in re.finditer(re.escape(keyword), text, re.IGNORECASE):
        if not any(start < match.end() and match.start() < end for start, end in urls):
            return text[: match.start()] + keyword + text[match.end() :]
    return text


def _first(wanted: list[str], texts: Iterable[str], *, fold: bool = False) -> str:
    haystack = "\n".join(texts)
    if fold:
        haystack = haystack.casefold()
    return next((k for k in wanted if (k.casefold() if fold else k) in haystack), "")


def _places(message: Message) -> _Places:
    match message:
        case Text(content):
            return _Places("text", (_without_urls(content),), urls=(content,))
        case Link(title, text, message_url, picture_url):
            urls = (text, message_url, picture_url or "")
            return _Places("text", (_without_urls(text),), title_alone=(title,), urls=urls)
        case Markdown(title, text):
            return _Places("text", (_without_urls(text),), title_alone=(title,), urls=(text,))
        case ActionCard(title, text, action):
            buttons = (action,) if isinstance(action, Button) else action
            return _Places(
                "text",
                (_without_urls(text),),
                title_alone=(title,),
                buttons=tuple(button.title for button in buttons),
                urls=(text, *(button.url for button in buttons)),
            )
        case FeedCard(links):
            return _Places(
                "feed.0.title" if links else "feed",
                tuple(item.title for item in links),
                urls=tuple(u for item in links for u in (item.message_url, item.picture_url)),
            )


def _without_urls(text: str) -> str:
    return _URL.sub("\n", text)
