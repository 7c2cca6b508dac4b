"""A line is a line: Enter, pasted lines, and what stands below a list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dingcomposer.core.dialect import LintCode, lints, to_html
from dingcomposer.core.dialect.line_breaks import (
    begins_block,
    in_markdown,
    in_plain_text,
    line_end,
    runs_into_block,
    runs_on_in_quote,
    with_line_breaks,
)

WORDS = st.text("字a-*1.>#`| _~\n ", max_size=60)


@pytest.mark.parametrize(
    "before", ["第一行", "甲\n\n乙", "甲  \n乙", "# 题\n正文", "见 `码`", "- 项\n\n落款"]
)
def test_enter_in_a_paragraph_breaks_the_line(before: str) -> None:
    assert line_end(before) == "  \n"
    assert "<br" in to_html(f"{before}{line_end(before)}乙")


@pytest.mark.parametrize(
    "before",
    [
        *(
            "",
            "甲\n",
            "> 引用",
            "甲  ",
            "甲\\",
            "# 题",
            "- 项",
            "1. 项",
            "- 项\n  续",
            "> - 项",
            "> ",
            "---",
        ),
        *("```\n码", "甲\n\n    码", "|甲|乙|", "|甲|\n|-|\n|1|", "![图](https://a.com/b.png)"),
        *("甲<br>", "题\n==="),
    ],
)
def test_enter_elsewhere_is_a_line_end_alone(before: str) -> None:
    assert line_end(before) == "\n"


@pytest.mark.parametrize(
    "line", ["行政部", "2026年11月30日", "12.1 放假", "—— 行政部", "**行政部**"]
)
def test_a_signature_below_a_list_would_be_drawn_into_it(line: str) -> None:
    assert runs_into_block(f"1. 甲\n2. 乙\n{line}")
    assert runs_into_block(f"- 甲\n{line}")
    assert runs_into_block(f"> 甲\n{line}")


@pytest.mark.parametrize(
    "before",
    [
        *(
            "- 甲\n- 乙",
            "- 甲\n-",
            "- 甲\n--",
            "- 甲\n  续",
            "- 甲\n1",
            "- 甲\n12.",
            "- 甲\n12. 乙",
        ),
        *(
            "- 甲\n\n乙",
            "甲\n乙",
            "- 甲\n# 题",
            "- 甲\n> 乙",
            "- 甲",
            "```\n- 甲\n乙",
            "> - 甲\n> 乙",
        ),
    ],
)
def test_what_is_an_item_or_stands_apart_is_left_alone(before: str) -> None:
    assert not runs_into_block(before)


@pytest.mark.parametrize(
    ("pasted", "made"),
    [
        ("甲\n乙\n丙", "甲  \n乙  \n丙"),
        ("甲\n\n乙", "甲\n\n乙"),
        ("# 题\n甲\n- 一\n- 二\n行政部\n11月30日", "# 题\n甲\n- 一\n- 二\n\n行政部  \n11月30日"),
        ("> 甲\n> 乙", "> 甲  \n> 乙"),
        ("> 甲\n行政部", "> 甲\n\n行政部"),
        ("```\n甲\n乙\n```", "```\n甲\n乙\n```"),
        ("|甲|\n|-|\n|1|", "|甲|\n|-|\n|1|"),
        ("- 甲\n  续", "- 甲  \n  续"),
        ("1. 甲\n\n   乙\n丙", "1. 甲\n\n   乙\n\n丙"),
    ],
)
def test_pasted_lines_stay_lines(pasted: str, made: str) -> None:
    assert with_line_breaks(pasted, 0, len(pasted)) == (made, len(made))
    around = f"甲\n乙\n\n{pasted}\n\n丙\n丁"
    assert with_line_breaks(around, 5, 5 + len(pasted)) == (
        f"甲\n乙\n\n{made}\n\n丙\n丁",
        5 + len(made),
    )


@given(WORDS, WORDS, WORDS)
def test_only_spaces_and_blank_lines_are_added_and_no_line_runs_on(
    before: str, pasted: str, after: str
) -> None:
    text = before + pasted + after
    made, end = with_line_breaks(text, len(before), len(before) + len(pasted))
    assert "".join(made.split()) == "".join(text.split())
    assert made.endswith(after) or not after
    assert made[end:] == after or not pasted.count("\n")
    first, last = made.count("\n", 0, len(before)), made.count("\n", 0, end)
    assert not [
        one
        for one in lints(made)
        if one.code is LintCode.LINE_NOT_BROKEN and first <= one.line < last
    ]
    line_end(text)
    runs_into_block(text)
    runs_on_in_quote(text)
    begins_block(text)


@pytest.mark.parametrize("line", ["- 一", "1. 一", "# 题", "> 引", "```", "---"])
def test_a_line_that_begins_a_block_needs_no_break_before_it(line: str) -> None:
    assert begins_block(f"甲  \n{line}")


@pytest.mark.parametrize("line", ["-", "-5 度", "2. 乙", "乙", "1", "#话题"])
def test_a_line_that_goes_on_keeps_the_break_before_it(line: str) -> None:
    assert not begins_block(f"甲  \n{line}")


@pytest.mark.parametrize(
    ("before", "runs_on"),
    [
        *(("> 甲\n> 乙", True), ("> # 甲\n> 乙", False), ("> 甲  \n> 乙", False)),
        *(("> 甲\n> ", False), ("> 甲\n> ![图](https://a.com/b)", False), ("> 甲\n> - 乙", False)),
        *(("> 甲\n> ###### 乙", False), ("> ![](https://a.com/b)\n> 乙", False), ("甲\n乙", False)),
    ],
)
def test_a_line_in_a_quote_runs_on_unless_it_begins_something(before: str, runs_on: bool) -> None:
    assert runs_on_in_quote(before) is runs_on


@given(WORDS)
def test_a_plain_text_comes_back_from_markdown_but_for_blank_lines(text: str) -> None:
    made = in_markdown(text)
    assert in_markdown(made) == made
    back = in_plain_text(made)
    assert "".join(back.split()) == "".join(text.split())
    assert in_markdown(back) == made


def test_no_spaces_that_mean_something_are_taken() -> None:
    for text in ("甲  \n乙\n丙", "```\n码  \n```", "  甲\n乙"):
        assert in_plain_text(text) == text
    assert in_plain_text("甲  \n乙  \n丙") == "甲\n乙\n丙"
