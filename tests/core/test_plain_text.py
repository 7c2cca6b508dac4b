"""Words from outside cannot turn round what stands beside them, and cannot hide."""

import json
import random
import unicodedata

import pytest

from dingcomposer.core.contacts_reading.pasted import read_contacts
from dingcomposer.core.plain_text import (
    DIRECTION_MARKS,
    clean,
    clean_json,
    drawable,
    without_marks,
)

ODD = "\x00\x1b\x7f\ufdd0\ufffc\ud83d"
LETTERS = f'aZ0 中文群👍\n\t"\\{DIRECTION_MARKS}{ODD}'
TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def texts() -> list[str]:
    dice = random.Random(20260822)
    return ["".join(dice.choices(LETTERS, k=dice.randrange(40))) for _ in range(2_000)]


def test_every_mark_that_unicode_knows_is_among_them() -> None:
    known = {
        chr(code) for code in range(0x110000) if unicodedata.bidirectional(chr(code)) in TURNING
    }
    assert known | set("\u200e\u200f\u061c") == set(DIRECTION_MARKS)


def test_nothing_that_turns_letters_is_left_and_every_other_letter_is_where_it_was() -> None:
    for text in texts():
        shown = clean(text)
        assert not set(shown) & set(DIRECTION_MARKS + ODD)
        assert len(shown) == len(text)
        kept = [one for one in text if one not in DIRECTION_MARKS + ODD]
        assert [one for one in shown if one != "\ufffd"] == kept
        assert clean(shown) == shown
        assert without_marks(text) == "".join(one for one in text if one not in DIRECTION_MARKS)


def test_a_picture_of_a_message_keeps_them_as_the_group_will_see_it() -> None:
    for text in texts():
        assert [one for one in drawable(text) if one in DIRECTION_MARKS] == [
            one for one in text if one in DIRECTION_MARKS
        ]


@pytest.mark.parametrize("mark", DIRECTION_MARKS)
def test_json_shows_a_mark_as_its_escape_and_means_the_same(mark: str) -> None:
    value = {"text": f"a{mark}b"}
    shown = clean_json(json.dumps(value, ensure_ascii=False))
    assert mark not in shown
    assert f"\\u{ord(mark):04x}" in shown
    assert json.loads(shown) == value


def test_a_number_that_was_copied_with_marks_round_it_is_the_number() -> None:
    (contact,) = read_contacts("张\u202e三,\u202d13800000000\u202c").contacts
    assert (contact.name, contact.mobile) == ("张三", "13800000000")
