"""DingTalk's numbers."""

import re
from pathlib import Path

from dingcomposer.core import limits


def test_the_numbers_are_those_that_dingtalk_documents() -> None:
    assert (limits.PACE_PER_MINUTE, limits.PACE_WINDOW_S, limits.PACE_PENALTY_S) == (20, 60, 600)
    assert (limits.BODY_BYTES, limits.PEOPLE, limits.KEYWORDS) == (20_000, 50, 10)
    assert (limits.PICTURES, limits.FEED_ITEMS) == (20, 9)
    assert (limits.BUTTONS_VERTICAL, limits.BUTTONS_HORIZONTAL) == (5, 2)
    assert (limits.CALLS_A_MONTH, limits.CLOCK_MS) == (3000, 60 * 60 * 1000)


def test_every_number_stands_below_a_comment_with_its_mark() -> None:
    source = Path(limits.__file__).read_text("utf-8").partition('"""\n\n')[2]
    for block in source.split("\n\n"):
        numbers = re.findall(r"^[A-Z_]+ = ", block, re.MULTILINE)
        assert numbers
        assert re.search(r"\[[OMC?]\]|Our own", block), block
