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
from tests.fakes.workbooks import workbook


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
        (45474, "yyyy/m/d", "2024-07-01"),
        (45474.5, "yyyy-mm-dd hh:mm", "2024-07-01 12:00:00"),
        (0.375, "h:mm", "09:00"),
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
