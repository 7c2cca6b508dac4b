"""Workbooks as other programs read them: nothing is lost at an edge, and nothing stands beside."""

import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from python_calamine import CalamineWorkbook

from dingcomposer.interchange.exports import tables
from dingcomposer.interchange.exports.tables import Cell, XlsxTable

HEADINGS = ("标题 & <more>", "Number", "Time")


def write(path: Path, rows: Sequence[Sequence[Cell]]) -> CalamineWorkbook:
    table = XlsxTable(path, HEADINGS, "发送记录")
    for row in rows:
        table.add(row)
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    table.finish()
    return CalamineWorkbook.from_path(str(path))


def test_texts_come_back_letter_by_letter(tmp_path: Path) -> None:
    texts = [
        "_x0041_",
        "a\nb",
        " at the edges ",
        "<&>\"'",
        "＝1+1",
        "007",
        "1e5",
        "😀",
        "true",
        "x" * 9,
    ]
    book = write(tmp_path / "t.xlsx", [(one, None, None) for one in texts])
    assert [row[0] for row in book.get_sheet_by_index(0).to_python()] == [HEADINGS[0], *texts]


def test_numbers_and_times_are_such(tmp_path: Path) -> None:
    at = datetime(2026, 2, 28, 23, 59, 59, tzinfo=UTC)
    book = write(tmp_path / "t.xlsx", [("", 1 / 3, at), ("", -7, None), ("", 10**12, None)])
    (_, third, time), minus, large = book.get_sheet_by_index(0).to_python()[1:]
    assert third == 1 / 3
    assert time == at.astimezone().replace(tzinfo=None)
    assert (minus[1], large[1]) == (-7, 10**12)


@pytest.mark.parametrize("limit", ["XLSX_ROWS", "SHEET_BYTES"])
def test_what_a_sheet_cannot_hold_goes_to_another_with_its_headings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(tables, limit, {"XLSX_ROWS": 100, "SHEET_BYTES": 8_000}[limit])
    book = write(tmp_path / "t.xlsx", [("行", number, None) for number in range(250)])
    assert book.sheet_names[:2] == ["发送记录", "发送记录 2"]
    found = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    assert all(tuple(rows[0]) == HEADINGS for rows in found)
    assert all(len(rows) <= 200 for rows in found)
    assert [row[1] for rows in found for row in rows[1:]] == list(range(250))


def test_columns_beyond_z_have_two_letters(tmp_path: Path) -> None:
    table = XlsxTable(tmp_path / "wide.xlsx", [str(number) for number in range(60)], "1")
    table.add(list(range(60)))
    table.finish()
    book = CalamineWorkbook.from_path(str(tmp_path / "wide.xlsx"))
    assert book.get_sheet_by_index(0).to_python()[1] == list(range(60))


def test_every_part_is_xml_and_named_in_the_types(tmp_path: Path) -> None:
    write(tmp_path / "t.xlsx", [("x", 1, None)])
    with zipfile.ZipFile(tmp_path / "t.xlsx") as book:
        assert book.testzip() is None
        for name in book.namelist():
            ElementTree.fromstring(book.read(name))
        types = book.read("[Content_Types].xml").decode()
        parts = [name for name in book.namelist() if name.endswith(".xml") and "/" in name]
        assert all(f'PartName="/{name}"' in types for name in parts)


def test_a_table_that_is_given_up_lets_go_of_its_file(tmp_path: Path) -> None:
    table = XlsxTable(tmp_path / "t.xlsx", HEADINGS, "1")
    table.add(("x", 1, None))
    table.abandon()
    (tmp_path / "t.xlsx").unlink()
    assert not list(tmp_path.iterdir())
