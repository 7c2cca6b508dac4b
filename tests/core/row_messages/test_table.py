"""Headings and rows out of a sheet, however it was made."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dingcomposer.core.row_messages.table import (
    MOST_COLUMNS,
    MOST_ROWS,
    DataTable,
    MergedCells,
    TableError,
    TableFault,
    TableNote,
    column_letters,
    is_cell_error,
    read_table,
)

cells = st.text(max_size=4)
sheets = st.lists(st.lists(cells, max_size=6), max_size=12)


def notes_of(table: DataTable) -> dict[TableNote, tuple[str, ...]]:
    return dict(table.notes)


def test_rows_have_the_numbers_that_the_sheet_shows() -> None:
    table = read_table([("姓名", "额"), ("张三", "1"), (), ("李四",)])
    assert table.headings == ("姓名", "额")
    assert [(one.number, one.cells) for one in table.rows] == [
        (2, ("张三", "1")),
        (4, ("李四", "")),
    ]
    assert table.notes == ()
    assert table.values(table.rows[1]) == {"姓名": "李四", "额": ""}


def test_a_title_above_is_passed_over() -> None:
    table = read_table([("2026 年 12 月工资",), (), ("姓名", "额", "备注"), ("张三", "1")])
    assert (table.heading_row, table.headings) == (3, ("姓名", "额", "备注"))
    assert TableNote.ROWS_ABOVE in notes_of(table)
    assert table.rows[0].number == 4


def test_a_person_says_which_row_has_the_headings() -> None:
    rows = [("甲", "乙"), ("姓名", "额"), ("张三", "1")]
    table = read_table(rows, heading_row=2)
    assert table.headings == ("姓名", "额")
    assert len(table.rows) == 1


def test_two_rows_of_headings_become_one() -> None:
    rows = [("姓名", "考勤", "", "备注"), ("", "迟到", "早退", ""), ("张三", "1", "2", "无")]
    merged = [MergedCells(0, 1, 0, 2), MergedCells(0, 0, 1, 0), MergedCells(0, 3, 1, 3)]
    table = read_table(rows, merged=merged)
    assert table.headings == ("姓名", "考勤 迟到", "考勤 早退", "备注")
    assert TableNote.TWO_ROWS in notes_of(table)
    assert [one.cells for one in table.rows] == [("张三", "1", "2", "无")]


def test_a_row_of_numbers_below_merged_headings_is_a_row() -> None:
    rows = [("姓名", "联系方式", ""), ("张三", "13800000000", "7"), ("李四", "13900000000", "8")]
    table = read_table(rows, merged=[MergedCells(0, 1, 0, 2)])
    assert table.headings == ("姓名", "联系方式", "C")
    assert len(table.rows) == 2


def test_the_same_heading_twice_and_none_get_names_of_their_own() -> None:
    table = read_table([("姓名", "额", "额", "", "额"), ("张三", "1", "2", "3", "4")])
    assert table.headings == ("姓名", "额", "额 (2)", "D", "额 (3)")
    assert notes_of(table) == {
        TableNote.SAME_NAME: ("额 (2)", "额 (3)"),
        TableNote.WITHOUT_NAME: ("D",),
    }


def test_what_is_merged_below_the_headings_is_in_each_row() -> None:
    rows = [("部门", "姓名"), ("研发", "张三"), ("", "李四"), ("", "王五"), ("人事", "赵六")]
    table = read_table(rows, merged=[MergedCells(1, 0, 3, 0)])
    assert [one.cells[0] for one in table.rows] == ["研发", "研发", "研发", "人事"]
    assert TableNote.MERGED in notes_of(table)


def test_ragged_rows_lose_nothing() -> None:
    table = read_table([("姓名", "额"), ("张三", "1", "多出来的"), ("李四",)])
    assert table.headings == ("姓名", "额", "C")
    assert [one.cells for one in table.rows] == [("张三", "1", "多出来的"), ("李四", "", "")]


def test_a_heading_can_be_the_name_of_a_field() -> None:
    table = read_table([("姓\n名 ", "{{额}}", "长" * 80), ("张三", "1", "2")])
    assert table.headings == ("姓 名", "((额))", "长" * 60)


@pytest.mark.parametrize(
    ("rows", "fault", "count"),
    [
        ([], TableFault.EMPTY, 0),
        ([("", " ")], TableFault.EMPTY, 0),
        ([("姓名",)], TableFault.NO_ROWS, 0),
        ([("姓名",), *[("张三",)] * (MOST_ROWS + 1)], TableFault.TOO_MANY_ROWS, MOST_ROWS + 1),
        ([("a",) * (MOST_COLUMNS + 1), ("b",)], TableFault.TOO_MANY_COLUMNS, MOST_COLUMNS + 1),
    ],
)
def test_what_is_no_table_says_why(
    rows: list[tuple[str, ...]], fault: TableFault, count: int
) -> None:
    with pytest.raises(TableError) as raised:
        read_table(rows)
    assert (raised.value.fault, raised.value.count) == (fault, count)


@pytest.mark.parametrize("cell", ["#N/A", " #REF! ", "#DIV/0!", "#NAME?"])
def test_the_errors_of_formulas_are_known(cell: str) -> None:
    assert is_cell_error(cell.strip())
    assert not is_cell_error(f"见 {cell}")
    assert not is_cell_error("#1 奖")


def test_columns_are_called_as_in_a_sheet() -> None:
    assert [column_letters(number) for number in (0, 25, 26, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
    ]


@given(sheets)
def test_of_any_rows_every_word_is_kept_once(rows: list[list[str]]) -> None:
    try:
        table = read_table(rows)
    except TableError:
        return
    assert len(set(table.headings)) == len(table.headings)
    below = [cell for row in rows[table.heading_row :] for cell in row if cell.strip()]
    assert [cell for row in table.rows for cell in row.cells if cell.strip()] == below
    assert all(len(row.cells) == len(table.headings) for row in table.rows)
