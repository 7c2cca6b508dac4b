"""Plain words set right: HTML taken out, another kind for markdown, a title, days and weekdays.

Pure; never raises.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Final

from dingcomposer.core import limits
from dingcomposer.core.checks.dates import moved_by, with_date, with_right_weekdays
from dingcomposer.core.checks.leftovers import ESCAPE, HTML
from dingcomposer.core.dialect.line_breaks import in_markdown
from dingcomposer.core.draft import Draft
from dingcomposer.core.messages import GROUP_NAME, Kind
from dingcomposer.core.plain_text import lines_of

_ROUNDS: Final = 8
_ESCAPES: Final = {"\\n": "\n", "\\r": "\n", "\\t": " "}
_AMPERSANDS: Final = re.compile(r"&(?:amp;)+", re.IGNORECASE)
_ENTITY: Final = re.compile(r"&(?:nbsp|lt|gt|quot|#[0-9]{2,5});", re.IGNORECASE)
_LINK: Final = re.compile(
    r"""<a\s[^<>]{0,200}?href\s*=\s*["']?([^"'\s<>]{1,500})[^<>]{0,200}>([^<>]{0,500})</a>""",
    re.IGNORECASE,
)
_LINE_ENDS: Final = re.compile(r"<br\s*/?>|</(?:p|div|li|h[1-6]|tr|pre)>", re.IGNORECASE)
_ITEM: Final = re.compile(r"<li(?:\s[^<>\n]{0,200})?>", re.IGNORECASE)
_BLOCK_MARKS: Final = re.compile(
    r"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]*|[-*+][ \t]+|[0-9]{1,9}[.)][ \t]+)+"
)
_NAMED_LINK: Final = re.compile(r"!?\[([^\[\]\n]{0,200})\]\([^()\n]{0,500}\)")
_SIGNS: Final = re.compile(r"[*_`~]+|<[^<>\n]{1,200}>")
_BLANK_LINES: Final = re.compile(r"\n{3,}")


def without_html(text: str) -> str:
    """The text without tags and entities of HTML, its lines ended where theirs were."""
    for _ in range(_ROUNDS):
        if not HTML.search(text):
            break
        text = _LINK.sub(_worded_link, text)
        text = _ITEM.sub("- ", _LINE_ENDS.sub("\n", text))
        text = HTML.sub(lambda found: found[0] if found[0].startswith("&") else "", text)
        text = _AMPERSANDS.sub("&", text)
        text = _ENTITY.sub(lambda found: unescape(found[0].lower()).replace("\xa0", " "), text)
        text = _BLANK_LINES.sub("\n\n", text)
    return text.strip("\n")


def _worded_link(found: re.Match[str]) -> str:
    address, words = unescape(found[1]), found[2].strip()
    return address if words in ("", address) else f"{words} {address}"


def as_markdown(draft: Draft) -> Draft:
    """A text message as a markdown one, which draws its signs; its lines stay apart."""
    made = replace(draft, kind=Kind.MARKDOWN, browser_links=False)
    made = replace(made, text=in_markdown(draft.text))
    return made if made.title.strip() else replace(made, title=headline(draft.text))


def headline(text: str, but: Iterable[str] = ()) -> str:
    """The first line of a text that says something, without markdown's signs; "" for none."""
    passed_over = {one.strip().lower() for one in but}
    for line in text.split("\n"):
        words = _NAMED_LINK.sub(r"\1", _BLOCK_MARKS.sub("", line))
        words = " ".join(_SIGNS.sub("", words).split())
        has_letters = any(letter.isalnum() for letter in words)
        if has_letters and words.strip("!！。.…:：【】 ").lower() not in passed_over:
            return words[: limits.TITLE_CHARACTERS].rstrip("：:，,")
    return ""


def without_escapes(value: str, *, is_line: bool, line: int | None = None) -> str:
    """Every sign of a script's as what it stands for; a line of a title has no end.

    With `line`, from 1 on, those of that line alone.
    """

    def mended(words: str) -> str:
        words = words.replace("\\r\\n", "\\n")
        return ESCAPE.sub(lambda found: _ESCAPES[found[0]], words)

    made = _in_lines(value, mended, line)
    return " ".join(made.split()) if is_line else made


def with_kept_names(value: str, line: int | None = None) -> str:
    """The value with `{{group_name}}` as it stands; with `line`, from 1 on, on that one alone."""
    return _in_lines(value, lambda words: GROUP_NAME.sub(r"\\\g<0>", words), line)


def with_weekdays(value: str, today: date, line: int | None = None) -> str:
    """The value with the weekday that each date has; with `line`, from 1 on, on that one alone."""
    return _in_lines(value, lambda words: with_right_weekdays(words, today), line)


def with_day(draft: Draft, before: date, after: date, today: date) -> Draft:
    """The draft with another day wherever one stands in its title, its text or its items."""

    return _with_lines(draft, lambda words: with_date(words, before, after, today))


def with_days_moved(draft: Draft, days: int, today: date) -> Draft:
    """The draft with each past day of its title, its text and its items so much later."""
    return _with_lines(draft, lambda words: moved_by(words, days, today))


def _with_lines(draft: Draft, mend: Callable[[str], str]) -> Draft:
    def mended(value: str) -> str:
        return _in_lines(value, mend, None)

    return replace(
        draft,
        title=mended(draft.title),
        text=mended(draft.text),
        feed=tuple(replace(one, title=mended(one.title)) for one in draft.feed),
    )


def _in_lines(value: str, mend: Callable[[str], str], line: int | None) -> str:
    lines = lines_of(value)
    wanted = range(len(lines)) if line is None else [line - 1]
    mended = [mend(words) if number in wanted else words for number, words in enumerate(lines)]
    return value if mended == lines else "\n".join(mended)
