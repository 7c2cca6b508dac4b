"""Mobile numbers as sheets and phones write them."""

import pytest

from dingcomposer.core.phone_numbers import (
    NumberFault,
    is_mobile,
    is_region,
    numbers_in,
    plain_mobile,
    read_number,
)

PLAIN = "13800000001"


@pytest.mark.parametrize(
    "words",
    [
        "138 0000 0001",
        "138-0000-0001",
        "138.0000.0001",
        "138–0000–0001",
        "+8613800000001",
        "+86 138 0000 0001",
        "(+86)13800000001",
        "0086-138-0000-0001",
        "86-13800000001",
        "86 138 0000 0001",
        "013800000001",
        "+86 (138) 0000-0001",
        "138_0000_0001",
        "'13800000001",
        '="13800000001"',
        "tel:+86-138-0000-0001",
        "13800000001.0",
        "13800000001.00",
        "13,800,000,001",
        "1.3800000001E10",
        "1.3800000001e+10",
        "１３８００００００００１"[:11],
        "138\u200b0000\u200b0001",
        "\u202d13800000001\u202c",
        "\u206813800000001\u2069",
        "13800000001\ufe0d",
        "\ufeff13800000001",
        "138\u00a00000\u30000001",
        "1️⃣3️⃣8️⃣00000001",
        "＋86 13800000001",
        "@13800000001",
        "13800000001（微信同号）",
        "手机：13800000001",
    ],
)
def test_a_number_is_read_however_it_is_written(words: str) -> None:
    expected = "13800000000" if words.startswith("１") else PLAIN
    number = read_number(words)
    assert (number.mobile, number.fault) == (expected, None)


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("1.38E+10", NumberFault.ROUNDED),
        ("1.38000E+10", NumberFault.ROUNDED),
        ("1.380000001E+10", NumberFault.ROUNDED),
        ("010-88880001", NumberFault.LANDLINE),
        ("(0755) 8888 0001", NumberFault.LANDLINE),
        ("400-800-0001", NumberFault.LANDLINE),
        ("1380000000", NumberFault.WRONG_LENGTH),
        ("138000000012", NumberFault.WRONG_LENGTH),
        ("12345678901", NumberFault.WRONG_LENGTH),
        ("110101199001011234", NumberFault.WRONG_LENGTH),
        ("13800000001@139.com", NumberFault.WRONG_LENGTH),
        ("张三", None),
        ("", None),
    ],
)
def test_what_is_no_mobile_number_says_why(words: str, fault: NumberFault | None) -> None:
    number = read_number(words)
    assert (number.mobile, number.fault) == ("", fault)


def test_of_two_numbers_the_first_is_given_and_the_other_is_told() -> None:
    number = read_number("13800000001 / 139 0000 0001")
    assert number == read_number("13800000001\n13900000001")
    assert (number.mobile, number.others) == (PLAIN, ("13900000001",))
    assert number.fault is NumberFault.SEVERAL


@pytest.mark.parametrize(
    ("words", "mobile"),
    [
        ("+852-91234567", "+852-91234567"),
        ("+852 9123 4567", "+852-91234567"),
        ("0085291234567", "+852-91234567"),
        ("+1 (202) 555-0123", "+1-2025550123"),
        ("+44 (0) 7911 123456", "+44-7911123456"),
        ("+886-912345678", "+886-912345678"),
    ],
)
def test_a_number_from_abroad_has_a_dash_behind_its_country(words: str, mobile: str) -> None:
    assert read_number(words).mobile == mobile
    assert is_mobile(mobile)


def test_a_country_in_a_column_of_its_own_goes_before_the_number() -> None:
    assert read_number("91234567", "852").mobile == "+852-91234567"
    assert read_number("13800000001", "+86").mobile == PLAIN
    assert read_number("0085291234567", "852").mobile == "+852-91234567"
    assert read_number("13800000001", "852").fault is NumberFault.REGION_ODD
    assert read_number("abc", "852").fault is NumberFault.WRONG_LENGTH
    assert is_region("+852")
    assert not is_region("010")


def test_numbers_are_found_within_a_text_and_not_within_longer_ones() -> None:
    text = "a 138 0000 0001 b 13900000001。x13700000001 110101138000000011 +852 91234567"
    assert [span.mobile for span in numbers_in(text)] == [PLAIN, "13900000001", "+852-91234567"]


def test_hidden_digits_stay_as_they_are() -> None:
    assert read_number("138****0001").fault is NumberFault.MASKED
    assert plain_mobile("+86 156xxxx8827") == "156xxxx8827"
    assert plain_mobile("zhang3") == "zhang3"


@pytest.mark.parametrize(
    ("words", "mobile", "fault"),
    [
        ("852-91234567", "+852-91234567", None),
        ("852 9123 4567", "+852-91234567", None),
        ("(853)66123456", "+853-66123456", None),
        ("886-0912-345-678", "+886-912345678", None),
        # Which of two is meant cannot be told: it is shown for a look.
        ("85291234567", "+852-91234567", NumberFault.REGION_ODD),
        ("0852-91234567", "+852-91234567", NumberFault.REGION_ODD),
        # On a desk, there and in the towns that had these codes.
        ("0852-8222333", "", NumberFault.LANDLINE),
        ("0853-33221100", "", NumberFault.LANDLINE),
        ("852-21234567", "", NumberFault.WRONG_LENGTH),
    ],
)
def test_a_number_of_hong_kong_macau_or_taiwan_is_known_without_a_plus(
    words: str, mobile: str, fault: NumberFault | None
) -> None:
    number = read_number(words)
    assert (number.mobile, number.fault) == (mobile, fault)


def test_a_place_in_a_letter_is_a_region_too() -> None:
    assert read_number("91234567", "港").mobile == "+852-91234567"
    assert read_number("66123456", "澳").mobile == "+853-66123456"
