"""Phone numbers as people, sheets and phones write them, and as DingTalk takes them.

A mainland mobile number is taken as 13800000000, one from abroad as +852-12345678. Sheets round
long numbers (1.38E+10), phones put invisible marks around them (U+2068, U+202D), and people write
+86, dashes, brackets and a leading ' into them: all of that is read here, and nothing is guessed.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

_MOBILE: Final = re.compile(r"1[0-9xX*]{10}|\+[0-9][0-9-]{5,}")
_CLEAN: Final = re.compile(r"1[3-9][0-9]{9}")
_WITH_CODE: Final = re.compile(r"(?:(?:\+|00)?86|0)?(1[3-9][0-9]{9})")
_MASKED: Final = re.compile(r"1[0-9xX*]{2}[0-9xX*]{8}")
_MAINLAND: Final = re.compile(
    r"(?<![0-9A-Za-z_+])(?:(?:\(?(?:\+|00)?86\)?|0)[ -]{0,2})?"
    r"(1[3-9][0-9](?:[ .-]?[0-9]){8})(?![0-9A-Za-z_]|@[0-9A-Za-z])"
)
_ABROAD: Final = re.compile(
    r"(?<![0-9A-Za-z_+])(?:\+|00)[1-9][0-9]{0,3}"
    r"(?:(?:[ .-]?\([0-9]{1,4}\)[ .-]?|[ .-])?[0-9]){5,14}+(?![0-9])"
)
_EXPONENT: Final = re.compile(r"([0-9])(?:\.([0-9]+))?[eE](\+?)0{0,2}([0-9]{1,2})")
_THOUSANDS: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){2,}")
_LANDLINE: Final = re.compile(
    r"(?:(?:\+?86[ -]?)?\(?0(?:10|2[0-9]|[3-9][0-9]{2})\)?[ -]?)?[2-9][0-9]{2,3}[ -]?[0-9]{4}"
    r"(?: ?(?:-|转|ext\.?|x) ?[0-9]{1,6})?"
    r"|[48]00[ -]?[0-9]{3,4}[ -]?[0-9]{3,4}|(?:9[56])[0-9]{3,4}|1[12][0-9]|12[0-9]{3}"
)
_LONG: Final = re.compile(r"[0-9]{7,}")
_PLAIN: Final = re.compile("[\t -~\u3400-\u9fff]*")
_DASH: Final = re.compile("[‐‑‒–—―−﹣－ー]")
# Countries' calling codes of one and of two digits (ITU-T E.164); all others have three.
_ONE_DIGIT: Final = ("1", "7")
_TWO_DIGITS: Final = re.compile("2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]")
_REGIONS: Final = {
    **{
        "中国": "86",
        "中国大陆": "86",
        "大陆": "86",
        "内地": "86",
        "香港": "852",
        "中国香港": "852",
    },
    **{"港": "852", "澳": "853", "台": "886"},
    **{"澳门": "853", "中国澳门": "853", "台湾": "886", "中国台湾": "886", "新加坡": "65"},
    **{"美国": "1", "加拿大": "1", "日本": "81", "韩国": "82", "英国": "44", "澳大利亚": "61"},
}
_PLACE_AND_CODE: Final = re.compile(r"[^\W\d_][^\d+]{0,30}[ (（]?(\+[1-9][0-9]{0,3})[)）]?")
_OUTSIDE: Final = ("852", "853", "886")
_MOST_LOCAL: Final = 9
"""A number with more digits that begins with its country's code may have the code in it."""

_DIGITS_OF: Final = {"852": 8, "853": 8, "886": 9, "65": 8, "1": 10, "7": 10, "44": 10, "81": 10}
"""How many digits a mobile number has there, behind the code and without the 0 before it."""

_ROUNDED_FRACTION: Final = 10
"""So many digits behind the point hold a whole mobile number."""


_OUTSIDE_NUMBER: Final = re.compile(
    # Without a plus: as many digits as a mobile number has there, and one that such a one begins
    # with. 0852 is written for 00852, and no town's code any more.
    r"(?P<zero>0?)\(?(?:(?P<hongkong>852)|(?P<macau>853)|(?P<taiwan>886))\)?(?P<apart>[ .-]*)"
    r"(?P<rest>(?(hongkong)[4-79](?:[ .-]?[0-9]){7}|(?(macau)6(?:[ .-]?[0-9]){7}"
    r"|0?9(?:[ .-]?[0-9]){8})))"
)


class NumberFault(StrEnum):
    """Why no mobile number could be read, or why it is to be looked at."""

    ROUNDED = "rounded"  # the sheet rounded it: 1.38E+10; the digits are lost
    LANDLINE = "landline"
    WRONG_LENGTH = "wrong_length"  # digits, but not as many as a mobile number has
    MASKED = "masked"  # some digits are hidden: 138****0001
    SEVERAL = "several"  # more than one number; the first is given
    REGION_ODD = "region_odd"  # it does not go with its country's code
    FILLED = "filled"  # digits that a program may have rounded away are zeros here: 1.38000001e10


@dataclass(frozen=True, slots=True)
class Number:
    """What a cell says: `mobile` is "" where none can be read, and `fault` says why."""

    mobile: str = ""
    fault: NumberFault | None = None
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NumberSpan:
    """A mobile number within a text, from `start` to `end`."""

    start: int
    end: int
    mobile: str


def is_mobile(words: str) -> bool:
    """Whether this is written as DingTalk takes a mobile number: anything else is a user id."""
    return _MOBILE.fullmatch(words) is not None


def is_masked(words: str) -> bool:
    """Whether some digits of a mobile number are hidden, as in 138****0001."""
    return _MASKED.fullmatch(words) is not None and not words.isdecimal()


def plain_mobile(words: str) -> str:
    """A mobile number as it is sent, "+86 138-0000 0000" as 13800000000; others as they are."""
    number = read_number(words)
    is_whole = number.mobile and number.fault in (None, NumberFault.MASKED)
    return number.mobile if is_whole else plain(words).lstrip("@").strip()


def is_plain(words: str) -> bool:
    """Whether there are only letters, digits and signs in their plain form: as in most cells."""
    return _PLAIN.fullmatch(words) is not None


def plain(words: str) -> str:
    """The words without what cannot be seen, digits and signs in their plain form."""
    if is_plain(words):
        return words.strip()
    shown = []
    for letter in unicodedata.normalize("NFKC", words):
        category = unicodedata.category(letter)
        if category in ("Cf", "Mn", "Me"):
            continue
        if category == "Nd":
            shown.append(str(unicodedata.decimal(letter)))
        else:
            shown.append(" " if category == "Zs" else letter)
    return _DASH.sub("-", "".join(shown)).strip()


def read_number(words: str, region: str = "") -> Number:
    """The mobile number in a cell; `region` is a country's code from a cell of its own."""
    if _CLEAN.fullmatch(words) and not region:
        return Number(words)
    cell = _unwrapped(plain(words))
    exponent = _EXPONENT.fullmatch(cell)
    if exponent:
        return _from_exponent(exponent)
    code = _code(region)
    if code and code != "86":
        return _with_region(cell, code)
    return _from_plain(cell)


def numbers_in(text: str) -> tuple[NumberSpan, ...]:
    """Every mobile number within `plain` text, in order."""
    found = [
        NumberSpan(match.start(), match.end(), re.sub("[^0-9]", "", match[1]))
        for match in _MAINLAND.finditer(text)
    ]
    if "+" in text or "00" in text:
        taken = [(span.start, span.end) for span in found]
        for match in _ABROAD.finditer(text):
            if all(match.end() <= start or match.start() >= end for start, end in taken):
                mobile = _abroad(match[0])
                if mobile:
                    found.append(NumberSpan(match.start(), match.end(), mobile))
    return tuple(sorted(found, key=lambda span: span.start))


def is_landline(words: str) -> bool:
    """Whether `plain` words are the number of a telephone that stays on its desk."""
    return _LANDLINE.fullmatch(words) is not None


def is_region(words: str) -> bool:
    """Whether a cell is a country's calling code, or a place that has one: 86, +852, 0086, 香港."""
    return bool(_code(words))


def is_region_abroad(words: str) -> bool:
    """Whether a cell without a heading says that the number beside it is no mainland one."""
    code = _code(words)
    return code not in ("", "86") and (
        code in _OUTSIDE or words.strip() in _REGIONS or words.strip().startswith("+")
    )


def _unwrapped(cell: str) -> str:
    """The cell without what a sheet or a link puts around a number."""
    cell = cell.removeprefix("=").strip(" '\"`@;").strip()
    if cell[:4].lower() == "tel:":
        cell = cell[4:].partition(";")[0]
    if _THOUSANDS.fullmatch(cell):
        cell = cell.replace(",", "")
    return re.sub(r"(?<=[0-9]{7})\.0{1,4}$", "", cell)


def _from_exponent(match: re.Match[str]) -> Number:
    """A number as a sheet or a program shows a long one: whole only where no digit was dropped."""
    first, fraction, plus, power = match[1], match[2] or "", match[3], int(match[4])
    is_whole = power == _ROUNDED_FRACTION and len(fraction) >= _ROUNDED_FRACTION
    # Programs drop zeros at the end and write no plus; a sheet rounds and writes one.
    is_whole = is_whole or (not plus and len(fraction) >= _ROUNDED_FRACTION - 2)
    digits = first + fraction.ljust(power, "0")
    if is_whole and power == _ROUNDED_FRACTION and _CLEAN.fullmatch(digits):
        return Number(digits, NumberFault.FILLED if len(fraction) < power else None)
    return Number(fault=NumberFault.ROUNDED)


def _from_plain(cell: str) -> Number:
    if _CLEAN.fullmatch(cell):
        return Number(cell)
    bare = re.sub(r"[\s()._-]", "", cell)
    whole = _WITH_CODE.fullmatch(bare)
    if whole:
        return Number(whole[1])
    if is_masked(bare.removeprefix("+86")):
        return Number(bare.removeprefix("+86"), NumberFault.MASKED)
    spans = numbers_in(cell)
    mobiles = tuple(dict.fromkeys(span.mobile for span in spans))
    if mobiles:
        several = NumberFault.SEVERAL if len(mobiles) > 1 else None
        return Number(mobiles[0], several, mobiles[1:])
    outside = _OUTSIDE_NUMBER.fullmatch(cell)
    if outside:
        code = outside["hongkong"] or outside["macau"] or outside["taiwan"]
        rest = re.sub("[^0-9]", "", outside["rest"]).lstrip("0")
        is_sure = (outside["apart"] or cell.startswith("(")) and not outside["zero"]
        return Number(f"+{code}-{rest}", None if is_sure else NumberFault.REGION_ODD)
    if is_landline(cell):
        return Number(fault=NumberFault.LANDLINE)
    return Number(fault=NumberFault.WRONG_LENGTH if _LONG.search(bare) else None)


def _with_region(cell: str, code: str) -> Number:
    digits = re.sub(r"[\s().+-]", "", cell)
    is_whole = cell.startswith(("+", "00"))
    if is_whole:
        digits = digits.removeprefix("00")
        if not digits.startswith(code):  # the cell has a code of its own, and another one
            return replace(_from_plain(cell), fault=NumberFault.REGION_ODD)
    is_apart = re.match(rf"\(?{code}[\s().-]", cell) is not None
    is_long = len(digits) == len(code) + _DIGITS_OF.get(code, 0)
    fault = None
    if digits.startswith(code):
        if is_whole or is_apart or is_long:
            digits = digits.removeprefix(code)
        elif len(digits) > _DIGITS_OF.get(code, _MOST_LOCAL):
            fault = NumberFault.REGION_ODD
    if not digits.isdecimal() or not 4 <= len(digits) <= 14:
        return Number(fault=NumberFault.WRONG_LENGTH)
    if _CLEAN.fullmatch(digits):
        return Number(digits, NumberFault.REGION_ODD)
    return Number(f"+{code}-{digits.lstrip('0')}", fault)


def _code(words: str) -> str:
    """A country's calling code without what stands before it; "" where this is none."""
    place = _PLACE_AND_CODE.fullmatch(words.strip())  # "中国香港 +852"
    words = place[1] if place else words
    digits = _REGIONS.get(words.strip()) or plain(words).removeprefix("+").removeprefix("00")
    is_code = digits.isascii() and digits.isdecimal() and not digits.startswith("0")
    return digits if is_code and len(_calling_code(digits)) == len(digits) else ""


def _calling_code(digits: str) -> str:
    if digits[:1] in _ONE_DIGIT:
        return digits[:1]
    return digits[:2] if _TWO_DIGITS.match(digits) else digits[:3]


def _abroad(words: str) -> str:
    """A number with its country's code, "+852 9123 4567" as +852-91234567; "" where it is none."""
    if words.startswith("00"):
        words = "+" + words[2:]
    digits = re.sub("[^0-9]", "", words.replace("(0)", ""))
    code = _calling_code(digits)
    rest = digits[len(code) :]
    if code == "86":  # a mainland number of another length is no number
        return ""
    dashed = re.match(r"\+([0-9]{1,4})-", words)
    if dashed:
        code, rest = dashed[1], digits[len(dashed[1]) :]
    return f"+{code}-{rest}" if 4 <= len(rest) <= 14 else ""
