"""Tables out of files: what is merged, what a formula could not say, and numbers as shown."""

import csv
import io
import random
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from dingcomposer.core.row_messages.table import MergedCells
from dingcomposer.interchange.row_tables import SheetRows, read_pasted, read_tables
from dingcomposer.interchange.sheets import SheetError
from tests.fakes.workbooks import ods_workbook, workbook


def book(folder: Path, fill: Any) -> SheetRows:
    """The first sheet of a workbook as Excel writes it."""
    content = io.BytesIO()
    made = xlsxwriter.Workbook(content)
    fill(made, made.add_worksheet("一月"))
    made.close()
    path = folder / "表.xlsx"
    path.write_bytes(content.getvalue())
    return read_tables(path)[0]


def test_the_errors_of_formulas_and_what_is_merged_are_there(tmp_path: Path) -> None:
    def fill(_made: Any, sheet: Any) -> None:
        sheet.write_row(1, 1, ["部门", "姓名", "额"])
        sheet.merge_range(2, 1, 3, 1, "研发")
        sheet.write_row(2, 2, ["张三"])
        sheet.write_row(3, 2, ["李四", 2])
        sheet.write_formula(2, 3, "=VLOOKUP(1,A1:A2,2,0)", None, "#N/A")

    found = book(tmp_path, fill)
    assert found.rows == (
        (),
        ("", "部门", "姓名", "额"),
        ("", "研发", "张三", "#N/A"),
        ("", "", "李四", "2"),
    )
    assert found.merged == (MergedCells(2, 1, 3, 1),)


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.15, "0%", "15%"),
        (0.12345, "0.00%", "12.35%"),
        (-0.051, "0.0%", "-5.1%"),
        (1234.5, "#,##0.00", "1,234.50"),
        (-1234.5, "#,##0", "-1,235"),
        (-0.001, "0.00", "0.00"),
        (88, '"¥"#,##0.00', "¥88.00"),
        (3, '0"人"', "3人"),
        (13800000000, "General", "13800000000"),
        (13800000000, "0.00E+00", "13800000000"),
        (0.1 + 0.2, "General", "0.3"),
        (1.5e-7, "General", "0.00000015"),
        (1.5, "[h]:mm", "36:00"),
        (1.5 + 5 / 86_400, "[h]:mm:ss", "36:00:05"),
        (45474, "yyyy/m/d", "2024/7/1"),
        (45474.5, "yyyy-mm-dd hh:mm", "2024-07-01 12:00"),
        (0.375, "h:mm", "9:00"),
        (138, "000000", "000138"),
        (13800001234, "000-0000-0000", "138-0000-1234"),
        (1 / 3, "General", "0.333333333"),
    ],
)
def test_a_number_reads_as_the_sheet_shows_it(
    tmp_path: Path, value: float, code: str, shown: str
) -> None:
    def fill(made: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["额"])
        sheet.write_number(1, 0, value, made.add_format({"num_format": code}))

    assert book(tmp_path, fill).rows[1] == (shown,)


def test_texts_that_look_like_numbers_stay_texts(tmp_path: Path) -> None:
    def fill(made: Any, sheet: Any) -> None:
        percent = made.add_format({"num_format": "0%"})
        sheet.write_string(0, 0, "007", percent)
        sheet.write_datetime(0, 1, datetime(2024, 7, 1, tzinfo=UTC).replace(tzinfo=None))
        sheet.write_formula(0, 2, '="a&b"', percent, "a&b")

    assert book(tmp_path, fill).rows[0][0] == "007"
    assert book(tmp_path, fill).rows[0][2] == "a&b"


def test_an_empty_cell_of_a_format_does_not_hide_the_next(tmp_path: Path) -> None:
    def fill(made: Any, sheet: Any) -> None:
        percent = made.add_format({"num_format": "0%"})
        sheet.write_blank(0, 0, None, percent)
        sheet.write_number(0, 1, 0.15, percent)

    assert book(tmp_path, fill).rows[0] == ("", "15%")


def test_the_days_of_a_workbook_of_1904_are_its_own(tmp_path: Path) -> None:
    content = io.BytesIO()
    made = xlsxwriter.Workbook(content, {"date_1904": True})
    sheet = made.add_worksheet()
    sheet.write_datetime(0, 0, datetime(2024, 7, 1), made.add_format({"num_format": "m月d日"}))  # noqa: DTZ001
    made.close()
    path = tmp_path / "表.xlsx"
    path.write_bytes(content.getvalue())
    assert read_tables(path)[0].rows == (("7月1日",),)


def test_an_ods_reads_as_it_shows_its_cells(tmp_path: Path) -> None:
    path = tmp_path / "表.ods"
    path.write_bytes(
        ods_workbook(
            "<table:table-row table:number-rows-repeated='1'>"
            "<table:table-cell office:value-type='string'><text:p>姓名</text:p></table:table-cell>"
            "<table:table-cell/>"
            "<table:table-cell office:value-type='string'><text:p>率</text:p></table:table-cell>"
            "<table:table-cell office:value-type='string'><text:p>日</text:p></table:table-cell>"
            "</table:table-row>"
            "<table:table-row table:number-rows-repeated='2'>"
            "<table:table-cell office:value-type='string'><text:p>007</text:p></table:table-cell>"
            "<table:table-cell table:number-columns-repeated='1'/>"
            "<table:table-cell office:value-type='percentage' office:value='0.153'>"
            "<text:p>15.3%</text:p></table:table-cell>"
            "<table:table-cell office:value-type='date' office:date-value='2024-07-01'>"
            "<text:p>7月1日</text:p></table:table-cell>"
            "</table:table-row>"
        )
    )
    row = ("007", "", "15.3%", "7月1日")
    assert read_tables(path)[0].rows == (("姓名", "", "率", "日"), row, row)


WORDS = "姓名,部門,說明\r\n陳怡君,資訊處,請於週五前繳交資料\r\n林志豪,業務部,績效獎金已發放\r\n"


def test_a_csv_of_a_traditional_excel_is_read_as_big5(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_bytes(WORDS.encode("cp950"))
    assert read_tables(path)[0].rows[1] == ("陳怡君", "資訊處", "請於週五前繳交資料")


@pytest.mark.parametrize(
    "words", ["姓名,部门\r\n", "姓名,金額\r\n陳,1\r\n", "鑫淼,婷\r\n", "a,b\r\n"]
)
def test_what_is_no_big5_is_not_taken_for_it(tmp_path: Path, words: str) -> None:
    path = tmp_path / "表.csv"
    path.write_bytes(words.encode("gb18030"))
    assert ",".join(read_tables(path)[0].rows[0]) == words.split("\r\n", maxsplit=1)[0]


def test_an_encoding_that_is_chosen_is_the_one_that_is_read(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_bytes("王,1".encode("cp950"))
    assert read_tables(path, "cp950")[0].rows[0] == ("王", "1")
    assert read_tables(path, "gb18030")[0].rows[0] != ("王", "1")


@pytest.mark.parametrize("sign", [",", "\t", ";", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_whatever_wrote_it(tmp_path: Path, sign: str, encoding: str) -> None:
    path = tmp_path / "表.csv"
    path.write_bytes(f"姓名{sign}额\r\n张三{sign}1\r\n李四{sign}".encode(encoding))
    (found,) = read_tables(path)
    assert found.rows == (("姓名", "额"), ("张三", "1"), ("李四",))


def test_what_was_copied_out_of_a_sheet_is_rows() -> None:
    found = read_pasted('姓名\t备注\r\n张三\t"两\n行"\r\n李四\t\r\n')
    assert found is not None
    assert found.rows == (("姓名", "备注"), ("张三", "两\n行"), ("李四",))
    assert read_pasted(" \n\t\n") is None


def test_a_workbook_that_hides_its_looks_is_read_all_the_same(tmp_path: Path) -> None:
    content = bytearray(workbook({"员工": [("姓名", "额"), ("张三", 1)]}))
    path = tmp_path / "a.xlsx"
    path.write_bytes(bytes(content).replace(b"xl/styles.xml", b"xl/stylez.xml"))
    assert read_tables(path)[0].rows[1] == ("张三", "1")


def test_no_broken_workbook_takes_it_down(tmp_path: Path) -> None:
    whole = workbook({"员工": [("姓名", "额"), ("张三", date(2024, 7, 1))]})
    chance = random.Random(7)
    path = tmp_path / "a.xlsx"
    for _ in range(60):
        broken = bytearray(whole)
        for _ in range(chance.randrange(1, 6)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        path.write_bytes(bytes(broken[: chance.randrange(len(broken) // 2, len(broken) + 1)]))
        try:
            read_tables(path)
        except SheetError:
            continue


words = st.text(st.characters(codec="utf-8", exclude_characters="\0\r,;|"), max_size=5)


@given(st.lists(st.lists(words, min_size=3, max_size=3), min_size=2, max_size=5))
def test_what_a_sheet_copies_is_read_back(rows: list[list[str]]) -> None:
    rows = [["甲", "乙", "丙"], *rows]
    out = io.StringIO()
    csv.writer(out, delimiter="\t").writerows(rows)
    found = read_pasted(out.getvalue())
    assert found is not None
    wide = [[*row, *[""] * (3 - len(row))] for row in found.rows]
    # What is blank at the end of a row, and at the end of all rows, says nothing.
    kept = [[*row] for row in rows]
    for row in (*wide, *kept):
        for at in range(2, -1, -1):
            if row[at].strip():
                break
            row[at] = ""
    while len(kept) > len(wide) and not any(kept[-1]):
        kept.pop()
    assert wide == kept
