"""What stands in one cell of a pasted list: a name, a number, a date, a department, nothing."""

import re
from enum import StrEnum
from functools import lru_cache
from typing import Final

from dingcomposer.core.contacts import NAME_LETTERS
from dingcomposer.core.contacts_reading.headings import is_label
from dingcomposer.core.contacts_reading.names import NameLook, joined, look_of_name
from dingcomposer.core.phone_numbers import (
    NumberFault,
    is_landline,
    is_plain,
    numbers_in,
    plain,
    read_number,
)


class Look(StrEnum):
    """What a cell looks like, told by itself alone."""

    EMPTY = "empty"
    NAME = "name"
    MAYBE_NAME = "maybe_name"
    MOBILE = "mobile"
    MIXED = "mixed"  # a mobile number among other words
    ODD_NUMBER = "odd_number"  # a number, but rounded, or with too many or too few digits
    LANDLINE = "landline"
    GROUP = "group"
    TITLE = "title"
    EMAIL = "email"
    DATE = "date"  # a day, a time, a day of the week
    COUNT = "count"  # a row's number
    USER_ID = "user_id"  # what could be one
    OTHER = "other"


_COUNT: Final = re.compile(
    r"[(（]?[0-9]{1,6}[.、)）]?|[①-⑳]|第[0-9一二三四五六七八九十]{1,4}[组行位名]"
)
_EMAIL: Final = re.compile(r"[^\s@]+@[^\s@]+\.[A-Za-z]{2,}")
_DATE: Final = re.compile(
    r"(?:[0-9]{4}|[0-9]{2})[-/.年][ ]?[0-9]{1,2}(?:[-/.月][ ]?[0-9]{1,2}[日号]?)?(?:[ T,]+.{0,30})?"
    r"|[0-9]{1,2}[月/.-][0-9]{1,2}[日号]?(?:[ (~～至—-].{0,20})?|[0-9]{1,2}[日号]"
    r"|(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
    r"|[0-9]{1,2}[:点时][0-9]{0,2}(?:[:分][0-9]{0,2})?(?:[ ]?(?:am|pm|AM|PM))?"
    r"(?:[ ]?[-~～至到—][ ]?(?:次日)?[0-9]{1,2}[:点时][0-9]{0,2}(?::[0-9]{2})?)?"
    r"|(?:周|星期|礼拜)[一二三四五六日天1-7末](?:[-~～至到—、,].{0,8})?"
    r"|(?:[0-9]{4}年)?[0-9一二三四五六七八九十]{1,3}月(?:份|[上中下]旬)?|第?[0-9一二三四五六七八九十]{1,3}周"
    r"|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* .*"
)
_IDENTITY: Final = re.compile(r"[1-9][0-9]{16}[0-9Xx]")
_USER_ID: Final = re.compile(r"[A-Za-z0-9$][A-Za-z0-9_.$:+/=-]{1,63}")
_NUMBER: Final = re.compile(r"[+0-9][0-9\s().+-]*")
_EXPONENT: Final = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+?[0-9]{1,4}")
_WRAPPED: Final = " \t'\"“”‘’`@＠*·•#<>《》"
_LONG_ID: Final = 7
_MOBILE_DIGITS: Final = 11
_LOOKS: Final = {
    NameLook.STRONG: Look.NAME,
    NameLook.WEAK: Look.MAYBE_NAME,
    NameLook.GROUP: Look.GROUP,
    NameLook.TITLE: Look.TITLE,
    NameLook.NO: Look.OTHER,
}


def tidy(cell: str) -> str:
    """The words of a cell without what is around them and what cannot be seen."""
    words = cell.strip(_WRAPPED)
    if not is_plain(words):
        words = "".join(one for one in words if one not in _UNSEEN).strip(_WRAPPED)
    return joined(words)


_UNSEEN: Final = frozenset(
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063"
    "\u2064\u2066\u2067\u2068\u2069\ufeff" + "".join(map(chr, range(0xFE00, 0xFE10)))
)


def look_of(cell: str) -> Look:
    """What a cell looks like. Quick for a long cell, too: nobody's name is long."""
    return _look_of(cell[: 4 * NAME_LETTERS])


@lru_cache(maxsize=4096)  # a cell is looked at several times, and a department stands in many rows
def _look_of(cell: str) -> Look:
    words = plain(cell)
    if not words.strip(_WRAPPED):
        return Look.EMPTY
    if words.isdecimal() and len(words) == _MOBILE_DIGITS:
        return Look.MOBILE if read_number(words).mobile else Look.ODD_NUMBER
    return _look_of_word(cell) if words.isalpha() else _look_of_signs(cell, words)


def _look_of_word(cell: str) -> Look:
    words = tidy(cell)
    if len(words) > NAME_LETTERS or is_label(words):
        return Look.OTHER
    if _DATE.fullmatch(words):  # "周一" begins with a surname
        return Look.DATE
    return _LOOKS[look_of_name(words)]


def _look_of_signs(cell: str, words: str) -> Look:
    bare = words.strip(_WRAPPED)
    if _EMAIL.fullmatch(bare):
        return Look.EMAIL
    if _COUNT.fullmatch(bare) and not is_landline(bare):
        return Look.COUNT
    if _DATE.fullmatch(bare):
        return Look.DATE
    if any(sign.isdigit() for sign in bare):
        return _look_of_digits(words, bare)
    return _look_of_word(cell)


def _look_of_digits(words: str, bare: str) -> Look:
    if _IDENTITY.fullmatch(bare):
        return Look.OTHER
    number = read_number(words)
    if number.mobile:
        spans = numbers_in(words)
        rest = words
        for span in reversed(spans):
            rest = rest[: span.start] + " " + rest[span.end :]
        return Look.MIXED if spans and any(one.isalpha() for one in rest) else Look.MOBILE
    if number.fault is NumberFault.LANDLINE:
        return Look.LANDLINE
    if _EXPONENT.fullmatch(bare):
        return Look.ODD_NUMBER
    if _NUMBER.fullmatch(bare):
        return Look.ODD_NUMBER if number.fault is NumberFault.WRONG_LENGTH else Look.OTHER
    if _USER_ID.fullmatch(bare):
        return Look.USER_ID
    name = look_of_name(tidy(re.sub(r"[0-9]+$", "", bare)))
    return Look.MAYBE_NAME if name in (NameLook.STRONG, NameLook.WEAK) else Look.OTHER


def could_be_id(cell: str) -> bool:
    """Whether a cell without a heading could be a user id: letters or many digits, no name."""
    look = look_of(cell)
    words = tidy(cell)
    if look is Look.USER_ID:
        return True
    is_token = _USER_ID.fullmatch(words) is not None
    if look in (Look.ODD_NUMBER, Look.OTHER):
        return is_token and words.isdecimal() and len(words) >= _LONG_ID
    return look is Look.MAYBE_NAME and is_token and words.islower()
