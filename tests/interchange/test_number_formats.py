"""Numbers read as Excel shows them: what stands in the sheet stands in the message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dingcomposer.interchange.number_formats import BUILT_IN, formatted, is_plain, number_words

ACCOUNTING = '_ "¥"* #,##0.00_ ;_ "¥"* \\-#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("number", "code", "shown"),
    [
        # Leading zeros, and digits with signs between them.
        (7, "000", "007"),
        (1234567, "000-0000", "123-4567"),
        (110101199003071, "000000", "110101199003071"),
        # Money.
        (1234.5, ACCOUNTING, "¥1,234.50"),
        (-1234.5, ACCOUNTING, "¥-1,234.50"),
        (0, ACCOUNTING, "¥-"),
        (1234.5, "[$¥-804]#,##0.00;[Red]\\-[$¥-804]#,##0.00", "¥1,234.50"),
        (-1234.5, "[$¥-804]#,##0.00;[Red]\\-[$¥-804]#,##0.00", "-¥1,234.50"),
        (-5, "0.00_);(0.00)", "(5.00)"),
        (1234567, '#,##0,"千"', "1,235千"),
        (12345678, '0.00,,"百万"', "12.35百万"),
        (0.285, "0.00", "0.29"),
        (2.5, "0", "3"),
        (1234.5, "[DBNum2][$-804]General", "壹仟贰佰叁拾肆.伍"),
        (10020, "[DBNum1][$-804]General", "一万○二十"),
        (100, '[DBNum2]0"元整"', "壹佰元整"),
        # Parts.
        (5, "#.##", "5."),
        (5.25, "0.##", "5.25"),
        (0.5, "#.#", ".5"),
        (1234, "#,##0.0#", "1,234.0"),
        (0.5, "0.0%", "50.0%"),
        (1.5, "# ?/?", "1 1/2"),
        (0.25, "?/?", "1/4"),
        (1.5, "?/?", "3/2"),
        (0.3, "# ?/8", "2/8"),
        (0.00012, "0.00E+00", "1.20E-04"),
        (0.0123, "##0.0E+0", "12.3E-3"),
        # Which part of a format.
        (0, "0;-0;", ""),
        (0, '0;-0;"无"', "无"),
        (-3, '"盈"0;"亏"0', "亏3"),
        (95, '[>=90]"优";[>=60]"及格";"不及格"', "优"),
        (70, '[>=90]"优";[>=60]"及格";"不及格"', "及格"),
        (12, '[>=90]"优";[>=60]"及格";"不及格"', "不及格"),
        (1, ";;;", ""),
        (88, '@"号"', "88号"),
        (88, 'General"号"', "88号"),
        # Days and times.
        (45474, 'yyyy"年"m"月"d"日"', "2024年7月1日"),
        (45474, "yyyy-mm-dd", "2024-07-01"),
        (45474, "yyyy/m/d aaaa", "2024/7/1 星期一"),
        (45474, '"周"aaa', "周一"),
        (45474, "[$-804]dddd", "星期一"),
        (45474, "dddd, mmmm d, yyyy", "Monday, July 1, 2024"),
        (45474, "d-mmm-yy", "1-Jul-24"),
        (45474, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2024年7月1日"),
        (45474.75, "yyyy/m/d h:mm", "2024/7/1 18:00"),
        (45474.75, "h:mm AM/PM", "6:00 PM"),
        (45474.25, '上午/下午h"时"mm"分"', "上午6时00分"),
        (0.0, "h:mm AM/PM", "12:00 AM"),
        (45474 + 59.6 / 86_400, "h:mm:ss", "0:01:00"),
        (0.5 + 1.25 / 86_400, "mm:ss.00", "00:01.25"),
        (1.5, "[h]:mm", "36:00"),
        (1.5, "[mm]:ss", "2160:00"),
        (60, "yyyy/m/d", "1900/2/29"),
        (59, "yyyy/m/d", "1900/2/28"),
        (61, "yyyy/m/d", "1900/3/1"),
        (-1, "yyyy/m/d", "-1"),
    ],
)
def test_a_number_is_what_its_format_shows(number: float, code: str, shown: str) -> None:
    assert formatted(number, code) == shown


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (13_800_000_000.0, "13800000000"),
        (123_456_789_012_345_678.0, "123456789012345680"),
        (0.1 + 0.2, "0.3"),
        (2 / 3, "0.666666667"),
        (1234567.891234, "1234567.891"),
        (1.5e-12, "0.0000000000015"),
        (-2.50, "-2.5"),
    ],
)
def test_without_a_format_a_number_has_as_many_digits_as_there_is_room(
    number: float, words: str
) -> None:
    if not number.is_integer() or number < 1e15:
        assert number_words(number) == words
    else:
        assert number_words(number).isdecimal()


def test_every_built_in_format_shows_something() -> None:
    for code in BUILT_IN.values():
        assert formatted(45474.75, code)
    assert is_plain("General")
    assert is_plain("@")
    assert not is_plain("00")


@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.text('0#?,.%/@;[]$-Eehmsdya"\\_* 元¥General', max_size=24),
)
def test_no_format_takes_it_down(number: float, code: str) -> None:
    assert isinstance(formatted(number, code), str)
