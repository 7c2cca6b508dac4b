"""A table as lines and between pipes, and words that may not be markup."""

from hypothesis import given
from hypothesis import strategies as st

from dingcomposer.core.dialect import to_html
from dingcomposer.core.dialect.escapes import escape, escape_start
from dingcomposer.core.dialect.tables import CellTable, to_lines, to_pipes, to_table

SIGNS = st.text(
    st.sampled_from("甲ab1 .\\`*_[]()<>&#+-=~|!:;/@\"'x9，。"), min_size=1, max_size=24
).map(str.strip)


def test_each_row_is_a_line_with_its_headings() -> None:
    table = to_table([["姓名", "部门"], ["张三", "研发"], ["李四", ""], ["", ""]])
    assert to_lines(table) == "- 姓名：张三；部门：研发\n- 姓名：李四"
    assert to_lines(to_table([["Name", "Team"], ["Ann", "R&D"]])) == "- Name: Ann; Team: R&D"


def test_numbers_above_are_no_headings() -> None:
    assert to_table([["1", "2"], ["3", "4"]]) == CellTable((), (("1", "2"), ("3", "4")))
    assert to_lines(to_table([["1", "2"]])) == "- 1; 2"


def test_without_rows_the_headings_are_what_there_is() -> None:
    assert to_lines(to_table([["a", "b"]], has_headings=True)) == "- a; b"
    assert to_lines(to_table([])) == to_pipes(to_table([])) == ""


def test_ragged_rows_and_line_ends_in_cells() -> None:
    table = to_table([["a", "b"], ["1"], ["2\n3", "4", ""]], has_headings=True)
    assert to_pipes(table) == "| a | b |\n| --- | --- |\n| 1 |  |\n| 2 3 | 4 |"


@given(SIGNS)
def test_escaped_words_are_drawn_as_they_are(words: str) -> None:
    drawn = to_html(escape_start(escape(words)))
    shown = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert drawn.replace("&quot;", '"').replace("&#x27;", "'") in (f"<p>{shown}</p>", "")
