"""A draft with one of its problems set right, where there is one obvious way to do so.

Pure; never raises. What only a person can decide (shorten, reword, draw a table otherwise) has no
fix, nor has what belongs to the robot.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final

from dingcomposer.core import limits
from dingcomposer.core.addresses import ADDRESS_FIXES, scheme_of
from dingcomposer.core.browser_links import to_browser_link
from dingcomposer.core.checks import TRIAL_TITLES, VAGUE_TITLES, markdown_fixes, text_fixes
from dingcomposer.core.checks.keywords import check_keywords, respelled
from dingcomposer.core.checks.mentions import unlisted_mobiles
from dingcomposer.core.checks.name_mentions import (
    find_loose_numbers,
    with_number,
    with_plain_numbers,
)
from dingcomposer.core.checks.problems import Problem, ProblemCode
from dingcomposer.core.dialect import lint_report
from dingcomposer.core.draft import Draft
from dingcomposer.core.messages import Kind, Mentions, Orientation, Text
from dingcomposer.core.redaction import mask_dingtalk

_MARKDOWN: Final = (Kind.MARKDOWN, Kind.WHOLE_JUMP, Kind.INDEPENDENT)
_UNSENDABLE: Final = {
    ProblemCode.LONE_SURROGATE: re.compile("[\ud800-\udfff]"),
    ProblemCode.CONTROL_CHARACTER: re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"),
}
_KEYWORD: Final = (
    ProblemCode.NO_KEYWORD,
    ProblemCode.KEYWORD_CASE,
    ProblemCode.KEYWORD_IN_TITLE,
    ProblemCode.KEYWORD_IN_BUTTON,
    ProblemCode.KEYWORD_IN_URL,
)


def fix(draft: Draft, problem: Problem, line: int | None = None) -> Draft | None:
    """The draft with this problem set right on every line; None where that changes nothing.

    `problem` is what `core.checks` found in the draft. With `line`, from 1 on, what can be set
    right line by line is on that one alone.
    """
    if not can_fix(draft, problem):
        return None
    made = _fixed(draft, problem, line)
    return None if made == draft else made


def fix_all(draft: Draft, problems: Iterable[Problem]) -> Draft:
    """The draft with each of these set right, as far as that can be done."""
    for problem in problems:
        draft = fix(draft, problem) or draft
    return draft


def is_by_lines(code: ProblemCode) -> bool:
    """Whether `fix` can set it right on one line and leave the others."""
    return code in markdown_fixes.FIXABLE or code in _BY_LINES


def can_fix(draft: Draft, problem: Problem) -> bool:
    """True where `fix` would help. Quick in any text that was checked just before."""
    code, field = problem.code, problem.field
    if code in _KEYWORD:
        # A keyword that looks like an address would not count, wherever it stood.
        keyword = str(_param(problem, "keyword"))
        return _value(draft, field) is not None and not check_keywords(Text(keyword), (keyword,))
    if code in (ProblemCode.MENTION_NOT_IN_LIST, ProblemCode.MENTION_BY_NAME):
        return draft.mentions is None or draft.mentions.people < limits.PEOPLE
    if code is ProblemCode.MARKDOWN_IN_TEXT:
        return draft.kind is Kind.TEXT
    if code is ProblemCode.TITLE_VAGUE:
        return bool(_said(draft, field))
    if code in _BY_LINES:
        return _value(draft, field) is not None
    if code in _OTHERS or code in _UNSENDABLE or code is ProblemCode.SECRET_IN_TEXT:
        return True
    if field == "text" and draft.kind in _MARKDOWN:
        return markdown_fixes.can_fix_markdown(draft.text, code)
    value = _value(draft, field)
    return value is not None and _mended_address(code, value) != value


def _fixed(draft: Draft, problem: Problem, line: int | None) -> Draft:
    code, field = problem.code, problem.field
    if code in _BY_LINES:
        value = _value(draft, field)
        return (
            draft if value is None else _with(draft, field, _BY_LINES[code](value, problem, line))
        )
    if code in _OTHERS:
        return _OTHERS[code](draft, problem)
    value = _value(draft, field)
    if value is None:
        return draft
    if code in _KEYWORD:
        return _with_keyword(draft, field, value, str(_param(problem, "keyword")))
    if code is ProblemCode.SECRET_IN_TEXT:
        return _with(draft, field, mask_dingtalk(value))
    if code in _UNSENDABLE:
        return _with(draft, field, _UNSENDABLE[code].sub("", value))
    if field == "text":
        return replace(draft, text=markdown_fixes.fix_markdown(value, code, line))
    return _with(draft, field, _mended_address(code, value))


def _mended_address(code: ProblemCode, address: str) -> str:
    mends = {ProblemCode(one): mend for one, mend in ADDRESS_FIXES.items()}
    return mends[code](address) if code in mends else address


# --- keywords ------------------------------------------------------------------------------------


def _with_keyword(draft: Draft, field: str, value: str, keyword: str) -> Draft:
    """The keyword as it is set where it stands in another letter case, else behind the words."""
    spelled = respelled(value, keyword)
    if not check_keywords(Text(spelled), (keyword,)):
        return _with(draft, field, spelled)
    places = keyword_places(draft, keyword)
    return places[0].draft if places else draft


class KeywordPlace(StrEnum):
    """Where a missing keyword can be put."""

    CLOSING_LINE = "closing_line"
    FIRST_LINE = "first_line"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class KeywordOffer:
    """A place for a missing keyword, and the draft as it would be with the keyword there."""

    place: KeywordPlace
    draft: Draft


def keyword_offers(draft: Draft, problem: Problem) -> tuple[KeywordOffer, ...]:
    """The places of which a person chooses one, the best first; () where nothing is to choose.

    That is so for every other problem, and where the keyword only has to be spelled otherwise.
    """
    if problem.code not in _KEYWORD or not can_fix(draft, problem):
        return ()
    keyword = str(_param(problem, "keyword"))
    spelled = respelled(_value(draft, problem.field) or "", keyword)
    if not check_keywords(Text(spelled), (keyword,)):
        return ()
    is_in_title = problem.code is ProblemCode.KEYWORD_IN_TITLE
    return tuple(
        one
        for one in keyword_places(draft, keyword)
        if not (is_in_title and one.place is KeywordPlace.TITLE)
    )


def keyword_places(draft: Draft, keyword: str) -> tuple[KeywordOffer, ...]:
    """The draft with the keyword in each place that its kind has.

    A title stands last: in a message with a text it may not count (core.checks.keywords).
    """
    if draft.kind is Kind.FEED_CARD:
        if not draft.feed:
            return ()
        made = _with(draft, "feed.0.title", _titled(draft.feed[0].title, keyword))
        return (KeywordOffer(KeywordPlace.TITLE, made),)
    has_text = bool(draft.text.strip())
    closing = replace(draft, text=_behind(draft, f"—— {keyword}" if has_text else keyword))
    offers = [KeywordOffer(KeywordPlace.CLOSING_LINE, closing)]
    if has_text:
        gap = "\n\n" if draft.kind in _MARKDOWN else "\n"
        first = replace(draft, text=f"【{keyword}】{gap}{draft.text}")
        offers.append(KeywordOffer(KeywordPlace.FIRST_LINE, first))
    if draft.kind is not Kind.TEXT:
        titled = replace(draft, title=_titled(draft.title, keyword))
        offers.append(KeywordOffer(KeywordPlace.TITLE, titled))
    return tuple(offers)


def _titled(title: str, keyword: str) -> str:
    return f"【{keyword}】{title.strip()}" if title.strip() else keyword


def _behind(draft: Draft, words: str) -> str:
    """The draft's text with words behind it, on the last line where mentions stand there already.

    In markdown that is a paragraph of their own: they belong to no list and no table.
    """
    text = draft.text.rstrip()
    if not text:
        return words
    last = text.rpartition("\n")[2].split()
    if words.startswith("@") and all(word.startswith("@") for word in last):
        return f"{text} {words}"
    return text + ("\n\n" if draft.kind in _MARKDOWN else "\n") + words


# --- mentions ------------------------------------------------------------------------------------


def _insert_into_text(draft: Draft, problem: Problem) -> Draft:
    person = _value(draft, problem.field)
    return replace(draft, text=_behind(draft, f"@{person}")) if person else draft


def _insert_into_list(draft: Draft, _problem: Problem) -> Draft:
    mentions = draft.mentions or Mentions()
    room = max(limits.PEOPLE - mentions.people, 0)
    missing = unlisted_mobiles(draft.text, (*mentions.mobiles, *mentions.user_ids))[:room]
    return replace(draft, mentions=replace(mentions, mobiles=(*mentions.mobiles, *missing)))


def _number_for_name(draft: Draft, problem: Problem) -> Draft:
    name, person = str(_param(problem, "name")), str(_param(problem, "person"))
    mentions = draft.mentions or Mentions()
    if person not in (*mentions.mobiles, *mentions.user_ids):
        if mentions.people >= limits.PEOPLE:
            return draft
        if _param(problem, "is_id"):
            mentions = replace(mentions, user_ids=(*mentions.user_ids, person))
        else:
            mentions = replace(mentions, mobiles=(*mentions.mobiles, person))
    return replace(draft, text=with_number(draft.text, name, person), mentions=mentions)


def _plain_numbers(draft: Draft, _problem: Problem) -> Draft:
    """Every number behind an @ as DingTalk reads it, and in the list."""
    mobiles = dict.fromkeys(one.mobile for one in find_loose_numbers(draft.text))
    mentions = draft.mentions or Mentions()
    room = max(limits.PEOPLE - mentions.people, 0)
    missing = tuple(one for one in mobiles if one not in mentions.mobiles)[:room]
    mentions = replace(mentions, mobiles=(*mentions.mobiles, *missing))
    return replace(draft, text=with_plain_numbers(draft.text), mentions=mentions)


def _mention_all(draft: Draft, _problem: Problem) -> Draft:
    return replace(draft, mentions=replace(draft.mentions or Mentions(), is_all=True))


def _once_each(draft: Draft, _problem: Problem) -> Draft:
    if draft.mentions is None:
        return draft
    mobiles = tuple(dict.fromkeys(draft.mentions.mobiles))
    user_ids = tuple(dict.fromkeys(draft.mentions.user_ids))
    return replace(draft, mentions=replace(draft.mentions, mobiles=mobiles, user_ids=user_ids))


# --- cards ---------------------------------------------------------------------------------------


def _in_columns(draft: Draft, _problem: Problem) -> Draft:
    return replace(draft, orientation=Orientation.VERTICAL)


def _wrap_links(draft: Draft, _problem: Problem) -> Draft:
    """Every link of the card opens in the browser, those in its text, too."""
    match draft.kind:
        case Kind.FEED_CARD:
            links = (replace(one, message_url=_wrapped(one.message_url)) for one in draft.feed)
            return replace(draft, feed=tuple(links))
        case Kind.WHOLE_JUMP:
            draft = replace(draft, jump=replace(draft.jump, url=_wrapped(draft.jump.url)))
        case Kind.INDEPENDENT:
            buttons = (replace(one, url=_wrapped(one.url)) for one in draft.buttons)
            draft = replace(draft, buttons=tuple(buttons))
        case _:
            return draft
    return replace(draft, browser_links=True) if lint_report(draft.text).web_links else draft


def _wrapped(url: str) -> str:
    return to_browser_link(url) if scheme_of(url.strip()) in ("http", "https") else url


def _typed_escapes(value: str, problem: Problem, line: int | None) -> str:
    return text_fixes.without_escapes(value, is_line=problem.field != "text", line=line)


# --- words ---------------------------------------------------------------------------------------


def _weekdays(value: str, problem: Problem, line: int | None) -> str:
    today = _day(problem, "today")
    return value if today is None else text_fixes.with_weekdays(value, today, line)


def _kept_names(value: str, _problem: Problem, line: int | None) -> str:
    return text_fixes.with_kept_names(value, line)


def _plain(value: str, _problem: Problem, _line: int | None) -> str:
    return text_fixes.without_html(value)


def _as_markdown(draft: Draft, _problem: Problem) -> Draft:
    return text_fixes.as_markdown(draft) if draft.kind is Kind.TEXT else draft


def _today_instead(draft: Draft, problem: Problem) -> Draft:
    day, today = _day(problem, "day"), _day(problem, "today")
    if day is None or today is None:
        return draft
    return text_fixes.with_day(draft, day, today, today)


def _weeks_later(draft: Draft, problem: Problem) -> Draft:
    days, today = _param(problem, "days"), _day(problem, "today")
    if today is None or not isinstance(days, int):
        return draft
    return text_fixes.with_days_moved(draft, days, today)


def _telling_title(draft: Draft, problem: Problem) -> Draft:
    words = _said(draft, problem.field)
    return _with(draft, problem.field, words) if words else draft


def _said(draft: Draft, field: str) -> str:
    """The first words of the text that say more than a title that says nothing; "" for none."""
    return text_fixes.headline(draft.text, VAGUE_TITLES | TRIAL_TITLES) if field == "title" else ""


def _day(problem: Problem, name: str) -> date | None:
    try:
        return date.fromisoformat(str(_param(problem, name)))
    except ValueError:
        return None


_OTHERS: Final[dict[ProblemCode, Callable[[Draft, Problem], Draft]]] = {
    ProblemCode.MENTION_NOT_IN_TEXT: _insert_into_text,
    ProblemCode.MENTION_NOT_IN_LIST: _insert_into_list,
    ProblemCode.MENTION_BY_NAME: _number_for_name,
    ProblemCode.MENTION_NUMBER_LOOSE: _plain_numbers,
    ProblemCode.ALL_NOT_IN_LIST: _mention_all,
    ProblemCode.MENTION_TWICE: _once_each,
    ProblemCode.MARKDOWN_IN_TEXT: _as_markdown,
    ProblemCode.DATE_PAST: _today_instead,
    ProblemCode.DAYS_PAST: _weeks_later,
    ProblemCode.TITLE_VAGUE: _telling_title,
    ProblemCode.HORIZONTAL_INEFFECTIVE: _in_columns,
    ProblemCode.OPENS_SIDE_PANEL: _wrap_links,
}

_BY_LINES: Final[dict[ProblemCode, Callable[[str, Problem, int | None], str]]] = {
    ProblemCode.ESCAPE_TYPED: _typed_escapes,
    ProblemCode.GROUP_NAME_ASKED: _kept_names,
    ProblemCode.WEEKDAY_WRONG: _weekdays,
    ProblemCode.HTML_IN_TEXT: _plain,
}

FIXABLE: Final = markdown_fixes.FIXABLE | {
    *(*_OTHERS, *_BY_LINES, *_KEYWORD, *_UNSENDABLE, ProblemCode.SECRET_IN_TEXT),
}
"""Every code that has a fix, at least as a rule."""


# --- paths ---------------------------------------------------------------------------------------


def _param(problem: Problem, name: str) -> str | int:
    return next((value for key, value in problem.params if key == name), "")


def _value(draft: Draft, path: str) -> str | None:
    """The text at a path of the forms; None where there is no such text."""
    thing: Any = draft
    for part in path.split("."):
        if isinstance(thing, tuple):
            number = int(part) if part.isdecimal() else len(thing)
            thing = thing[number] if number < len(thing) else None
        else:
            thing = getattr(thing, part, None)
    return thing if isinstance(thing, str) else None


def _with(draft: Draft, path: str, value: str) -> Draft:
    """The draft with another text at a path that has one."""
    made: Draft = _put(draft, path.split("."), value)
    return made


def _put(thing: Any, parts: list[str], value: str) -> Any:
    if not parts:
        return value
    first, *rest = parts
    if isinstance(thing, tuple):
        number = int(first)
        return (*thing[:number], _put(thing[number], rest, value), *thing[number + 1 :])
    return replace(thing, **{first: _put(getattr(thing, first), rest, value)})
