"""Sheets out of files: cells as a person sees them, and files that give none say why."""

import random
from datetime import date
from pathlib import Path

import pytest

from dingcomposer.interchange.sheets import (
    FILE_BYTES,
    ROWS,
    Sheet,
    SheetError,
    SheetFault,
    read_csv,
    read_sheets,
)
from tests.fakes.workbooks import locked_workbook, workbook

ROSTER = (("姓名", "手机号"), ("张三", "13800000001"), ("李四", "13900000001"))


def _file(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_numbers_dates_and_words_of_a_workbook_are_what_a_person_sees(tmp_path: Path) -> None:
    rows = (
        ("姓名", "手机号", "入职", "在岗", "系数", "userid"),
        ("张三", 13_800_000_001, date(2024, 7, 1), True, 0.5, 2.6605334524157e16),
        (),
        (None, "13900000001", "  "),
        (None, None),
    )
    (sheet,) = read_sheets(_file(tmp_path, "通讯录.xlsx", workbook({"员工": rows})))
    assert sheet == Sheet(
        "员工",
        (
            ("姓名", "手机号", "入职", "在岗", "系数", "userid"),
            ("张三", "13800000001", "2024-07-01", "TRUE", "0.5", "26605334524157000"),
            (),
            ("", "13900000001"),
        ),
    )


def test_sheets_that_are_hidden_or_empty_are_not_read(tmp_path: Path) -> None:
    book = workbook({"一": ROSTER, "空": [], "旧": ROSTER, "二": ROSTER[1:]}, hidden=["旧"])
    assert [one.name for one in read_sheets(_file(tmp_path, "a.XLSX", book))] == ["一", "二"]


def test_a_workbook_whose_name_says_another_kind_is_read_all_the_same(tmp_path: Path) -> None:
    (sheet,) = read_sheets(_file(tmp_path, "a.xls", workbook({"员工": ROSTER})))
    assert sheet.rows == ROSTER


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_a_csv_file_is_read_in_the_encodings_that_excel_writes(
    encoding: str, delimiter: str
) -> None:
    text = "\r\n".join(delimiter.join(row) for row in ROSTER)
    assert read_csv(text.encode(encoding)) == (Sheet("", ROSTER),)


def test_a_quoted_cell_holds_delimiters_and_line_ends() -> None:
    (sheet,) = read_csv('姓名,部门\n张三,"研发部, ""后端""\n一组"\n'.encode())
    assert sheet.rows == (("姓名", "部门"), ("张三", '研发部, "后端"\n一组'))


def test_a_lone_quote_does_not_swallow_a_long_file() -> None:
    lines = "\n".join(f"员工{number},{13_800_000_000 + number}" for number in range(20_000))
    (sheet,) = read_csv(f'"姓名,手机\n{lines}'.encode())
    assert len(sheet.rows) == 20_001


def test_what_is_beyond_the_rows_that_are_read_is_told() -> None:
    (sheet,) = read_csv(b"a,b\n" * (ROWS + 1))
    assert len(sheet.rows) == ROWS
    assert not sheet.is_whole
    (sheet,) = read_csv(b"a,b\n" * ROWS)
    assert sheet.is_whole


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", b"no workbook"),
        ("a.xlsx", b""),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("a.csv", bytes(range(256))),
        ("a.csv", b"\xff\xfe\xff"),
        ("a.docx", b"PK\x03\x04"),
    ],
)
def test_a_file_that_is_no_sheet_says_so(tmp_path: Path, name: str, content: bytes) -> None:
    with pytest.raises(SheetError) as told:
        read_sheets(_file(tmp_path, name, content))
    assert told.value.fault is SheetFault.NO_SHEET


def test_a_broken_workbook_gives_rows_or_a_fault_and_nothing_else(tmp_path: Path) -> None:
    whole = bytearray(workbook({"员工": ROSTER}))
    dice = random.Random(9)
    for _ in range(300):
        broken = bytearray(whole)
        for _ in range(dice.randrange(1, 8)):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        path = _file(tmp_path, "a.xlsx", bytes(broken[: dice.randrange(1, len(broken) + 1)]))
        try:
            read_sheets(path)
        except SheetError as told:
            assert told.fault in (SheetFault.NO_SHEET, SheetFault.TOO_LARGE, SheetFault.LOCKED)


def test_a_workbook_that_needs_a_password_says_so(tmp_path: Path) -> None:
    with pytest.raises(SheetError) as told:
        read_sheets(_file(tmp_path, "a.xlsx", locked_workbook()))
    assert told.value.fault is SheetFault.LOCKED


def test_a_file_that_is_not_there_or_too_large_says_so(tmp_path: Path) -> None:
    with pytest.raises(SheetError) as told:
        read_sheets(tmp_path / "nowhere.xlsx")
    assert told.value.fault is SheetFault.UNREADABLE
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(FILE_BYTES + 1)
    with pytest.raises(SheetError) as told:
        read_sheets(large)
    assert told.value.fault is SheetFault.TOO_LARGE


def test_an_archive_that_unpacks_to_gigabytes_is_not_unpacked(tmp_path: Path) -> None:
    book = workbook({"员工": ROSTER, "大": [["0" * 30_000]] * 17_000})
    assert len(book) < 2_000_000
    with pytest.raises(SheetError) as told:
        read_sheets(_file(tmp_path, "a.xlsx", book))
    assert told.value.fault is SheetFault.TOO_LARGE
