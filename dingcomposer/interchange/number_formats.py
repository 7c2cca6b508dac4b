"""Numbers as the number formats of Excel show them: dates, times, money, percent, leading zeros.

ECMA-376, part 1, 18.8.30 and 18.8.31, with the built-in formats of a Chinese Excel; read
2026-11-30. What a format pads with is left out: nothing is aligned in a message.
"""

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final

GENERAL: Final = "General"
_YEAR_MONTH: Final = 'yyyy"年"m"月"'
_MONTH_DAY: Final = 'm"月"d"日"'
_HALF_DAY: Final = '上午/下午h"时"mm"分"'
_ACCOUNTING: Final = '_ {0}* {1}_ ;_ {0}* \\-{1}_ ;_ {0}* "-"??_ ;_ @_ '
BUILT_IN: Final = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"¥"#,##0;"¥"\\-#,##0',
    6: '"¥"#,##0;[Red]"¥"\\-#,##0',
    7: '"¥"#,##0.00;"¥"\\-#,##0.00',
    8: '"¥"#,##0.00;[Red]"¥"\\-#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: _YEAR_MONTH,
    28: _MONTH_DAY,
    29: _MONTH_DAY,
    30: "m/d/yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: _HALF_DAY,
    35: f'{_HALF_DAY}ss"秒"',
    36: _YEAR_MONTH,
    37: "#,##0;\\-#,##0",
    38: "#,##0;[Red]\\-#,##0",
    39: "#,##0.00;\\-#,##0.00",
    40: "#,##0.00;[Red]\\-#,##0.00",
    41: _ACCOUNTING.format("", "#,##0"),
    42: _ACCOUNTING.format('"¥"', "#,##0"),
    43: _ACCOUNTING.format("", "#,##0.00"),
    44: _ACCOUNTING.format('"¥"', "#,##0.00"),
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    50: _YEAR_MONTH,
    51: _MONTH_DAY,
    52: _YEAR_MONTH,
    53: _MONTH_DAY,
    54: _MONTH_DAY,
    55: _HALF_DAY,
    56: f'{_HALF_DAY}ss"秒"',
    57: _YEAR_MONTH,
    58: _MONTH_DAY,
}
"""By their numbers; 14 and 22 are the short date of the system, as it is in China."""

_LONG_DATE: Final = 'yyyy"年"m"月"d"日"'
_LONG_TIME: Final = "h:mm:ss"
_MOST_SERIAL: Final = 2_958_466  # the first day of the year 10000
_GENERAL_DIGITS: Final = 11  # so many signs of a fraction are shown, its point with them
_EXACT_DIGITS: Final = 15
_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|[_*](?P<pad>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General)|(?P<half>AM/PM|A/P|上午/下午)|(?P<exponent>E[+-])"
    r"|(?P<clock>yyyy|yy|y|e+|mmmmm|mmmm|mmm|mm|m|dddd|ddd|dd|d|aaaa|aaa|hh|h|ss|s)"
    r"|(?P<part>\.0+(?![#?]))|(?P<digit>[0#?.,%/@])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION: Final = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")
_LITERAL, _DIGIT, _CLOCK, _HALF = "literal", "digit", "clock", "half"
_EXPONENT, _GENERAL, _ELAPSED = "exponent", "general", "elapsed"
_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CHINESE_DAYS: Final = "一二三四五六日"
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
_CHINESE_MONTHS: Final = (
    *("一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月"),
    *("十月", "十一月", "十二月"),
)
_NUMERALS: Final = {
    1: ("○一二三四五六七八九", "十百千", "万亿"),
    2: ("零壹贰叁肆伍陆柒捌玖", "拾佰仟", "万亿"),
}


@dataclass(frozen=True, slots=True)
class _FormatToken:
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class _FormatSection:
    """One of the parts between semicolons. `numerals` is 1 or 2 where digits are Chinese."""

    tokens: tuple[_FormatToken, ...]
    condition: tuple[str, float] | None = None
    is_chinese: bool = False
    numerals: int = 0

    @property
    def is_clock(self) -> bool:
        """Whether it shows a day or a time."""
        return any(one.kind in (_CLOCK, _ELAPSED) for one in self.tokens)


def number_words(number: float) -> str:
    """A number without a format: a fraction in as many digits as a sheet has room for.

    A whole number keeps all its digits, never as a power of ten: it may be a phone number.
    """
    if number.is_integer():
        return str(int(number))
    exact = Decimal(f"{number:.{_EXACT_DIGITS}g}")
    whole = len(str(int(abs(exact))))
    places = max(_GENERAL_DIGITS - whole - 1, 0)
    rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) if places else exact
    if not rounded:  # too small for the room: all of its digits say more than a 0
        rounded = exact
    words = f"{rounded:f}"
    return words.rstrip("0").rstrip(".") if "." in words else words


def formatted(number: float, code: str, *, is_1904: bool = False) -> str:
    """A number as its format shows it; as it is where the format cannot show it.

    `is_1904`: the days of the workbook are counted from 1904 on.
    """
    number = float(number)
    section, value = _chosen(_sections(code), number)
    if not section.tokens:
        return ""
    try:
        if section.is_clock:
            return _clock_words(value, section, is_1904=is_1904) or number_words(number)
        return _number_in(section, value).strip()
    except ArithmeticError:  # more digits than anybody writes
        return number_words(number)


def is_plain(code: str) -> bool:
    """Whether a format shows a number as it would be shown without one."""
    return code.strip().casefold() in ("", "general", "@", "0")


# Reading a format


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[_FormatSection, ...]:
    folded = code.casefold()
    if "[$-f800]" in folded:
        code = _LONG_DATE
    elif "[$-f400]" in folded:
        code = _LONG_TIME
    parts: list[list[re.Match[str]]] = [[]]
    for match in _TOKEN.finditer(code):
        if match["other"] == ";":
            parts.append([])
        else:
            parts[-1].append(match)
    return tuple(map(_section, parts))


def _section(matches: Sequence[re.Match[str]]) -> _FormatSection:
    tokens: list[_FormatToken] = []
    made = _FormatSection(())
    for match in matches:
        match match.lastgroup:
            case "bracket":
                made = _with_bracket(made, match["bracket"], tokens)
            case "part" if tokens and _is_clock(tokens[-1]) and tokens[-1].text in ("s", "ss"):
                tokens.append(_FormatToken(_CLOCK, match[0]))
            case "part":
                tokens += (_FormatToken(_DIGIT, sign) for sign in match[0])
            case "digit":
                is_dated = match[0] in "/,." and any(map(_is_clock, tokens))
                tokens.append(_FormatToken(_LITERAL if is_dated else _DIGIT, match[0]))
            case "clock":
                tokens.append(_FormatToken(_CLOCK, match[0].casefold()))
            case "general" | "half" | "exponent" as kind:
                tokens.append(_FormatToken(kind, match[0]))
            case "quoted" | "escaped" | "other" as kind:
                tokens.append(_FormatToken(_LITERAL, match[kind]))
    return replace(made, tokens=tuple(_minutes(tokens)))


def _with_bracket(
    section: _FormatSection, inside: str, tokens: list[_FormatToken]
) -> _FormatSection:
    """The section with what stands in brackets: a condition, a currency, hours in all."""
    folded = inside.casefold()
    compared = _CONDITION.fullmatch(inside)
    if compared is not None:
        return replace(section, condition=(compared[1], float(compared[2])))
    if inside.startswith("$"):
        sign, _, place = inside[1:].partition("-")
        tokens.append(_FormatToken(_LITERAL, sign))
        return replace(section, is_chinese=section.is_chinese or place[-3:] == "804")
    if folded in ("dbnum1", "dbnum2"):
        return replace(section, numerals=int(folded[-1]))
    if folded and not folded.strip("hms"):
        tokens.append(_FormatToken(_ELAPSED, folded))
    return section


def _is_clock(token: _FormatToken) -> bool:
    return token.kind in (_CLOCK, _ELAPSED)


def _minutes(tokens: Sequence[_FormatToken]) -> list[_FormatToken]:
    """The tokens, where an "m" behind hours or before seconds is one of minutes, "n"."""
    made = list(tokens)
    places = [at for at, one in enumerate(made) if _is_clock(one)]
    for number, at in enumerate(places):
        token = made[at]
        if token.kind != _CLOCK or token.text not in ("m", "mm"):
            continue
        before = made[places[number - 1]].text[:1] if number else ""
        after = made[places[number + 1]].text[:1] if number + 1 < len(places) else ""
        if before == "h" or after == "s":
            made[at] = _FormatToken(_CLOCK, "n" * len(token.text))
    return made


def _chosen(sections: Sequence[_FormatSection], number: float) -> tuple[_FormatSection, float]:
    """The section that shows a number, and what of the number it shows."""
    numeric = sections[:3]
    compare: dict[str, Callable[[float, float], bool]] = {
        "<": operator.lt,
        ">": operator.gt,
        "<=": operator.le,
        ">=": operator.ge,
        "=": operator.eq,
        "<>": operator.ne,
    }
    if any(one.condition is not None for one in numeric):
        for one in numeric:
            if one.condition is None or compare[one.condition[0]](number, one.condition[1]):
                return one, number
        return numeric[-1], number
    if number < 0 and len(numeric) > 1:
        return numeric[1], -number
    if number == 0 and len(numeric) > 2:
        return numeric[2], number
    return numeric[0], number


# Days and times


def _clock_words(number: float, section: _FormatSection, *, is_1904: bool) -> str:
    """A day or a time; "" where there is none of that number."""
    if not 0 <= number < _MOST_SERIAL:
        return ""
    tokens = section.tokens
    has_part = any(one.kind == _CLOCK and one.text.startswith(".") for one in tokens)
    has_seconds = any(one.text[:1] == "s" for one in tokens if _is_clock(one))
    milliseconds = round(number * 86_400_000)
    if has_seconds and not has_part:
        milliseconds = (milliseconds + 500) // 1_000 * 1_000
    days, of_day = divmod(milliseconds, 86_400_000)
    year, month, day, weekday = _day_of(days, is_1904=is_1904)
    seconds, part = divmod(of_day, 1_000)
    hour, minute, second = seconds // 3_600, seconds // 60 % 60, seconds % 60
    has_half = any(one.kind == _HALF for one in tokens)
    shown = (hour % 12 or 12) if has_half else hour
    words: list[str] = []
    for token in tokens:
        text = token.text
        width = len(text)
        if token.kind == _ELAPSED:
            unit = {"h": 3_600_000, "m": 60_000, "s": 1_000}[text[0]]
            words.append(f"{milliseconds // unit:0{width}}")
        elif token.kind == _HALF:
            words.append(_half_words(text, is_morning=hour < 12))
        elif token.kind != _CLOCK:
            words.append(text)
        elif text.startswith("."):
            words.append(f".{part:03}000"[:width])
        elif text[0] in "ye":
            words.append(f"{year % 100:02}" if text in ("y", "yy") else f"{year:04}")
        elif text[0] == "m":
            words.append(_month_words(month, width, is_chinese=section.is_chinese))
        elif text[0] in "da":
            words.append(_day_words(text, day, weekday, is_chinese=section.is_chinese))
        else:
            value = {"h": shown, "n": minute, "s": second}[text[0]]
            words.append(f"{value:0{width}}")
    return "".join(words).strip()


def _day_of(days: int, *, is_1904: bool) -> tuple[int, int, int, int]:
    """Year, month, day and weekday (0 is Monday) of a day's number.

    Excel counts a 29 February 1900 that never was, and a day 0 before the first of January.
    """
    if is_1904:
        found = date(1904, 1, 1) + timedelta(days=days)
    elif days == 0:
        return 1900, 1, 0, 5
    elif days == 60:
        return 1900, 2, 29, 2
    else:
        found = date(1899, 12, 31 if days < 60 else 30) + timedelta(days=days)
    return found.year, found.month, found.day, found.weekday()


def _half_words(text: str, *, is_morning: bool) -> str:
    morning, _, afternoon = text.partition("/")
    return morning if is_morning else afternoon


def _month_words(month: int, width: int, *, is_chinese: bool) -> str:
    if width < 3:
        return f"{month:0{width}}"
    if is_chinese:
        return f"{month}月" if width == 3 else _CHINESE_MONTHS[month - 1]
    name = _MONTHS[month - 1]
    return {3: name[:3], 4: name}.get(width, name[0])


def _day_words(text: str, day: int, weekday: int, *, is_chinese: bool) -> str:
    if text in ("d", "dd"):
        return f"{day:0{len(text)}}"
    of_week = _CHINESE_DAYS[weekday]
    if text == "aaa":
        return of_week
    if text == "aaaa":
        return f"星期{of_week}"
    if is_chinese:
        return f"周{of_week}" if text == "ddd" else f"星期{of_week}"
    return _WEEKDAYS[weekday][:3] if text == "ddd" else _WEEKDAYS[weekday]


# Numbers


def _number_in(section: _FormatSection, number: float) -> str:
    tokens = section.tokens
    if any(one.kind == _GENERAL or one.text == "@" for one in tokens):
        shown = _in_numerals(number_words(number), section.numerals)
        return "".join(
            shown if one.kind == _GENERAL or (one.kind, one.text) == (_DIGIT, "@") else one.text
            for one in tokens
        )
    places = [at for at, one in enumerate(tokens) if one.kind == _DIGIT and one.text in "0#?"]
    if not places:
        sign = "-" if number < 0 else ""
        return sign + "".join(one.text for one in tokens if one.kind == _LITERAL)
    value = Decimal(repr(abs(number)))
    value *= Decimal(100) ** sum((one.kind, one.text) == (_DIGIT, "%") for one in tokens)
    if any((one.kind, one.text) == (_DIGIT, "/") for one in tokens):
        return _with_sign(_fraction_in(tokens, value), number)
    if any(one.kind == _EXPONENT for one in tokens):
        if value == value.to_integral_value() and len(str(int(value))) <= _EXACT_DIGITS:
            return number_words(number)
        return _with_sign(_power_in(tokens, value), number)
    return _in_numerals(_with_sign(_digits_in(tokens, value), number), section.numerals)


def _with_sign(words: str, number: float) -> str:
    """A minus before what shows anything but zero."""
    is_negative = number < 0 and any(digit in words for digit in "123456789")
    return f"-{words.lstrip()}" if is_negative else words


def _digits_in(tokens: Sequence[_FormatToken], value: Decimal) -> str:
    """The digits at the places of a format, thousands and literals between them."""
    signs = [one.text if one.kind == _DIGIT else "" for one in tokens]
    point = signs.index(".") if "." in signs else len(signs)
    whole = [at for at, one in enumerate(signs[:point]) if one and one in "0#?"]
    behind = [at for at, one in enumerate(signs) if at > point and one and one in "0#?"]
    last = (whole or behind or [0])[-1]
    scaled = 0
    for at, one in enumerate(signs):
        if (
            one == ","
            and at > last
            and not any(later and later in "0#?" for later in signs[at : max(point, at)])
        ):
            scaled += 1
    has_thousands = any(
        one == "," and whole and whole[0] < at < whole[-1] for at, one in enumerate(signs)
    )
    value /= Decimal(1_000) ** scaled
    rounded = value.quantize(Decimal(1).scaleb(-len(behind)), ROUND_HALF_UP)
    words = f"{rounded:f}"
    digits, _, parts = words.partition(".")
    digits = digits.lstrip("0")
    shown: dict[int, str] = {}
    for number, at in enumerate(reversed(whole)):
        is_first = number == len(whole) - 1
        taken = digits if is_first else digits[-1:]
        digits = "" if is_first else digits[:-1]
        taken = taken or ("0" if signs[at] == "0" else "")
        shown[at] = _grouped(taken, number) if has_thousands else taken
    kept = parts.rstrip("0")
    for number, at in enumerate(behind):
        is_kept = signs[at] == "0" or number < len(kept)
        shown[at] = parts[number] if is_kept else ""
    return "".join(
        _sign_words(token, shown.get(at, ""), is_place=at in shown)
        for at, token in enumerate(tokens)
    )


def _sign_words(token: _FormatToken, digits: str, *, is_place: bool) -> str:
    if is_place:
        return digits
    if token.kind != _DIGIT or token.text in ".%":
        return token.text
    return ""  # a comma that groups or scales


def _grouped(digits: str, behind: int) -> str:
    """Digits with a comma before each third that has some behind it; `behind` stand behind them."""
    words = ""
    for number, digit in enumerate(reversed(digits)):
        place = behind + number
        words = digit + ("," if place and place % 3 == 0 else "") + words
    return words


def _power_in(tokens: Sequence[_FormatToken], value: Decimal) -> str:
    at = next(place for place, one in enumerate(tokens) if one.kind == _EXPONENT)
    before, after = tokens[:at], tokens[at + 1 :]
    point = next((n for n, one in enumerate(before) if one.text == "."), len(before))
    step = max(sum(one.text in ("0", "#", "?") for one in before[:point]), 1)
    places = sum(one.text in ("0", "#", "?") for one in before[point:])
    exponent = value.adjusted() // step * step if value else 0
    mantissa = value.scaleb(-exponent)
    if mantissa.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) >= Decimal(10) ** step:
        exponent += step
        mantissa = value.scaleb(-exponent)
    width = sum(one.text in ("0", "#", "?") for one in after)
    sign = "-" if exponent < 0 else "+" if tokens[at].text.endswith("+") else ""
    behind = "".join(one.text for one in after if one.kind == _LITERAL)
    return f"{_digits_in(before, mantissa)}E{sign}{abs(exponent):0{width}}{behind}"


def _fraction_in(tokens: Sequence[_FormatToken], value: Decimal) -> str:
    """A whole number and a fraction, as in "# ?/?"."""
    slash = next(at for at, one in enumerate(tokens) if (one.kind, one.text) == (_DIGIT, "/"))
    below = "".join(one.text for one in tokens[slash + 1 :])
    fixed = re.match(r"\s*([1-9]\d*)", below)
    has_whole = any(one.kind == _LITERAL and one.text.isspace() for one in tokens[:slash])
    whole = int(value) if has_whole else 0
    part = Fraction(value - whole)
    if fixed is not None:
        bottom = int(fixed[1])
        top = int((value - whole) * bottom + Decimal("0.5"))
    else:
        width = sum(sign in "0#?" for sign in below)
        near = part.limit_denominator(10 ** max(width, 1) - 1)
        top, bottom = near.numerator, near.denominator
    if top == bottom:
        whole, top = whole + 1, 0
    if not top:
        return str(whole)
    return f"{whole or ''} {top}/{bottom}".strip()


def _in_numerals(words: str, kind: int) -> str:
    """Digits in Chinese numerals, those of money where `kind` is 2."""
    if not kind:
        return words
    digits, units, groups = _NUMERALS[kind]
    zero = digits[0]

    def whole(match: re.Match[str]) -> str:
        number = match[0]
        if match.start() and words[match.start() - 1] == ".":
            return "".join(digits[int(one)] for one in number)
        if len(number) > 12:
            return number
        made = ""
        for place, one in enumerate(number):
            behind = len(number) - place - 1
            if one != "0":
                made += digits[int(one)] + (units[behind % 4 - 1] if behind % 4 else "")
            elif made and not made.endswith(zero):
                made += zero
            if behind and behind % 4 == 0 and number[max(place - 3, 0) : place + 1].strip("0"):
                made = made.removesuffix(zero) + groups[behind // 4 - 1]
        return made.rstrip(zero) or zero

    return re.sub(r"\d+", whole, words)
