"""A line is judged by its words, not by its number, nor by what was looked at before."""

from hypothesis import given
from hypothesis import strategies as st

from dingcomposer.core.checks.markdown import check_markdown
from dingcomposer.core.checks.problems import Problem

LINES = (
    *(
        "",
        "文字",
        "**重要：**请看",
        "- 甲",
        "  - 乙",
        "    - 丙",
        "> 引",
        "---",
        "===",
        "```",
        "~~~",
    ),
    *("| a | b |", "|---|---|", "x | y", "##标题", "<br>", "~~删~~", "[a](http://u:p@h/x)", "行\r"),
    *(
        "![图](x y.png)",
        "`代码 **` *a*b*",
        "x" * 600 + " <b>",
        "1. 一",
        "7. 七",
        ":smile: [^1]",
        "~~~",
    ),
)
TEXTS = st.lists(st.sampled_from(LINES), max_size=12).map("\n".join)


def places(problems: list[Problem], *, before: int) -> list[tuple[object, ...]]:
    """The problems with their line numbers less the lines that stand before."""
    found: list[tuple[object, ...]] = []
    for one in problems:
        params: dict[str, str | int] = dict(one.params)
        if "line" in params:
            params["line"] = int(params["line"]) - before
            lines = str(params["lines"]).split(", ")
            params["lines"] = ", ".join(str(int(line) - before) for line in lines)
        found.append((one.code, one.severity, sorted(params.items())))
    return found


@given(TEXTS, st.integers(1, 5))
def test_a_line_further_down_has_the_same_problems(text: str, before: int) -> None:
    alone = places(check_markdown(text), before=0)
    assert places(check_markdown("\n" * before + text), before=before) == alone


@given(TEXTS, TEXTS)
def test_what_was_looked_at_before_changes_nothing(text: str, other: str) -> None:
    first = check_markdown(text)
    check_markdown(f"{other}\n{text}\n{other}")
    assert check_markdown(text) == first
