"""What each stretch of a source line is, as the reader has it that draws the message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dingcomposer.core.dialect.highlighting import (
    Highlights,
    Run,
    SourceStyle,
    forget,
    highlight,
    style_at,
)

M, P = SourceStyle.MARK, SourceStyle.PLAIN


def seen(text: str) -> list[tuple[str, SourceStyle]]:
    """Every run of a text with what it is."""
    lines = highlight(text)
    return [
        (line[run.start : run.end], run.style)
        for line, runs in zip(text.split("\n"), lines, strict=True)
        for run in runs
    ]


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("字", []),
        (
            "# 题 #",
            [
                ("# ", M | SourceStyle.HEADING),
                ("题", SourceStyle.HEADING),
                (" #", M | SourceStyle.HEADING),
            ],
        ),
        ("题\n==", [("题", SourceStyle.HEADING), ("==", M | SourceStyle.HEADING)]),
        ("**粗**", [("**", M), ("粗", SourceStyle.BOLD), ("**", M)]),
        ("*斜*字", [("*", M), ("斜", SourceStyle.ITALIC), ("*", M)]),
        (
            "***两***",
            [
                ("*", M),
                ("**", M | SourceStyle.ITALIC),
                ("两", SourceStyle.BOLD | SourceStyle.ITALIC),
                ("**", M | SourceStyle.ITALIC),
                ("*", M),
            ],
        ),
        (
            "[词](https://a.b 'c')后",
            [("[", M), ("词", SourceStyle.LINK), ("](https://a.b 'c')", SourceStyle.ADDRESS)],
        ),
        ("<https://a.b>", [("<", M), ("https://a.b", SourceStyle.LINK), (">", M)]),
        ("![图](@lA)", [("![", M), ("图", SourceStyle.PICTURE), ("](@lA)", SourceStyle.ADDRESS)]),
        ("[坏](javascript:x)后", [("[", M), ("](javascript:x)", SourceStyle.ADDRESS)]),
        ("见 `码`", [("`码`", SourceStyle.CODE)]),
        (
            "> 引\n>\n> 用",
            [
                ("> ", M | SourceStyle.QUOTE),
                ("引", SourceStyle.QUOTE),
                (">", M | SourceStyle.QUOTE),
                ("> ", M | SourceStyle.QUOTE),
                ("用", SourceStyle.QUOTE),
            ],
        ),
        ("- 项\n  - 里", [("- ", M), ("  - ", M)]),
        ("1. 项\n2. ", [("1. ", M), ("2. ", M)]),
        ("---", [("---", M)]),
        (
            "```\n*码*\n```",
            [
                ("```", M | SourceStyle.CODE),
                ("*码*", SourceStyle.CODE),
                ("```", M | SourceStyle.CODE),
            ],
        ),
        ("|a|\n|-|\n|*b*|", [("|-|", M), ("*", M), ("b", SourceStyle.ITALIC), ("*", M)]),
        ("<b>x</b>", [("<b>", M), ("</b>", M)]),
    ],
)
def test_each_stretch_is_what_the_group_sees_it_as(
    text: str, runs: list[tuple[str, SourceStyle]]
) -> None:
    assert seen(text) == runs


@pytest.mark.parametrize(
    "text", ["3 * 4 * 5", "**重要：**请看", "\\*字\\*", "snake_case_name", "[词] (x)", "#没有空格"]
)
def test_what_the_group_sees_as_signs_is_plain(text: str) -> None:
    assert [
        one
        for one in seen(text)
        if one[1] & (SourceStyle.BOLD | SourceStyle.ITALIC | SourceStyle.LINK)
    ] == []


def test_a_colour_is_told_as_it_was_written() -> None:
    lines = highlight("<font color=#FF0000>红 **粗**</font>后")
    assert [run.colour for run in lines[0]] == ["", *["#FF0000"] * 4, ""]
    assert lines[0][1] == Run(20, 22, SourceStyle.COLOUR, "#FF0000")


def test_what_a_key_may_read_is_bounded_and_the_rest_can_be_adopted() -> None:
    forget()
    highlights = Highlights()
    text = "# 题\n\n**粗**" + "字" * 500 + "\n\n# 尾"
    assert not highlights.change(text, most_new=100)
    assert len(highlights.runs) == 5
    highlights.adopt(text, highlight(text))
    assert tuple(highlights.runs) == highlight(text)
    assert highlights.change(f"{text}巴", most_new=10)
    assert tuple(highlights.runs) == highlight(f"{text}巴")


BLOCKS = "字,**粗**,# 题,- 项,  续,  - 里,> 引,```,~~~,   ```,|a|b|,|-|-|,---,===,1. 一,    码"
LINES = st.sampled_from(["", "  ", "\t码", "[词](a)", *BLOCKS.split(",")])
EDITS = st.lists(st.tuples(st.integers(0, 99), LINES), max_size=12)


@given(st.lists(st.lists(LINES, max_size=14), min_size=1, max_size=8))
def test_key_by_key_the_runs_are_those_of_the_whole_text(texts: list[list[str]]) -> None:
    highlights = Highlights()
    for lines in texts:
        text = "\n".join(lines)
        assert highlights.change(text, most_new=10_000)
        assert tuple(highlights.runs) == highlight(text)


@given(st.lists(LINES, min_size=6, max_size=30), EDITS)
def test_one_line_after_the_other_too(lines: list[str], edits: list[tuple[int, str]]) -> None:
    highlights = Highlights()
    highlights.change("\n".join(lines), most_new=10_000)
    for place, line in edits:
        at = place % len(lines)
        lines[at : at + place % 3] = [line]
        text = "\n".join(lines)
        assert highlights.change(text, most_new=10_000)
        assert tuple(highlights.runs) == highlight(text)


def test_the_style_of_a_place() -> None:
    lines = highlight("[词](https://a.b) `码` 字")
    assert style_at(lines, 0, 2) is SourceStyle.LINK
    assert style_at(lines, 0, 8) is SourceStyle.ADDRESS
    assert style_at(lines, 0, 20) is SourceStyle.CODE
    assert style_at(lines, 0, 23) is SourceStyle.PLAIN
    assert style_at(lines, 7, 0) is SourceStyle.PLAIN


@given(st.text("字a-*12.>#`|[]()!<>&\\_~\n\t ", max_size=80))
def test_whatever_the_text_runs_stand_in_their_lines_one_after_the_other(text: str) -> None:
    lines = highlight(text)
    written = text.split("\n")
    assert len(lines) == len(written)
    for line, runs in zip(written, lines, strict=True):
        places = [place for run in runs for place in (run.start, run.end)]
        assert all(run.start < run.end for run in runs)
        assert max(places, default=0) <= len(line)
        assert {(run.start, run.end) for run in runs} == set() or len(
            {run.start for run in runs}
        ) == len(runs)
