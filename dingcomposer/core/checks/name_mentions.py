"""Mentions as people write them, and as they notify nobody: "@张三", "@ 138 0000 0001".

DingTalk notifies whoever's number or user id stands behind an "@" and in the list beside the text;
a name behind an "@" is a word like others (development/robot-message-type, read 2026-08-22 [O]).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dingcomposer.core.contacts import NAME_LETTERS, Contact
from dingcomposer.core.contacts_reading.names import NameLook, look_of_name
from dingcomposer.core.dialect import lint_report
from dingcomposer.core.phone_numbers import is_mobile, numbers_in, plain

_AT: Final = re.compile(r"(?<![0-9A-Za-z_.@＠/\\-])[@＠][ \t\u00a0\u3000]{0,2}")
# People put a name into marks: `@【张三】`; chats put a sign without width before it.
_UNSEEN: Final = "\u200b\u200c\u200d\u2060\ufeff"
_MARKS: Final = {
    "【": "】",
    "(": ")",
    "（": "）",
    '"': '"',
    "“": "”",
    "「": "」",
    "《": "》",
    "[": "]",
}
_NAME_AT: Final = re.compile(
    rf"{_AT.pattern}[{_UNSEEN}]{{0,2}}(?P<mark>[{re.escape(''.join(_MARKS))}])?"
)
_ALL: Final = re.compile(
    r"所有人|全体成员|全员(?!工)|大家(?![电庭族长业])|(?:all|everyone)(?![0-9A-Za-z_])",
    re.IGNORECASE,
)
_PLACE: Final = re.compile(r"[一二三四五六七八九十]{1,3}[楼层号室]")
# What is said to somebody at once behind the name, where no name goes on so.
_SAID: Final = (
    *("辛苦", "老师", "经理", "主任", "总监", "师傅", "医生", "同学", "先生", "女士", "同志"),
    *("麻烦", "收到", "注意", "帮忙", "加油", "谢谢", "感谢", "尽快", "抓紧", "记得"),
)
_OWN_NUMBER: Final = re.compile(r"1[3-9][0-9]{9}(?![0-9A-Za-z_])")
_BEHIND_NAME: Final = 12
_HAN_WORD: Final = re.compile(r"[\u3400-\u9fff]+(?:[·•][\u3400-\u9fff]+)*")
_LATIN_WORD: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.'-]{0,30}[A-Za-z0-9](?![0-9A-Za-z_/(:@])")
# What a sentence goes on with behind a name: "@张三请提交". Other letters may belong to the name.
_GOES_ON: Final = frozenset(
    "请和与及或在的你您也都来去把将需看查已负同先继尽速就为是有可按从对给跟到今明后并"
)
_NO_PEOPLE_WORDS: Final = (  # annotations and rules of programs
    "override autowired bean test param params return returns media import see throws deprecated "
    "component service controller entity data value since author version todo layer keyframes "
    "font-face charset supports page transactional requestmapping getmapping postmapping "
    "suppresswarnings nullable notnull property staticmethod classmethod dataclass pytest "
    "ts-ignore latest next types babel vue angular"
)
_NO_PEOPLE: Final = frozenset(_NO_PEOPLE_WORDS.split())
_NUMBER: Final = re.compile(
    r"(?:(?:\(?(?:\+|00)?86\)?[ -]{0,2})?1[3-9][0-9](?:[ .-]?[0-9]){8}"
    r"|(?:\+|00)[1-9][0-9]{0,3}[ -]?[0-9]{5,12})(?![0-9A-Za-z_]|[.-][0-9])"
)
_WINDOW: Final = 40
_MOST: Final = 500
"""So many of them are looked at in one text."""


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name behind an "@" in a text; `contacts` are those who bear it."""

    start: int
    end: int
    name: str
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class LooseNumber:
    """A number behind an "@" in another form than DingTalk reads; `mobile` is what it reads."""

    start: int
    end: int
    words: str
    mobile: str


def find_names(text: str, contacts: Sequence[Contact]) -> Iterator[NameMention]:
    """Every name behind an "@", in order: those of contacts, and what else looks like a name."""
    if "@" not in text and "＠" not in text:
        return
    known: dict[str, list[Contact]] = {}
    for contact in contacts:
        known.setdefault(contact.name.casefold(), []).append(contact)
        if contact.user_id and not is_mobile(contact.user_id):
            known.setdefault(contact.user_id.casefold(), []).append(contact)
    for count, match in enumerate(_NAME_AT.finditer(text)):
        if count >= _MOST:
            return
        behind = match.end() + NAME_LETTERS + _BEHIND_NAME
        words = text[match.end() : behind].partition("\n")[0]
        if _ALL.match(words):
            continue
        name = _known_name(words, known)
        bearers = tuple(dict.fromkeys(known.get(name.casefold(), ())))
        name = name or _unknown_name(words)
        # "会议 @ 三楼": behind a space it is a name only where it looks like one.
        is_apart = match.end() - match.start() > 1 and not bearers
        if name and not (is_apart and look_of_name(name) is not NameLook.STRONG):
            end = match.end() + len(name)
            yield NameMention(match.start(), end + _closing(match, text, end), name, bearers)


def find_loose_numbers(text: str) -> Iterator[LooseNumber]:
    """Every mobile number behind an "@" that DingTalk does not read as it is written."""
    for count, match in enumerate(_AT.finditer(text)):
        if count >= _MOST:
            return
        seen, places = _seen(text, match.end())
        found = _NUMBER.match(seen)
        numbers = numbers_in(plain(found[0])) if found else ()
        if found is None or len(numbers) != 1:
            continue
        end = places[found.end() - 1] + 1
        words = text[match.start() : end]
        if words != f"@{numbers[0].mobile}":
            yield LooseNumber(match.start(), end, words, numbers[0].mobile)


def plain_words(text: str) -> str:
    """A markdown text with spaces in the place of its code, tags and addresses."""
    return "\n".join(lint_report(text).words)


def with_number(text: str, name: str, person: str) -> str:
    """The text with a person's number or id in the place of "@name", wherever that stands."""
    pieces: list[str] = []
    place = 0
    for match in re.finditer(rf"{_NAME_AT.pattern}{re.escape(name)}", text, re.IGNORECASE):
        end = match.end()
        if _is_whole(text[end - len(name) : end + _BEHIND_NAME], len(name)):
            end += _closing(match, text, end)
            if text.startswith(person, end) and _OWN_NUMBER.match(text, end):
                end += len(person)
            pieces += [text[place : match.start()], _apart(f"@{person}", text[end:])]
            place = end
    return "".join((*pieces, text[place:]))


def with_plain_numbers(text: str) -> str:
    """The text with every number behind an "@" as DingTalk reads it."""
    pieces: list[str] = []
    place = 0
    for number in find_loose_numbers(text):
        pieces += [text[place : number.start], _apart(f"@{number.mobile}", text[number.end :])]
        place = number.end
    return "".join((*pieces, text[place:]))


def _closing(match: re.Match[str], text: str, end: int) -> int:
    """How long the mark is that closes the one before a name."""
    mark = match["mark"]
    return int(mark is not None and text.startswith(_MARKS[mark], end))


def _apart(mention: str, behind: str) -> str:
    """The mention, with a space where a letter or a digit would follow at once."""
    return f"{mention} " if behind[:1].isalnum() else mention


def _known_name(words: str, known: dict[str, list[Contact]]) -> str:
    """The longest name that a contact has, and that ends where the words say so."""
    small = words.casefold()
    if len(small) != len(words):  # a letter that is two in the other case
        small = words
    for length in range(min(len(words), NAME_LETTERS), 0, -1):
        if small[:length] in known and _is_whole(words, length):
            return words[:length]
    return ""


def _is_whole(words: str, length: int) -> bool:
    """Whether a name of this length ends there: "张三" does not in "张三丰"."""
    last, behind = words[length - 1 : length], words[length : length + 1]
    if not behind or not behind.isalnum():
        return behind not in ("_", "·", "•")
    if words.startswith(_SAID, length) or _OWN_NUMBER.match(words, length):
        return True
    is_han = "\u3400" <= behind <= "\u9fff"
    if last.isascii():
        return is_han
    return behind in _GOES_ON if is_han else not behind.isdecimal()


def _unknown_name(words: str) -> str:
    han = None if _PLACE.match(words) else _HAN_WORD.match(words)
    if han is not None:
        return _name_within(han[0])
    latin = _LATIN_WORD.match(words)
    if latin is None or latin[0].casefold() in _NO_PEOPLE or "." in latin[0]:
        return ""
    return latin[0]


def _name_within(words: str) -> str:
    """What of a run of letters is the name: up to where a sentence goes on, four at most."""
    for length in range(2, min(len(words), 4) + 1):
        ends = length == len(words) or words[length] in _GOES_ON
        if ends and look_of_name(words[:length]) in (NameLook.STRONG, NameLook.WEAK):
            return words[:length]
    return words[:4]


def _seen(text: str, start: int) -> tuple[str, list[int]]:
    """What can be seen from a place on, in its plain form, and where each sign of it stands."""
    seen: list[str] = []
    places: list[int] = []
    for at in range(start, min(start + _WINDOW, len(text))):
        letter = text[at]
        if letter == "\n":
            break
        shown = " " if letter.isspace() else plain(letter)
        if len(shown) == 1:
            seen.append(shown)
            places.append(at)
    return "".join(seen), places
