"""Lists and quotes as they are written: what Enter goes on with, and levels in and out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dingcomposer.core.dialect import to_html
from dingcomposer.core.dialect.list_editing import enter, is_in_list, move_level

WORDS = st.text("字a-*12.>#`| _~\n\t ", max_size=60)


def entered(text: str, *, keeps_lines: bool = True, is_plain: bool = False) -> str | None:
    """What Enter makes of a text in which "|" is the caret."""
    at = text.index("|")
    text = text.replace("|", "")
    made = enter(text, at, keeps_lines=keeps_lines, is_plain=is_plain)
    return None if made is None else made.text[: made.start] + "|" + made.text[made.end :]


def moved(text: str, *, inwards: bool) -> str:
    """What Tab or Shift+Tab makes of a text in which "|" are the ends of the selection."""
    start, end = text.index("|"), text.rindex("|") - 1
    end = max(end, start)
    made = move_level(text.replace("|", ""), start, end, inwards=inwards)
    marks = "|" if made.start == made.end else "||"
    return (
        made.text[: made.start]
        + marks[0]
        + (made.text[made.start : made.end] + marks[1] if len(marks) > 1 else "")
        + made.text[made.end :]
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- 一|", "- 一\n- |"),
        ("* 一|", "* 一\n* |"),
        ("+  一|", "+  一\n+  |"),
        ("- 一|二", "- 一\n- |二"),
        ("1. 一|", "1. 一\n2. |"),
        ("9) 一|", "9) 一\n10) |"),
        ("通知\n1. 一|", "通知\n1. 一\n2. |"),
        ("1. 一|\n2. 二\n3. 三", "1. 一\n2. |\n3. 二\n4. 三"),
        ("1. 一\n1. 二|", "1. 一\n1. 二\n1. |"),
        ("8. 一|\n9. 二\n   续", "8. 一\n9. |\n10. 二\n    续"),
        ("> 一|", "> 一\n> |"),
        (">一|", ">一\n>|"),
        ("> - 一|", "> - 一\n> - |"),
        ("- > 一|", "- > 一\n  > |"),
        ("- 一\n  - 二|", "- 一\n  - 二\n  - |"),
        ("- 一\n  续|", "- 一\n  续\n- |"),
        ("- ```\n  码|\n  ```", "- ```\n  码\n  |\n  ```"),
    ],
)
def test_enter_goes_on_with_the_list_or_the_quote(before: str, after: str) -> None:
    assert entered(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- 一\n- |", "- 一\n|"),
        ("1. 一\n2. |", "1. 一\n|"),
        ("- |", "|"),
        ("> 一\n> |", "> 一\n|"),
        ("> - 一\n> - |", "> - 一\n> |"),
        ("- 一\n  - 二\n  - |", "- 一\n  - 二\n- |"),
        ("1. 一\n   - 二\n   - |", "1. 一\n   - 二\n2. |"),
        ("- 一  \n  |", "- 一  \n- |"),
    ],
)
def test_enter_where_nothing_was_written_ends_one_of_them(before: str, after: str) -> None:
    assert entered(before) == after


@pytest.mark.parametrize(
    "text", ["|", "一|", "|- 一", "-| 一", "```\n- 一|\n```", "- 一\n续|", "# 题|", "    - 码|"]
)
def test_elsewhere_enter_has_nothing_to_go_on_with(text: str) -> None:
    assert entered(text) is None


def test_a_plain_end_of_a_line_stays_in_the_item() -> None:
    assert entered("- 一|", is_plain=True) == "- 一  \n  |"
    assert entered("- 一|", is_plain=True, keeps_lines=False) == "- 一\n  |"
    assert entered("> 一|", is_plain=True) == "> 一\n> |"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- 一\n- 二|", "- 一\n  - 二|"),
        ("1. 一\n2. 二|\n3. 三", "1. 一\n   1. 二|\n2. 三"),
        ("- 一\n  - 二\n- 三|", "- 一\n  - 二\n  - 三|"),
        ("1. 一\n   1. 二\n2. 三|\n3. 四", "1. 一\n   1. 二\n   2. 三|\n2. 四"),
        ("- 一\n- |二\n- 三|\n- 四", "- 一\n  - |二\n  - 三|\n- 四"),
        ("- 一\n- 二|\n  续\n  - 里", "- 一\n  - 二|\n    续\n    - 里"),
        ("> - 一\n> - 二|", "> - 一\n>   - 二|"),
        ("* 一\n  - 里\n* 二|", "* 一\n  - 里\n  - 二|"),
    ],
)
def test_a_level_in_and_out_again(before: str, after: str) -> None:
    assert moved(before, inwards=True) == after
    back = moved(after, inwards=False)
    assert back.replace("|", "") == before.replace("|", "")


@pytest.mark.parametrize("text", ["|- 一", "1. |一\n2. 二", "- 一\n  - |二", "字|"])
def test_what_has_nothing_to_stand_in_goes_no_further_in(text: str) -> None:
    assert moved(text, inwards=True) == text


@pytest.mark.parametrize("text", ["|- 一", "> - 一|", "字|"])
def test_what_stands_at_the_edge_goes_no_further_out(text: str) -> None:
    assert moved(text, inwards=False) == text


def test_what_followed_an_item_that_goes_out_stands_in_it_and_is_counted_anew() -> None:
    before = "1. 一\n   1. 二\n   2. 三|\n   3. 四\n2. 五"
    assert moved(before, inwards=False) == "1. 一\n   1. 二\n2. 三|\n   1. 四\n3. 五"


def test_only_lines_of_a_list_are_of_a_list() -> None:
    text = "字\n\n- 一\n  续\n\n字\n\n```\n- 码\n```"
    is_of = [is_in_list(text, at) for at in (0, 3, 8, 12, 20)]
    assert is_of == [False, True, True, False, False]


@given(WORDS, st.integers(0, 60))
def test_whatever_the_text_only_marks_and_spaces_change(text: str, place: int) -> None:
    at = min(place, len(text))
    made = enter(text, at, keeps_lines=True)
    if made is not None:
        assert 0 <= made.start == made.end <= len(made.text)
        words = [one for one in text if one in "字a#`|_~"]
        assert [one for one in made.text if one in "字a#`|_~"] == words
    for inwards in (True, False):
        level = move_level(text, 0, at, inwards=inwards)
        assert 0 <= level.start <= level.end <= len(level.text)
        assert [one for one in level.text if one in "字a#`|_~"] == [
            one for one in text if one in "字a#`|_~"
        ]
        assert level.text.count("\n") == text.count("\n")


@pytest.mark.parametrize("text", ["1. 一\n2. 二|", "- 一\n- 二|", "- 一\n  1. 里\n- 二|"])
def test_the_group_sees_the_level(text: str) -> None:
    html = to_html(moved(text, inwards=True).replace("|", ""))
    assert html.count("<li>") == text.count("\n") + 1
    assert html.count("<ul>") + html.count("<ol>") == 2
